"""Neighbours: two parts of a name that stand together, filed so that a text's words lead to the names that hold them.

A part is known by the hashes of its skeletons, or of what it means. Under the hash of a pair stand the pairs of listed
words that are known by it, and under each of these the names that hold both, each with a mask: a bit a part of the
name, how many parts it has, and what a text may leave out. The words of each name are filed too.
"""

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path
from typing import Final

import numpy

from nlp.mention import PERSON
from nlp.names.heard import BITS, MAX_IDS, SOUNDED, bit_of, hashed, known_by, shortened
from nlp.names.listed_words import WordFiler
from nlp.names.parts import INITIAL, Part
from nlp.names.skeletons import filed_readings
from nlp.names.sought import Columns, Flags, Hashes
from nlp.names.variants import variants
from nlp.names.verifying import may_lack, may_tell
from nlp.names.vocabulary import FORMS, GENERIC, PARTICLES, TITLES
from nlp.names.words import part_of_word, parts_of

PAIRS, STARTS, LOW, HIGH, NAME_STARTS, NAMES, MASKS = (
    f"pair-{part}.npy" for part in ("hashes", "starts", "low", "high", "name-starts", "names", "masks")
)
# The words of each name, by their numbers, and where those of the next begin.
NAME_WORDS, WORD_ENDS = "name-words.npy", "name-word-ends.npy"
UNTELLING: Final = frozenset({FORMS, PARTICLES, TITLES, INITIAL})
# Longer names are found by their first parts.
MAX_PARTS: Final = 6
# Above the bits of the parts: the size of the name, from 2; whether a text may lack a part that is not of the pair;
# whether its parts are so common that only another script tells it.
SIZE_BITS: Final = 3
MAX_SIZE: Final = 2 + (1 << SIZE_BITS) - 1
MAY_LACK: Final = 1 << (BITS + SIZE_BITS)
COMMON_ONLY: Final = MAY_LACK << 1
PARTS: Final = numpy.uint64((1 << BITS) - 1)
# Odd numbers that mix two hashes into one.
MIX_FIRST, MIX_SECOND = numpy.uint64(0x9E3779B97F4A7C15), numpy.uint64(0xC2B2AE3D27D4EB4F)


def mixed(ones: Hashes, others: Hashes) -> Hashes:
    """Return the hashes of pairs, whichever of the two comes first."""
    low, high = numpy.minimum(ones, others), numpy.maximum(ones, others)
    return (low * MIX_FIRST) ^ (high * MIX_SECOND + (high >> numpy.uint64(31)))


def sizes_of(masks: Columns) -> Columns:
    """Return of how many parts the names with these *masks* are; of the longest, what the bits can hold."""
    size: Columns = 2 + ((masks >> numpy.uint64(BITS)) & numpy.uint64(MAX_SIZE - 2)).astype(numpy.int64)
    return size


class NeighbourFiler:
    """Collects the neighbours in names and writes them."""

    def __init__(self, words: WordFiler) -> None:
        self._words = words
        self._whole, self._misspelt = _Columns(), _Columns()
        self._name_words, self._word_ends = array("I"), array("I", [0])

    def add(self, number: int, name: str, kind: str | None) -> None:
        """File the neighbours in the *name* with this *number*, and in each name in it; its party is of this *kind*."""
        whole, *others = variants(name)
        self._name_words.extend(self._file(number, parts_of(whole), whole, kind))
        self._word_ends.append(len(self._name_words))
        for other in others:
            self._file(number, parts_of(other), other, kind)

    def _file(self, number: int, found: tuple[Part, ...], name: str, kind: str | None) -> list[int]:
        """File the parts *found*; return the numbers of the words that tell."""
        telling = [place for place, part in enumerate(found) if part.kind not in UNTELLING][:MAX_PARTS]
        named = [place for place in telling if found[place].kind != GENERIC]
        mask = _mask(found, named if len(named) > 1 else telling)
        numbers = [self._words.number(found[place]) for place in telling]
        for first, second in _places(len(telling)):
            pair = telling[first], telling[second]
            if len(named) < 2 or {found[place].kind for place in pair} != {GENERIC}:
                lacks = MAY_LACK if kind == PERSON and len(found) > 2 and _may_lack_beside(found, pair, name) else 0
                self._whole.add(numbers[first], numbers[second], number, mask | lacks)
        if len(telling) == 2 and all(found[place].kind in SOUNDED for place in telling):
            # What is misspelt is not looked for around the pair.
            for one, other in ((0, 1), (1, 0)):
                heard = mask & ~int(PARTS) | bit_of_part(found[telling[other]])
                self._misspelt.add(numbers[one], numbers[other], number, heard)
        return numbers

    def write(self, folder: Path) -> None:
        """Write what was filed into *folder*."""
        known = self._words.known
        whole, misspelt = self._whole.arrays(), self._misspelt.arrays()
        missing = _missing(self._words.words(), misspelt[0])
        filed = [_filed(whole, known[:, one], known[:, other]) for one, other in product(range(MAX_IDS), repeat=2)]
        filed += [_filed(misspelt, missing[:, place], known[:, 0]) for place in range(missing.shape[1])]
        _write(folder, *map(numpy.concatenate, zip(*filed, strict=True)))
        numpy.save(folder / NAME_WORDS, numpy.array(self._name_words, dtype=numpy.uint32))
        numpy.save(folder / WORD_ENDS, numpy.array(self._word_ends, dtype=numpy.uint32))


class _Columns:
    """Pairs of words by their numbers, and the names that hold them."""

    def __init__(self) -> None:
        self._columns = array("I"), array("I"), array("I"), array("Q")

    def add(self, *row: int) -> None:
        """Add the numbers of two words and of a name, and its mask."""
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)

    def arrays(self) -> tuple[Columns, Columns, Columns, Columns]:
        """Return the words, the others, the names and the masks."""
        ones, others, names, masks = (numpy.frombuffer(column, dtype=column.typecode) for column in self._columns)
        return ones, others, names, masks


def _places(size: int) -> Iterator[tuple[int, int]]:
    yield from pairwise(range(size))
    if size > 2:
        yield 0, size - 1


def _mask(found: tuple[Part, ...], told: Sequence[int]) -> int:
    mask = 0 if may_tell(found) else COMMON_ONLY
    for place in told:
        mask |= bit_of_part(found[place])
    return mask | (min(max(len(found), 2), MAX_SIZE) - 2) << BITS


@lru_cache(60_000)
def bit_of_part(part: Part) -> int:
    """Return the bit of a part in a mask; none where it is known by nothing."""
    known = known_by(part)
    return bit_of(known[0]) if known else 0


def _may_lack_beside(found: tuple[Part, ...], pair: tuple[int, int], name: str) -> bool:
    """Say whether a text may leave out one of the parts that are not in *pair*."""
    return any(may_lack(found, [place], name) for place in range(len(found)) if place not in pair)


def _missing(words: list[str], numbers: Columns) -> Hashes:
    """Return for each word with one of these *numbers* the hashes of it with one consonant missing, zeros behind."""
    rows = {number: _shortened(words[number]) for number in numpy.unique(numbers).tolist()}
    table = numpy.zeros((len(words), max(map(len, rows.values()), default=0)), dtype=numpy.uint64)
    for number, row in rows.items():
        table[number, : len(row)] = row
    return table


def _shortened(word: str) -> list[int]:
    return [hashed(key) for key in shortened(filed_readings(part_of_word(word))[0])]


def _filed(filed: Sequence[Columns], known: Hashes, other_known: Hashes) -> tuple[Columns, ...]:
    """Return for each pair that is known by both: its hash, the numbers of its words, the lower first, name, mask."""
    ones, others, names, masks = filed
    rows = numpy.flatnonzero((known[ones] != 0) & (other_known[others] != 0))
    ones, others = ones[rows], others[rows]
    hashes, other_hashes = known[ones], other_known[others]
    turned = hashes > other_hashes
    low, high = numpy.where(turned, others, ones), numpy.where(turned, ones, others)
    return mixed(hashes, other_hashes), low, high, names[rows], masks[rows]


def _write(folder: Path, pairs: Hashes, low: Columns, high: Columns, names: Columns, masks: Columns) -> None:
    words = low.astype(numpy.uint64) << numpy.uint64(32) | high
    order = numpy.lexsort((words, pairs))
    pairs, words = pairs[order], words[order]
    begins = numpy.flatnonzero(_changes(pairs) | _changes(words))
    unique, starts = numpy.unique(pairs[begins], return_index=True)
    for file, column in (
        (PAIRS, unique),
        (STARTS, numpy.append(starts, len(begins)).astype(numpy.uint32)),
        (LOW, low[order][begins]),
        (HIGH, high[order][begins]),
        (NAME_STARTS, numpy.append(begins, len(pairs)).astype(numpy.uint32)),
        (NAMES, names[order]),
        (MASKS, masks[order]),
    ):
        numpy.save(folder / file, column)


def _changes(column: Columns) -> Flags:
    """Say where a value differs from the one before."""
    changed = numpy.ones(len(column), dtype=numpy.bool_)
    changed[1:] = column[1:] != column[:-1]
    return changed
