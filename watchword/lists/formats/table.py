"""A table of anybody's own.

Columns are `id`, `name`, and optional `type`, `country`, `birth_date`, `identifier`, `programme`, `remarks`.
An id may stand on several lines, a name or alias each; the first is the party's name.
"""

from collections.abc import Iterator

from watchword.errors import UsageError
from watchword.lists.entry import Entry
from watchword.lists.formats.base import Contents, Format, properties
from watchword.lists.grid import grid, has_header, plain, under_header
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample

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
COLUMNS = frozenset({"id", "name"})


def rows(sample: Sample, *needed: str) -> Iterator[dict[str, str]]:
    """Yield the lines of a table under its header, column names in lower case.

    Raise UsageError where a column that is *needed* is missing, and on a broken table.
    """
    lines = filter(None, grid(sample))
    header = [plain(cell) for cell in next(lines, [])]
    if not set(needed) <= set(header):
        told = ", ".join(header)[:MAX_TOLD] or "no columns"
        raise UsageError(f"{sample.path} has {told}; a CSV with the columns {' and '.join(needed)} is needed.")
    for line in lines:
        yield dict(zip(header, [*line, *[""] * len(header)], strict=False))


def _read(sample: Sample, audit: Audit) -> Contents:
    entries = []
    for number, record in enumerate(under_header(sample, COLUMNS, audit), 1):
        entries.append(_entry(record, number))
        audit.close(record)
    return Contents(entries, name=sample.path.stem, publisher="a table of parties")


def _entry(record: Record, number: int) -> Entry:
    held = properties(
        name=record.one("name"),
        country=record.take("country"),
        birthDate=record.take("birth_date"),
        idNumber=record.take("identifier"),
        program=record.take("programme"),
        notes=record.take("remarks"),
    )
    schema = SCHEMATA.get(record.one("type").lower(), "LegalEntity")
    return Entry(record.one("id") or f"line-{number}", schema, held)


TABLE = Format(
    title="a table with the columns `id` and `name` (CSV or workbook)",
    name="table",
    publisher="a table of parties",
    recognises=lambda sample: has_header(sample, COLUMNS),
    read=_read,
)
