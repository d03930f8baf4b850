"""A spool: keys that were met, kept on disk, so that an export of millions needs no more memory than one of ten."""

import sqlite3
from collections.abc import Iterator


class Spool:
    """Pairs of texts, each once, in a temporary file that goes with its process."""

    def __init__(self) -> None:
        # An empty name is a file of SQLite's own that has no name; an answer may be written by several threads in turn.
        self._file = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute("CREATE TABLE met (first TEXT, second TEXT, PRIMARY KEY (first, second)) WITHOUT ROWID")
        self._file.execute("BEGIN")

    def add(self, first: str, second: str = "") -> bool:
        """Keep a pair; say whether it is new."""
        return self._file.execute("INSERT OR IGNORE INTO met VALUES (?, ?)", (first, second)).rowcount == 1

    def has(self, first: str, second: str = "") -> bool:
        """Say whether a pair is kept."""
        found = self._file.execute("SELECT 1 FROM met WHERE first = ? AND second = ?", (first, second))
        return found.fetchone() is not None

    def firsts(self) -> list[str]:
        """Return the first texts, each once, in order."""
        return [row[0] for row in self._file.execute("SELECT DISTINCT first FROM met ORDER BY first")]

    def seconds(self, first: str) -> Iterator[str]:
        """Yield the second texts of *first*, in order."""
        for row in self._file.execute("SELECT second FROM met WHERE first = ? ORDER BY second", (first,)):
            yield row[0]

    def __len__(self) -> int:
        """Return how many pairs are kept."""
        return int(self._file.execute("SELECT count(*) FROM met").fetchone()[0])

    def close(self) -> None:
        """Give the file back."""
        self._file.close()
