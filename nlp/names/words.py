"""The words of a text that may be parts of a listed name, the parts of such a name, and what is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from nlp.folding import folded
from nlp.names.parts import ARTICLES, SERVANTS, Part, part_of, pieces, plain, served
from nlp.names.scripts import UNSPACED, script_of
from nlp.names.vocabulary import ARTICLE, BRANDS, FORMS, GENERIC, PARTICLES, TITLES, WORDS, meaning, phrases
from nlp.passage import Passage

WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
# A conjunction or preposition that Arabic writes with the word.
ARABIC_CLITIC: Final = re.compile(r"^[وفبلك](?=\w{3})")
INSTITUTIONAL: Final = frozenset({BRANDS, GENERIC, WORDS})
SMALL: Final = frozenset({FORMS, PARTICLES, TITLES})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the folded text that may be a part of a name; `small` words only stand between such parts."""

    start: int
    end: int
    text: str
    capital: bool
    small: bool

    @property
    def part(self) -> Part:
        """The word as a part of a name."""
        return part_of_word(self.text)


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in the folded text."""

    start: int
    end: int
    score: float
    number: int
    rule: str


@lru_cache(60_000)
def part_of_word(word: str) -> Part:
    """Return the part that one folded word of a text is."""
    return part_of(word, meaning(word))


@lru_cache(60_000)
def is_small(word: str) -> bool:
    """Say whether a folded word is a legal form, a particle or a title."""
    known = meaning(word)
    return known is not None and known.section in SMALL


def words_of(passage: Passage) -> Iterator[Word]:
    """Yield the words of *passage* that are set apart by spaces; an Arabic word with a clitic also without it."""
    copy, original = passage.folded, passage.text
    servant: re.Match[str] | None = None
    for match in WORD.finditer(copy.text):
        word, start = match.group(), match.start()
        if servant is not None and start - servant.end() <= 1:
            if word in ARTICLES:
                continue
            word, start = servant.group() + ARTICLE.sub("", word), servant.start()
        word, end = word.removesuffix("'s"), match.end() - 2 * word.endswith("'s")
        servant = match if match.group() in SERVANTS else None
        if servant is not None or not _may_name(word):
            continue
        small = is_small(word)
        yield Word(start, end, word, not original[copy.origin[start]].islower(), small)
        if ARABIC_CLITIC.match(word) and word[1:] not in function_words():
            yield Word(start + 1, match.end(), word[1:], True, small)


@lru_cache(60_000)
def _may_name(word: str) -> bool:
    return script_of(word) not in UNSPACED and word not in function_words()


@cache
def function_words() -> frozenset[str]:
    """Return the words of scripts without capital letters that are no part of a name, folded."""
    text = files("nlp.names").joinpath("function_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(folded(word) for line in lines for word in line.split())


@lru_cache(60_000)
def parts_of(name: str) -> tuple[Part, ...]:
    """Return the parts of a listed name as single words, without legal forms, particles and titles where others are."""
    words = [piece for word in WORD_IN_NAME.findall(plain(name)) for piece in pieces(word)]
    phrased = [(map(part_of_word, phrase), meant.section if meant else "") for phrase, meant in phrases(served(words))]
    parted = [(part, section) for found, section in phrased for part in found if part.latin or part.meanings]
    # An institution may be called `Premier` or `General`; there a title is a part like any other.
    institution = any(section in INSTITUTIONAL for _, section in parted)
    left_out = SMALL - {TITLES} if institution else SMALL
    telling = tuple(part for part, section in parted if section not in left_out)
    return telling or tuple(part for part, _ in parted)


WORD_IN_NAME: Final = re.compile(r"[^\W\d_]+|\d+")
