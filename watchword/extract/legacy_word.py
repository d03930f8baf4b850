"""Word documents of before 2007: the pieces of their text, put together (MS-DOC 10.1)."""

import re
import struct
from collections.abc import Iterator

from watchword.extract.compound import Compound
from watchword.extract.values import SetAside

ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
# Documents of Word 6 and 95 have one run of 8-bit text.
FIRST_WITH_PIECES = 0x00C1
COMPRESSED = 0x40000000
# A field is its code, a mark, and the result that readers see.
FIELD_CODE = re.compile(r"\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15")
FIELD_ALONE = re.compile(r"\x13[^\x13\x14\x15]*\x15")
MARKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x0d": "\n\n", "\x1e": "-", "\x1f": "", "\xa0": " ", "\x0e": "\n"})
CONTROLS = re.compile(r"[\x00-\x08\x0f-\x1f]")
EMPTY_LINES = re.compile(r"\n\s*\n+")


def read_word(file: Compound) -> str:
    """Return the text of a Word document with its notes, a table row a line; raise SetAside where it is encrypted."""
    main = file.read("WordDocument") or b""
    version, flags = struct.unpack_from("<H", main, 2)[0], struct.unpack_from("<H", main, 0x0A)[0]
    if flags & ENCRYPTED:
        raise SetAside("the document is encrypted")
    if version < FIRST_WITH_PIECES or not struct.unpack_from("<I", main, 0x01A6)[0]:
        begin, end = struct.unpack_from("<2I", main, 0x18)
        return tidy(main[begin:end].decode("cp1252", "replace"))
    table = file.read("1Table" if flags & SECOND_TABLE else "0Table") or b""
    text = "".join(pieces(main, table))
    lengths = struct.unpack_from("<6I", main, 0x4C)
    body, notes, headers, _, comments, ends = lengths
    start = body + notes + headers
    return tidy(text[: body + notes] + "\r" + text[start + comments : start + comments + ends])


def pieces(main: bytes, table: bytes) -> Iterator[str]:
    """Yield the pieces of the text in their order."""
    place, length = struct.unpack_from("<2I", main, 0x01A2)
    entries = table[place : place + length]
    position = 0
    while position < len(entries) and entries[position] == 1:
        position += 3 + struct.unpack_from("<H", entries, position + 1)[0]
    size = struct.unpack_from("<I", entries, position + 1)[0]
    plan = entries[position + 5 : position + 5 + size]
    count = (len(plan) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plan)
    for number in range(count):
        (where,) = struct.unpack_from("<I", plan, 4 * (count + 1) + 8 * number + 2)
        length = ends[number + 1] - ends[number]
        if where & COMPRESSED:
            start = (where & ~COMPRESSED) // 2
            yield main[start : start + length].decode("cp1252", "replace")
        else:
            yield main[where : where + 2 * length].decode("utf-16-le", "replace")


def tidy(text: str) -> str:
    """Return *text* with fields as readers see them, cells apart, and paragraphs apart by an empty line."""
    while (shown := FIELD_ALONE.sub("", FIELD_CODE.sub(r"\1", text))) != text:
        text = shown
    rows = text.replace("\x07\x07", "\r").replace("\x07", " | ")
    return EMPTY_LINES.sub("\n\n", CONTROLS.sub("", rows.translate(MARKS)))
