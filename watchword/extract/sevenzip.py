"""7z archives: their members, unpacked with the standard library (the format as 7zFormat.txt of the LZMA SDK gives it).

LZMA, LZMA2, BZip2, Deflate and stored members are read, alone or behind a filter for machine code; PPMd, encryption and
archives in several volumes are not.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from watchword.extract.containers import IGNORED, Member, read_members
from watchword.extract.sevenzip_coders import MAX_CODERS, Folder, unpack
from watchword.extract.values import Extracted, Hint, SetAside
from watchword.extract.zipped import MAX_RATIO, MAX_TOTAL_BYTES, SMALL_BYTES

SEVEN_ZIP = "application/x-7z-compressed"
HEAD_BYTES = 32
END, HEADER, MAIN_STREAMS, FILES, PACK, UNPACK, SUBSTREAMS, SIZE, CRC, FOLDER, UNPACK_SIZE, COUNTS = (
    0x00, 0x01, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D,
)  # fmt: skip
EMPTY, NAMES, ENCODED = 0x0E, 0x11, 0x17
# More members than any archive has that a person made.
MAX_COUNT = 100_000


@dataclass
class Streams:
    """Where packed bytes lie, and what they unpack to."""

    start: int = 0
    packed_sizes: list[int] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    member_sizes: list[list[int]] = field(default_factory=list)


class Reader:
    """Reads a header from its start to its end; raise SetAside where it breaks off."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, count: int) -> bytes:
        """Return the next *count* bytes."""
        part = self.data[self.position : self.position + count]
        if len(part) < count or count < 0:
            raise SetAside("the 7z file is damaged: its header breaks off")
        self.position += count
        return part

    def byte(self) -> int:
        """Return the next byte."""
        return self.take(1)[0]

    def number(self) -> int:
        """Return the next number: the first byte says how many follow."""
        first, mask, value = self.byte(), 0x80, 0
        for index in range(8):
            if not first & mask:
                return value + ((first & (mask - 1)) << (8 * index))
            value |= self.byte() << (8 * index)
            mask >>= 1
        return value

    def count(self) -> int:
        """Return the next number, which counts things."""
        value = self.number()
        if value > MAX_COUNT:
            raise SetAside(f"the 7z file says that it holds {value} members")
        return value

    def bits(self, count: int) -> list[bool]:
        """Return the next *count* bits, highest first."""
        raw = self.take((count + 7) // 8)
        return [bool(raw[i // 8] & 0x80 >> i % 8) for i in range(count)]

    def skip_digests(self, count: int) -> None:
        """Pass over the checksums of up to *count* streams."""
        defined = [True] * count if self.byte() else self.bits(count)
        self.take(4 * sum(defined))


def read_seven_zip(payload: bytes, hint: Hint) -> Extracted:
    """Return what the members of the 7z file *payload* say."""
    return read_members(members(payload), hint, SEVEN_ZIP)


def members(payload: bytes) -> Iterator[Member]:
    """Yield the members of the archive that are files and not empty."""
    names, streams = contents(payload)
    files = iter(names)
    position, total = HEAD_BYTES + streams.start, 0
    limit = max(SMALL_BYTES, len(payload) * MAX_RATIO)
    for folder, sizes in zip(streams.folders, streams.member_sizes, strict=True):
        length = streams.packed_sizes.pop(0) if streams.packed_sizes else 0
        total += folder.size
        if total > min(limit, MAX_TOTAL_BYTES):
            raise SetAside(f"a bomb: {len(payload)} bytes, and unpacking gives more than {total} bytes")
        content = unpack(payload[position : position + length], folder)
        position += length
        start = 0
        for size in sizes:
            name = next(files, "")
            if not any(part in name for part in IGNORED):
                yield name, partial(bytes, content[start : start + size])
            start += size


def contents(payload: bytes) -> tuple[list[str], Streams]:
    """Return the names of the members that have content, and the streams that hold it; raise SetAside."""
    offset, size, checksum = struct.unpack_from("<QQI", payload, 12) if len(payload) >= HEAD_BYTES else (0, 0, 0)
    head = payload[HEAD_BYTES + offset : HEAD_BYTES + offset + size]
    for _ in range(MAX_CODERS):
        if len(head) < size or (checksum and zlib.crc32(head) != checksum):
            raise SetAside("the 7z file is damaged or cut off: its header is not whole")
        reader = Reader(head)
        kind = reader.byte() if head else END
        if kind == HEADER:
            return read_header(reader)
        if kind != ENCODED:
            return [], Streams()
        streams = read_streams(reader)
        folder = streams.folders[0] if streams.folders else Folder()
        place = HEAD_BYTES + streams.start
        head = unpack(payload[place : place + sum(streams.packed_sizes)], folder)
        size = checksum = 0
    raise SetAside("the header of the 7z file is packed again and again")


def read_header(reader: Reader) -> tuple[list[str], Streams]:
    """Return what the header says of members and streams."""
    names: list[str] = []
    streams = Streams()
    while (kind := reader.byte()) != END:
        if kind == MAIN_STREAMS:
            streams = read_streams(reader)
        elif kind == FILES:
            names = read_names(reader)
        else:
            raise SetAside(f"the header of the 7z file has an unknown part {kind:#x}")
    return names, streams


def read_names(reader: Reader) -> list[str]:
    """Return the names of the members that are not empty."""
    count = reader.count()
    names, empty = [""] * count, [False] * count
    while (kind := reader.byte()) != END:
        part = Reader(reader.take(reader.number()))
        if kind == NAMES and not part.byte():
            names = part.data[1:].decode("utf-16-le", "replace").split("\x00")[:count]
        elif kind == EMPTY:
            empty = part.bits(count)
    return [name for name, nothing in zip(names, empty, strict=False) if not nothing]


def read_streams(reader: Reader) -> Streams:
    """Return where the packed bytes lie, and how they are unpacked."""
    streams = Streams()
    while (kind := reader.byte()) != END:
        if kind == PACK:
            streams.start = reader.number()
            count = reader.count()
            read_sizes(reader, streams, count)
        elif kind == UNPACK:
            streams.folders = read_folders(reader)
            streams.member_sizes = [[folder.size] for folder in streams.folders]
        elif kind == SUBSTREAMS:
            streams.member_sizes = read_substreams(reader, streams.folders)
        else:
            raise SetAside(f"the header of the 7z file has an unknown part {kind:#x}")
    return streams


def read_sizes(reader: Reader, streams: Streams, count: int) -> None:
    """Take the sizes of *count* packed streams."""
    while (kind := reader.byte()) != END:
        if kind == SIZE:
            streams.packed_sizes = [reader.number() for _ in range(count)]
        elif kind == CRC:
            reader.skip_digests(count)


def read_folders(reader: Reader) -> list[Folder]:
    """Return the folders with their coders and sizes."""
    folders: list[Folder] = []
    while (kind := reader.byte()) != END:
        if kind == FOLDER:
            count = reader.count()
            if reader.byte():
                raise SetAside("the 7z file keeps its folders elsewhere")
            folders = [read_folder(reader) for _ in range(count)]
        elif kind == UNPACK_SIZE:
            for folder in folders:
                folder.sizes = [reader.number() for _ in folder.coders]
        elif kind == CRC:
            reader.skip_digests(len(folders))
    return folders


def read_folder(reader: Reader) -> Folder:
    """Return one folder; raise SetAside where its coders are not a simple chain."""
    folder = Folder()
    count = reader.count()
    if not 1 <= count <= MAX_CODERS:
        raise SetAside(f"the 7z file uses {count} coders in a row")
    for _ in range(count):
        flags = reader.byte()
        name = reader.take(flags & 0xF)
        if flags & 0x10 and (reader.number(), reader.number()) != (1, 1):
            raise SetAside("the 7z file uses a coder with several inputs, which is not read")
        folder.coders.append((name, reader.take(reader.number()) if flags & 0x20 else b""))
    folder.feeds = {reader.number(): reader.number() for _ in range(count - 1)}
    return folder


def read_substreams(reader: Reader, folders: list[Folder]) -> list[list[int]]:
    """Return the sizes of the members in each folder; the last of a folder is what remains."""
    sizes: list[list[int]] = []
    kind = reader.byte()
    if kind == COUNTS:
        for folder in folders:
            folder.members = reader.count()
        kind = reader.byte()
    for folder in folders:
        stated = [reader.number() for _ in range(folder.members - 1)] if kind == SIZE else []
        rest = folder.size - sum(stated)
        sizes.append([*stated, rest] if folder.members else [])
    if kind == SIZE:
        kind = reader.byte()
    if kind == CRC:
        reader.skip_digests(sum(folder.members for folder in folders))
        kind = reader.byte()
    if kind != END:
        raise SetAside("the header of the 7z file is damaged")
    return sizes
