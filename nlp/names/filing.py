"""The file of names: the keys of each name with the numbers of the names under them, mapped from a folder."""

from array import array
from math import log
from pathlib import Path
from typing import Final

import marisa_trie
import numpy
from numpy.typing import NDArray

from nlp.names.keys import filed, sought
from nlp.names.told import told

Numbers = NDArray[numpy.uint32]
Worths = NDArray[numpy.float32]
TRIE: Final = "filed.marisa"
POSTINGS, STARTS = "filed.npy", "filed-starts.npy"
# A key under which more names stand says nothing: other keys of the query find them.
MAX_NAMES_A_KEY: Final = 60_000


class Filer:
    """Collects the keys of names and writes them."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._keys, self._names = array("I"), array("I")

    def add(self, number: int, name: str) -> None:
        """File the name *number*."""
        keys = {key for form in told(name) for key in filed(form.parts)}
        for key in keys:
            self._keys.append(self._ids.setdefault(key, len(self._ids)))
            self._names.append(number)

    def write(self, folder: Path) -> None:
        """Write what was filed into *folder*."""
        trie = marisa_trie.Trie(self._ids)
        trie.save(str(folder / TRIE))
        places = numpy.zeros(len(self._ids), dtype=numpy.uint32)
        for key, place in self._ids.items():
            places[place] = trie[key]
        keys = places[numpy.frombuffer(self._keys, dtype=numpy.uint32)] if self._ids else places
        order = numpy.argsort(keys, kind="stable")
        numpy.save(folder / POSTINGS, numpy.frombuffer(self._names, dtype=numpy.uint32)[order])
        counts = numpy.bincount(keys, minlength=len(self._ids))
        numpy.save(folder / STARTS, numpy.concatenate([[0], numpy.cumsum(counts)]).astype(numpy.uint64))


class Filed:
    """The opened file of names."""

    def __init__(self, folder: Path, size: int) -> None:
        self._trie = marisa_trie.Trie().mmap(str(folder / TRIE))
        self._postings = numpy.load(folder / POSTINGS, mmap_mode="r")
        self._starts = numpy.load(folder / STARTS, mmap_mode="r")
        self._size = size

    def under(self, key: str) -> Numbers | None:
        """Return the numbers of the names under *key*, or None."""
        place = self._trie.get(key)
        if place is None:
            return None
        start, end = int(self._starts[place]), int(self._starts[place + 1])
        return self._postings[start:end] if end - start <= MAX_NAMES_A_KEY else None

    def likely(self, name: str, limit: int) -> list[int]:
        """Return the numbers of the *limit* names that share the most telling keys with *name*, best first."""
        found = [best for form in told(name) for keys in sought(form.parts) if (best := self._best(keys))]
        if not found:
            return []
        numbers, places = numpy.unique(numpy.concatenate([n for n, _ in found]), return_inverse=True)
        worths = numpy.bincount(places, weights=numpy.concatenate([w for _, w in found]))
        kept = min(limit, len(numbers))
        top = numpy.argpartition(-worths, kept - 1)[:kept]
        return [int(numbers[place]) for place in top[numpy.lexsort((numbers[top], -worths[top]))]]

    def _best(self, keys: list[tuple[str, float]]) -> tuple[Numbers, Worths] | None:
        """Return the names under any of *keys*, each with the worth of its best key; a rare key is worth more."""
        held = [(numbers, worth) for key, worth in keys if (numbers := self.under(key)) is not None]
        if not held:
            return None
        numbers = numpy.concatenate([numbers for numbers, _ in held])
        worths = numpy.concatenate(
            [numpy.full(len(n), worth * log(1 + self._size / len(n)), dtype=numpy.float32) for n, worth in held]
        )
        order = numpy.lexsort((-worths, numbers))
        numbers, worths = numbers[order], worths[order]
        first = numpy.ones(len(numbers), dtype=bool)
        first[1:] = numbers[1:] != numbers[:-1]
        return numbers[first], worths[first]
