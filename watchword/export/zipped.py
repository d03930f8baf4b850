"""A ZIP file in its one form: stored members, no dates, no gaps, so that each of its bytes follows from its contents.

The layout is that of PKWARE's APPNOTE 6.3: local headers and files, the directory, its end; ZIP64 where sizes need it.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from watchword.errors import DamagedError

PIECE_BYTES: Final = 2**20
LIMIT: Final = 0xFFFFFFFF
MANY: Final = 0xFFFF
# 1 January 1980, the first day that the format knows; names are UTF-8; made on Unix, readable by all.
DAY: Final = 0x21
UTF8: Final = 0x0800
MADE_BY: Final = 3 << 8 | 45
MODE: Final = 0o100644 << 16
LOCAL: Final = struct.Struct("<4s5H3L2H")
ENTRY: Final = struct.Struct("<4s6H3L5H2L")
END: Final = struct.Struct("<4s4H2LH")
END_64: Final = struct.Struct("<4sQ2H2L4Q")
LOCATOR: Final = struct.Struct("<4sLQL")


@dataclass(frozen=True)
class Member:
    """A file in the archive: its name, size, CRC-32, and where its local header lies."""

    name: str
    size: int
    crc: int
    offset: int

    @property
    def raw_name(self) -> bytes:
        """The name as it is written."""
        return self.name.encode()

    @property
    def header(self) -> bytes:
        """What stands before the file."""
        large = self.size >= LIMIT
        extra = struct.pack("<2H2Q", 1, 16, self.size, self.size) if large else b""
        size = LIMIT if large else self.size
        fields = (45 if large else 20, UTF8, 0, 0, DAY, self.crc, size, size, len(self.raw_name), len(extra))
        return LOCAL.pack(b"PK\3\4", *fields) + self.raw_name + extra

    @property
    def entry(self) -> bytes:
        """The line of the directory."""
        large = self.size >= LIMIT or self.offset >= LIMIT
        extra = struct.pack("<2H3Q", 1, 24, self.size, self.size, self.offset) if large else b""
        size, offset = (LIMIT, LIMIT) if large else (self.size, self.offset)
        head = (MADE_BY, 45 if large else 20, UTF8, 0, 0, DAY, self.crc, size, size)
        tail = (len(self.raw_name), len(extra), 0, 0, 0, MODE, offset)
        return ENTRY.pack(b"PK\1\2", *head, *tail) + self.raw_name + extra

    @property
    def end(self) -> int:
        """Where the next member begins."""
        return self.offset + len(self.header) + self.size


def directory(members: Sequence[Member]) -> bytes:
    """Return what follows the last file."""
    entries = b"".join(member.entry for member in members)
    start, count, size = (members[-1].end if members else 0), len(members), len(entries)
    wide = b""
    if start >= LIMIT or count >= MANY or size >= LIMIT:
        wide = END_64.pack(b"PK\6\6", 44, MADE_BY, 45, 0, 0, count, count, size, start)
        wide += LOCATOR.pack(b"PK\6\7", 0, start + size, 1)
        start, count, size = LIMIT, MANY, LIMIT
    return entries + wide + END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0)


def zip_pieces(files: Iterable[tuple[str, Path]]) -> Iterator[bytes]:
    """Yield the archive that holds *files*, each a name and where its contents lie."""
    members: list[Member] = []
    for name, path in files:
        offset = members[-1].end if members else 0
        member = Member(name, path.stat().st_size, file_crc(path), offset)
        members.append(member)
        yield member.header
        yield from pieces(path)
    yield directory(members)


def pieces(path: Path) -> Iterator[bytes]:
    """Yield the contents of the file at *path*."""
    return pieces_between(path, 0, path.stat().st_size)


def pieces_between(path: Path, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes of the file at *path* from *start* to *end*."""
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (piece := file.read(min(PIECE_BYTES, end - start))):
            start += len(piece)
            yield piece


def file_crc(path: Path) -> int:
    """Return the CRC-32 of the file at *path*."""
    crc = 0
    for piece in pieces(path):
        crc = zlib.crc32(piece, crc)
    return crc


def members_of(path: Path) -> list[Member]:
    """Return the members of the archive at *path*; raise DamagedError where a byte outside of the files was altered."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise DamagedError(f"{path.name} is no ZIP file, or a damaged one ({error}).") from None
    members = [Member(info.filename, info.file_size, info.CRC, info.header_offset) for info in infos]
    with path.open("rb") as file:
        position = 0
        for member in members:
            file.seek(position)
            if member.offset != position or file.read(len(member.header)) != member.header:
                raise DamagedError(f"{path.name}: the header of {member.name} at byte {position} was altered.")
            position = member.end
        file.seek(position)
        if file.read() != directory(members):
            raise DamagedError(f"{path.name}: its directory, from byte {position} on, was altered.")
    return members
