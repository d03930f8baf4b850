"""Compound files, made stream by stream, as Office before 2007 and Outlook write them (MS-CFB)."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


@dataclass
class Builder:
    """Collects sectors and the table that names the one after each."""

    sectors: list[bytes] = field(default_factory=list)
    table: list[int] = field(default_factory=list)
    mini: bytearray = field(default_factory=bytearray)
    mini_table: list[int] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=list)

    def store(self, content: bytes) -> int:
        """Store *content* in sectors of its own; return the first."""
        if not content:
            return END
        first = len(self.sectors)
        pieces = [content[i : i + SECTOR].ljust(SECTOR, b"\x00") for i in range(0, len(content), SECTOR)]
        self.sectors += pieces
        self.table += [*range(first + 1, first + len(pieces)), END]
        return first

    def store_mini(self, content: bytes) -> int:
        """Store *content* in the stream of small streams; return its first piece."""
        if not content:
            return END
        first = len(self.mini_table)
        pieces = -(-len(content) // MINI)
        self.mini += content.ljust(pieces * MINI, b"\x00")
        self.mini_table += [*range(first + 1, first + pieces), END]
        return first

    def entry(self, number: int, name: str, kind: int, start: int, size: int, links: tuple[int, int]) -> None:
        """Write the directory entry *number*; *links* are its right neighbour and its first child."""
        raw = name.encode("utf-16-le")
        right, child = links
        head = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw) + 2, kind, 1)
        head += struct.pack("<3I", FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
        self.entries[number] = head

    def add(self, tree: Tree) -> int:
        """Add what *tree* holds; return the number of its first entry."""
        numbers = []
        for _ in tree:
            self.entries.append(b"")
            numbers.append(len(self.entries) - 1)
        for position, (name, value) in enumerate(tree.items()):
            right = numbers[position + 1] if position + 1 < len(numbers) else FREE
            if isinstance(value, bytes):
                small = len(value) < CUTOFF
                start = self.store_mini(value) if small else self.store(value)
                self.entry(numbers[position], name, 2, start, len(value), (right, FREE))
            else:
                self.entry(numbers[position], name, 1, 0, 0, (right, self.add(value)))
        return numbers[0] if numbers else FREE

    def finish(self, child: int) -> bytes:
        """Return the file."""
        self.entry(0, "Root Entry", 5, self.store(bytes(self.mini)), len(self.mini), (FREE, child))
        mini_start = self.store(struct.pack(f"<{len(self.mini_table)}I", *self.mini_table))
        directory = self.store(b"".join(self.entries))
        count = 1
        while len(self.table) + count > count * SECTOR // 4:
            count += 1
        first = len(self.sectors)
        self.table += [TABLE] * count
        self.table += [FREE] * (count * SECTOR // 4 - len(self.table))
        raw = struct.pack(f"<{len(self.table)}I", *self.table)
        self.sectors += [raw[i : i + SECTOR] for i in range(0, len(raw), SECTOR)]
        places = [*range(first, first + count), *[FREE] * (109 - count)]
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        head += struct.pack("<9I", 0, count, directory, 0, CUTOFF, mini_start, 1, END, 0)
        return head + struct.pack("<109I", *places) + b"".join(self.sectors)


def build_compound(tree: Tree) -> bytes:
    """Return a compound file that holds *tree*: names to streams, or to further trees."""
    builder = Builder(entries=[b""])
    return builder.finish(builder.add(tree))


def word_streams(text: str, notes: str = "") -> dict[str, bytes]:
    """Return the streams of a Word document whose text lies in two pieces, one of 8-bit and one of 16-bit letters."""
    body = text + notes
    cut = next((i for i, letter in enumerate(body) if ord(letter) > 0xFF), len(body))
    narrow, wide = body[:cut].encode("cp1252"), body[cut:].encode("utf-16-le")
    start = 1024
    main = bytearray(start) + narrow + wide
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 0x0A, 0x0200)
    struct.pack_into("<6I", main, 0x4C, len(text), len(notes), 0, 0, 0, 0)
    plan = struct.pack("<3I", 0, cut, len(body))
    plan += struct.pack("<HIH", 0, (start * 2) | 0x40000000, 0) + struct.pack("<HIH", 0, start + len(narrow), 0)
    table = b"\x01" + struct.pack("<H", 3) + b"abc" + b"\x02" + struct.pack("<I", len(plan)) + plan
    struct.pack_into("<2I", main, 0x01A2, 7, len(table))
    return {"WordDocument": bytes(main), "1Table": b"padding" + table}


def record(kind: int, data: bytes) -> bytes:
    """Return a record of a workbook."""
    return struct.pack("<HH", kind, len(data)) + data


def workbook(rows: list[list[str | float]], dates: int = 14, cut: int = 0) -> bytes:
    """Return the stream of a workbook with one sheet; *cut* parts the strings within a string after so many letters."""
    strings = [cell for row in rows for cell in row if isinstance(cell, str)]
    plain = b"".join(struct.pack("<HB", len(s), 1) + s.encode("utf-16-le") for s in strings)
    table = struct.pack("<II", len(strings), len(strings)) + plain
    edge = 8 + 3 + 2 * cut
    shared = record(0x00FC, table[:edge]) + record(0x003C, b"\x01" + table[edge:]) if cut else record(0x00FC, table)
    name = "Licences".encode("latin-1")
    head = record(0x0809, struct.pack("<HHI", 0x0600, 5, 0) + bytes(8))
    head += b"".join(record(0x00E0, struct.pack("<HH", 0, form) + bytes(16)) for form in (0, dates))
    head += record(0x0085, struct.pack("<IH", 0, 0) + bytes((len(name), 0)) + name) + shared + record(0x000A, b"")
    cells, number = b"", 0
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                cells += record(0x00FD, struct.pack("<HHHI", r, c, 0, number))
                number += 1
            else:
                style = 1 if cell > 40000 else 0
                cells += record(0x0203, struct.pack("<HHHd", r, c, style, cell))
    sheet = record(0x0809, struct.pack("<HHI", 0x0600, 0x10, 0) + bytes(8)) + cells + record(0x000A, b"")
    return head + sheet


def properties(title: str, author: str, ticks: int) -> bytes:
    """Return a property set with title, author and time of creation."""

    def text(value: str) -> bytes:
        raw = value.encode("cp1252") + b"\x00"
        return struct.pack("<II", 30, len(raw)) + raw.ljust(-(-len(raw) // 4) * 4, b"\x00")

    values = {1: struct.pack("<Ih2x", 2, 1252), 2: text(title), 4: text(author), 12: struct.pack("<IQ", 64, ticks)}
    place, listed, content = 8 + 8 * len(values), b"", b""
    for number, value in values.items():
        listed += struct.pack("<2I", number, place + len(content))
        content += value
    section = struct.pack("<2I", place + len(content), len(values)) + listed + content
    return b"\xfe\xff" + bytes(22) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48) + section


def slides(*texts: str) -> bytes:
    """Return the stream of a presentation with a master and a slide for each text."""

    def atom(kind: int, data: bytes, form: int = 0) -> bytes:
        return struct.pack("<HHI", form, kind, len(data)) + data

    master = atom(0x03F8, atom(0x0FA8, b"Click to edit the style"), 0xF)
    shown = b"".join(atom(0x03EE, atom(0x0FA0, t.encode("utf-16-le")), 0xF) for t in texts)
    return atom(0x03E8, atom(0x0FF0, b"", 0xF), 0xF) + master + shown
