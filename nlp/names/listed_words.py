"""The words of listed names, each once: its number, its letters, and what it is heard and spelt as."""

import os
import weakref
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path

import numpy

from nlp.names.glimpses import glimpse, may_be_spelt_alike
from nlp.names.heard import BITS, MAX_IDS, breath_of_part, known_by, sign_of_part
from nlp.names.parts import Part
from nlp.names.sought import Columns, Flags, Hashes, Places
from nlp.names.words import part_of_word

LETTERS = "words.txt"
ENDS, SPELLINGS, BREATHS, BITS_OF, GLIMPSES = (
    f"word-{facts}.npy" for facts in ("ends", "signs", "breaths", "bits", "glimpses")
)
Same = Callable[[str, Part], bool]


class WordFiler:
    """Numbers the words of listed names and writes what is known of each."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._known, self._signs, self._breaths, self._glimpses = array("Q"), array("I"), array("I"), array("Q")

    def number(self, part: Part) -> int:
        """Return the number of the word that *part* is."""
        found = self._numbers.get(part.written)
        if found is None:
            found = self._numbers[part.written] = len(self._numbers)
            known = known_by(part)
            self._known.extend((*known, *[0] * (MAX_IDS - len(known))))
            self._signs.append(sign_of_part(part))
            self._breaths.append(breath_of_part(part))
            self._glimpses.append(glimpse(part))
        return found

    @property
    def known(self) -> Hashes:
        """The hashes by which each word is known, a row of `MAX_IDS` a word, zeros behind."""
        return numpy.array(self._known, dtype=numpy.uint64).reshape(-1, MAX_IDS)

    def words(self) -> list[str]:
        """Return the words in the order of their numbers."""
        return list(self._numbers)

    def write(self, folder: Path) -> None:
        """Write the words into *folder*."""
        letters = [word.encode() for word in self._numbers]
        (folder / LETTERS).write_bytes(b"".join(letters))
        numpy.save(folder / ENDS, numpy.cumsum([0, *map(len, letters)], dtype=numpy.uint32))
        numpy.save(folder / SPELLINGS, numpy.array(self._signs, dtype=numpy.uint32))
        numpy.save(folder / BREATHS, numpy.array(self._breaths, dtype=numpy.uint32))
        numpy.save(folder / BITS_OF, (self.known[:, 0] % BITS).astype(numpy.uint8))
        numpy.save(folder / GLIMPSES, numpy.array(self._glimpses, dtype=numpy.uint64))


class ListedWords:
    """The opened file of words; `signs` tell how each is spelt, `breaths` which consonants it has, `bits` its bit."""

    def __init__(self, folder: Path) -> None:
        self._ends = opened(folder / ENDS)
        self.signs, self.breaths = opened(folder / SPELLINGS), opened(folder / BREATHS)
        self.bits, self.glimpses = opened(folder / BITS_OF), opened(folder / GLIMPSES)
        self._file = os.open(folder / LETTERS, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._ends) - 1

    @lru_cache(30_000)  # noqa: B019 (it lives as long as its process)
    def part(self, number: int) -> Part:
        """Return the word *number* as a part of a name."""
        start, end = int(self._ends[number]), int(self._ends[number + 1])
        return part_of_word(os.pread(self._file, end - start, start).decode())

    def are(self, words: Sequence[str], places: Places, numbers: Columns, same: Same) -> Flags:
        """Say which words at *places* in a text are the listed ones of these *numbers*; no two are compared twice."""
        kinds = {word: kind for kind, word in enumerate(dict.fromkeys(map(words.__getitem__, places.tolist())))}
        kind = numpy.array([kinds.get(word, 0) for word in words], dtype=numpy.int64)
        pairs, which = numpy.unique(kind[places] * len(self) + numbers, return_inverse=True)
        different, (of, listed) = list(kinds), numpy.divmod(pairs, len(self))
        seen = numpy.array([_seen(word) for word in different], dtype=numpy.uint64)
        found = may_be_spelt_alike(seen[of], self.glimpses[listed])
        held = numpy.flatnonzero(found)
        compared = map(self._is, repeat(same), map(different.__getitem__, of[held].tolist()), listed[held].tolist())
        found[held] = numpy.fromiter(compared, dtype=numpy.bool_, count=len(held))
        are: Flags = found[which]
        return are

    @lru_cache(100_000)  # noqa: B019 (it lives as long as its process)
    def _is(self, same: Same, word: str, number: int) -> bool:
        return same(word, self.part(number))


@lru_cache(60_000)
def _seen(word: str) -> int:
    """Return the glimpse of a word of a text; none of one that means something, which another may mean too."""
    part = part_of_word(word)
    return 0 if part.meanings else glimpse(part)


def opened(path: Path) -> Columns:
    """Return an array that stays in its file; as a plain array, since slices of it cost less than of a mapped one."""
    return numpy.asarray(numpy.load(path, mmap_mode="r"))
