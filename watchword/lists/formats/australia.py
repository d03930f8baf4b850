"""Australia's consolidated list of DFAT: a table, CSV or Excel, with a name of a party a line.

A party has a number, and its further names the number with a letter: `101`, `101a`, `101b`.
"""

import re

from watchword.lists.entry import Entry
from watchword.lists.formats.base import Contents, Format, imo_number, properties
from watchword.lists.formats.dates import day_first
from watchword.lists.grid import has_header, under_header
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample

NAME, REFERENCE = "name of individual or entity", "reference"
SCHEMATA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel"}
NUMBER = re.compile(r"\d+")
# `a) 12 June 1970; b) 1971`: several dates or places in one cell.
LETTERED = re.compile(r"(?:^|[;\s])\s*[a-z]\)\s+|;\s*")
PROVISIONS = ("targeted financial sanction", "travel ban", "arms embargo", "maritime restriction")
NO = frozenset({"", "no", "false", "0"})


def _read(sample: Sample, audit: Audit) -> Contents:
    entries = []
    for record in under_header(sample, {REFERENCE, NAME}, audit):
        entries.append(_entry(record))
        audit.close(record)
    return Contents(entries)


def _entry(record: Record) -> Entry:
    reference = record.one(REFERENCE)
    found = NUMBER.match(reference)
    kind, strength = record.one("name type").lower(), record.one("alias strength").lower()
    named = "weakAlias" if strength == "weak" else "name" if kind.startswith("primary") else "alias"
    schema = SCHEMATA.get(record.one("type").lower(), "LegalEntity")
    citizenship = tuple(filter(None, map(str.strip, record.one("citizenship").split(","))))
    held = properties(
        **{named: (record.one(NAME),), "nationality" if schema == "Person" else "country": citizenship},
        birthDate=tuple(map(day_first, _apart(record.one("date of birth")))),
        birthPlace=_apart(record.one("place of birth")),
        address=_apart(record.one("address")),
        imoNumber=tuple(map(imo_number, record.take("imo number"))),
        program=record.take("committees"),
        provisions=tuple(name for name in PROVISIONS if record.one(name).lower() not in NO),
        notes=record.take("additional information"),
        summary=record.take("listing information", "instrument of designation"),
        createdAt=day_first(record.one("control date")),
    )
    return Entry(found[0] if found else reference, schema, held)


def _apart(cell: str) -> tuple[str, ...]:
    return tuple(value for piece in LETTERED.split(cell) if (value := piece.strip(" ,")))


AUSTRALIA = Format(
    title="Australia's consolidated list of DFAT (CSV or workbook)",
    name="au-dfat",
    publisher="Australia, Department of Foreign Affairs and Trade",
    recognises=lambda sample: has_header(sample, {REFERENCE, NAME}),
    read=_read,
)
