"""Breaths: the consonants of a word with each `h`, which tell apart words that Arabic writes without vowels."""

import re
from functools import lru_cache
from itertools import islice, product
from typing import Final

from nlp.names.scripts import ARABIC
from nlp.names.skeletons import CLASSES, DIGRAPHS, DOUBLED
from nlp.names.vocabulary import ARTICLE

# What each Arabic letter is written as, in the classes of skeletons; other letters stand for vowels.
LETTERS: Final = {
    **dict.fromkeys("بپ", "b"), **dict.fromkeys("تطد", "t"), **dict.fromkeys("ثذضظ", "ts"),
    **dict.fromkeys("سصشزژچ", "s"),
    **dict.fromkeys("كقگغکڤ", "k"), **dict.fromkeys("حه", "h"), "ج": "sk", "خ": "kh", "ف": "f", "ر": "r", "ل": "l",
    "م": "m", "ن": "n",
}  # fmt: skip
KEPT: Final = re.compile(r"[^bftkslrmnh]")
# Letters that are read in two ways make more readings than these only in words that are no names.
MAX_READINGS: Final = 16


@lru_cache(60_000)
def breath(word: str, script: str, latin: str) -> str:
    """Return the consonants of a part of a listed name; an `h` at the end is not always written."""
    if script == ARABIC:
        return next(_of_arabic(word))
    # Persian writes `v` with the letter that stands for vowels elsewhere.
    spelt = latin.replace("v", "w")
    for old, new in DIGRAPHS:
        if old in spelt:
            spelt = spelt.replace(old, new)
    return _plain(spelt.translate(CLASSES))


def breaths(word: str) -> frozenset[str]:
    """Return what the consonants of an Arabic *word* may be, with an article and without."""
    bare = ARTICLE.sub("", word)
    return frozenset(reading for form in (word, bare) for reading in islice(_of_arabic(form), MAX_READINGS))


def _of_arabic(word: str) -> "map[str]":
    return map(_plain, map("".join, product(*(LETTERS[letter] for letter in word if letter in LETTERS))))


def _plain(consonants: str) -> str:
    return DOUBLED.sub(r"\1", KEPT.sub("", consonants)).removesuffix("h")
