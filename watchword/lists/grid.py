"""Grids: the rows of a table, be it CSV or the sheets of a workbook, and the records under its header."""

import csv
import io
import re
from collections.abc import Iterator, Set
from pathlib import Path

from watchword.errors import UsageError
from watchword.lists.record import Audit, Record
from watchword.lists.sample import WORKBOOKS, Sample, decoded

# A cell as long as a book is a mistake of quotes, which the reader then says.
MAX_CELL_CHARACTERS = 2**24
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# What Excel writes for a carriage return inside a cell (ECMA-376, 22.9.2.19).
CARRIAGE_RETURN = "_x000D_"


def grid(sample: Sample) -> Iterator[list[str]]:
    """Yield the rows of the table *sample*, sheet after sheet; raise UsageError where it is broken."""
    return sheets(sample.path, sample.kind) if sample.kind in WORKBOOKS else _lines(sample)


def _lines(sample: Sample) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    text = decoded(sample.path.read_bytes())
    reader = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=sample.delimiter)
    try:
        yield from reader
    except csv.Error as error:
        raise UsageError(f"{sample.path}, line {reader.line_num}: {error}.") from None


def sheets(path: Path, kind: str) -> Iterator[list[str]]:
    """Yield the rows of all sheets of the workbook *path*; raise UsageError where it cannot be read."""
    from watchword.extract.values import SetAside

    try:
        yield from _excel(path) if kind == "xlsx" else _open_document(path)
    except SetAside as error:
        raise UsageError(f"{path} is a workbook that cannot be read: {error.reason}.") from None


def _excel(path: Path) -> Iterator[list[str]]:
    from watchword.extract.office import date_styles, shared_strings, sheet_rows
    from watchword.extract.structured import parse_xml
    from watchword.extract.zipped import open_zip

    archive = open_zip(path.read_bytes())
    strings, dates = shared_strings(archive), date_styles(archive)
    for name in sorted(filter(SHEET.fullmatch, archive.names), key=lambda name: (len(name), name)):
        for row in sheet_rows(parse_xml(archive.read(name)), strings, dates):
            yield [cell.replace(CARRIAGE_RETURN, " ") for cell in row]


def _open_document(path: Path) -> Iterator[list[str]]:
    from watchword.extract.office import TABLE, open_document_rows
    from watchword.extract.structured import parse_xml
    from watchword.extract.zipped import open_zip

    for table in parse_xml(open_zip(path.read_bytes()).read("content.xml")).iter(f"{TABLE}table"):
        yield from open_document_rows(table)


def plain(cell: str) -> str:
    """Return the name of a column in small letters and with single spaces."""
    return " ".join(cell.split()).casefold()


def under_header(sample: Sample, needed: Set[str], audit: Audit) -> Iterator[Record]:
    """Yield each line under the header that has the columns *needed*; what stands above it is passed over."""
    header: list[str] = []
    for row in grid(sample):
        # Hardly a line but the header has cells that are called as columns are.
        names = [] if needed.isdisjoint(map(str.casefold, map(str.strip, row))) else [plain(cell) for cell in row]
        if needed <= set(names):
            header = names
        elif header and any(map(str.strip, row[len(header) :])):
            audit.set_aside("the line has more cells than the header")
        elif header and any(map(str.strip, row)):
            yield Record.of_cells(header, row)


def has_header(sample: Sample, needed: Set[str]) -> bool:
    """Say whether one of the first rows of *sample* is a header with the columns *needed*."""
    return any(needed <= {plain(cell) for cell in row} for row in sample.rows)
