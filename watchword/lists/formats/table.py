"""A table of anybody's own.

Columns are `id`, `name`, and optional `type`, `country`, `birth_date`, `identifier`, `programme`, `remarks`.
An id may stand on several lines, a name or alias each; the first is the party's name.
"""

import csv
import io
from collections.abc import Iterator

from watchword.errors import UsageError
from watchword.lists.entry import Entry, merged
from watchword.lists.formats.base import Contents, Format, properties
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample, decoded

SCHEMATA = {
    "person": "Person",
    "individual": "Person",
    "organisation": "Organization",
    "organization": "Organization",
    "entity": "Organization",
    "company": "Organization",
    "vessel": "Vessel",
    "ship": "Vessel",
}
# Characters of a header that an error repeats.
MAX_TOLD = 200
# A cell as long as a book is a mistake of quotes, which the reader then says.
MAX_CELL_CHARACTERS = 2**24


def rows(sample: Sample, *needed: str) -> Iterator[dict[str, str | None]]:
    """Yield the lines of a table under its header, column names in lower case.

    Raise UsageError where a column that is *needed* is missing, and on a broken table.
    """
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    text = decoded(sample.path.read_bytes())
    reader = csv.DictReader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=sample.delimiter)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    if not set(needed) <= set(reader.fieldnames):
        told = ", ".join(reader.fieldnames)[:MAX_TOLD] or "no columns"
        raise UsageError(f"{sample.path} has {told}; a CSV with the columns {' and '.join(needed)} is needed.")
    try:
        yield from reader
    except csv.Error as error:
        raise UsageError(f"{sample.path}, line {reader.line_num}: {error}.") from None


def _read(sample: Sample, audit: Audit) -> Contents:
    entries, nameless = [], 0
    for number, row in enumerate(rows(sample), 1):
        record = Record.of_row({key: value for key, value in row.items() if isinstance(key, str)})
        name = record.one("name")
        if not name:
            nameless += 1
            continue
        entries.append(_entry(record, name, number))
        audit.close(record)
    if nameless:
        audit.say(f"{nameless} lines have no name")
    return Contents(merged(entries), name=sample.path.stem, publisher="a table of parties")


def _entry(record: Record, name: str, number: int) -> Entry:
    held = properties(
        name=name,
        country=record.take("country"),
        birthDate=record.take("birth_date"),
        idNumber=record.take("identifier"),
        program=record.take("programme"),
        notes=record.take("remarks"),
    )
    schema = SCHEMATA.get(record.one("type").lower(), "LegalEntity")
    return Entry(record.one("id") or f"line-{number}", schema, held)


TABLE = Format(
    title="a table with the columns `id` and `name` (CSV)",
    name="table",
    publisher="a table of parties",
    recognises=lambda sample: sample.kind == "csv" and {"id", "name"} <= sample.names,
    read=_read,
)
