"""Completing: whether the one part of a name that seems to be missing around a pair of words stands there, misspelt."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy

from nlp.names.glimpses import glimpse, may_be_same
from nlp.names.listed_words import ListedWords, Same, opened
from nlp.names.neighbours import MAX_PARTS, NAME_WORDS, WORD_ENDS
from nlp.names.sought import Columns, Flags, Hashes, Places
from nlp.names.words import part_of_word

# A missing part is looked for so many words before and behind the first word of a pair.
REACH: Final = 4
OFFSETS: Final = numpy.array([*range(-REACH, 0), *range(1, REACH + 1)])


@dataclass(frozen=True, slots=True)
class Lacking:
    """Names of so many parts, `sizes`, that lack the part with a bit, around a place of a text."""

    first: Places
    names: Columns
    bits: Hashes
    sizes: Places


class NameWords:
    """The opened file of the words of each name."""

    def __init__(self, folder: Path, words: ListedWords) -> None:
        self._numbers, self._ends = opened(folder / NAME_WORDS), opened(folder / WORD_ENDS)
        self._words = words

    def complete(self, line: list[str], lacking: Lacking, same: Same) -> Flags:
        """Say for which names the part that is lacking stands in the *line* all the same, as *same* words are."""
        absent = self._absent(lacking)
        places = lacking.first[:, None] + OFFSETS
        may = (places >= 0) & (places < len(line)) & (abs(OFFSETS) < lacking.sizes[:, None])
        seen = numpy.zeros(len(line), dtype=numpy.uint64)
        for place in numpy.unique(places[may]).tolist():
            seen[place] = glimpse(part_of_word(line[place]))
        rows, columns = numpy.nonzero(may)
        alike = may_be_same(seen[places[rows, columns]], self._words.glimpses[absent[rows]])
        rows, columns = rows[alike], columns[alike]
        complete = numpy.zeros(len(absent), dtype=numpy.bool_)
        complete[rows[self._words.are(line, places[rows, columns], absent[rows], same)]] = True
        return complete

    def _absent(self, lacking: Lacking) -> Columns:
        """Return the number of the word of each name that has the bit that is lacking."""
        begins, ends = (self._ends[lacking.names + shift].astype(numpy.int64)[:, None] for shift in (0, 1))
        places = numpy.minimum(begins + numpy.arange(MAX_PARTS), numpy.maximum(begins, ends - 1))
        numbers = self._numbers[places]
        bits = numpy.uint64(1) << self._words.bits[numbers].astype(numpy.uint64)
        absent: Columns = numbers[numpy.arange(len(numbers)), (bits == lacking.bits[:, None]).argmax(axis=1)]
        return absent
