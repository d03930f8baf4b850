"""The US Consolidated Screening List as JSON: as trade.gov gives it, and in the compact form with tables of values."""

import hashlib
from typing import Any

from watchword.lists.entry import Entry, Properties
from watchword.lists.formats.base import Contents, Format, joined, properties
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample, load_json

SCHEMATA = {
    "individual": "Person",
    "entity": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}


def _read(sample: Sample, audit: Audit) -> Contents:
    value = load_json(sample.path)
    if "entries" in value:
        return _read_compact(value, audit)
    records = [Record.of_json(result) for result in value["results"]]
    entries = [_entry(record) for record in records]
    for record in records:
        audit.close(record)
    return Contents(entries)


def _read_compact(value: dict[str, Any], audit: Audit) -> Contents:
    tables = value["tables"]
    entries = []
    for line in value["entries"]:
        record = Record.of_json(line)
        entries.append(_compact_entry(record, tables))
        audit.close(record)
    return Contents(entries, str(value.get("sourceGeneratedAt", ""))[:10])


def _compact_entry(record: Record, tables: dict[str, list[str]]) -> Entry:
    def looked_up(field: str, table: str) -> str:
        index = record.one(field)
        return tables[table][int(index)] if index else ""

    name, source = record.one("n"), looked_up("s", "sources")
    held = properties(
        name=name,
        alias=record.take("a"),
        country=tuple(code.lower() for code in record.take("c")),
        program=(source, looked_up("pg", "programmes")),
        notes=(looked_up("lr", "licenceRequirements"), looked_up("lp", "licencePolicies")),
        federalRegister=record.take("fr"),
        sourceUrl=looked_up("u", "urls"),
    )
    return Entry(
        record.one("e") or made_number(source, name), SCHEMATA.get(record.one("t").lower(), "LegalEntity"), held
    )


def _entry(record: Record) -> Entry:
    name, source = record.one("name"), record.one("source")
    number = record.one("entity_number") or made_number(source, name)
    identifiers = [
        (r.one("type"), r.one("number"), joined(*r.take("country", "issue_date", "expiration_date")))
        for r in record.records("ids")
    ]
    passports = tuple(n for kind, n, _ in identifiers if "passport" in kind.lower())
    held: Properties = properties(
        name=name,
        alias=record.take("alt_names"),
        address=tuple(_address(r) for r in record.records("addresses")),
        country=tuple(code.lower() for code in record.take("country")),
        nationality=record.take("nationalities", "citizenships"),
        birthDate=record.take("dates_of_birth"),
        birthPlace=record.take("places_of_birth"),
        passportNumber=passports,
        idNumber=tuple(n for _, n, _ in identifiers if n not in passports),
        title=record.take("title"),
        program=(source, *record.take("programs")),
        createdAt=record.take("start_date"),
        endDate=record.take("end_date"),
        notes=record.take("remarks", "license_requirement", "license_policy", "standard_order"),
        federalRegister=record.take("federal_register_notice"),
        callSign=record.take("call_sign"),
        flag=record.take("vessel_flag"),
        type=record.take("vessel_type"),
        tonnage=record.take("gross_tonnage", "gross_registered_tonnage"),
        owner=record.take("vessel_owner"),
        sourceUrl=record.take("source_list_url", "source_information_url"),
    )
    record.take("id", "entity_number")
    return Entry(number, SCHEMATA.get(record.one("type").lower(), "LegalEntity"), held)


def _address(record: Record) -> str:
    return joined(*(record.one(f) for f in ("address", "city", "state", "postal_code", "country")), by=", ")


def made_number(source: str, name: str) -> str:
    """Return an identifier for a party to which the publisher gives none: its sub-list, and a digest of its name."""
    code = source.partition("(")[2].partition(")")[0] or "CSL"
    return f"{code}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _recognises(sample: Sample) -> bool:
    if sample.kind != "json":
        return False
    return (
        {"entries", "tables", "fieldKey"} <= sample.names
        or {"results", "search_performed_at"} <= sample.names
        or ({"results", "total"} <= sample.names)
    )


CONSOLIDATED_SCREENING_LIST = Format(
    title="the US consolidated screening list (JSON)",
    name="us-csl",
    publisher="US Departments of Commerce, State and the Treasury",
    recognises=_recognises,
    read=_read,
)
