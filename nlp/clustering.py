"""Clusters of weighted terms: cosines by an inverted index, connected sets, and average linkage inside them.

Nothing here holds a matrix of all against all: 20,000 stories are compared a row at a time, and only a connected set of
them becomes a matrix.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy

Key = TypeVar("Key", int, str)
Terms = Mapping[str, float]
# Even in a batch of two a word that both have is not rare: counts are taken as part of this many texts more.
BACKGROUND = 20
# A connected set is compared as one matrix up to this size: 64 MB of numbers.
MAX_SET = 4000
# The bar for a set that is larger rises by this factor until it falls apart.
HIGHER = 1.25


class Sets(Generic[Key]):
    """Disjoint sets that grow by joining; a set is named for its smallest member."""

    def __init__(self, members: Sequence[Key]) -> None:
        self._leaders: dict[Key, Key] = {member: member for member in members}

    def find(self, member: Key) -> Key:
        """Return the name of the set of *member*."""
        leaders = self._leaders
        while leaders[member] != member:
            leaders[member] = leaders[leaders[member]]
            member = leaders[member]
        return member

    def join(self, one: Key, other: Key) -> None:
        """Make the sets of *one* and *other* one set."""
        first, second = sorted((self.find(one), self.find(other)))
        self._leaders[second] = first

    def all(self) -> list[list[Key]]:
        """Return the sets, each in order of its members as they were given."""
        sets: dict[Key, list[Key]] = defaultdict(list)
        for member in self._leaders:
            sets[self.find(member)].append(member)
        return list(sets.values())


@dataclass(frozen=True)
class Vectors:
    """Unit vectors of texts, with their days and, where texts of one kind must not join, their kinds."""

    rows: Sequence[Terms]
    days: Any
    kinds: Any | None = None

    @cached_property
    def _postings(self) -> Mapping[str, tuple[Any, Any]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(self.rows):
            for term in row:
                holders[term].append(index)
        return {
            term: (numpy.array(those), numpy.array([self.rows[i][term] for i in those], numpy.float32))
            for term, those in holders.items()
        }

    def likeness(self, row: int, most_days: int) -> Any:
        """Return the cosine of text *row* with every text; 0 where they are too far apart or of one kind."""
        found = numpy.zeros(len(self.rows), dtype=numpy.float32)
        for term, weight in self.rows[row].items():
            holders, weights = self._postings[term]
            found[holders] += weight * weights
        found[numpy.abs(self.days - self.days[row]) > most_days] = 0
        if self.kinds is not None:
            found[self.kinds == self.kinds[row]] = 0
        return found

    def part(self, members: Sequence[int]) -> "Vectors":
        """Return the vectors of *members*."""
        kinds = None if self.kinds is None else self.kinds[list(members)]
        return Vectors([self.rows[member] for member in members], self.days[list(members)], kinds)


def weighted(texts: Sequence[Terms]) -> list[Terms]:
    """Return the terms of *texts* as unit vectors, weighted by how rare a term is among them (TF-IDF)."""
    seen = Counter(term for terms in texts for term in terms)
    total = len(texts) + BACKGROUND
    rows: list[Terms] = []
    for terms in texts:
        row = {term: weight * math.log(total / (seen[term] + 0.5)) for term, weight in terms.items()}
        length = math.sqrt(sum(weight * weight for weight in row.values())) or 1.0
        rows.append({term: weight / length for term, weight in row.items()})
    return rows


def clusters(vectors: Vectors, least: float, most_days: int) -> list[list[int]]:
    """Return the groups of texts that are as alike as *least* on average, none of two days too far apart."""
    groups: list[list[int]] = []
    for members in connected(vectors, least, most_days):
        part = vectors.part(members)
        alike = numpy.array([part.likeness(row, most_days) for row in range(len(members))])
        groups += [[members[i] for i in group] for group in average_linkage(alike, least)]
    return groups


def connected(vectors: Vectors, least: float, most_days: int) -> list[list[int]]:
    """Return the sets that a likeness of *least* or more connects; for a set that is too large the bar rises."""
    sets: Sets[int] = Sets(range(len(vectors.rows)))
    for row in range(len(vectors.rows)):
        close = vectors.likeness(row, most_days)[:row] >= least
        for other in numpy.flatnonzero(close):
            sets.join(row, int(other))
    found: list[list[int]] = []
    for members in sets.all():
        if len(members) <= MAX_SET:
            found.append(members)
        else:
            parts = connected(vectors.part(members), least * HIGHER, most_days)
            found += [[members[i] for i in part] for part in parts]
    return found


def average_linkage(likeness: Any, least: float) -> list[list[int]]:
    """Join the two groups that are most alike on average, until none are as alike as *least*."""
    groups = {i: [i] for i in range(len(likeness))}
    alike = numpy.array(likeness, dtype=numpy.float32)
    numpy.fill_diagonal(alike, -numpy.inf)
    while len(groups) > 1:
        best = alike.max(axis=1)
        first = int(best.argmax())
        if best[first] < least:
            break
        second = int(alike[first].argmax())
        share = len(groups[first]) / (len(groups[first]) + len(groups[second]))
        joined = share * alike[first] + (1 - share) * alike[second]
        joined[first] = -numpy.inf
        alike[first] = alike[:, first] = joined
        alike[second] = alike[:, second] = -numpy.inf
        groups[first] += groups.pop(second)
    return [sorted(group) for group in groups.values()]
