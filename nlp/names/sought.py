"""What to look under for pairs of words of a text: all at once, in columns, since a text has thousands."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Final

import numpy
from numpy.typing import NDArray

from nlp.names.heard import SPELT_WITH_VOWELS, heard_as, with_one_missing
from nlp.names.parts import latin_of
from nlp.names.scripts import ARABIC, script_of
from nlp.names.skeletons import readings

Hashes = NDArray[numpy.uint64]
Places = NDArray[numpy.int64]
Flags = NDArray[numpy.bool_]
Columns = NDArray[Any]
# Two words without vowels must have so many consonants to lead to a name of two parts.
MIN_CONSONANTS: Final = 6
# Of a word of so few letters the vowels tell as much as the consonants.
SHORT: Final = 4


@dataclass(frozen=True, slots=True)
class Sought:
    """Two hashes to look under, and the words behind them, by their places; one that is not `sure` may be misspelt.

    `first` is the place of the word that comes first.
    """

    ones: Hashes
    others: Hashes
    first: Places
    word: Places
    other_word: Places
    sure: Flags
    other_sure: Flags

    def chosen(self, rows: Places) -> "Sought":
        """Return only these rows, the lower hash first."""
        ones, others = self.ones[rows], self.others[rows]
        turned = ones > others
        return Sought(
            *_turned(ones, others, turned),
            self.first[rows],
            *_turned(self.word[rows], self.other_word[rows], turned),
            *_turned(self.sure[rows], self.other_sure[rows], turned),
        )

    def rows(self, rows: Places) -> "Sought":
        """Return only these rows."""
        return Sought(*(getattr(self, column)[rows] for column in COLUMNS))


COLUMNS: Final = tuple(field.name for field in fields(Sought))


def _turned(one: Columns, other: Columns, turned: Flags) -> tuple[Columns, Columns]:
    return numpy.where(turned, other, one), numpy.where(turned, one, other)


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
    one.sure[:] = other.other_sure[:] = False
    return Sought(*(numpy.concatenate([getattr(part, column) for part in (whole, one, other)]) for column in COLUMNS))


def _table(of: Callable[[str], tuple[int, ...]], words: Sequence[str], places: Places) -> Hashes:
    """Return a row of hashes a word, with zeros behind; of words that are not at *places*, zeros alone."""
    return padded({place: of(words[place]) for place in numpy.unique(places).tolist()}, len(words), numpy.uint64)


def padded(rows: dict[int, tuple[int, ...]], size: int, kind: type[Any]) -> Columns:
    """Return a table of *size* rows of numbers of this *kind*, those that are given with zeros behind."""
    table = numpy.zeros((size, max(map(len, rows.values()), default=1) or 1), dtype=kind)
    for place, row in rows.items():
        table[place, : len(row)] = row
    return table


def _crossed(ones: Hashes, others: Hashes, places: Places) -> Sought:
    """Return each hash of the first word of each pair with each of the second."""
    known, other_known = (ones != 0)[places[:, 0]], (others != 0)[places[:, 1]]
    pair, i, j = (known[:, :, None] & other_known[:, None, :]).nonzero()
    first, second = places[pair, 0], places[pair, 1]
    sure, other_sure = numpy.ones(len(pair), dtype=numpy.bool_), numpy.ones(len(pair), dtype=numpy.bool_)
    return Sought(ones[first, i], others[second, j], first, first, second, sure, other_sure)


def strict(words: Sequence[str], small: Container[int]) -> Flags:
    """Return which words must be spelt as in the name: small ones, and those whose consonants say little."""
    return numpy.array([place in small or _is_strict(word) for place, word in enumerate(words)], dtype=numpy.bool_)


def without_vowels(words: Sequence[str]) -> Flags:
    """Return which words are told apart by their consonants."""
    return numpy.array([script_of(word) == ARABIC for word in words], dtype=numpy.bool_)


def _is_strict(word: str) -> bool:
    return len(word) <= SHORT or script_of(word) == ARABIC


def says_little(words: Sequence[str], one: Places, other: Places) -> Flags:
    """Say of which pairs the words have too few consonants to tell a name of two parts."""
    counts = numpy.zeros(len(words), dtype=numpy.int64)
    for place in numpy.unique((one, other)).tolist():
        counts[place] = _consonants(words[place])
    little: Flags = counts[one] + counts[other] < MIN_CONSONANTS
    return little


@lru_cache(50_000)
def _consonants(word: str) -> int:
    script = script_of(word)
    return MIN_CONSONANTS if script in SPELT_WITH_VOWELS else len(readings(word, script, latin_of(word, script))[0])
