"""A list of any shape, CSV, workbook, JSON or XML, by a mapping: a YAML file that says where each thing stands."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from crawlers.blocks import LIST_FIELDS, PARTY_TYPES, ListMapping
from crawlers.marked import MarkedError, near, read_marked
from crawlers.tree import Tree, TreeError, as_text, pick, read_tree
from watchword.errors import UsageError
from watchword.lists.entry import Entry
from watchword.lists.formats.base import Contents, Format, properties
from watchword.lists.grid import has_header, plain, under_header
from watchword.lists.record import Audit, clean
from watchword.lists.sample import WORKBOOKS, Sample

# The largest list that is known to be published, Switzerland's, has 42 MB.
MAX_LIST_BYTES = 100 * 2**20
TABLES = frozenset({"csv", *WORKBOOKS})
SHOWN_NAMES = 12
NOT_FACTS = frozenset({"id", "type"})


def load_mapping(path: Path) -> ListMapping:
    """Read the mapping in the YAML file *path*; raise UsageError with the line that is wrong."""
    try:
        marked = read_marked(path)
    except MarkedError as error:
        raise UsageError(str(error)) from None
    if not isinstance(marked.value, dict):
        raise UsageError(f"{path}: a mapping has the fields {', '.join(ListMapping.model_fields)}.")
    try:
        return ListMapping.model_validate(marked.value)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(map(str, problem["loc"]))
        reason = problem["msg"].removeprefix("Value error, ")
        known = near(field, tuple(ListMapping.model_fields)) if problem["type"] == "extra_forbidden" else "."
        raise UsageError(f"{marked.place(problem['loc'])}: the field {field!r}: {reason}{known}") from None


def mapped(mapping: ListMapping) -> Format:
    """Return the format that *mapping* describes."""
    return Format(
        title="a list with a mapping",
        name=mapping.name or "",
        publisher=mapping.publisher or "a list with a mapping",
        recognises=lambda _: True,
        read=lambda sample, audit: _read(sample, audit, mapping),
    )


def _read(sample: Sample, audit: Audit, mapping: ListMapping) -> Contents:
    if sample.kind in TABLES:
        top: Tree = None
        rows: Iterator[Tree] = _table(sample, audit, mapping)
    else:
        top = _tree(sample)
        rows = iter(_rows(sample.path, top, mapping.rows))
    entries, read = [], {step for path in mapping.fields.values() for step in _first_steps(path)}
    for row in rows:
        entries.append(_entry(row, mapping))
        if isinstance(row, dict):
            audit.left(name for name in row if name not in {*read, *mapping.ignore} and as_text(row[name]))
    found = {name for entry in entries for name in entry.properties}
    for field in mapping.fields:
        if field not in NOT_FACTS and LIST_FIELDS[field] not in found:
            audit.say(f"{field!r} stands at {mapping.fields[field]!r} in no entry")
    published = as_text(pick(top, mapping.published))[:10] if mapping.published else ""
    return Contents(entries, published, name=mapping.name or sample.path.name.partition(".")[0])


def _tree(sample: Sample) -> Tree:
    try:
        return read_tree(sample.path.read_bytes(), MAX_LIST_BYTES)
    except TreeError as error:
        raise UsageError(f"{sample.path} cannot be read with a mapping: {error}.") from None


def _table(sample: Sample, audit: Audit, mapping: ListMapping) -> Iterator[Tree]:
    """Yield the lines under the first row that has the columns of the name."""
    needed = {plain(step) for step in mapping.fields["name"].split("|")[0].split(" + ")}
    for record in under_header(sample, needed, audit):
        yield {name: list(record.take(name)) for name in list(record.left())}


def _rows(path: Path, top: Tree, rows: str) -> list[Tree]:
    """Return the entries below the path *rows*; raise UsageError that says what stands where it breaks off."""
    found = top
    walked: list[str] = []
    for step in filter(None, rows.split(".")):
        inner = pick(found, step)
        if inner is None:
            here = ".".join(walked) or "the top"
            names = ", ".join(list(found)[:SHOWN_NAMES]) if isinstance(found, dict) else "no names"
            raise UsageError(f"{path}: 'rows' leads nowhere at {step!r}; at {here} there are {names}.")
        found = inner
        walked.append(step)
    return found if isinstance(found, list) else [found]


def _first_steps(path: str) -> Iterator[str]:
    for alternative in path.split("|"):
        for part in alternative.split(" + "):
            yield from (part.strip(), plain(part), part.strip().split(".")[0])


def _entry(row: Tree, mapping: ListMapping) -> Entry:
    values = {field: _values(row, path, mapping.separator) for field, path in mapping.fields.items()}
    kind = next(iter(values.get("type", ())), "").casefold()
    schema = PARTY_TYPES.get(mapping.types.get(kind, kind), "LegalEntity")
    held = properties(**{LIST_FIELDS[field]: found for field, found in values.items() if field not in NOT_FACTS})
    names = held.get("name", ())
    if len(names) > 1:
        held = {**held, "name": names[:1], "alias": (*names[1:], *held.get("alias", ()))}
    return Entry(next(iter(values.get("id", ())), ""), schema, held)


def _values(row: Tree, path: str, separator: str) -> tuple[str, ...]:
    """Return what stands at the first alternative of *path* that holds something."""
    for alternative in path.split("|"):
        parts = [list(_texts(row, part.strip())) for part in alternative.split(" + ")]
        longest = max(map(len, parts))
        # One value beside many, a family name beside given names, stands beside each.
        spread = [part * longest if len(part) == 1 else part for part in parts]
        joined = (" ".join(part[n] for part in spread if n < len(part)) for n in range(longest))
        pieces = (piece for text in joined for piece in (text.split(separator) if separator else [text]))
        if found := tuple(filter(None, map(clean, pieces))):
            return found
    return ()


def _texts(row: Tree, path: str) -> Iterator[str]:
    """Yield the texts at *path*: a name as it is written, as a column reads, or a path of names."""
    direct = next((row[name] for name in (path, plain(path)) if name in row), None) if isinstance(row, dict) else None
    found = direct if direct is not None else pick(row, path)
    for value in found if isinstance(found, list) else [found]:
        text = value.get("#text") if isinstance(value, dict) else value
        if cleaned := clean(as_text(text)):
            yield cleaned


# The table that OpenSanctions makes of every list, several values of a cell apart by semicolons.
SIMPLE = ListMapping(
    name="opensanctions",
    publisher="OpenSanctions",
    fields={
        "id": "id",
        "type": "schema",
        "name": "name",
        "alias": "aliases",
        "country": "countries",
        "birth_date": "birth_date",
        "identifier": "identifiers",
        "address": "addresses",
        "programme": "program_ids | sanctions",
        "listed": "first_seen",
    },
    types={
        "Organization": "organisation",
        "Company": "organisation",
        "PublicBody": "organisation",
        "Airplane": "aircraft",
    },
    separator=";",
    ignore=("sanctions", "phones", "emails", "dataset", "last_seen", "last_change"),
)
SIMPLE_TABLE = replace(
    mapped(SIMPLE),
    title="OpenSanctions' simple table (CSV)",
    name="opensanctions",
    recognises=lambda sample: has_header(sample, {"id", "schema", "name", "aliases", "countries"}),
)
