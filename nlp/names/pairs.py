"""Neighbours: two parts of a name that stand together, filed so that a text's words lead to the names that hold them.

A part is known by the hashes of its skeletons, or of what it means. Each filed pair has, beside the number of its name,
a mask with a bit a part of the name and a sign, a byte, of how each of the two is spelt. Names whose other parts are
not around, and names that differ in the vowels of both, are passed over without being read.
"""

import hashlib
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path
from typing import Final

import numpy
from numpy.typing import NDArray

from nlp.names.parts import COMMON, INITIAL, NAME, NUMBER, Part, keyed, latin_of
from nlp.names.scripts import ARABIC, CYRILLIC, GREEK, LATIN, script_of
from nlp.names.skeletons import filed_readings, readings
from nlp.names.vocabulary import ARTICLE, FORMS, GENERIC, GIVEN, PARTICLES, TITLES, meaning

Hashes = NDArray[numpy.uint64]
PAIRS, STARTS, NAMES, MASKS, SIGNS = (f"pair-{part}.npy" for part in ("hashes", "starts", "names", "masks", "signs"))
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
# Of a pair of words no more names are read than so many, the first of the lists first.
MOST_READ: Final = 40
# Two words without vowels must have so many consonants to lead to a name of two parts.
MIN_CONSONANTS: Final = 6
UNKNOWN_SIGN: Final = 0
SIGNS_OF_BYTE: Final = 256
# Odd numbers that mix two hashes into one.
MIX_FIRST, MIX_SECOND = numpy.uint64(0x9E3779B97F4A7C15), numpy.uint64(0xC2B2AE3D27D4EB4F)
CASE_ENDING_ROMANISED: Final = re.compile(r"(?<=\w{3})(?:ogo|omu|imi|ami|oiu|oi|ei|em|om|im|uiu|aia|akh|a|u|i|e|o|y)$")
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


def sign_of(spelt: str) -> int:
    """Return the sign of a spelling, a byte that is not `UNKNOWN_SIGN`."""
    return 1 + hashed(spelt) % (SIGNS_OF_BYTE - 1)


@lru_cache(200_000)
def sign_of_part(part: Part) -> int:
    """Return the sign of a part of a listed name."""
    if part.kind in SOUNDED or part.kind == NUMBER:
        return sign_of(keyed(part.latin))
    return sign_of(min(part.meanings)) if part.meanings else UNKNOWN_SIGN


@lru_cache(50_000)
def signs_of_word(word: str) -> NDArray[numpy.bool_]:
    """Return which signs a folded word of a text may have; all where its script says nothing of vowels."""
    script = script_of(word)
    signs = numpy.zeros(SIGNS_OF_BYTE, dtype=numpy.bool_)
    if script not in SPELT_WITH_VOWELS:
        signs[:] = True
        return signs
    latin = latin_of(word, script)
    known = meaning(word)
    spelt = {keyed(latin), *(known.keys if known else ())}
    if script != LATIN:
        spelt.add(keyed(CASE_ENDING_ROMANISED.sub("", latin)))
    signs[[sign_of(s) for s in spelt]] = True
    return signs


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
        self._names, self._signs = array("I"), array("H")

    def add(self, number: int, found: tuple[Part, ...]) -> None:
        """File the neighbours in the name *number*, whose parts are *found*."""
        telling = [part for part in found if part.kind not in UNTELLING][:MAX_PARTS]
        named = [part for part in telling if part.kind != GENERIC]
        known = [known_by(part) for part in telling]
        signs = [sign_of_part(part) for part in telling]
        mask = 0
        for part in named if len(named) > 1 else telling:
            mask |= bit_of(known_by(part)[0]) if known_by(part) else 0
        for first, second in _places(len(telling)):
            if len(named) < 2 or {telling[first].kind, telling[second].kind} != {GENERIC}:
                self._file(number, mask, product(known[first], known[second]), (signs[first], signs[second]))
        if len(telling) == 2 and all(part.kind in SOUNDED for part in telling):
            self._file_misspelt(number, mask, telling)

    def _file_misspelt(self, number: int, mask: int, telling: list[Part]) -> None:
        for part, other in (telling, telling[::-1]):
            missing = [hashed(key) for key in _shortened(filed_readings(part)[0])]
            signs = UNKNOWN_SIGN, sign_of_part(other)
            self._file(number, mask & bit_of(known_by(other)[0]), product(missing, known_by(other)[:1]), signs)

    def _file(self, number: int, mask: int, pairs: "product[tuple[int, int]]", signs: tuple[int, int]) -> None:
        for one, other in pairs:
            self._ones.append(one)
            self._others.append(other)
            self._masks.append(mask)
            self._names.append(number)
            low, high = signs if one <= other else signs[::-1]
            self._signs.append(low | high << 8)

    def write(self, folder: Path) -> None:
        """Write what was filed into *folder*."""
        ones, others = (numpy.frombuffer(a, dtype=numpy.uint64) for a in (self._ones, self._others))
        pairs = mixed(ones, others)
        order = numpy.argsort(pairs, kind="stable")
        unique, starts = numpy.unique(pairs[order], return_index=True)
        numpy.save(folder / PAIRS, unique)
        numpy.save(folder / STARTS, numpy.append(starts, len(pairs)).astype(numpy.uint64))
        numpy.save(folder / NAMES, numpy.frombuffer(self._names, dtype=numpy.uint32)[order])
        numpy.save(folder / MASKS, numpy.frombuffer(self._masks, dtype=numpy.uint64)[order])
        numpy.save(folder / SIGNS, numpy.frombuffer(self._signs, dtype=numpy.uint16)[order])


def _places(size: int) -> Iterator[tuple[int, int]]:
    yield from pairwise(range(size))
    if size > 2:
        yield 0, size - 1


@dataclass(frozen=True, slots=True)
class Sought:
    """Two hashes to look under, and the words that they come from; an empty word is one that may be misspelt."""

    one: int
    other: int
    first: int
    word: str
    next_word: str


class FiledPairs:
    """The opened file of neighbours."""

    def __init__(self, folder: Path) -> None:
        files = (numpy.load(folder / name, mmap_mode="r") for name in (PAIRS, STARTS, NAMES, MASKS, SIGNS))
        self._pairs, self._starts, self._names, self._masks, self._signs = files

    def named_by(self, words: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield place and number of each name that a pair of *words* may begin; *pairs* are places in *words*."""
        sought = [key for first, second in pairs for key in _sought(words, first, second)]
        if not sought or not len(self._pairs):
            return
        ones = numpy.fromiter((key.one for key in sought), dtype=numpy.uint64, count=len(sought))
        others = numpy.fromiter((key.other for key in sought), dtype=numpy.uint64, count=len(sought))
        keys = mixed(ones, others)
        found = self._pairs.searchsorted(keys)
        found[found == len(self._pairs)] = 0
        around = _around(words)
        told: set[tuple[int, int]] = set()
        for hit in numpy.flatnonzero(self._pairs[found] == keys):
            key = sought[hit]
            told.update((key.first, number) for number in self._present(int(found[hit]), key, around[key.first]))
        yield from sorted(told)

    def _present(self, pair: int, key: Sought, around: int) -> list[int]:
        """Return the names under a pair that are spelt like it and whose other parts are around, or all but one."""
        start, end = int(self._starts[pair]), int(self._starts[pair + 1])
        masks, signs = self._masks[start:end], self._signs[start:end]
        ones, others = (key.word, key.next_word) if key.one <= key.other else (key.next_word, key.word)
        low = signs_of_word(ones)[signs & 0xFF] if ones else NOTHING[signs & 0xFF]
        high = signs_of_word(others)[signs >> 8] if others else NOTHING[signs >> 8]
        missing = numpy.bitwise_count(masks & ~numpy.uint64(around))
        parts = numpy.bitwise_count(masks)
        present = (missing == 0) & (low | high)
        if _says_little(key):
            present &= parts >= 3
        elif key.word and key.next_word:
            present |= (missing == 1) & (parts >= 3) & low & high
        return [int(number) for number in self._names[start:end][present][:MOST_READ]]


NOTHING: Final = numpy.zeros(SIGNS_OF_BYTE, dtype=numpy.bool_)


def _sought(words: Sequence[str], first: int, second: int) -> Iterator[Sought]:
    """Yield what to look under for two words: as they are heard, and with one of them misspelt."""
    one, other = words[first], words[second]
    for a, b in product(heard_as(one), heard_as(other)):
        yield Sought(a, b, first, one, other)
    for a, b in product(with_one_missing(one), heard_as(other)[:1]):
        yield Sought(a, b, first, "", other)
    for a, b in product(with_one_missing(other), heard_as(one)[:1]):
        yield Sought(a, b, first, "", one)


@lru_cache(100_000)
def _consonants(word: str) -> int:
    script = script_of(word)
    if script in SPELT_WITH_VOWELS:
        return MIN_CONSONANTS
    return len(readings(word, script, latin_of(word, script))[0])


def _says_little(key: Sought) -> bool:
    """Say whether two words that are written without vowels have too few consonants to tell a name of two parts."""
    if not key.word or not key.next_word:
        return False
    return _consonants(key.word) + _consonants(key.next_word) < MIN_CONSONANTS


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
