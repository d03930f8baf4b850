"""Highlights: where a stored document meets the parts of a query: words, phrases, patterns, misspellings, mentions."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from rapidfuzz.distance import OSA

from index_mappings.analysis import starts_at, words
from index_mappings.mentions import FIELDS as MENTION_FIELDS
from index_mappings.mentions import Pairs, looked_up
from nlp.mention import Mention
from watchword.document import Document
from watchword.index.nearness import Nearness, near_spans
from watchword.index.places import cells_of_entity
from watchword.index.streams import named
from watchword.index.tree import (
    Cells,
    Exact,
    Fuzzy,
    Keyword,
    Leaf,
    Near,
    Node,
    Pattern,
    Phrase,
    Word,
    leaves,
)
from watchword.index.wanted import Atom, Wanted

# What lies further in is found by opening the document; reading a whole book for a snippet takes seconds.
MAX_WORDS = 100_000


@dataclass(frozen=True)
class Mark:
    """A stretch that meets a part of the query: *part* numbers it; offsets count characters."""

    start: int
    end: int
    part: int


@dataclass(frozen=True)
class _Place:
    """A word that some part means: its position, its offsets, and which atoms mean it."""

    position: int
    start: int
    end: int
    atoms: tuple[int, ...]


@dataclass(frozen=True)
class _Part:
    """A leaf in terms of words: its atoms, and how far apart two of them may lie; None for a phrase."""

    number: int
    title_only: bool
    atoms: tuple[int, ...]
    between: int | None = None


class Highlighter:
    """Finds what one query means in document after document."""

    def __init__(self, query: Node) -> None:
        self._atoms: list[Atom] = []
        self._parts: list[_Part] = []
        self._leaves = list(dict.fromkeys(leaves(query)))
        self._wanted: dict[str | None, Wanted] = {}
        for number, leaf in enumerate(self._leaves):
            means, between = atoms(leaf)
            if means:
                first = len(self._atoms)
                self._atoms += means
                numbers = tuple(range(first, len(self._atoms)))
                self._parts.append(_Part(number, getattr(leaf, "field", "") == "title", numbers, between))

    def title(self, document: Document) -> list[Mark]:
        """Return the marks in the title."""
        return self._words(document.title, document.language, self._parts)

    def text(self, document: Document) -> list[Mark]:
        """Return the marks in the text, in order."""
        found = self._words(document.text, document.language, [p for p in self._parts if not p.title_only])
        return sorted([*found, *self._mentions(document)], key=lambda mark: (mark.start, mark.end))

    def _words(self, text: str, language: str | None, parts: Sequence[_Part]) -> list[Mark]:
        if not parts:
            return []
        if language not in self._wanted:
            self._wanted[language] = Wanted(self._atoms, language)
        found = words(text)[:MAX_WORDS]
        meant = self._wanted[language].meant(found)
        positions = sorted(meant)
        starts = starts_at(text, found, positions)
        places = [_Place(p, start, start + len(found[p]), meant[p]) for p, start in zip(positions, starts, strict=True)]
        return [mark for part in parts for mark in marks_of(part, places)]

    def _mentions(self, document: Document) -> Iterator[Mark]:
        for number, leaf in enumerate(self._leaves):
            meant = mentions_meant(leaf)
            if isinstance(leaf, Nearness):
                yield from (Mark(start, end, number) for start, end in near_spans(leaf, document))
            elif meant:
                yield from (Mark(m.start, m.end, number) for m in document.mentions if meant(m))


def marks_of(part: _Part, places: Sequence[_Place]) -> Iterator[Mark]:
    """Yield the marks of one part among the words that any part means."""
    if len(part.atoms) == 1:
        yield from (Mark(p.start, p.end, part.number) for p in places if part.atoms[0] in p.atoms)
    elif part.between is None:
        yield from _phrases(part, places)
    else:
        yield from _pairs(part, places, part.between)


def _phrases(part: _Part, places: Sequence[_Place]) -> Iterator[Mark]:
    size = len(part.atoms)
    for index in range(len(places) - size + 1):
        row = places[index : index + size]
        if row[-1].position - row[0].position == size - 1 and all(
            atom in place.atoms for atom, place in zip(part.atoms, row, strict=True)
        ):
            yield Mark(row[0].start, row[-1].end, part.number)


def _pairs(part: _Part, places: Sequence[_Place], between: int) -> Iterator[Mark]:
    firsts, seconds = ([p for p in places if atom in p.atoms] for atom in part.atoms)
    for one, others in ((firsts, seconds), (seconds, firsts)):
        positions = [other.position for other in others]
        for place in one:
            after = bisect_left(positions, place.position - between - 1)
            if any(0 < abs(p - place.position) <= between + 1 for p in positions[after : after + 2]):
                yield Mark(place.start, place.end, part.number)


@singledispatch
def atoms(_leaf: Leaf) -> tuple[list[Atom], int | None]:
    """Return what says which words a leaf means, a word each, and how far two of them may lie apart."""
    return [], None


@atoms.register
def _word(leaf: Word) -> tuple[list[Atom], int | None]:
    return [Atom(word=leaf.word)], None


@atoms.register
def _exact(leaf: Exact) -> tuple[list[Atom], int | None]:
    return [Atom(leaf.token)], None


@atoms.register
def _phrase(leaf: Phrase) -> tuple[list[Atom], int | None]:
    return [Atom(part) if isinstance(part, str) else shaped(part.regex) for part in leaf.parts], None


@atoms.register
def _near(leaf: Near) -> tuple[list[Atom], int | None]:
    return [Atom(word=leaf.first), Atom(word=leaf.second)], leaf.between


@atoms.register
def _pattern(leaf: Pattern) -> tuple[list[Atom], int | None]:
    return ([shaped(leaf.regex)] if leaf.field in ("text", "title") else []), None


@atoms.register
def _fuzzy(leaf: Fuzzy) -> tuple[list[Atom], int | None]:
    return ([spelt(leaf)] if leaf.field in ("text", "title") else []), None


def shaped(pattern: str) -> Atom:
    """Return the atom of a regular expression."""
    expression = re.compile(pattern)
    return Atom(test=lambda token: expression.fullmatch(token) is not None)


def spelt(leaf: Fuzzy) -> Atom:
    """Return the atom of a misspelling."""
    return Atom(test=lambda token: OSA.distance(token, leaf.token, score_cutoff=leaf.edits) <= leaf.edits)


def mentions_meant(leaf: Leaf) -> Callable[[Mention], bool] | None:
    """Return what says which mentions a leaf means; None for a leaf that means none."""
    if isinstance(leaf, Keyword) and leaf.field in MENTION_FIELDS:
        return lambda mention: (leaf.field, leaf.value) in _looked_up(mention)
    if isinstance(leaf, Pattern) and leaf.field in MENTION_FIELDS:
        expression = re.compile(leaf.regex)
        return lambda m: any(f == leaf.field and expression.fullmatch(v) for f, v in _looked_up(m))
    if isinstance(leaf, Cells):
        cells = frozenset(leaf.names)
        return lambda mention: bool(mention.entity) and not cells.isdisjoint(cells_of_entity(mention.entity or ""))
    return None


def _looked_up(mention: Mention) -> Pairs:
    return looked_up(named(mention))


def merged(marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """Return the stretches that *marks* cover, those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((mark.start, mark.end) for mark in marks):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
