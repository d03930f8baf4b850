"""Neighbours: two parts of a name that stand together, filed so that a text's words lead to the names that hold them.

A part is known by the hashes of its skeletons, or of what it means. Each filed pair has, beside the number of its name,
a mask with a bit a part of the name, so that names whose other parts are not around are passed over without being read.
"""

import hashlib
import re
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path
from typing import Final

import numpy
from numpy.typing import NDArray

from nlp.names.parts import COMMON, INITIAL, NAME, NUMBER, Part, latin_of
from nlp.names.scripts import ARABIC, CYRILLIC, GREEK, LATIN, script_of
from nlp.names.skeletons import filed_readings, readings
from nlp.names.vocabulary import ARTICLE, FORMS, GENERIC, GIVEN, PARTICLES, TITLES, meaning

Hashes = NDArray[numpy.uint64]
PAIRS, PAIR_STARTS, PAIR_NAMES, PAIR_MASKS = "pairs.npy", "pair-starts.npy", "pair-names.npy", "pair-masks.npy"
UNTELLING: Final = frozenset({FORMS, PARTICLES, TITLES, INITIAL})
SOUNDED: Final = frozenset({NAME, COMMON, GIVEN})
# Longer names are found by their first parts.
MAX_PARTS: Final = 6
MAX_IDS: Final = 3
# A name of two parts is also filed with a consonant missing in one of them, for words that are misspelt.
MIN_MISSPELT: Final = 3
MIN_LETTERS_MISSPELT: Final = 5
SPELT_WITH_VOWELS: Final = frozenset({LATIN, CYRILLIC, GREEK})
# Endings of Russian and Ukrainian cases, folded, that add a consonant to a word.
ENDING: Final = re.compile(r"(?<=[а-яіґє]{3})(?:ого|ому|ими|ыми|ами|ями|ах|ях|ых|их|ым|им|ом|ем|ам|ям|ов|ев)$")
# A pair of words under which more names stand finds only those whose parts are all there.
MANY_NAMES: Final = 300
# Odd numbers that mix two hashes into one.
MIX_FIRST, MIX_SECOND = numpy.uint64(0x9E3779B97F4A7C15), numpy.uint64(0xC2B2AE3D27D4EB4F)
# Words before and behind a pair in which the other parts of a name may stand.
BEFORE, BEHIND = 5, 7
BITS: Final = 64


@lru_cache(300_000)
def hashed(key: str) -> int:
    """Return the hash of what a part is known by, 64 bits."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


def mixed(ones: Hashes, others: Hashes) -> Hashes:
    """Return the hashes of pairs, whichever of the two comes first."""
    low, high = numpy.minimum(ones, others), numpy.maximum(ones, others)
    return (low * MIX_FIRST) ^ (high * MIX_SECOND + (high >> numpy.uint64(31)))


def bit_of(known: int) -> int:
    """Return the bit of a part in a mask."""
    return 1 << (known % BITS)


def known_by(part: Part) -> tuple[int, ...]:
    """Return the hashes by which a part of a listed name is known; the first has its bit in the mask."""
    if part.kind in SOUNDED or part.kind == NUMBER:
        return tuple(hashed(f"k{bones}") for bones in filed_readings(part))
    return tuple(hashed(f"m{key}") for key in sorted(part.meanings))[:MAX_IDS]


@lru_cache(200_000)
def heard_as(word: str) -> tuple[int, ...]:
    """Return the hashes of what a folded word of a text may be: its readings, and what it means."""
    script = script_of(word)
    forms = dict.fromkeys((word, ENDING.sub("", ARTICLE.sub("", word) if script == ARABIC else word)))
    heard = (bones for form in forms for bones in readings(form, script, latin_of(form, script))[:MAX_IDS])
    known = meaning(word)
    keys = sorted(known.keys) if known else ()
    return tuple(dict.fromkeys((*(hashed(f"k{bones}") for bones in heard), *(hashed(f"m{key}") for key in keys))))


@lru_cache(100_000)
def with_one_missing(word: str) -> tuple[int, ...]:
    """Return the hashes of a word with one consonant missing, and as it is; none for a short word."""
    script = script_of(word)
    if script not in SPELT_WITH_VOWELS or len(word) < MIN_LETTERS_MISSPELT:
        return ()
    bones = readings(word, script, latin_of(word, script))[0]
    return tuple(map(hashed, _shortened(bones)))


def _shortened(bones: str) -> Iterator[str]:
    if len(bones) >= MIN_MISSPELT:
        yield f"x{bones}"
        yield from dict.fromkeys(f"x{bones[:place]}{bones[place + 1 :]}" for place in range(len(bones)))


class PairFiler:
    """Collects the neighbours in names and writes them."""

    def __init__(self) -> None:
        self._ones, self._others, self._masks = array("Q"), array("Q"), array("Q")
        self._names = array("I")

    def add(self, number: int, found: tuple[Part, ...]) -> None:
        """File the neighbours in the name *number*, whose parts are *found*."""
        telling = [part for part in found if part.kind not in UNTELLING][:MAX_PARTS]
        named = [part for part in telling if part.kind != GENERIC]
        known = [known_by(part) for part in telling]
        mask = 0
        for part in named if len(named) > 1 else telling:
            mask |= bit_of(known_by(part)[0]) if known_by(part) else 0
        for first, second in _places(len(telling)):
            if len(named) < 2 or {telling[first].kind, telling[second].kind} != {GENERIC}:
                self._file(number, mask, product(known[first], known[second]))
        if len(telling) == 2 and all(part.kind in SOUNDED for part in telling):
            self._file_misspelt(number, mask, telling)

    def _file_misspelt(self, number: int, mask: int, telling: list[Part]) -> None:
        for part, other in (telling, telling[::-1]):
            missing = [hashed(key) for key in _shortened(filed_readings(part)[0])]
            self._file(number, mask & bit_of(known_by(other)[0]), product(missing, known_by(other)[:1]))

    def _file(self, number: int, mask: int, pairs: "product[tuple[int, int]]") -> None:
        for one, other in pairs:
            self._ones.append(one)
            self._others.append(other)
            self._masks.append(mask)
            self._names.append(number)

    def write(self, folder: Path) -> None:
        """Write what was filed into *folder*."""
        ones, others = (numpy.frombuffer(a, dtype=numpy.uint64) for a in (self._ones, self._others))
        pairs = mixed(ones, others)
        order = numpy.argsort(pairs, kind="stable")
        unique, starts = numpy.unique(pairs[order], return_index=True)
        numpy.save(folder / PAIRS, unique)
        numpy.save(folder / PAIR_STARTS, numpy.append(starts, len(pairs)).astype(numpy.uint64))
        numpy.save(folder / PAIR_NAMES, numpy.frombuffer(self._names, dtype=numpy.uint32)[order])
        numpy.save(folder / PAIR_MASKS, numpy.frombuffer(self._masks, dtype=numpy.uint64)[order])


def _places(size: int) -> Iterator[tuple[int, int]]:
    yield from pairwise(range(size))
    if size > 2:
        yield 0, size - 1


class FiledPairs:
    """The opened file of neighbours."""

    def __init__(self, folder: Path) -> None:
        files = (numpy.load(folder / name, mmap_mode="r") for name in (PAIRS, PAIR_STARTS, PAIR_NAMES, PAIR_MASKS))
        self._pairs, self._starts, self._names, self._masks = files

    def named_by(self, words: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield place and number of each name that a pair of *words* may begin; *pairs* are places in *words*."""
        ones, others, places = self._keys(words, pairs)
        if not places:
            return
        keys = mixed(numpy.array(ones, dtype=numpy.uint64), numpy.array(others, dtype=numpy.uint64))
        found = self._pairs.searchsorted(keys)
        found[found == len(self._pairs)] = 0
        hits = numpy.flatnonzero(self._pairs[found] == keys) if len(self._pairs) else ()
        around = _around(words)
        told: set[tuple[int, int]] = set()
        for hit in hits:
            place = places[hit]
            told.update((place, number) for number in self._present(int(found[hit]), around[place]))
        yield from sorted(told)

    def _keys(self, words: Sequence[str], pairs: Sequence[tuple[int, int]]) -> tuple[list[int], list[int], list[int]]:
        ones: list[int] = []
        others: list[int] = []
        places: list[int] = []
        for first, second in pairs:
            one, other = words[first], words[second]
            combined = list(product(heard_as(one), heard_as(other)))
            combined += product(with_one_missing(one), heard_as(other)[:1])
            combined += product(with_one_missing(other), heard_as(one)[:1])
            ones += [a for a, _ in combined]
            others += [b for _, b in combined]
            places += [first] * len(combined)
        return ones, others, places

    def _present(self, pair: int, around: int) -> list[int]:
        """Return the names under a pair whose other parts are around, or all but one of three where few share it."""
        start, end = int(self._starts[pair]), int(self._starts[pair + 1])
        masks = self._masks[start:end]
        missing = numpy.bitwise_count(masks & ~numpy.uint64(around))
        present = missing == 0
        if end - start <= MANY_NAMES:
            present |= (missing == 1) & (numpy.bitwise_count(masks) >= 3)
        return [int(number) for number in self._names[start:end][present]]


def _around(words: Sequence[str]) -> list[int]:
    """Return for each place the bits of the words around it."""
    bits = []
    for word in words:
        mask = 0
        for known in heard_as(word):
            mask |= bit_of(known)
        bits.append(mask)
    around = []
    for place in range(len(words)):
        whole = 0
        for mask in bits[max(0, place - BEFORE) : place + BEHIND]:
            whole |= mask
        around.append(whole)
    return around
