"""The United Kingdom's lists a name a line: the UK Sanctions List as table, OFSI's consolidated list as table and XML.

OFSI closed its list on 28 January 2026; older files stay readable.
"""

import re
from collections.abc import Callable, Mapping

from watchword.lists.entry import Entry, Properties
from watchword.lists.formats.base import Contents, Format, elements, imo_number, joined, properties
from watchword.lists.formats.dates import DAY_FIRST, day_first, named_month
from watchword.lists.formats.united_kingdom_fields import (
    CONSOLIDATED,
    CONSOLIDATED_XML,
    PARTS,
    SANCTIONS_LIST,
    Columns,
)
from watchword.lists.grid import grid, has_header, under_header
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample

SCHEMATA = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
# `(1) Iran. (2) Iraq` and `Asset freeze|Travel Ban`: several values in one cell.
NUMBERED = re.compile(r"\(\d+\)\s*|\|")
REPORTED = re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}")


WHOLE = frozenset({"notes", "alias"})


def numbered(written: str) -> tuple[str, ...]:
    """Return the values of a cell such as `(1) Iran. (2) Iraq`, without the numbers and the stops between."""
    if not NUMBERED.match(written) and "|" not in written:
        return (written,)
    return tuple(value for piece in NUMBERED.split(written) if (value := piece.strip().rstrip(".,;").strip()))


FORMS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("birthDate", "createdAt", "modifiedAt", "startDate"), day_first),
    "imoNumber": imo_number,
}


def facts(found: Mapping[str, tuple[str, ...]]) -> Properties:
    """Return what stands in fields as values: dates in ISO 8601, several values of a cell apart."""
    held: dict[str, tuple[str, ...]] = {}
    for name, texts in found.items():
        values = texts if name in WHOLE else tuple(value for text in texts for value in numbered(text))
        held[name] = tuple(map(FORMS[name], values)) if name in FORMS else values
    return properties(**held)


def name_property(kind: str, strength: str) -> str:
    if strength.lower().startswith("low"):
        return "weakAlias"
    written = kind.strip().lower()
    return "name" if written == "primary name" else "previousName" if written == "fka" else "alias"


def _line(record: Record, columns: Columns) -> Entry:
    name = joined(*(record.one(part) for part in columns.parts))
    named = name_property(record.one(columns.kind), record.one(columns.strength))
    held = facts({fact: record.take(*fields) for fact, fields in columns.facts.items()})
    home = [record.one(field) for field in columns.address]
    countries = [NUMBERED.sub("", value).strip(" .") for value in numbered(home[-1])]
    held[named] = tuple(filter(None, (name, *held.get(named, ()))))
    more = properties(address=joined(*home, by=", "), country=tuple(countries))
    record.take(*columns.aside)
    return Entry(
        record.one(columns.number), SCHEMATA.get(record.one(columns.schema).lower(), "LegalEntity"), held | more
    )


def _read_table(sample: Sample, audit: Audit, columns: Columns) -> Contents:
    entries = []
    for record in under_header(sample, {columns.number, "name 6"}, audit):
        entries.append(_line(record, columns))
        audit.close(record)
    return Contents(entries, _reported(sample))


def _reported(sample: Sample) -> str:
    """Return the day that stands above the header: `Report Date: 13-Feb-2026`, or `Last Updated,27/01/2026`."""
    cells = " ".join(next(grid(sample), []))
    if found := REPORTED.search(cells):
        return named_month(found[0].replace("-", " "))
    found = DAY_FIRST.search(cells)
    return day_first(found[0]) if found else ""


def _read_consolidated_xml(sample: Sample, audit: Audit) -> Contents:
    entries = []
    for element in elements(sample.path, "FinancialSanctionsTarget"):
        record = Record.of_xml(element)
        entries.append(_line(record, CONSOLIDATED_XML))
        audit.close(record)
    return Contents(entries)


UK_PUBLISHER = "United Kingdom, Foreign, Commonwealth and Development Office"
OFSI_PUBLISHER = "United Kingdom, Office of Financial Sanctions Implementation"
UK_SANCTIONS_TABLE = Format(
    title="the UK Sanctions List (CSV or workbook)",
    name="uk-sanctions",
    publisher=UK_PUBLISHER,
    recognises=lambda sample: has_header(sample, {SANCTIONS_LIST.number, *PARTS}),
    read=lambda sample, audit: _read_table(sample, audit, SANCTIONS_LIST),
)
OFSI_TABLE = Format(
    title="OFSI's consolidated list (CSV or workbook)",
    name="uk-ofsi",
    publisher=OFSI_PUBLISHER,
    recognises=lambda sample: has_header(sample, {CONSOLIDATED.number, *PARTS}),
    read=lambda sample, audit: _read_table(sample, audit, CONSOLIDATED),
)
OFSI_XML = Format(
    title="OFSI's consolidated list (XML)",
    name="uk-ofsi",
    publisher=OFSI_PUBLISHER,
    recognises=lambda sample: sample.root == "ArrayOfFinancialSanctionsTarget",
    read=_read_consolidated_xml,
)
