"""Stories: which texts are near-copies of one another.

Near-copies share runs of three words. A sketch holds the MinHash (Broder 1997) of a text's runs and of its facts: its
numbers and the words with a capital inside a sentence. Banding finds candidates; they are copies where one contains the
other's runs to a share that depends on its length, and its facts too, so that notices by one template stay apart.
"""

import hashlib
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Self

from rensa import RMinHash

from nlp.clustering import Sets
from nlp.folding import folded

CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
EAST_ASIAN = re.compile(rf"[{CJK}]")
FACT = re.compile(r"\d[\d.,/\-]*\d|\d|(?<=[^.!?…\n»”\"] )[A-ZÀ-ÞΑ-ΫЀ-Я][\w’'\-]{2,}")
RUN_WORDS = 3
# A character says less than a word.
RUN_CHARACTERS = 5
PERMUTATIONS = 192
ROWS = 3
BANDS = PERMUTATIONS // ROWS
FACT_PERMUTATIONS = 64
SEED = 1540
# Runs of the shorter text, and the share of them that the longer must have, from which they are copies. Measured on
# copies made of real pages; EU notices by one template, which differ in a name, mostly stay below.
CONTAINED = ((25, 0.85), (60, 0.65), (150, 0.45))
# Shorter texts are copies only where they are the same.
MIN_RUNS = CONTAINED[0][0]
# Of the facts of the text that has fewer, this share stands in the other; from some number on a share means something.
SHARED_FACTS = 0.7
MIN_FACTS = 5
# With fewer facts than that the runs alone must show it.
CONTAINED_WITHOUT_FACTS = 0.6
# A band with more texts than this is of boilerplate: each is compared with its neighbours by name, not with all.
MAX_BAND = 200


@dataclass(frozen=True)
class Sketch:
    """The MinHash signatures of a text's word runs and facts, and how many there are of each."""

    runs: int
    signature: tuple[int, ...]
    facts: int = 0
    fact_signature: tuple[int, ...] = (0,) * FACT_PERMUTATIONS

    @property
    def bands(self) -> tuple[int, ...]:
        """Hashes, of 63 bits, of which near-copies share one."""
        packed = [struct.pack(f"<H{ROWS}I", i, *self.signature[i * ROWS : (i + 1) * ROWS]) for i in range(BANDS)]
        return tuple(int.from_bytes(hashlib.blake2b(p, digest_size=8).digest(), "little") >> 1 for p in packed)

    def to_bytes(self) -> bytes:
        """Return the sketch as a database keeps it."""
        numbers = (self.runs, *self.signature, self.facts, *self.fact_signature)
        return struct.pack(f"<{len(numbers)}I", *numbers)

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Return the sketch that `to_bytes` wrote."""
        numbers = struct.unpack(f"<{len(content) // 4}I", content)
        end = 1 + PERMUTATIONS
        return cls(numbers[0], numbers[1:end], numbers[end], numbers[end + 1 :])


def words(text: str) -> list[str]:
    """Return the folded words of *text*, a Chinese, Japanese or Korean character each."""
    return WORD.findall(folded(text))


def sketch(text: str) -> Sketch:
    """Return the sketch of *text*."""
    found = words(text)
    east_asian = sum(1 for word in found if EAST_ASIAN.match(word)) * 2 > len(found)
    length = RUN_CHARACTERS if east_asian else RUN_WORDS
    runs = {" ".join(found[i : i + length]) for i in range(max(1, len(found) - length + 1))}
    facts = {folded(fact) for fact in FACT.findall(text)}
    return Sketch(len(runs), _signature(runs, PERMUTATIONS), len(facts), _signature(facts, FACT_PERMUTATIONS))


def _signature(values: Iterable[str], permutations: int) -> tuple[int, ...]:
    signature = RMinHash(num_perm=permutations, seed=SEED)
    signature.update(sorted(values))
    return tuple(signature.digest())


def containment(one: Sketch, other: Sketch) -> float:
    """Return the estimated share of the shorter text's word runs that the longer has."""
    return _contained(one.signature, other.signature, one.runs, other.runs)


def _contained(first: Sequence[int], second: Sequence[int], first_size: int, second_size: int) -> float:
    """Return the share of the smaller set that is in the larger, from the resemblance of their signatures."""
    alike = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    return min(1.0, alike * (first_size + second_size) / (1 + alike) / max(1, min(first_size, second_size)))


def near_copies(one: Sketch, other: Sketch) -> bool:
    """Say whether two texts are near-copies."""
    shorter = min(one.runs, other.runs)
    if shorter < MIN_RUNS or one.signature == other.signature:
        return one.signature == other.signature
    shared = containment(one, other)
    needed = next(share for runs, share in reversed(CONTAINED) if shorter >= runs)
    if min(one.facts, other.facts) < MIN_FACTS:
        return shared >= max(needed, CONTAINED_WITHOUT_FACTS)
    facts = _contained(one.fact_signature, other.fact_signature, one.facts, other.facts)
    return shared >= needed and facts >= SHARED_FACTS


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
    from nlp.events import events_of

    stories = fold_copies({text.id: sketch(text.text) for text in texts})
    members: dict[str, list[StoryText]] = defaultdict(list)
    for text in texts:
        members[stories[text.id]].append(text)
    events = events_of({story: max(those, key=_telling) for story, those in members.items()})
    return [Folded(text.id, stories[text.id], events[stories[text.id]]) for text in texts]


def _telling(text: StoryText) -> tuple[int, str]:
    """Rank the copies of a story: the longest speaks for it."""
    return len(text.text), text.id


def fold_copies(sketches: Mapping[str, Sketch]) -> dict[str, str]:
    """Return the story of each text, named for its smallest id: the connected sets of near-copies."""
    sets: Sets[str] = Sets(sorted(sketches))
    for one, other in sorted(_candidates(sketches)):
        if sets.find(one) != sets.find(other) and near_copies(sketches[one], sketches[other]):
            sets.join(one, other)
    return {identifier: sets.find(identifier) for identifier in sketches}


def _candidates(sketches: Mapping[str, Sketch]) -> set[tuple[str, str]]:
    """Return the pairs that share a band; texts with the same signature are paired in a row."""
    same: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for identifier in sorted(sketches):
        same[sketches[identifier].signature].append(identifier)
    pairs = {pair for those in same.values() for pair in pairwise(those)}
    holders: dict[int, list[str]] = defaultdict(list)
    for those in same.values():
        for band in set(sketches[those[0]].bands):
            holders[band].append(those[0])
    for held in holders.values():
        ordered = sorted(held)
        pairs.update(combinations(ordered, 2) if len(ordered) <= MAX_BAND else pairwise(ordered))
    return pairs
