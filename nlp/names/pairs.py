"""Neighbours: two parts of a name that stand together, filed so that a text's words lead to the names that hold them.

A part is known by the hashes of its skeletons, or of what it means. Each filed pair has, beside the number of its name,
a mask with a bit a part of the name and a sign, a byte, of how each of the two is spelt. Names whose other parts are
not around, and names that differ in the vowels of both, are passed over without being read.
"""

from array import array
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import Final

import numpy

from nlp.names.heard import (
    MAY_LACK,
    SOUNDED,
    UNKNOWN_SIGN,
    Signs,
    bit_of,
    breath_of_part,
    hashed,
    known_by,
    shortened,
    sign_of_part,
)
from nlp.names.parts import INITIAL, Part
from nlp.names.skeletons import filed_readings
from nlp.names.sought import (
    MISSPELT,
    Flags,
    Hashes,
    Places,
    Sought,
    around,
    says_little,
    sought,
    spellings,
    strict,
    without_vowels,
)
from nlp.names.vocabulary import FORMS, GENERIC, PARTICLES, TITLES

PAIRS, STARTS, NAMES, MASKS, SIGNS, BREATHS = (
    f"pair-{part}.npy" for part in ("hashes", "starts", "names", "masks", "signs", "breaths")
)
UNTELLING: Final = frozenset({FORMS, PARTICLES, TITLES, INITIAL})
# Longer names are found by their first parts.
MAX_PARTS: Final = 6
# Of a pair of words no more names are read than so many, the first of the lists first.
MOST_READ: Final = 40
# A text may leave out a part of a name that has so many.
MANY: Final = 3
# Odd numbers that mix two hashes into one.
MIX_FIRST, MIX_SECOND = numpy.uint64(0x9E3779B97F4A7C15), numpy.uint64(0xC2B2AE3D27D4EB4F)


def mixed(ones: Hashes, others: Hashes) -> Hashes:
    """Return the hashes of pairs, whichever of the two comes first."""
    low, high = numpy.minimum(ones, others), numpy.maximum(ones, others)
    return (low * MIX_FIRST) ^ (high * MIX_SECOND + (high >> numpy.uint64(31)))


class PairFiler:
    """Collects the neighbours in names and writes them."""

    def __init__(self) -> None:
        self._ones, self._others, self._masks = array("Q"), array("Q"), array("Q")
        self._names, self._signs, self._breaths = array("I"), array("H"), array("H")

    def add(self, number: int, found: tuple[Part, ...], *, may_lack: bool = True) -> None:
        """File the neighbours in the name *number*, whose parts are *found*; a text *may lack* one of them."""
        telling = [part for part in found if part.kind not in UNTELLING][:MAX_PARTS]
        named = [part for part in telling if part.kind != GENERIC]
        known = [known_by(part) for part in telling]
        signs = [(sign_of_part(part), breath_of_part(part)) for part in telling]
        mask = MAY_LACK if may_lack else 0
        for part in named if len(named) > 1 else telling:
            mask |= bit_of(known_by(part)[0]) if known_by(part) else 0
        for first, second in _places(len(telling)):
            if len(named) < 2 or {telling[first].kind, telling[second].kind} != {GENERIC}:
                self._file(number, mask, product(known[first], known[second]), (signs[first], signs[second]))
        if len(telling) == 2 and all(part.kind in SOUNDED for part in telling):
            self._file_misspelt(number, mask, telling)

    def _file_misspelt(self, number: int, mask: int, telling: list[Part]) -> None:
        for part, other in (telling, telling[::-1]):
            missing = [hashed(key) for key in shortened(filed_readings(part)[0])]
            signs = (UNKNOWN_SIGN, UNKNOWN_SIGN), (sign_of_part(other), breath_of_part(other))
            heard = known_by(other)[:1]
            self._file(number, mask & (MAY_LACK | bit_of(heard[0])), product(missing, heard), signs)

    def _file(self, number: int, mask: int, pairs: "product[tuple[int, int]]", signs: tuple[Signs, Signs]) -> None:
        for one, other in pairs:
            self._ones.append(one)
            self._others.append(other)
            self._masks.append(mask)
            self._names.append(number)
            low, high = signs if one <= other else signs[::-1]
            self._signs.append(low[0] | high[0] << 8)
            self._breaths.append(low[1] | high[1] << 8)

    def write(self, folder: Path) -> None:
        """Write what was filed into *folder*."""
        ones, others = (numpy.frombuffer(a, dtype=numpy.uint64) for a in (self._ones, self._others))
        pairs = mixed(ones, others)
        order = numpy.argsort(pairs, kind="stable")
        unique, starts = numpy.unique(pairs[order], return_index=True)
        numpy.save(folder / PAIRS, unique)
        numpy.save(folder / STARTS, numpy.append(starts, len(pairs)).astype(numpy.uint32))
        numpy.save(folder / NAMES, numpy.frombuffer(self._names, dtype=numpy.uint32)[order])
        numpy.save(folder / MASKS, numpy.frombuffer(self._masks, dtype=numpy.uint64)[order])
        numpy.save(folder / SIGNS, numpy.frombuffer(self._signs, dtype=numpy.uint16)[order])
        numpy.save(folder / BREATHS, numpy.frombuffer(self._breaths, dtype=numpy.uint16)[order])


def _places(size: int) -> Iterator[tuple[int, int]]:
    yield from pairwise(range(size))
    if size > 2:
        yield 0, size - 1


class FiledPairs:
    """The opened file of neighbours."""

    def __init__(self, folder: Path) -> None:
        # Views as plain arrays: slices of them cost less than slices of mapped ones.
        paths = (folder / name for name in (PAIRS, STARTS, NAMES, MASKS, SIGNS, BREATHS))
        files = (numpy.asarray(numpy.load(path, mmap_mode="r")) for path in paths)
        self._pairs, self._starts, self._names, self._masks, self._signs, self._breaths = files

    def named_by(
        self, words: Sequence[str], pairs: Sequence[tuple[int, int]], small: Container[int] = ()
    ) -> list[tuple[int, int]]:
        """Return place and number of each name that a pair of *words* may begin, in order.

        *pairs* are places in *words*, *small* the places of words without a capital letter in scripts that have some.
        """
        if not pairs or not len(self._pairs):
            return []
        wanted = sought(words, pairs, small)
        keys = mixed(wanted.ones, wanted.others)
        found = self._pairs.searchsorted(keys)
        found[found == len(self._pairs)] = 0
        hits = numpy.flatnonzero(self._pairs[found] == keys)
        if not len(hits):
            return []
        owners, entries = self._entries(found[hits])
        told = wanted.chosen(hits)
        present = numpy.flatnonzero(self._present(words, told, owners, entries, strict(words, small)))
        owners, entries = owners[present], entries[present]
        read = numpy.arange(len(owners)) - owners.searchsorted(owners) < MOST_READ
        places, numbers = told.first[owners[read]], self._names[entries[read]]
        return sorted(set(zip(places.tolist(), numbers.tolist(), strict=True)))

    def _entries(self, found: Places) -> tuple[Places, Places]:
        """Return the entries under the pairs *found*, and for each which of the pairs it stands under."""
        starts = self._starts[found].astype(numpy.int64)
        sizes = self._starts[found + 1].astype(numpy.int64) - starts
        owners = numpy.arange(len(found)).repeat(sizes)
        return owners, numpy.arange(len(owners)) + (starts - sizes.cumsum() + sizes)[owners]

    def _present(self, words: Sequence[str], told: Sought, owners: Places, entries: Places, strict: Flags) -> Flags:
        """Return which entries are spelt like the words and have their other parts around, or all but one."""
        low, high = self._spelt(words, told, owners, entries)
        masks = self._masks[entries]
        bits = masks & PARTS
        missing = numpy.bitwise_count(bits & ~around(words)[told.first][owners])
        many = numpy.bitwise_count(bits) >= MANY
        little, sure = says_little(words, told), (told.word != MISSPELT) & (told.other_word != MISSPELT)
        as_spelt = (low | ~strict[told.word][owners]) & (high | ~strict[told.other_word][owners])
        present: Flags = (missing == 0) & (low | high) & as_spelt & (many | ~little[owners])
        present |= (missing == 1) & many & low & high & (bits != masks) & (sure & ~little)[owners]
        return present

    def _spelt(self, words: Sequence[str], told: Sought, owners: Places, entries: Places) -> tuple[Flags, Flags]:
        """Return which entries have a part that is spelt like the word behind the lower hash, and behind the other."""
        known = spellings(words, numpy.concatenate((told.word, told.other_word)))
        vowelless = without_vowels(words)
        signs, breaths = self._signs[entries], self._breaths[entries]
        low, high = told.word[owners], told.other_word[owners]
        return (
            known[low, numpy.where(vowelless[low], breaths, signs) & 0xFF],
            known[high, numpy.where(vowelless[high], breaths, signs) >> 8],
        )


PARTS: Final = numpy.uint64(MAY_LACK - 1)
