"""Stories and events: which texts are near-copies of one another, and which tell the same happening in other words.

Near-copies are found by MinHash over runs of four words (Broder 1997) with banding, and decided on the estimated
resemblance, or containment for a copy that was cut or framed. Events are clusters of stories by TF-IDF with average
linkage, within a window of time; they may change with every new text, and nothing permanent hangs on them.
"""

import hashlib
import math
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import numpy
from rensa import RMinHash

from nlp.folding import folded

WORD = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W_぀-ヿ㐀-鿿가-힯]+")
RUN_WORDS = 4
PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
SEED = 1540
# Resemblance from which two texts of some length are copies; templates that differ in names stay below.
LONG_RESEMBLANCE = 0.55
SHORT_RESEMBLANCE = 0.75
LONG_RUNS = 80
# A copy that was cut to a part, or framed by other text, is contained to this share.
CONTAINMENT = 0.8
CONTAINED_RUNS = 60
# Shorter texts are copies only where they are the same.
MIN_RUNS = 8
EVENT_DAYS = 5
EVENT_LIKENESS = 0.22
HASHED_WORDS = 8192
MIN_WORD = 3


@dataclass(frozen=True)
class Sketch:
    """The MinHash signature of a text and the number of its word runs."""

    runs: int
    signature: tuple[int, ...]

    @property
    def bands(self) -> tuple[int, ...]:
        """Hashes, of 63 bits, of which near-copies share one."""
        packed = [struct.pack(f"<H{ROWS}I", i, *self.signature[i * ROWS : (i + 1) * ROWS]) for i in range(BANDS)]
        return tuple(int.from_bytes(hashlib.blake2b(p, digest_size=8).digest(), "little") >> 1 for p in packed)

    def to_bytes(self) -> bytes:
        """Return the sketch as a database keeps it."""
        return struct.pack(f"<I{PERMUTATIONS}I", self.runs, *self.signature)

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Return the sketch that `to_bytes` wrote."""
        runs, *signature = struct.unpack(f"<I{PERMUTATIONS}I", content)
        return cls(runs, tuple(signature))


def words(text: str) -> list[str]:
    """Return the folded words of *text*, a Chinese, Japanese or Korean character each."""
    return WORD.findall(folded(text))


def sketch(text: str) -> Sketch:
    """Return the sketch of *text*."""
    found = words(text)
    runs = {" ".join(found[i : i + RUN_WORDS]) for i in range(max(1, len(found) - RUN_WORDS + 1))}
    signature = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    signature.update(sorted(runs))
    return Sketch(len(runs), tuple(signature.digest()))


def resemblance(one: Sketch, other: Sketch) -> float:
    """Return the estimated share of word runs that two texts have in common, of all that either has."""
    return sum(a == b for a, b in zip(one.signature, other.signature, strict=True)) / PERMUTATIONS


def near_copies(one: Sketch, other: Sketch) -> bool:
    """Say whether two texts are near-copies."""
    alike = resemblance(one, other)
    shorter = min(one.runs, other.runs)
    if shorter < MIN_RUNS:
        return one.signature == other.signature
    if alike >= (LONG_RESEMBLANCE if shorter >= LONG_RUNS else SHORT_RESEMBLANCE):
        return True
    contained = alike * (one.runs + other.runs) / (1 + alike) / shorter
    return shorter >= CONTAINED_RUNS and contained >= CONTAINMENT


@dataclass(frozen=True)
class StoryText:
    """A text to fold; `published` is an ISO date or None."""

    id: str
    text: str
    title: str = ""
    published: str | None = None


@dataclass(frozen=True)
class Folded:
    """A text with the names of its story and its event: the smallest id in each."""

    id: str
    story: str
    event: str


def fold(texts: Sequence[StoryText]) -> list[Folded]:
    """Return story and event of each of *texts*, in their order."""
    stories = _stories(texts)
    members: dict[str, list[StoryText]] = defaultdict(list)
    for text in texts:
        members[stories[text.id]].append(text)
    events = _events(members)
    return [Folded(text.id, stories[text.id], events[stories[text.id]]) for text in texts]


def _stories(texts: Sequence[StoryText]) -> dict[str, str]:
    sketches = {text.id: sketch(text.text) for text in texts}
    leaders = {identifier: identifier for identifier in sketches}

    def find(identifier: str) -> str:
        while leaders[identifier] != identifier:
            leaders[identifier] = leaders[leaders[identifier]]
            identifier = leaders[identifier]
        return identifier

    for one, other in sorted(_candidates(sketches)):
        if find(one) != find(other) and near_copies(sketches[one], sketches[other]):
            first, second = sorted((find(one), find(other)))
            leaders[second] = first
    return {identifier: find(identifier) for identifier in sketches}


def _candidates(sketches: dict[str, Sketch]) -> set[tuple[str, str]]:
    """Return the pairs that share a band."""
    holders: dict[int, list[str]] = defaultdict(list)
    for identifier, mark in sketches.items():
        for band in mark.bands:
            holders[band].append(identifier)
    pairs: set[tuple[str, str]] = set()
    for those in holders.values():
        ordered = sorted(set(those))
        pairs.update((one, other) for i, one in enumerate(ordered) for other in ordered[i + 1 :])
    return pairs


def _events(members: dict[str, list[StoryText]]) -> dict[str, str]:
    """Return the event of each story, by average linkage over the likeness of its longest text."""
    names = sorted(members)
    told = [max(members[name], key=lambda text: (len(text.text), text.id)) for name in names]
    likeness = _likeness([f"{text.title} {text.title} {text.text}" for text in told])
    days = [_day(text.published) for text in told]
    for i, one in enumerate(days):
        for j, other in enumerate(days):
            if one is not None and other is not None and abs(one - other) > EVENT_DAYS:
                likeness[i, j] = 0.0
    groups = average_linkage(likeness, EVENT_LIKENESS)
    return {names[i]: names[min(group)] for group in groups for i in group}


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None


def _likeness(texts: Sequence[str]) -> Any:
    """Return the cosines of TF-IDF vectors of *texts*, words hashed into a fixed number of places."""
    counts = [Counter(_terms(text)) for text in texts]
    seen = Counter(term for count in counts for term in count)
    vectors = numpy.zeros((len(texts), HASHED_WORDS), dtype=numpy.float32)
    for row, count in enumerate(counts):
        for term, number in count.items():
            weight = (1 + math.log(number)) * math.log(1 + len(texts) / seen[term])
            vectors[row, _place(term)] += weight
    norms = numpy.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= numpy.where(norms == 0, 1, norms)
    return vectors @ vectors.T


def _terms(text: str) -> Iterable[str]:
    """Return the words of *text* that say something: of some length, Chinese as pairs of characters, and numbers."""
    found = words(text)
    yield from (word for word in found if len(word) > MIN_WORD or word.isdigit())
    yield from (a + b for a, b in zip(found, found[1:], strict=False) if len(a) == len(b) == 1 and not a.isascii())


def _place(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=4).digest(), "little") % HASHED_WORDS


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
