"""The words of a text that may be parts of a listed name, and what is found among them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.names.forms import ARABIC_ARTICLE, FORM_OF, HAN, PARTICLES, SERVANTS, TITLES, Part, part_of, parts
from nlp.passage import Passage

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
FOLLOWING_WORD = re.compile(r"[\s,.]{1,3}([a-z]+)\b")
ARABIC = re.compile(r"[؀-ۿ]")
ARABIC_CLITIC = re.compile(r"^[وفبلك](?=\w{3})")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the folded text that may be a part of a name."""

    start: int
    end: int
    part: Part
    capital: bool
    small: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in the folded text."""

    start: int
    end: int
    score: float
    number: int
    rule: str


def words_of(passage: Passage) -> Iterator[Word]:
    """Yield the words of *passage*; an Arabic word with a clitic also without it."""
    folded = passage.folded
    before: re.Match[str] | None = None
    for match in WORD.finditer(folded.text):
        word, start = match.group(), match.start()
        if before is not None and before.group() in SERVANTS and match.start() - before.end() <= 1:
            word, start = before.group() + ARABIC_ARTICLE.sub("", word), before.start()
        if match.group() in SERVANTS or HAN.search(word):
            before = match
            continue
        before = match
        origin = passage.text[folded.origin[start]]
        small = word in PARTICLES or word in TITLES or word in FORM_OF
        yield Word(start, match.end(), part_of(word), not origin.islower(), small)
        if ARABIC.match(word) and ARABIC_CLITIC.match(word):
            yield Word(start + 1, match.end(), part_of(word[1:]), True, small)


@lru_cache(100_000)
def parts_of(text: str) -> list[Part]:
    """Return the parts of a listed name, taken apart once."""
    return parts(text)
