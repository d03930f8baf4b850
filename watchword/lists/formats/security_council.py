"""The UN Security Council's consolidated list, in the XML that the Secretariat publishes."""

from watchword.lists.entry import Entry, Properties
from watchword.lists.formats.base import Contents, Format, elements, joined, properties
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample

SCHEMATA = {"INDIVIDUAL": "Person", "ENTITY": "Organization"}
# Sorting aids and the version of the schema; every file has the same.
IGNORED = ("VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD")
PASSPORTS = ("passport", "passeport", "pasaporte")


def _read(sample: Sample, audit: Audit) -> Contents:
    entries = []
    for element in elements(sample.path, *SCHEMATA):
        kind = element.tag
        record = Record.of_xml(element)
        entries.append(_entry(kind, record))
        audit.close(record)
    return Contents(entries, sample.attributes.get("dateGenerated", "")[:10])


def _entry(kind: str, record: Record) -> Entry:
    record.take(*IGNORED)
    data_id = record.one("DATAID")
    number = record.one("REFERENCE_NUMBER") or data_id
    parts = (record.one(f"{place}_NAME") for place in ("FIRST", "SECOND", "THIRD", "FOURTH"))
    held: Properties = {
        **properties(name=joined(*parts) or number),
        **_names(kind, record),
        **_birth(record),
        **_documents(record),
        **_addresses(kind, record),
        **properties(
            nationality=tuple(v for r in record.records("NATIONALITY") for v in r.take("VALUE")),
            title=tuple(v for r in record.records("TITLE") for v in r.take("VALUE")),
            position=tuple(v for r in record.records("DESIGNATION") for v in r.take("VALUE")),
            gender=record.take("GENDER"),
            program=record.take("UN_LIST_TYPE"),
            topics=tuple(v for r in record.records("LIST_TYPE") for v in r.take("VALUE")),
            createdAt=record.take("LISTED_ON"),
            modifiedAt=tuple(v for r in record.records("LAST_DAY_UPDATED") for v in r.take("VALUE")),
            author=record.take("SUBMITTED_BY"),
            date=record.take("SUBMITTED_ON"),
            notes=record.take("COMMENTS1"),
            recordId=data_id,
        ),
    }
    record.take("NATIONALITY", "TITLE", "DESIGNATION", "LIST_TYPE", "LAST_DAY_UPDATED")
    return Entry(number, SCHEMATA[kind], held)


def _names(kind: str, record: Record) -> Properties:
    good: list[str] = []
    weak: list[str] = []
    former: list[str] = []
    facts: list[str] = []
    for alias in record.records(f"{kind}_ALIAS"):
        quality, name = alias.one("QUALITY").lower(), alias.take("ALIAS_NAME")
        (weak if quality == "low" else former if quality == "f.k.a." else good).extend(name)
        fact = joined(*alias.take("DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "NOTE"), by=", ")
        facts += [f"{joined(*name)}: {fact}"] if fact else []
    original = record.take("NAME_ORIGINAL_SCRIPT")
    return properties(
        alias=(*original, *good), weakAlias=tuple(weak), previousName=tuple(former), description=tuple(facts)
    )


def _birth(record: Record) -> Properties:
    dates, notes = [], []
    for date in record.records("INDIVIDUAL_DATE_OF_BIRTH"):
        kind = date.one("TYPE_OF_DATE")
        day = date.one("DATE")[:10] or date.one("YEAR")
        years = date.one("FROM_YEAR"), date.one("TO_YEAR")
        date.take("YEAR")
        dates.append(day or joined(*years, by="/"))
        notes += [note for note in (date.one("NOTE"), kind if kind not in {"EXACT", ""} else "") if note]
    places = (
        joined(*(r.one(f) for f in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE")), by=", ")
        for r in record.records("INDIVIDUAL_PLACE_OF_BIRTH")
    )
    return properties(birthDate=tuple(dates), birthDateNote=tuple(notes), birthPlace=tuple(places))


def _documents(record: Record) -> Properties:
    passports: list[str] = []
    others: list[str] = []
    described: list[str] = []
    for document in record.records("INDIVIDUAL_DOCUMENT"):
        kind, other = document.one("TYPE_OF_DOCUMENT"), document.one("TYPE_OF_DOCUMENT2")
        number = document.take("NUMBER")
        is_passport = kind.lower().startswith(PASSPORTS)
        (passports if is_passport else others).extend(number)
        facts = document.take("ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE", "DATE_OF_ISSUE", "NOTE")
        described.append(joined(kind, other, *number, *facts, by=", "))
    return properties(passportNumber=tuple(passports), idNumber=tuple(others), document=tuple(described))


def _addresses(kind: str, record: Record) -> Properties:
    addresses, countries = [], []
    for address in record.records(f"{kind}_ADDRESS"):
        fields = (address.one(field) for field in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE"))
        country = address.one("COUNTRY")
        countries.append(country)
        addresses.append(joined(*fields, country, address.one("NOTE"), by=", "))
    return properties(address=tuple(addresses), country=tuple(countries))


SECURITY_COUNCIL = Format(
    title="the consolidated list of the UN Security Council (XML)",
    name="un",
    publisher="United Nations Security Council",
    recognises=lambda sample: sample.root == "CONSOLIDATED_LIST",
    read=_read,
)
