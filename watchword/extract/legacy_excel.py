"""Excel workbooks of before 2007: the cells of their sheets (MS-XLS 12.0; BIFF5 as Excel 5 and 95 wrote it)."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from watchword.extract.compound import Compound
from watchword.extract.office import DATE_FORMATS, EXCEL_EPOCH, MAX_COLUMNS
from watchword.extract.tables import table_text
from watchword.extract.values import SetAside

BOF, EOF, SHEET, ENCRYPTION, CODEPAGE, DATE_MODE = 0x0809, 0x000A, 0x0085, 0x002F, 0x0042, 0x0022
STRINGS, CONTINUE, STYLE, FORMAT = 0x00FC, 0x003C, 0x00E0, 0x041E
SHARED, LABEL, RICH_LABEL, NUMBER, RK, MANY_RK, FORMULA, RESULT = (
    0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD, 0x0006, 0x0207,
)  # fmt: skip
BIFF8 = 0x0600
WIDE, RICH, PHONETIC = 0x01, 0x08, 0x04
# Workbooks of the Macintosh count days from here.
MAC_EPOCH = date(1904, 1, 1)
# More cells than a person reads; a larger sheet is a data set.
MAX_CELLS = 2_000_000

Record = tuple[int, bytes]
Row = dict[int, str]


@dataclass
class Workbook:
    """What the cells refer to, as it is read."""

    biff8: bool = True
    charset: str = "cp1252"
    epoch: date = EXCEL_EPOCH
    strings: list[str] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    dates: set[int] = field(default_factory=lambda: set(DATE_FORMATS))
    sheets: list[str] = field(default_factory=list)

    def number(self, value: float, style: int) -> str:
        """Return what a cell with this *value* and *style* shows."""
        shown = self.styles[style] if style < len(self.styles) else 0
        if shown in self.dates and 0 < value < 3_000_000:
            return (self.epoch + timedelta(days=int(value))).isoformat()
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)

    def short(self, data: bytes, wide_count: bool = True) -> str:
        """Return the string at the start of *data*, counted in two bytes or in one."""
        size = 2 if wide_count else 1
        count = int.from_bytes(data[:size], "little")
        if not self.biff8:
            return data[size : size + count].decode(self.charset, "replace")
        wide = data[size] & WIDE
        raw = data[size + 1 : size + 1 + (2 * count if wide else count)]
        return raw.decode("utf-16-le" if wide else "latin-1", "replace")


def read_workbook(file: Compound) -> str:
    """Return the sheets of a workbook, each under its name, as tables are read; raise SetAside."""
    book = Workbook()
    sheets = sheets_of(book, file.read("Workbook") or file.read("Book") or b"")
    # What comes first in the stream is the book itself.
    named = enumerate(list(sheets)[1:])
    texts = (shown(book.sheets[number] if number < len(book.sheets) else "", rows) for number, rows in named)
    return "\n\n".join(filter(None, texts))


def sheets_of(book: Workbook, stream: bytes) -> Iterator[dict[int, Row]]:
    """Yield the cells of the book and of each sheet, and take into *book* what they refer to."""
    current: dict[int, Row] = {}
    begun = cells = 0
    for kind, data in records(stream):
        if kind == BOF:
            book.biff8 = book.biff8 if begun else struct.unpack_from("<H", data)[0] >= BIFF8
            begun, current = begun + 1, {}
        elif kind == EOF:
            yield current
            current = {}
        enter(book, kind, data)
        for row, column, value in cells_of(book, kind, data):
            cells += 1
            current.setdefault(row, {})[column] = value
        if cells > MAX_CELLS:
            raise SetAside(f"the workbook has more than {MAX_CELLS} cells")


def shown(name: str, rows: dict[int, Row]) -> str:
    """Return one sheet as text, empty cells in their places."""
    lines = [
        [rows[row].get(column, "") for column in range(min(max(rows[row]) + 1, MAX_COLUMNS))] for row in sorted(rows)
    ]
    text, _ = table_text(lines)
    return f"{name}\n\n{text}".strip() if text else ""


def records(stream: bytes) -> Iterator[Record]:
    """Yield the records of *stream*, the strings of the book as one."""
    position, waiting = 0, None
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        data = stream[position + 4 : position + 4 + length]
        position += 4 + length
        if kind == CONTINUE and waiting is not None:
            waiting.append(data)
            continue
        if waiting is not None:
            yield STRINGS, join(waiting)
            waiting = None
        if kind == STRINGS:
            waiting = [data]
        else:
            yield kind, data
    if waiting is not None:
        yield STRINGS, join(waiting)


def join(pieces: list[bytes]) -> bytes:
    """Return the strings of a book as UTF-8, each ended by a zero; a string may run on in the next piece."""
    reader = Pieces(pieces)
    count = int.from_bytes(reader.take(8)[4:], "little")
    found = []
    for _ in range(count):
        if reader.finished:
            break
        found.append(reader.string().replace("\x00", " "))
    return "\x00".join(found).encode()


class Pieces:
    """Reads across records that continue each other: a string that is cut goes on after a byte that says how wide."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.number = self.position = 0

    @property
    def finished(self) -> bool:
        """Say whether nothing is left."""
        last = self.number == len(self.pieces) - 1 and self.position >= len(self.pieces[-1])
        return last or self.number >= len(self.pieces)

    def take(self, count: int) -> bytes:
        """Return *count* bytes, wherever they stand."""
        out = b""
        while len(out) < count and self.number < len(self.pieces):
            part = self.pieces[self.number][self.position : self.position + count - len(out)]
            self.position += len(part)
            out += part
            if len(out) < count:
                self.number, self.position = self.number + 1, 0
        return out.ljust(count, b"\x00")

    def string(self) -> str:
        """Return the next string, without its formats."""
        count, flags = struct.unpack("<HB", self.take(3))
        runs = int.from_bytes(self.take(2), "little") if flags & RICH else 0
        extra = int.from_bytes(self.take(4), "little") if flags & PHONETIC else 0
        text, wide = "", flags & WIDE
        while count > 0 and self.number < len(self.pieces):
            room = (len(self.pieces[self.number]) - self.position) // (2 if wide else 1)
            part = min(count, room)
            raw = self.take(part * (2 if wide else 1))
            text += raw.decode("utf-16-le" if wide else "latin-1", "replace")
            count -= part
            if count > 0:
                self.number, self.position = self.number + 1, 0
                wide = self.take(1)[0] & WIDE if self.number < len(self.pieces) else 0
        self.take(4 * runs + extra)
        return text


def enter(book: Workbook, kind: int, data: bytes) -> None:
    """Take what record *kind* says of the whole book; raise SetAside where the book is encrypted."""
    if kind == ENCRYPTION:
        raise SetAside("the workbook is encrypted")
    if kind == CODEPAGE:
        page = struct.unpack_from("<H", data)[0]
        book.charset = f"cp{page}" if page not in (1200, 32768, 32769) else "cp1252"
    elif kind == DATE_MODE and data[:1] == b"\x01":
        book.epoch = MAC_EPOCH
    elif kind == SHEET:
        book.sheets.append(book.short(data[6:], wide_count=False))
    elif kind == STRINGS:
        book.strings = data.decode().split("\x00")
    elif kind == STYLE:
        book.styles.append(struct.unpack_from("<H", data, 2)[0])
    elif kind == FORMAT:
        form = book.short(data[2:], wide_count=book.biff8)
        if re.search(r"[yd]", re.sub(r'"[^"]*"|\[[^]]*\]', "", form.lower())):
            book.dates.add(struct.unpack_from("<H", data)[0])


def cells_of(book: Workbook, kind: int, data: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of each cell that a record holds."""
    if kind == MANY_RK:
        row, first = struct.unpack_from("<HH", data)
        for offset, place in enumerate(range(4, len(data) - 7, 6)):
            style, packed = struct.unpack_from("<HI", data, place)
            yield row, first + offset, book.number(unpacked(packed), style)
        return
    if kind not in (SHARED, LABEL, RICH_LABEL, NUMBER, RK, FORMULA) or len(data) < 10:
        return
    row, column, style = struct.unpack_from("<HHH", data)
    if kind == SHARED:
        (number,) = struct.unpack_from("<I", data, 6)
        yield row, column, book.strings[number] if number < len(book.strings) else ""
    elif kind in (LABEL, RICH_LABEL):
        yield row, column, book.short(data[6:])
    elif kind == RK:
        yield row, column, book.number(unpacked(struct.unpack_from("<I", data, 6)[0]), style)
    elif len(data) >= 14 and data[12:14] != b"\xff\xff":
        yield row, column, book.number(struct.unpack_from("<d", data, 6)[0], style)


def unpacked(packed: int) -> float:
    """Return the number in the four bytes of an RK (MS-XLS 2.5.217)."""
    number = float(packed >> 2 if packed < 0x80000000 else (packed >> 2) - 0x40000000)
    if not packed & 2:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return number / 100 if packed & 1 else number
