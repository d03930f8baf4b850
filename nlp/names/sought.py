"""What to look under for pairs of words of a text: all at once, in columns, since a text has thousands."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy
from numpy.typing import NDArray

from nlp.names.heard import SIGNS_OF_BYTE, SPELT_WITH_VOWELS, bits_of_word, heard_as, signs_of_word, with_one_missing
from nlp.names.parts import latin_of
from nlp.names.scripts import ARABIC, script_of
from nlp.names.skeletons import readings

Hashes = NDArray[numpy.uint64]
Places = NDArray[numpy.int64]
Flags = NDArray[numpy.bool_]
# The place of a word that may be misspelt, and of which nothing else is known: the last row of each table.
MISSPELT: Final = -1
# Two words without vowels must have so many consonants to lead to a name of two parts.
MIN_CONSONANTS: Final = 6
# Of a word of so few letters the vowels tell as much as the consonants.
SHORT: Final = 4
# Words before and behind a pair in which the other parts of a name may stand.
BEFORE, BEHIND = 5, 7


@dataclass(frozen=True, slots=True)
class Sought:
    """Two hashes to look under, the place of the first word of the pair, and those of the words behind each hash."""

    ones: Hashes
    others: Hashes
    first: Places
    word: Places
    other_word: Places

    def chosen(self, rows: Places) -> "Sought":
        """Return only these rows, the lower hash first."""
        ones, others, first = self.ones[rows], self.others[rows], self.first[rows]
        word, other_word = self.word[rows], self.other_word[rows]
        turned = ones > others
        low, high = numpy.where(turned, others, ones), numpy.where(turned, ones, others)
        return Sought(low, high, first, numpy.where(turned, other_word, word), numpy.where(turned, word, other_word))


def sought(words: Sequence[str], pairs: Sequence[tuple[int, int]], small: Container[int]) -> Sought:
    """Return what to look under for *pairs* of places in *words*: as they are heard, and with one of them misspelt."""
    places = numpy.array(pairs, dtype=numpy.int64).reshape(-1, 2)
    heard = _table(heard_as, words, places)
    whole = _crossed(heard, heard, places)
    capital = numpy.array([place not in small for place in range(len(words))], dtype=numpy.bool_)
    places = places[capital[places].all(axis=1)]
    shortened = _table(with_one_missing, words, places)
    one = _crossed(shortened, heard[:, :1], places)
    other = _crossed(heard[:, :1], shortened, places)
    one.word[:] = other.other_word[:] = MISSPELT
    columns = ("ones", "others", "first", "word", "other_word")
    return Sought(*(numpy.concatenate([getattr(part, column) for part in (whole, one, other)]) for column in columns))


def _table(of: Callable[[str], tuple[int, ...]], words: Sequence[str], places: Places) -> Hashes:
    """Return a row of hashes a word, with zeros behind; of words that are not at *places*, zeros alone."""
    rows = {place: of(words[place]) for place in numpy.unique(places).tolist()}
    table = numpy.zeros((len(words), max(map(len, rows.values()), default=1) or 1), dtype=numpy.uint64)
    for place, row in rows.items():
        table[place, : len(row)] = row
    return table


def _crossed(ones: Hashes, others: Hashes, places: Places) -> Sought:
    """Return each hash of the first word of each pair with each of the second."""
    known, other_known = (ones != 0)[places[:, 0]], (others != 0)[places[:, 1]]
    pair, i, j = (known[:, :, None] & other_known[:, None, :]).nonzero()
    first, second = places[pair, 0], places[pair, 1]
    return Sought(ones[first, i], others[second, j], first, first.copy(), second)


def spellings(words: Sequence[str], places: Places) -> Flags:
    """Return a row of the signs that a word may have for each word at *places*; none for one that may be misspelt."""
    table = numpy.zeros((len(words) + 1, SIGNS_OF_BYTE), dtype=numpy.bool_)
    for place in numpy.unique(places):
        if place != MISSPELT:
            table[place] = signs_of_word(words[place])
    return table


def strict(words: Sequence[str], small: Container[int]) -> Flags:
    """Return which words must be spelt as in the name: small ones, and those whose consonants say little."""
    return numpy.array([place in small or _is_strict(word) for place, word in enumerate(words)] + [False])


def without_vowels(words: Sequence[str]) -> Flags:
    """Return which words are told apart by their consonants."""
    return numpy.array([script_of(word) == ARABIC for word in words] + [False])


def _is_strict(word: str) -> bool:
    return len(word) <= SHORT or script_of(word) == ARABIC


def says_little(words: Sequence[str], found: Sought) -> Flags:
    """Say of which pairs the words have too few consonants to tell a name of two parts."""
    told = {place: _consonants(words[place]) for place in numpy.unique((found.word, found.other_word)) if place >= 0}
    counts = numpy.full(len(words) + 1, MIN_CONSONANTS)
    counts[list(told)] = list(told.values())
    little: Flags = counts[found.word] + counts[found.other_word] < MIN_CONSONANTS
    return little


@lru_cache(50_000)
def _consonants(word: str) -> int:
    script = script_of(word)
    return MIN_CONSONANTS if script in SPELT_WITH_VOWELS else len(readings(word, script, latin_of(word, script))[0])


def around(words: Sequence[str]) -> Hashes:
    """Return for each place the bits of the words around it."""
    bits = numpy.fromiter(map(bits_of_word, words), dtype=numpy.uint64, count=len(words))
    whole = bits.copy()
    for distance in range(1, max(BEFORE + 1, BEHIND)):
        if distance < BEHIND:
            whole[:-distance] |= bits[distance:]
        if distance <= BEFORE:
            whole[distance:] |= bits[:-distance]
    return whole
