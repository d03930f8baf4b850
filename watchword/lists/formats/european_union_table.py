"""The European Union's consolidated list as CSV, version 1.1: a line an alias, address, birth, paper or citizenship.

Its columns are the names of the XML: `NameAlias_WholeName` is the attribute `wholeName` of `nameAlias`. A line is
brought into that form and read as the XML is.
"""

from watchword.lists.formats.base import Contents, Format
from watchword.lists.formats.dates import day_first
from watchword.lists.formats.european_union import PUBLISHER, entry_of
from watchword.lists.grid import has_header, under_header
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample

NEEDED = frozenset({"entity_logicalid", "namealias_wholename"})
PARTS = {
    "namealias": "nameAlias",
    "birthdate": "birthdate",
    "address": "address",
    "identification": "identification",
    "citizenship": "citizenship",
}
# Attributes whose names the XML writes otherwise, or in capitals inside.
ATTRIBUTES = {
    name.lower(): name
    for name in (
        *(
            "logicalId",
            "unitedNationId",
            "designationDate",
            "designationDetails",
            "firstName",
            "middleName",
            "lastName",
        ),
        *("wholeName", "nameLanguage", "poBox", "zipCode", "asAtListingTime", "contactInfo", "countryIso2Code"),
        *("countryDescription", "yearRangeFrom", "yearRangeTo", "calendarType", "latinNumber", "regulationLanguage"),
        *("publicationDate", "publicationUrl", "numberTitle"),
    )
} | {
    "eu_referencenumber": "euReferenceNumber",
    "day": "dayOfMonth",
    "month": "monthOfYear",
    "typecode": "identificationTypeCode",
    "typedescription": "identificationTypeDescription",
}
# The kind stands in two columns, in one as a letter, in the other as a word.
KINDS = {"p": "person", "e": "enterprise"}


def _read(sample: Sample, audit: Audit) -> Contents:
    entries, published = [], ""
    for record in under_header(sample, NEEDED, audit):
        published = day_first(record.one("filegenerationdate"))
        nested = _nested(record)
        entries.append(entry_of(nested))
        audit.close(nested)
    return Contents(entries, published)


def _nested(record: Record) -> Record:
    """Return a line as the element of the XML that says the same."""
    kinds = record.take("entity_subjecttype", "entity_subjecttype_classificationcode")
    kind = next((KINDS.get(k.lower(), k.lower()) for k in kinds if k.lower() in {*KINDS, *KINDS.values()}), "")
    fields: dict[str, list[str | Record]] = {"subjectType": [Record({"@code": [kind]})]}
    parts: dict[str, dict[str, list[str | Record]]] = {}
    for column in list(record.left()):
        prefix, _, name = column.partition("_")
        values: list[str | Record] = list(record.take(column))
        if name.startswith("regulation_"):
            if prefix == "entity":
                parts.setdefault("regulation", {})[_attribute(name.removeprefix("regulation_"))] = values
        elif prefix == "entity":
            fields["remark" if name == "remark" else _attribute(name)] = values
        elif prefix in PARTS:
            parts.setdefault(PARTS[prefix], {})[_attribute(name)] = values
        else:
            fields[column] = values
    return Record({**fields, **{name: [Record(held)] for name, held in parts.items()}})


def _attribute(name: str) -> str:
    # The XML has these two as elements.
    return (
        name if name == "remark" else "publicationUrl" if name == "publicationurl" else f"@{ATTRIBUTES.get(name, name)}"
    )


EUROPEAN_UNION_TABLE = Format(
    title="the European Union's consolidated list (CSV)",
    name="eu",
    publisher=PUBLISHER,
    recognises=lambda sample: has_header(sample, NEEDED),
    read=_read,
)
