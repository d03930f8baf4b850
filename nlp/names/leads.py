"""Leads: the listed names that two neighbours in a text may belong to, out of the file of neighbours.

What is asked of few is asked first: of the words of a pair whether they are those of the text, then of the names that
hold both whether their other parts are around. No name is read for that.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy

from nlp.names.completing import Lacking, NameWords
from nlp.names.heard import UNKNOWN_SIGN, bits_of_word, signs_of_word
from nlp.names.listed_words import ListedWords, Same, opened
from nlp.names.neighbours import (
    COMMON_ONLY,
    HIGH,
    LOW,
    MASKS,
    MAX_SIZE,
    MAY_LACK,
    NAME_STARTS,
    NAMES,
    PAIRS,
    PARTS,
    STARTS,
    mixed,
    sizes_of,
)
from nlp.names.sought import Columns, Flags, Hashes, Places, Sought, padded, says_little, sought, strict, without_vowels

# Of a pair of words no more names are read than so many, the first of the lists first.
MOST_READ: Final = 40
# Of a text no more names are held against its words than so many, some 60 MB; only of common names alone it has more.
# Each pair of words then leads to fewer.
MOST_HELD: Final = 500_000
# A text may leave out a part of a name that has so many.
MANY: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """Words of a text, and pairs of places of those that may be neighbours in a name.

    The words of a line stand in the order of the text; others, behind them, stand at a place in the line, `at`. `small`
    are the places of words without a capital letter in scripts that have some.
    """

    words: Sequence[str]
    pairs: Sequence[tuple[int, int]]
    small: Container[int] = ()
    at: Sequence[int] = ()

    @property
    def line(self) -> list[str]:
        """The words of the line."""
        return list(self.words[: 1 + max(self.at, default=len(self.words) - 1)])

    @property
    def line_places(self) -> Places:
        """The place in the line of each word."""
        return numpy.array(self.at or range(len(self.words)), dtype=numpy.int64)


@dataclass(frozen=True, slots=True)
class Found:
    """Entries under the rows of pairs of words: places of names in the file, and which row each is under."""

    rows: Places
    owners: Places
    entries: Places

    def only(self, kept: Flags) -> "Found":
        """Return only the entries that are *kept*."""
        return Found(self.rows, self.owners[kept], self.entries[kept])


class Leads:
    """The opened file of neighbours."""

    def __init__(self, folder: Path) -> None:
        self._pairs, self._starts, self._low, self._high = (
            opened(folder / file) for file in (PAIRS, STARTS, LOW, HIGH)
        )
        self._name_starts, self._names, self._masks = (opened(folder / file) for file in (NAME_STARTS, NAMES, MASKS))
        self._words = ListedWords(folder)
        self._name_words = NameWords(folder, self._words)

    def named_by(self, asked: Asked, same: Same, *, common: bool = False) -> list[tuple[int, int]]:
        """Return place and number of each name that a pair of words may begin, in order.

        *same* says whether a word of the text is that part of a name; names of *common* parts alone are left out.
        """
        if not asked.pairs or not len(self._pairs):
            return []
        told, rows = self._told(asked, same)
        found = Found(rows, *_expanded(self._name_starts, rows))
        if not common:
            found = found.only((self._masks[found.entries] & numpy.uint64(COMMON_ONLY)) == 0)
        found = found.only(self._present(asked, told, found, same))
        read = found.only(numpy.arange(len(found.owners)) - found.owners.searchsorted(found.owners) < MOST_READ)
        places, names = told.first[read.owners], self._names[read.entries]
        return sorted(set(zip(places.tolist(), names.tolist(), strict=True)))

    def _told(self, asked: Asked, same: Same) -> tuple[Sought, Places]:
        """Return the pairs of the text that are found, with the row of each pair of listed words that are the same."""
        wanted = sought(asked.words, asked.pairs, asked.small)
        # In order, neighbours in the file are looked at one after the other, and most are at hand already.
        keys, which = numpy.unique(mixed(wanted.ones, wanted.others), return_inverse=True)
        found = self._pairs.searchsorted(keys)
        found[found == len(self._pairs)] = 0
        met = self._pairs[found] == keys
        hits, found = numpy.flatnonzero(met[which]), found[which]
        owners, rows = _expanded(self._starts, found[hits])
        told = wanted.chosen(hits[owners])
        for test in (self._are_spelt, partial(self._are_same, same=same)):
            kept = numpy.flatnonzero(test(asked, told, rows))
            told, rows = told.rows(kept), rows[kept]
        return told, rows

    def _are_spelt(self, asked: Asked, told: Sought, rows: Places) -> Flags:
        """Say in which rows a word at least is spelt as in the text, and each that must be."""
        low, high = self._signed(asked, told, rows)
        must = strict(asked.words, asked.small)
        spelt: Flags = (low | high) & (low | ~must[told.word]) & (high | ~must[told.other_word])
        return spelt

    def _signed(self, asked: Asked, told: Sought, rows: Places) -> tuple[Flags, Flags]:
        """Say in which rows the first word has a sign that it may have in the text, and in which the other."""
        signs = Signs(asked.words, numpy.concatenate((told.word, told.other_word)))
        low = signs.allow(told.word, self._words, self._low[rows]) & told.sure
        high = signs.allow(told.other_word, self._words, self._high[rows]) & told.other_sure
        return low, high

    def _are_same(self, asked: Asked, told: Sought, rows: Places, same: Same) -> Flags:
        """Say in which rows both words are those of the text."""
        places, listed = numpy.append(told.word, told.other_word), numpy.append(self._low[rows], self._high[rows])
        are = self._words.are(asked.words, places, listed, same)
        both: Flags = are[: len(rows)] & are[len(rows) :]
        return both

    def _present(self, asked: Asked, told: Sought, found: Found, same: Same) -> Flags:
        """Say which names have all parts in the text, or all but one that it misspells or leaves out."""
        masks = self._masks[found.entries]
        first = asked.line_places[told.first]
        around = _around(asked, first)[sizes_of(masks) - 2, first[found.owners]] | self._own(found)[found.owners]
        lacking = masks & PARTS & ~around
        missing, many = numpy.bitwise_count(lacking), sizes_of(masks) >= MANY
        little = says_little(asked.words, told.word, told.other_word)
        sure = (told.sure & told.other_sure & ~little)[found.owners]
        present: Flags = (missing == 0) & (many | ~little[found.owners])
        may_lack = (masks & numpy.uint64(MAY_LACK)) != 0
        present |= (missing == 1) & many & sure & may_lack
        other = numpy.flatnonzero((missing == 1) & many & sure & ~may_lack)
        names = self._names[found.entries[other]]
        lacks = Lacking(first[found.owners[other]], names, lacking[other], sizes_of(masks[other]))
        present[other] = self._name_words.complete(asked.line, lacks, same)
        return present

    def _own(self, found: Found) -> Hashes:
        """Return the bits of the two words of each row."""
        low, high = (self._words.bits[column[found.rows]].astype(numpy.uint64) for column in (self._low, self._high))
        own: Hashes = (numpy.uint64(1) << low) | (numpy.uint64(1) << high)
        return own


class Signs:
    """The signs that the words at some places of a text may have."""

    def __init__(self, words: Sequence[str], places: Places) -> None:
        found = {place: signs_of_word(words[place]) for place in numpy.unique(places).tolist()}
        self._signs = padded(found, len(words), numpy.uint32)
        self._any = numpy.zeros(len(words), dtype=numpy.bool_)
        self._any[[place for place, signs in found.items() if not signs]] = True
        self._vowelless = without_vowels(words)

    def allow(self, places: Places, words: ListedWords, numbers: Columns) -> Flags:
        """Say which listed words, by their numbers, may be those at *places* in the text."""
        vowelless = self._vowelless[places]
        signs = numpy.where(vowelless, words.breaths[numbers], words.signs[numbers])
        met = (self._signs[places] == signs[:, None]).any(axis=1) & (signs != UNKNOWN_SIGN)
        allowed: Flags = met | (vowelless & (signs == UNKNOWN_SIGN)) | self._any[places]
        return allowed


def _expanded(starts: Columns, found: Places) -> tuple[Places, Places]:
    """Return the entries between the *starts* that were *found*, behind the place of each in *found*."""
    begins = starts[found].astype(numpy.int64)
    sizes = starts[found + 1].astype(numpy.int64) - begins
    most = int(sizes.max(initial=0))
    while sizes.sum() > MOST_HELD and most > 1:
        most -= most // 4 or 1
        sizes = numpy.minimum(sizes, most)
    owners = numpy.arange(len(found)).repeat(sizes)
    return owners, numpy.arange(len(owners)) + (begins - sizes.cumsum() + sizes)[owners]


def _around(asked: Asked, first: Places) -> Hashes:
    """Return the bits of the words around each place in the line: a row for names of two parts, of three, and so on."""
    at = asked.line_places.tolist()
    size = max(at, default=0) + 1
    near = _near(numpy.bincount(first, minlength=size).astype(numpy.bool_), MAX_SIZE - 1)
    bits = numpy.zeros(size, dtype=numpy.uint64)
    for word, place in zip(asked.words, at, strict=True):
        if near[place]:
            bits[place] |= numpy.uint64(bits_of_word(word))
    return numpy.array([_near(bits, reach) for reach in range(1, MAX_SIZE)])


def _near(column: Columns, reach: int) -> Columns:
    """Return for each place all that is set up to *reach* places before or behind it."""
    whole = column.copy()
    for distance in range(1, min(reach + 1, len(column))):
        whole[:-distance] |= column[distance:]
        whole[distance:] |= column[:-distance]
    return whole
