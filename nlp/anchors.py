"""Anchors: what a text names that stays the same in every language: places, numbers, spellings of names."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from anyascii import anyascii

from nlp.language import UN_LANGUAGES

Anchors = Counter[str]
# The beginning of a text names what happened; more only adds places.
MAX_CHARACTERS = 2_500
NAME = re.compile(r"[A-ZÀ-ÞА-ЯЁΑ-Ω][\w’'-]{3,}")
NUMBER = re.compile(r"(?<![\d.,])\d{2,}(?:[.,]\d+)*(?![\d])")
# Vowels and doubled letters differ between spellings of one name; the consonants of its beginning mostly do not.
SKELETON_LETTERS = 4
WEAK = re.compile(r"[aeiouyhwj'’-]")
ALIKE = str.maketrans({"c": "k", "q": "k", "v": "f", "z": "s", "x": "k", "g": "k", "d": "t", "b": "p"})
# Shorter names of places are other words too often; a Chinese one of two characters is not.
MIN_LETTERS, MIN_CHARACTERS = 4, 2
EAST_ASIAN = "\u2e80"


def anchors(text: str) -> Anchors:
    """Return the anchors of *text* with the number of times that it has each."""
    beginning = text[:MAX_CHARACTERS]
    found: Anchors = Counter(places(beginning))
    found.update(f"number:{re.sub('[.,]', '', number)}" for number in NUMBER.findall(beginning))
    found.update(name for written in NAME.findall(beginning) if (name := skeleton(written)))
    return found


def places(text: str) -> Iterator[str]:
    """Yield the countries and cities that *text* names in any of the six languages, endings and particles aside."""
    lower = text.lower()
    for last, (name, place) in _automaton().iter(lower):
        first = last - len(name) + 1
        if name[0] >= EAST_ASIAN or not lower[first - 1 : first].isalpha() or lower[first - 1] in "ابلفوك":
            yield place


@cache
def _automaton() -> Any:
    import ahocorasick

    found = ahocorasick.Automaton()
    for name, place in _names():
        if len(name) >= (MIN_CHARACTERS if name[0] >= EAST_ASIAN else MIN_LETTERS):
            found.add_word(name, (name, place))
    found.make_automaton()
    return found


def _names() -> Iterator[tuple[str, str]]:
    from babel import Locale

    from nlp.cities import SCRIPTS, cities

    for key, city in cities().items():
        for script in SCRIPTS:
            yield from ((name.lower(), f"place:{key}") for name in city.in_script(script) if name[0] not in "?~")
    for language in sorted(UN_LANGUAGES):
        for key, name in Locale(language).territories.items():
            if len(key) == 2 and not key.isdigit():
                yield name.lower(), f"place:{key}"


def skeleton(name: str) -> str:
    """Return the consonants that open *name* in Latin letters, confusable ones as one; empty where they are few."""
    plain = anyascii(name).lower().replace("kh", "h")
    consonants = WEAK.sub("", plain[1:]).translate(ALIKE)
    unlike = (c for c, before in zip(consonants, " " + consonants, strict=False) if c != before)
    kept = plain[:1].translate(ALIKE) + "".join(unlike)
    return f"name:{kept[: SKELETON_LETTERS + 1]}" if len(kept) >= SKELETON_LETTERS else ""
