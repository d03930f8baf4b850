"""The UK Sanctions List in its XML: an element a party, with everything that is known of it inside."""

from collections.abc import Iterator

from watchword.lists.entry import Entry, Properties
from watchword.lists.formats.base import Contents, Format, elements, joined, properties
from watchword.lists.formats.dates import day_first
from watchword.lists.formats.united_kingdom import SCHEMATA, UK_PUBLISHER, facts, name_property
from watchword.lists.formats.united_kingdom_fields import DESIGNATION
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample

NAME = tuple(f"Name{n}" for n in range(1, 7))
ADDRESS = (*(f"AddressLine{n}" for n in range(1, 7)), "AddressPostalCode", "AddressCountry")
ASIDE = ("NonLatinScriptType", "NonLatinScriptLanguage", "LengthOfShip", "HullIdentificationNumber")


def _read(sample: Sample, audit: Audit) -> Contents:
    entries, published = [], ""
    for element in elements(sample.path, "Designation", "DateGenerated"):
        if element.tag.endswith("DateGenerated"):
            published = day_first(element.text or "")
            continue
        record = Record.of_xml(element)
        entries.append(_entry(record))
        audit.close(record)
    return Contents(entries, published)


def _entry(record: Record) -> Entry:
    # What the sanctions are is said in words as well.
    record.take("SanctionsImposedIndicators")
    homes = [[home.one(field) for field in ADDRESS] for home in _inside(record, "Addresses", "Address")]
    births = [joined(born.one("TownOfBirth"), born.one("CountryOfBirth"), by=", ") for born in _births(record)]
    said = facts({fact: record.every(*fields) for fact, fields in DESIGNATION.items()})
    more = properties(
        address=tuple(joined(*home, by=", ") for home in homes),
        country=tuple(home[-1] for home in homes),
        birthPlace=tuple(births),
    )
    kind = SCHEMATA.get(record.one("IndividualEntityShip").lower(), "LegalEntity")
    record.every(*ASIDE)
    return Entry(record.one("UniqueID"), kind, {**said, **more, **_names(record, said.get("alias", ()))})


def _names(record: Record, in_own_script: tuple[str, ...]) -> Properties:
    found: dict[str, list[str]] = {"name": [], "alias": [*in_own_script], "weakAlias": [], "previousName": []}
    for name in _inside(record, "Names", "Name"):
        spelt = joined(*(name.one(part) for part in NAME))
        found[name_property(name.one("NameType"), name.one("AliasStrength"))].append(spelt)
    first, *others = found["name"] or [""]
    return properties(
        name=first, alias=(*others, *found["alias"]), **{n: tuple(found[n]) for n in ("weakAlias", "previousName")}
    )


def _inside(record: Record, *path: str) -> Iterator[Record]:
    outer, *inner = path
    for held in record.records(outer):
        yield from _inside(held, *inner) if inner else (held,)


def _births(record: Record) -> Iterator[Record]:
    return _inside(record, "IndividualDetails", "Individual", "BirthDetails", "Location")


UK_SANCTIONS_XML = Format(
    title="the UK Sanctions List (XML)",
    name="uk-sanctions",
    publisher=UK_PUBLISHER,
    recognises=lambda sample: sample.root == "Designations",
    read=_read,
)
