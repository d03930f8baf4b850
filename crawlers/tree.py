"""Trees: an answer in JSON, XML or a table as one structure, and paths into it.

A path is names with dots between: `features.properties.mag`. A number takes one of a list; a name applied to a list
takes it from each. XML elements stand under their local name, attributes as `@name`, and text beside children as
`#text`; a table is a list of rows.
"""

import csv
import json
from collections.abc import Iterator
from io import StringIO

from lxml import etree

from crawlers.coding import GZIP_MAGIC, inflate

Tree = None | bool | int | float | str | list["Tree"] | dict[str, "Tree"]
# An answer of this size is a download of everything; ask for less at a time.
MAX_TREE_BYTES = 40 * 2**20
# Real answers nest a dozen deep.
MAX_DEPTH = 60
SEPARATORS = "|\t;,"


class TreeError(ValueError):
    """An answer is in none of the forms that are read; the message says why."""


def read_tree(body: bytes, limit: int = MAX_TREE_BYTES) -> Tree:
    """Read the answer *body* of at most *limit* bytes, be it JSON, JSON Lines, XML or a table; raise TreeError."""
    if body.startswith(GZIP_MAGIC):
        unpacked = inflate(body, limit=limit)
        if unpacked.problem:
            raise TreeError(f"the answer cannot be unpacked: {unpacked.problem}")
        body = unpacked.body
    if len(body) > limit:
        raise TreeError(f"the answer has {len(body)} bytes; at most {limit} are read at once")
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return []
    if start[:1] in (b"{", b"["):
        return _read_json(start)
    return _read_xml(start) if start[:1] == b"<" else _read_table(start)


def pick(tree: Tree, path: str) -> Tree:
    """Return what *path* leads to in *tree*, None where it leads nowhere; the empty path is the tree itself."""
    found = tree
    for step in filter(None, path.split(".")):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit():
            found = found[int(step)] if int(step) < len(found) else None
        elif isinstance(found, list):
            inner: list[Tree] = [value for entry in found if (value := pick(entry, step)) is not None]
            found = inner or None
        else:
            return None
    return found


def first_of(tree: Tree, paths: str) -> Tree:
    """Return what the first of *paths*, which `|` sets apart, finds in *tree*."""
    values = (pick(tree, path.strip()) for path in paths.split("|"))
    return next((value for value in values if value not in (None, "", [])), None)


def as_text(value: Tree) -> str:
    """Return *value* as one line; a list with commas, an object with the names of its parts."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(as_text, value)))
    if isinstance(value, dict):
        return ", ".join(f"{name} {text}" for name, part in value.items() if (text := as_text(part)))
    return " ".join(str(value).split())


def _read_json(body: bytes) -> Tree:
    try:
        tree: Tree = json.loads(body)
    except RecursionError:
        raise TreeError("the answer is nested too deep") from None
    except ValueError as error:
        lines = body.splitlines()
        if len(lines) > 1 and lines[0].rstrip().endswith(b"}"):
            return [_read_json(line) for line in lines if line.strip()]
        raise TreeError(f"the answer is not JSON: {error}") from None
    return tree


def _read_xml(body: bytes) -> Tree:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TreeError(f"the answer is not XML: {error}") from None
    return {_name(root): _of_element(root, 0)}


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _of_element(element: etree._Element, depth: int) -> Tree:
    if depth > MAX_DEPTH:
        raise TreeError(f"the answer is nested more than {MAX_DEPTH} deep")
    fields: dict[str, Tree] = {f"@{etree.QName(name).localname}": value for name, value in element.attrib.items()}
    text = " ".join((element.text or "").split())
    for child in element:
        if isinstance(child.tag, str):
            _enter(fields, _name(child), _of_element(child, depth + 1))
    if not fields:
        return text
    return {**fields, "#text": text} if text else fields


def _enter(fields: dict[str, Tree], name: str, value: Tree) -> None:
    held = fields.get(name)
    if name not in fields:
        fields[name] = value
    elif isinstance(held, list):
        held.append(value)
    else:
        fields[name] = [held, value]


def _read_table(body: bytes) -> Tree:
    text = body.decode("utf-8", "replace").removeprefix("#")
    heading = text.partition("\n")[0]
    separator = max(SEPARATORS, key=heading.count)
    if not heading.count(separator):
        raise TreeError(f"the answer begins with {heading[:60]!r}, which is neither JSON, XML nor a table")
    return list(_rows(text, separator))


def _rows(text: str, separator: str) -> Iterator[Tree]:
    # FDSN text knows no quotes.
    rows = csv.reader(
        StringIO(text), delimiter=separator, quoting=csv.QUOTE_NONE if separator == "|" else csv.QUOTE_MINIMAL
    )
    try:
        names = [name.strip() for name in next(rows)]
        for row in rows:
            if any(row):
                yield dict(zip(names, (cell.strip() for cell in row), strict=False))
    except csv.Error as error:
        raise TreeError(f"the table cannot be read: {error}") from None
