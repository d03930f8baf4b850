"""Highlights: where a stored document meets the parts of a query: words, phrases, patterns, misspellings, mentions."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from itertools import islice

from rapidfuzz.distance import OSA

from index_mappings.analysis import FOLDED_WORDS, STEMMED_LANGUAGES, TOKEN, stem_word
from index_mappings.mentions import FIELDS as MENTION_FIELDS
from index_mappings.mentions import IndexedMention, mention_token
from nlp.mention import Mention
from watchword.document import Document
from watchword.index.places import cells_of_entity
from watchword.index.tree import (
    Cells,
    Exact,
    Fuzzy,
    Keyword,
    Leaf,
    MentionsNear,
    Near,
    Node,
    Pattern,
    Phrase,
    Word,
    leaves,
)

# Says whether a word, as written in a document of that language, is meant.
Means = Callable[[str, str | None], bool]
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
        self._atoms: list[Means] = []
        self._parts: list[_Part] = []
        self._leaves = list(dict.fromkeys(leaves(query)))
        self._known: dict[str | None, dict[str, tuple[int, ...]]] = {}
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
        known = self._known.setdefault(language if language in STEMMED_LANGUAGES else None, {})
        places = []
        for position, match in enumerate(islice(TOKEN.finditer(text), MAX_WORDS)):
            word = match.group()
            meant = known.get(word)
            if meant is None:
                meant = known[word] = tuple(i for i, means in enumerate(self._atoms) if means(word, language))
            if meant:
                places.append(_Place(position, match.start(), match.end(), meant))
        return [mark for part in parts for mark in marks_of(part, places)]

    def _mentions(self, document: Document) -> Iterator[Mark]:
        for number, leaf in enumerate(self._leaves):
            if isinstance(leaf, MentionsNear):
                yield from _near_mentions(number, leaf, document)
            else:
                meant = mentions_meant(leaf)
                if meant:
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
def atoms(_leaf: Leaf) -> tuple[list[Means], int | None]:
    """Return what says which words a leaf means, a word each, and how far two of them may lie apart."""
    return [], None


@atoms.register
def _word(leaf: Word) -> tuple[list[Means], int | None]:
    return [inflected(leaf.word)], None


@atoms.register
def _exact(leaf: Exact) -> tuple[list[Means], int | None]:
    return [as_written(leaf.token)], None


@atoms.register
def _phrase(leaf: Phrase) -> tuple[list[Means], int | None]:
    return [as_written(part) if isinstance(part, str) else shaped(part.regex) for part in leaf.parts], None


@atoms.register
def _near(leaf: Near) -> tuple[list[Means], int | None]:
    return [inflected(leaf.first), inflected(leaf.second)], leaf.between


@atoms.register
def _pattern(leaf: Pattern) -> tuple[list[Means], int | None]:
    return ([shaped(leaf.regex)] if leaf.field in ("text", "title") else []), None


@atoms.register
def _fuzzy(leaf: Fuzzy) -> tuple[list[Means], int | None]:
    if leaf.field not in ("text", "title"):
        return [], None
    return [lambda word, _: OSA.distance(FOLDED_WORDS[word], leaf.token, score_cutoff=leaf.edits) <= leaf.edits], None


def as_written(token: str) -> Means:
    """Return what means the words that fold to *token*."""
    return lambda word, _: FOLDED_WORDS[word] == token


def inflected(meant: str) -> Means:
    """Return what means the forms of a word, by the language of the document."""
    token = FOLDED_WORDS[meant]

    def means(word: str, language: str | None) -> bool:
        if FOLDED_WORDS[word] == token:
            return True
        return language in STEMMED_LANGUAGES and stem_word(word, language) == stem_word(meant, language)

    return means


def shaped(pattern: str) -> Means:
    """Return what means the words that match a regular expression."""
    expression = re.compile(pattern)
    return lambda word, _: expression.fullmatch(FOLDED_WORDS[word]) is not None


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


def _looked_up(mention: Mention) -> set[tuple[str, str]]:
    m = mention
    return set(IndexedMention(m.start, m.end, m.type, m.entity, m.name, m.codes, m.role).looked_up())


def _near_mentions(number: int, leaf: MentionsNear, document: Document) -> Iterator[Mark]:
    told = [(m, {mention_token(field, value) for field, value in _looked_up(m)}) for m in document.mentions]
    firsts, seconds = ([m for m, tokens in told if token in tokens] for token in (leaf.first, leaf.second))
    near = {
        mention
        for first in firsts
        for second in seconds
        if words_between(document.text, first, second) <= leaf.between
        for mention in (first, second)
    }
    yield from (Mark(m.start, m.end, number) for m in near)


def words_between(text: str, one: Mention, other: Mention) -> int:
    """Return how many words lie between two mentions; fewer than none where they overlap."""
    first, second = sorted((one, other), key=lambda m: m.start)
    if second.start < first.end:
        return -1
    return sum(1 for _ in TOKEN.finditer(text, first.end, second.start))


def merged(marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """Return the stretches that *marks* cover, those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((mark.start, mark.end) for mark in marks):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
