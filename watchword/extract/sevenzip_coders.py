"""Coders of 7z archives: how packed bytes become the content of members, with the standard library."""

import bz2
import lzma
import struct
import zlib
from dataclasses import dataclass, field

from watchword.extract.values import SetAside
from watchword.extract.zipped import MAX_TOTAL_BYTES

# More coders in a row than any archive has that a person made.
MAX_CODERS = 4
COPY, LZMA1, LZMA2, DEFLATE, BZIP2 = b"\x00", b"\x03\x01\x01", b"\x21", b"\x04\x01\x08", b"\x04\x02\x02"
# Methods that are not read, by the names that people know them by.
NAMED = {b"\x03\x04\x01": "PPMd", b"\x04\x01\x09": "Deflate64", b"\x04\xf7\x11\x01": "Zstandard"}
AES = b"\x06\xf1\x07\x01"
FILTERS = {
    b"\x03": lzma.FILTER_DELTA,
    b"\x03\x03\x01\x03": lzma.FILTER_X86,
    b"\x03\x03\x02\x05": lzma.FILTER_POWERPC,
    b"\x03\x03\x04\x01": lzma.FILTER_IA64,
    b"\x03\x03\x05\x01": lzma.FILTER_ARM,
    b"\x03\x03\x07\x01": lzma.FILTER_ARMTHUMB,
    b"\x03\x03\x08\x05": lzma.FILTER_SPARC,
}


@dataclass
class Folder:
    """A stretch of packed bytes that is unpacked as one; `feeds` says which coder reads what which other one gives."""

    coders: list[tuple[bytes, bytes]] = field(default_factory=list)
    feeds: dict[int, int] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    members: int = 1

    @property
    def order(self) -> list[int]:
        """The coders from the one that reads the archive to the one that gives the content."""
        reads = {source: coder for coder, source in self.feeds.items()}
        chain = [next((n for n in range(len(self.coders)) if n not in self.feeds), 0)]
        while (after := reads.get(chain[-1])) is not None and len(chain) < len(self.coders):
            chain.append(after)
        return chain

    @property
    def size(self) -> int:
        """The number of bytes that it unpacks to."""
        last = self.order[-1]
        return self.sizes[last] if last < len(self.sizes) else 0


def unpack(packed: bytes, folder: Folder) -> bytes:
    """Return what *packed* unpacks to; raise SetAside where it is encrypted, damaged, or packed in an unknown way."""
    size = folder.size
    if size > MAX_TOTAL_BYTES:
        raise SetAside(f"unpacking gives more than {MAX_TOTAL_BYTES >> 20} MB")
    names = [name for name, _ in folder.coders]
    if AES in names:
        raise SetAside("the 7z file is encrypted")
    try:
        content = _unpack(packed, folder, size)
    except (lzma.LZMAError, zlib.error, OSError, EOFError, ValueError) as error:
        raise SetAside(f"the 7z file is damaged: {error}") from error
    if len(content) < size:
        raise SetAside("the 7z file is damaged: a member stops before its end")
    return content[:size]


def _unpack(packed: bytes, folder: Folder, size: int) -> bytes:
    if not folder.coders:
        raise SetAside("the 7z file names no way to unpack it")
    name, _ = folder.coders[folder.order[0]]
    if name in (LZMA1, LZMA2):
        chain = [_filter(*folder.coders[number]) for number in reversed(folder.order)]
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=chain).decompress(packed, max_length=size)
    if len(folder.coders) > 1:
        raise SetAside("the 7z file packs its members in a way that is not read")
    if name == COPY:
        return packed
    if name == DEFLATE:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size)
    if name == BZIP2:
        return bz2.BZ2Decompressor().decompress(packed, size)
    raise SetAside(f"the 7z file is packed with {NAMED.get(name, f'the method {name.hex()}')}, which is not read")


def _filter(name: bytes, properties: bytes) -> dict[str, int]:
    """Return the coder *name* as the standard library names it."""
    if name == LZMA1:
        code, dictionary = struct.unpack("<BI", properties[:5])
        rest, lc = divmod(code, 9)
        return {"id": lzma.FILTER_LZMA1, "dict_size": max(dictionary, 4096), "lc": lc, "lp": rest % 5, "pb": rest // 5}
    if name == LZMA2:
        bits = properties[0]
        size = 0xFFFFFFFF if bits >= 40 else (2 | bits & 1) << (bits // 2 + 11)
        return {"id": lzma.FILTER_LZMA2, "dict_size": min(size, MAX_TOTAL_BYTES)}
    if name not in FILTERS:
        raise SetAside(f"the 7z file uses the filter {name.hex()}, which is not read")
    distance = {"dist": properties[0] + 1} if name == b"\x03" and properties else {}
    return {"id": FILTERS[name], **distance}
