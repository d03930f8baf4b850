"""The file of names: under each key, as a hash, the numbers of the names that have it; mapped from a folder.

`hashes.npy` has the hashes in order, `starts.npy` where the names of each begin in `names-under.npy`.
"""

import hashlib
from array import array
from collections.abc import Iterable
from math import log
from pathlib import Path
from typing import Final

import numpy
from numpy.typing import NDArray

from nlp.names.keys import sought
from nlp.names.told import told

Numbers = NDArray[numpy.uint32]
Worths = NDArray[numpy.float32]
HASHES, STARTS, NAMES = "hashes.npy", "starts.npy", "names-under.npy"
# A key under which more names stand says nothing: other keys of the query find them.
MAX_NAMES_A_KEY: Final = 60_000
# Hashes of keys that come again are kept; so many take some 100 MB.
MAX_KNOWN: Final = 1_000_000


def hashed(key: str) -> int:
    """Return the hash of a key, 64 bits."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


class Filer:
    """Collects the keys of names and writes them."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._hashes, self._names = array("Q"), array("I")

    def add(self, number: int, keys: Iterable[str]) -> None:
        """File the name *number* under *keys*."""
        for key in keys:
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = hashed(key)
                if len(self._known) > MAX_KNOWN:
                    self._known.clear()
            self._hashes.append(found)
            self._names.append(number)

    def write(self, folder: Path) -> None:
        """Write what was filed into *folder*."""
        hashes = numpy.frombuffer(self._hashes, dtype=numpy.uint64)
        order = numpy.argsort(hashes, kind="stable")
        unique, starts = numpy.unique(hashes[order], return_index=True)
        numpy.save(folder / HASHES, unique)
        numpy.save(folder / STARTS, numpy.append(starts, len(hashes)).astype(numpy.uint32))
        numpy.save(folder / NAMES, numpy.frombuffer(self._names, dtype=numpy.uint32)[order])


class Filed:
    """The opened file of names."""

    def __init__(self, folder: Path, size: int) -> None:
        # Plain arrays on the mapped files: slices of them cost less than of mapped ones.
        files = (numpy.asarray(numpy.load(folder / file, mmap_mode="r")) for file in (HASHES, STARTS, NAMES))
        self._hashes, self._starts, self._names = files
        self.size = size

    def under(self, key: str, limit: int = MAX_NAMES_A_KEY) -> Numbers | None:
        """Return the numbers of the names under *key*; None where there is none, or more than *limit*."""
        wanted = hashed(key)
        place = int(self._hashes.searchsorted(numpy.uint64(wanted)))
        if place == len(self._hashes) or int(self._hashes[place]) != wanted:
            return None
        start, end = int(self._starts[place]), int(self._starts[place + 1])
        return self._names[start:end] if end - start <= limit else None

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
            [numpy.full(len(n), worth * log(1 + self.size / len(n)), dtype=numpy.float32) for n, worth in held]
        )
        order = numpy.lexsort((-worths, numbers))
        numbers, worths = numbers[order], worths[order]
        first = numpy.ones(len(numbers), dtype=bool)
        first[1:] = numbers[1:] != numbers[:-1]
        return numbers[first], worths[first]
