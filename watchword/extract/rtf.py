"""RTF: the text of a Rich Text Format file (specification 1.9.1), without its formatting."""

import re
from dataclasses import dataclass, field

from watchword.extract.values import Extracted, Hint, SetAside

RTF = "application/rtf"
TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.IGNORECASE
)
# Groups that hold tables of fonts, styles and pictures, not text.
SILENT = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"pict", b"object", b"themedata", b"datastore", b"listtable", b"info"}
    | {b"listoverridetable", b"rsidtbl", b"generator", b"xmlnstbl", b"latentstyles", b"fldinst", b"header", b"footer"}
    | {b"headerl", b"headerr", b"footerl", b"footerr", b"colorschememapping", b"mmathpr", b"pgptbl"}
)
BREAKS = {b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"tab": "\t", b"cell": " | "}
SIGNS = {
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
}
# Deeper nesting of groups than this is an attack.
MAX_DEPTH = 1000


@dataclass
class Writer:
    """The text written so far, and what the open groups say of the text in them."""

    charset: str = "cp1252"
    silent: bool = False
    skip: int = 1
    open: list[tuple[bool, int]] = field(default_factory=list)
    pending: int = 0
    pieces: list[str] = field(default_factory=list)
    encoded: bytearray = field(default_factory=bytearray)

    def flush(self) -> None:
        """Decode the bytes that wait, as characters of two bytes come byte by byte."""
        if self.encoded:
            self.pieces.append(self.encoded.decode(self.charset, "replace"))
            self.encoded.clear()

    def write(self, text: str) -> None:
        """Add *text*."""
        self.flush()
        if not self.silent:
            self.pieces.append(text)

    def write_bytes(self, content: bytes) -> None:
        """Add *content* in the charset of the file, but for what repeats a Unicode character."""
        kept = content[self.pending :]
        self.pending = max(0, self.pending - len(content))
        if not self.silent:
            self.encoded += kept

    def group(self, brace: bytes) -> None:
        """Open or close a group."""
        self.flush()
        if brace == b"{":
            if len(self.open) >= MAX_DEPTH:
                raise SetAside(f"RTF groups are nested deeper than {MAX_DEPTH}")
            self.open.append((self.silent, self.skip))
        elif self.open:
            self.silent, self.skip = self.open.pop()
        self.pending = 0

    def control(self, word: bytes, number: int | None) -> None:
        """Take the control *word*."""
        if word in SILENT:
            self.silent = True
        elif word == b"ansicpg" and number:
            self.charset = f"cp{number}" if number != 65001 else "utf-8"
        elif word == b"uc" and number is not None:
            self.skip = number
        elif word == b"u" and number is not None:
            self.write(chr(number % 0x10000))
            self.pending = self.skip
        elif word in BREAKS:
            self.write(BREAKS[word])
        elif word in SIGNS:
            self.write(SIGNS[word])


def rtf_text(payload: bytes) -> str:
    """Return the text of the RTF file *payload*."""
    writer = Writer()
    for match in TOKEN.finditer(payload):
        word, number, code, sign, brace, plain = match.groups()
        if word:
            writer.control(word.lower(), int(number) if number else None)
        elif code:
            writer.write_bytes(bytes.fromhex(code.decode()))
        elif brace:
            writer.group(brace)
        elif sign == b"*":
            writer.silent = True
        elif sign:
            writer.write({b"~": "\u00a0", b"_": "-", b"-": ""}.get(sign, sign.decode("latin-1")))
        elif plain:
            writer.write_bytes(plain)
    writer.flush()
    joined = "".join(writer.pieces)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_rtf(payload: bytes, hint: Hint) -> Extracted:
    """Return what the RTF file *payload* says."""
    try:
        text = rtf_text(payload)
    except LookupError as error:
        raise SetAside(f"the RTF file names an unknown charset: {error}") from error
    lines = [" ".join(line.split(" ")).strip(" |") for line in text.split("\n")]
    body = "\n\n".join(line for line in lines if line)
    if not body:
        raise SetAside("the RTF file holds no text")
    first = body.split("\n", 1)[0]
    return Extracted(RTF, hint.title or (first if len(first) < 200 else ""), body)
