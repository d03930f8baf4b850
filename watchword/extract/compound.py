"""Compound files: the small file system inside Office documents of before 2007 and Outlook messages (MS-CFB 10.0)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from watchword.extract.values import SetAside

HEADER_BYTES = 512
ENTRY_BYTES = 128
# Sector numbers from here on are marks: free, end of chain, table of sectors.
MARKS = 0xFFFFFFFA
NOTHING = 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
# Documents have some dozens of streams, mails with attachments some hundreds; more is an attack.
MAX_ENTRIES = 20_000
Path = tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A stream or storage of a compound file."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """A compound file; streams are known by the path of their names."""

    def __init__(self, payload: bytes) -> None:
        """Read the tables of *payload*; raise SetAside where they are damaged."""
        self.payload = payload
        try:
            self._read_header()
        except (struct.error, IndexError, ValueError) as error:
            raise SetAside(f"the compound file is damaged: {error}") from error

    def _read_header(self) -> None:
        head = self.payload[:HEADER_BYTES]
        shift, mini_shift = struct.unpack_from("<HH", head, 0x1E)
        if not (7 <= shift <= 16 and 4 <= mini_shift < shift):
            raise ValueError(f"its sectors have the size 2^{shift}")
        self.sector, self.mini_sector = 1 << shift, 1 << mini_shift
        directory, _, self.cutoff, mini_start, _, further = struct.unpack_from("<6I", head, 0x30)
        self.table = self._table(list(struct.unpack_from("<109I", head, 0x4C)), further)
        self.entries = list(self._entries(directory))
        mini = self._chain(mini_start) if mini_start < MARKS else b""
        self.mini_table = struct.unpack(f"<{len(mini) // 4}I", mini[: len(mini) // 4 * 4])

    def _table(self, places: list[int], further: int) -> tuple[int, ...]:
        """Return the table that names the sector after each sector."""
        limit = len(self.payload) // self.sector + 1
        while further < MARKS and len(places) <= limit:
            numbers = struct.unpack(f"<{self.sector // 4}I", self._sector(further))
            places += numbers[:-1]
            further = numbers[-1]
        content = b"".join(self._sector(place) for place in places if place < MARKS)
        return struct.unpack(f"<{len(content) // 4}I", content)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        return self.payload[start : start + self.sector].ljust(self.sector, b"\x00")

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        number = start
        while number < len(self.table) and len(pieces) <= len(self.table):
            pieces.append(self._sector(number))
            number = self.table[number]
        return b"".join(pieces)

    def _entries(self, start: int) -> Iterator[Entry]:
        content = self._chain(start)
        for place in range(0, min(len(content), MAX_ENTRIES * ENTRY_BYTES), ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", content, place + 64)
            left, right, child = struct.unpack_from("<3I", content, place + 68)
            first, size = struct.unpack_from("<IQ", content, place + 116)
            name = content[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield Entry(name, kind, left, right, child, first, size & 0xFFFFFFFF)

    @cached_property
    def paths(self) -> dict[Path, Entry]:
        """The streams and storages by their path."""
        found: dict[Path, Entry] = {}
        seen: set[int] = set()
        waiting: list[tuple[int, Path]] = [(self.entries[0].child, ())] if self.entries else []
        while waiting:
            number, above = waiting.pop()
            if number >= len(self.entries) or number in seen:
                continue
            seen.add(number)
            entry = self.entries[number]
            waiting += [(entry.left, above), (entry.right, above)]
            found[(*above, entry.name)] = entry
            if entry.kind == STORAGE:
                waiting.append((entry.child, (*above, entry.name)))
        return found

    @cached_property
    def _mini(self) -> bytes:
        """The stream that holds all small streams."""
        return self._chain(self.entries[0].start)

    def read(self, *path: str) -> bytes | None:
        """Return the stream at *path*, None where there is none."""
        entry = self.paths.get(path)
        if entry is None or entry.kind != STREAM:
            return None
        if entry.size >= self.cutoff:
            return self._chain(entry.start)[: entry.size]
        pieces: list[bytes] = []
        number = entry.start
        while number < len(self.mini_table) and len(pieces) <= len(self.mini_table):
            pieces.append(self._mini[number * self.mini_sector : (number + 1) * self.mini_sector])
            number = self.mini_table[number]
        return b"".join(pieces)[: entry.size]

    def names_in(self, *path: str) -> list[str]:
        """Return the names of what stands in the storage at *path*, in order."""
        return sorted(found[-1] for found in self.paths if found[:-1] == path)
