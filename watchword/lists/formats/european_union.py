"""The European Union's consolidated list of financial sanctions, in the XML of version 1.1."""

from watchword.lists.entry import Entry, Properties
from watchword.lists.formats.base import Contents, Format, elements, joined, properties
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample

SCHEMATA = {"person": "Person", "enterprise": "Organization"}
PUBLISHER = "European Union"
# `00` stands for a country that is not known.
NO_COUNTRY = "00"
# Numbers of the rows and of the legal acts that each fact rests on.
ASIDE = ("@logicalId", "@regulationLanguage", "regulationSummary", "remark")


def _read(sample: Sample, audit: Audit) -> Contents:
    entries = []
    for element in elements(sample.path, "sanctionEntity"):
        record = Record.of_xml(element)
        entries.append(entry_of(record))
        audit.close(record)
    return Contents(entries, sample.attributes.get("generationDate", "")[:10])


def entry_of(record: Record) -> Entry:
    """Return the party that a record in the form of `sanctionEntity` tells of."""
    kind = next((r.one("@code") for r in record.records("subjectType")), "").lower()
    acts = list(record.records("regulation"))
    held: Properties = {
        **_names(record),
        **_birth(record),
        **_papers(record),
        **_addresses(record),
        **properties(
            nationality=tuple(_country(r) for r in record.records("citizenship")),
            program=tuple(p for r in acts for p in r.take("@programme")),
            createdAt=record.take("@designationDate") or tuple(d for r in acts for d in r.take("@publicationDate")),
            sourceUrl=tuple(u for r in acts for u in r.take("publicationUrl")),
            notes=record.take("remark", "@designationDetails"),
            recordId=record.one("@unitedNationId"),
        ),
    }
    number = record.one("@euReferenceNumber") or record.one("@logicalId")
    record.take("@logicalId", "subjectType", "regulation", "citizenship")
    return Entry(number, SCHEMATA.get(kind, "LegalEntity"), held)


def _names(record: Record) -> Properties:
    good: list[str] = []
    weak: list[str] = []
    positions: list[str] = []
    for alias in record.records("nameAlias"):
        parts = alias.take("@firstName", "@middleName", "@lastName")
        name = alias.one("@wholeName") or joined(*parts)
        (weak if alias.one("@strong").lower() == "false" else good).append(name)
        positions += alias.take("@function", "@title")
        alias.take("@nameLanguage", "@gender", *ASIDE)
    if not good:
        good, weak = weak[:1], weak[1:]
    return properties(name=tuple(good[:1]), alias=tuple(good[1:]), weakAlias=tuple(weak), position=tuple(positions))


def _birth(record: Record) -> Properties:
    dates: list[str] = []
    places: list[str] = []
    for birth in record.records("birthdate"):
        parts = (birth.one("@year"), birth.one("@monthOfYear").zfill(2), birth.one("@dayOfMonth").zfill(2))
        known = parts[: parts.index("00")] if "00" in parts else parts
        dates.append(birth.one("@birthdate") or "-".join(known if parts[0] else ()))
        places.append(joined(*birth.take("@place", "@city", "@region"), _country(birth), by=", "))
        birth.take("@circa", "@calendarType", "@zipCode", "@yearRangeFrom", "@yearRangeTo", *ASIDE)
    return properties(birthDate=tuple(dates), birthPlace=tuple(places))


def _papers(record: Record) -> Properties:
    passports: list[str] = []
    others: list[str] = []
    for paper in record.records("identification"):
        number = paper.one("@number") or paper.one("@latinNumber")
        (passports if "passport" in paper.one("@identificationTypeCode").lower() else others).append(number)
    record.take("identification")
    return properties(passportNumber=tuple(passports), idNumber=tuple(others))


def _addresses(record: Record) -> Properties:
    addresses: list[str] = []
    countries: list[str] = []
    for address in record.records("address"):
        fields = ("@street", "@poBox", "@zipCode", "@city", "@place", "@region")
        country = _country(address)
        addresses.append(joined(*(address.one(field) for field in fields), country, by=", "))
        countries.append(country)
        address.take("@asAtListingTime", *ASIDE)
    return properties(address=tuple(addresses), country=tuple(countries))


def _country(record: Record) -> str:
    code, name = record.one("@countryIso2Code"), record.one("@countryDescription")
    return "" if code == NO_COUNTRY else name or code


EUROPEAN_UNION = Format(
    title="the European Union's consolidated list (XML)",
    name="eu",
    publisher=PUBLISHER,
    recognises=lambda sample: sample.root == "export" and "generationDate" in sample.names,
    read=_read,
)
