"""The gzip members of a WARC segment: each is one record, and can be copied and checked as it stands."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from watchword.errors import DamagedError

# A file is read in pieces of this size; most records are smaller.
PIECE_BYTES = 2**16
# The crawl takes responses of 100 MB; a record that unpacks to much more is a bomb that somebody put here.
MAX_RECORD_BYTES = 256 * 2**20
GZIP_WINDOW = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Packed:
    """One gzip member: where it begins, its bytes as they stand, and what they unpack to."""

    position: int
    content: bytes
    unpacked: bytes


def gzip_members(path: Path) -> Iterator[Packed]:
    """Yield the gzip members of the file at *path*; raise DamagedError where one is no gzip, or does not end."""
    with path.open("rb") as file:
        position, rest = 0, file.read(PIECE_BYTES)
        while rest:
            where = f"captures/{path.name}: the record at byte {position}"
            content, unpacked, rest = _next_member(file, rest, where)
            yield Packed(position, content, unpacked)
            position += len(content)


def _next_member(file: BinaryIO, rest: bytes, where: str) -> tuple[bytes, bytes, bytes]:
    """Return the member that *rest* begins, what it unpacks to, and what was read behind it."""
    content, unpacked = bytearray(), bytearray()
    member = zlib.decompressobj(GZIP_WINDOW)
    while not member.eof:
        if not rest:
            raise DamagedError(f"{where} stops before its end: the file is truncated.")
        unpacked += _unpack(member, rest, where)
        if len(unpacked) > MAX_RECORD_BYTES:
            raise DamagedError(f"{where} unpacks to more than {MAX_RECORD_BYTES} bytes.")
        content += rest[: len(rest) - len(member.unused_data)]
        rest = member.unused_data or file.read(PIECE_BYTES)
    return bytes(content), bytes(unpacked), rest


def _unpack(member: "zlib._Decompress", piece: bytes, where: str) -> bytes:
    try:
        return member.decompress(piece)
    except zlib.error as error:
        raise DamagedError(f"{where} is damaged ({error}).") from None
