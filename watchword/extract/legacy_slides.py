"""PowerPoint presentations of before 2007: the texts of their slides and notes (MS-PPT 9.0)."""

import struct
from collections.abc import Iterator

from watchword.extract.compound import Compound
from watchword.extract.values import SetAside

UTF16_TEXT, BYTE_TEXT = 0x0FA0, 0x0FA8
MASTER, HANDOUT = 0x03F8, 0x0FC9
CONTAINER = 0xF
HEAD = struct.Struct("<HHI")
# Presentations nest a dozen deep.
MAX_DEPTH = 40
LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n"})


def read_slides(file: Compound) -> str:
    """Return the texts of a presentation, a paragraph each, those of masters left out; raise SetAside."""
    if ("EncryptedSummary",) in file.paths:
        raise SetAside("the document is encrypted")
    stream = file.read("PowerPoint Document") or b""
    told: dict[str, None] = {}
    for text in texts(stream, 0, len(stream), 0):
        told.setdefault(text.translate(LINE_ENDS).strip("\x00 \n"), None)
    return "\n\n".join(text for text in told if text and text != "*")


def texts(stream: bytes, start: int, end: int, depth: int) -> Iterator[str]:
    """Yield the texts between *start* and *end* of *stream*, in order."""
    position = start
    while position + HEAD.size <= end and depth < MAX_DEPTH:
        form, kind, length = HEAD.unpack_from(stream, position)
        inside, after = position + HEAD.size, min(end, position + HEAD.size + length)
        if kind == UTF16_TEXT:
            yield stream[inside:after].decode("utf-16-le", "replace")
        elif kind == BYTE_TEXT:
            yield stream[inside:after].decode("cp1252", "replace")
        elif form & 0xF == CONTAINER and kind not in (MASTER, HANDOUT):
            yield from texts(stream, inside, after, depth + 1)
        position = after
