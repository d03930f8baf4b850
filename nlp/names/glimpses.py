"""Glimpses: what shows at once, in 64 bits, that a word of a text is not that part of a name, misspelt or not.

From the lowest bit: the letters of how it sounds, how many they are, and the first; the consonants that it may begin
with, and end with; whether its script writes vowels.
"""

from functools import lru_cache
from typing import Final

import numpy

from nlp.names.parts import Part
from nlp.names.sameness import sounds
from nlp.names.scripts import CYRILLIC, LATIN
from nlp.names.skeletons import LETTERS, readings_of
from nlp.names.sought import Columns, Flags, Hashes

SIZE, FIRST, BEGINS, ENDS, VOWELS = (numpy.uint64(bit) for bit in (26, 32, 40, 50, 63))
SIX_BITS, EIGHT_BITS, TEN_BITS = (numpy.uint64(2**bits - 1) for bits in (6, 8, 10))
ALL_LETTERS: Final = numpy.uint64(2**26 - 1)
MAX_LETTERS: Final = 63
BONES: Final = "a" + LETTERS
# Two edits change so many letters, and leave the length within so many where an ending is taken off too.
OTHER_LETTERS, LONGER = 4, 4


@lru_cache(60_000)
def glimpse(part: Part) -> int:
    """Return the glimpse of a part of a name, or of a word as a part."""
    sound = min(sounds(part.latin, inflected=True), key=len)
    bones = readings_of(part)
    letters = sum(1 << (ord(letter) - ord("a")) for letter in set(sound) if "a" <= letter <= "z")
    begins, ends = (sum(1 << place for place in {BONES.find(b[end]) for b in bones if b} - {-1}) for end in (0, -1))
    vowels = part.script in {LATIN, CYRILLIC}
    size, first = min(len(sound), MAX_LETTERS), ord(sound[0]) % 256 if sound else 0
    placed = ((size, SIZE), (first, FIRST), (begins, BEGINS), (ends, ENDS), (vowels, VOWELS))
    return letters | sum(value << int(bit) for value, bit in placed)


def may_be_spelt_alike(ones: Hashes, others: Hashes) -> Flags:
    """Say which words, by their glimpses, may be the others by their letters; all where these say nothing."""
    alike: Flags = ~((ones & others) >> VOWELS).astype(numpy.bool_) | _are_spelt_alike(ones, others)
    return alike


def may_be_same(ones: Hashes, others: Hashes) -> Flags:
    """Say which words, by their glimpses, may be the others: by letters where both write vowels, else by sound."""
    begin_alike = (_field(ones, BEGINS, TEN_BITS) & _field(others, BEGINS, TEN_BITS)) != 0
    end_alike = (_field(ones, ENDS, TEN_BITS) & _field(others, ENDS, TEN_BITS)) != 0
    spelt = ((ones & others) >> VOWELS).astype(numpy.bool_)
    same: Flags = numpy.where(spelt, _are_spelt_alike(ones, others), begin_alike & end_alike)
    return same


def _are_spelt_alike(ones: Hashes, others: Hashes) -> Flags:
    sizes, other_sizes = (_field(column, SIZE, SIX_BITS).astype(numpy.int64) for column in (ones, others))
    alike: Flags = _field(ones, FIRST, EIGHT_BITS) == _field(others, FIRST, EIGHT_BITS)
    alike &= numpy.bitwise_count((ones ^ others) & ALL_LETTERS) <= OTHER_LETTERS
    return alike & (abs(sizes - other_sizes) <= LONGER)


def _field(column: Hashes, bit: numpy.uint64, mask: numpy.uint64) -> Columns:
    return (column >> bit) & mask
