"""Canada's consolidated list of autonomous sanctions, in its XML: a flat record a party.

Names of elements were in two languages for some years (`LastName-NomDeFamille`); the English part is read. A record has
no number of its own: regulation, schedule and item name it. `Country` names the regulation, not a nationality.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from nlp.legal_forms import legal_forms
from watchword.lists.entry import Entry
from watchword.lists.formats.base import Contents, Format, elements, imo_number, joined, properties
from watchword.lists.record import Audit, Record, clean
from watchword.lists.sample import Sample

# `Belarus / Bélarus`, `General | Général`: English goes first.
LANGUAGES = re.compile(r" [/|] ")
ALIASES = re.compile(r"\s*;\s*|,\s+|\s+/\s+")
# `Russian: Андрей Романович`: the language of an alias.
LABEL = re.compile(r"^[^\W\d_]+(?: [^\W\d_]+)?:\s+")
NOT_IN_NUMBER = re.compile(r"[^\w]+")


def _read(sample: Sample, audit: Audit) -> Contents:
    entries, seen = [], Counter[str]()
    for element in elements(sample.path, "record"):
        record = _record(element)
        entry = _entry(record, seen)
        entries.append(entry)
        audit.close(record)
    return Contents(entries)


def _record(element: Any) -> Record:
    fields: dict[str, list[str | Record]] = {}
    for child in element:
        if isinstance(child.tag, str):
            name = child.tag.rpartition("}")[2].partition("-")[0]
            fields.setdefault(name, []).append("".join(child.itertext()))
    return Record(fields)


def _entry(record: Record, seen: Counter[str]) -> Entry:
    country, schedule, item = (record.one(field) for field in ("Country", "Schedule", "Item"))
    regime = LANGUAGES.split(country)[0]
    person = joined(record.one("GivenName"), record.one("LastName"))
    vessel = imo_number(record.one("ShipIMONumber"))
    born = record.take("DateOfBirthOrShipBuildDate", "DateOfBirth")
    held = properties(
        name=person or record.one("EntityOrShip", "Entity"),
        alias=tuple(_aliases(record.one("Aliases"))),
        program=joined(regime, f"Schedule {schedule}" if schedule else "", by=", "),
        createdAt=record.take("DateOfListing"),
        imoNumber=vessel,
        **{"birthDate" if person else "buildDate": born},
        **{"title" if person else "type": record.take("TitleOrShip", "TitleOrShipType", "Title")},
    )
    number = NOT_IN_NUMBER.sub("-", joined(regime, schedule, item).lower()).strip("-")
    seen[number] += 1
    # Two records under one item are two parties all the same.
    unique = number if seen[number] == 1 else f"{number}-{seen[number]}"
    return Entry(unique, "Person" if person else "Vessel" if vessel else "Organization", held)


def _aliases(written: str) -> Iterator[str]:
    """Yield the names in *written*; `Trading Co., Ltd.` stays one."""
    told: list[str] = []
    for piece in map(clean, ALIASES.split(written)):
        if told and piece.casefold().rstrip(".") in _forms():
            told[-1] = f"{told[-1]}, {piece}"
        elif piece:
            told.append(LABEL.sub("", piece))
    yield from told


@cache
def _forms() -> frozenset[str]:
    return frozenset(form.written.casefold().rstrip(".") for form in legal_forms())


CANADA = Format(
    title="Canada's consolidated list of autonomous sanctions (XML)",
    name="ca-sema",
    publisher="Global Affairs Canada",
    recognises=lambda sample: sample.root == "data-set",
    read=_read,
)
