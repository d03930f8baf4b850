"""What a list file looks like from outside: its kind, and the names at its top, by which its format is recognised."""

import csv
import io
import json
import zipfile
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from watchword.errors import UsageError

HEAD_BYTES = 65_536
# One object of a list may be long; a longer first line is no line of JSON Lines.
MAX_LINE_BYTES = 2**20
# A stray NUL stands in a cell; a file with more than one in so many bytes is no text.
MAX_NUL_SHARE = 20
DELIMITERS = ",;\t|"
# Above the header of a publisher's table stand a title, a date and an empty line or two.
SEEN_ROWS = 12
WORKBOOKS = frozenset({"xlsx", "ods"})
# The member that tells a workbook from any other ZIP file.
WORKBOOK_MEMBERS = {"xl/workbook.xml": "xlsx", "content.xml": "ods"}


@dataclass(frozen=True)
class Sample:
    """`kind` is `folder`, `xml`, `json`, `jsonl`, `xlsx`, `ods` or `csv`; `names` are file names, keys or columns.

    `root` is the root element of XML, `attributes` are its own; `rows` are the first rows of a table.
    """

    path: Path
    kind: str
    names: frozenset[str] = frozenset()
    root: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    delimiter: str = ","


def sample(path: Path) -> Sample:
    """Look at *path*; raise UsageError where it cannot be a list."""
    if path.is_dir():
        return Sample(path, "folder", frozenset(entry.name.lower() for entry in path.iterdir()))
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip():
        raise UsageError(f"{path} is empty; a list file as its publisher gives it is needed.")
    if zipfile.is_zipfile(path):
        return _workbook(path)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start == b"<":
        return _xml(path)
    if start in (b"{", b"["):
        return _json(path)
    return _table(path, head)


def _workbook(path: Path) -> Sample:
    from watchword.lists.grid import sheets

    with zipfile.ZipFile(path) as archive:
        members = archive.namelist()
    kind = next((kind for member, kind in WORKBOOK_MEMBERS.items() if member in members), None)
    if kind is None:
        raise UsageError(f"{path} is a ZIP file; unpack it and give the list file, or the folder, that it holds.")
    first = islice(filter(any, sheets(path, kind)), SEEN_ROWS)
    rows = tuple(tuple(cell.strip() for cell in row) for row in first)
    return Sample(path, kind, frozenset(cell.lower() for cell in rows[0]) if rows else frozenset(), rows=rows)


def _xml(path: Path) -> Sample:
    from lxml import etree

    try:
        with path.open("rb") as file:
            _, root = next(iter(etree.iterparse(file, events=("start",), resolve_entities=False, no_network=True)))
    except (etree.XMLSyntaxError, StopIteration) as error:
        raise UsageError(f"{path} looks like XML and is not: {error}.") from None
    name = etree.QName(root)
    if name.localname.lower() == "html":
        raise UsageError(f"{path} is a web page, not a list; download the file that the page links to.")
    return Sample(path, "xml", frozenset(root.attrib), name.localname, dict(root.attrib))


def _json(path: Path) -> Sample:
    with path.open("rb") as file:
        lines = [file.readline(MAX_LINE_BYTES).strip() for _ in range(2)]
    first = _parsed(lines[0])
    if isinstance(first, dict) and lines[1].startswith(b"{"):
        return Sample(path, "jsonl", frozenset(first))
    value = load_json(path)
    top = value[0] if isinstance(value, list) and value else value
    return Sample(path, "json", frozenset(top) if isinstance(top, dict) else frozenset())


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def load_json(path: Path) -> Any:
    """Return the JSON value of a file; raise UsageError with the place where it is none."""
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} looks like JSON and is not: {error}.") from None


def _table(path: Path, head: bytes) -> Sample:
    if head.count(0) * MAX_NUL_SHARE > len(head):
        raise UsageError(f"{path} is not a list: it is neither XML, JSON, Excel nor text.")
    text = decoded(head[: head.rfind(b"\n") + 1] or head)
    lines = [line for line in text.splitlines() if line.strip()][:SEEN_ROWS]
    if not lines:
        raise UsageError(f"{path} holds nothing but white space; a list file as its publisher gives it is needed.")
    # A title above the table has no delimiter; the first line that has one is the header.
    header = next((line for line in lines if any(map(line.count, DELIMITERS))), lines[0])
    delimiter = max(DELIMITERS, key=header.count)
    rows = tuple(tuple(cell.strip() for cell in row) for row in _first_rows(path, text, delimiter))
    return Sample(path, "csv", frozenset(cell.lower() for cell in rows[0]), rows=rows, delimiter=delimiter)


def _first_rows(path: Path, text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter)
    try:
        return list(islice(reader, SEEN_ROWS))
    except csv.Error as error:
        raise UsageError(f"{path} looks like a table and is not: {error}.") from None


def decoded(data: bytes) -> str:
    """Return *data* as text: UTF-8, and Windows-1252, which older lists are written in, for lines that are not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(map(_decoded_line, data.removeprefix(BOM_UTF8).splitlines(keepends=True)))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
