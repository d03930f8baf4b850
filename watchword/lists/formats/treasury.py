"""OFAC's list of Specially Designated Nationals: the CSV files without a header, or `sdn.xml`."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from watchword.lists.entry import Entry, Properties
from watchword.lists.formats.base import Contents, Format, elements, joined, properties
from watchword.lists.formats.dates import named_month
from watchword.lists.record import Audit, Record, clean
from watchword.lists.sample import Sample, decoded

SCHEMATA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
# The CSV leaves the type of organisations open.
OPEN_TYPE = "entity"
MAIN = "sdn.csv"
MAIN_COLUMNS = (
    *("number", "name", "type", "program", "title", "call_sign", "vessel_type"),
    *("tonnage", "gross_tonnage", "flag", "owner", "remarks"),
)
ALIAS_COLUMNS = ("number", "alias_number", "kind", "alias", "note")
ADDRESS_COLUMNS = ("number", "address_number", "street", "city", "country", "note")
NOTHING = "-0-"

# What the CSV says in its last column, a clause each, and sdn.xml in elements of its own.
CLAUSES = {
    "birthDate": re.compile(r"(?:alt\. )?DOB (.+)"),
    "birthPlace": re.compile(r"(?:alt\. )?POB (.+)"),
    "nationality": re.compile(r"(?:alt\. )?nationality (.+)"),
    "citizenship": re.compile(r"(?:alt\. )?citizen (.+)"),
    "passportNumber": re.compile(r"(?:alt\. )?Passport (\S+).*"),
    "imoNumber": re.compile(r"Vessel Registration Identification (IMO \d+).*"),
    "weakAlias": re.compile(r"(?:alt\. )?a\.k\.a\. '(.+)'"),
    "previousName": re.compile(r"(?:alt\. )?f\.k\.a\. '(.+)'"),
}


def _read_csv(sample: Sample, audit: Audit) -> Contents:
    folder = sample.path if sample.kind == "folder" else None
    main = _named(folder, MAIN) if folder else sample.path
    aliases, addresses = (_named(folder, f"{part}.csv") if folder else None for part in ("alt", "add"))
    if aliases is None:
        where = "the folder has none" if folder else "import the folder that holds all"
        audit.say(f"the names and addresses of `alt.csv` and `add.csv` are not read; {where}")
    entries = [_main_entry(record) for record in _lines(main, MAIN_COLUMNS)]
    known = {entry.number for entry in entries}
    more = [
        *(_alias_entry(record) for record in _lines(aliases, ALIAS_COLUMNS)),
        *(_address_entry(record) for record in _lines(addresses, ADDRESS_COLUMNS)),
    ]
    return Contents(entries, further=[entry for entry in more if entry.number in known])


def _named(folder: Path, name: str) -> Path | None:
    return next((path for path in folder.iterdir() if path.name.lower() == name), None)


def _lines(path: Path | None, columns: tuple[str, ...]) -> Iterator[Record]:
    """Yield the lines that begin with a number: neither a header nor the control character at the end."""
    if path is None:
        return
    text = decoded(path.read_bytes())
    for row in csv.reader(io.StringIO(text, newline="")):
        if row and row[0].strip().isdigit():
            yield Record.of_row(dict(zip(columns, row, strict=False)))


def _main_entry(record: Record) -> Entry:
    remarks = record.one("remarks").rstrip(".")
    said = properties(**{name: tuple(_clauses(remarks, pattern)) for name, pattern in CLAUSES.items()})
    if "birthDate" in said:
        said["birthDate"] = tuple(map(named_month, said["birthDate"]))
    held = properties(
        name=record.one("name"),
        program=tuple(filter(None, re.split(r"[\[\]]+\s*", record.one("program")))),
        title=record.take("title"),
        callSign=record.take("call_sign"),
        type=record.take("vessel_type"),
        tonnage=record.take("tonnage", "gross_tonnage"),
        flag=record.take("flag"),
        owner=record.take("owner"),
        notes=remarks,
    )
    kind = record.one("type").lower() or OPEN_TYPE
    return Entry(record.one("number"), SCHEMATA.get(kind, "LegalEntity"), {**held, **said})


def _clauses(remarks: str, pattern: re.Pattern[str]) -> Iterator[str]:
    for clause in remarks.split(";"):
        if found := pattern.fullmatch(clause.strip().rstrip(".")):
            yield found[1]


def _alias_entry(record: Record) -> Entry:
    former = record.one("kind").lower() == "fka"
    held = properties(**{"previousName" if former else "alias": record.take("alias")})
    return Entry(record.one("number"), "LegalEntity", held)


def _address_entry(record: Record) -> Entry:
    number, country = record.one("number"), record.one("country")
    street = (record.one("street"), record.one("city"), country, record.one("note"))
    return Entry(number, "LegalEntity", properties(address=joined(*street, by=", "), country=country))


def _read_xml(sample: Sample, audit: Audit) -> Contents:
    entries, published = [], ""
    for element in elements(sample.path, "sdnEntry", "publshInformation", "publishInformation"):
        record = Record.of_xml(element)
        if not element.tag.endswith("sdnEntry"):
            published = named_month(record.one("Publish_Date"))
            continue
        entries.append(_xml_entry(record))
        audit.close(record)
    return Contents(entries, published)


def _inner(record: Record, outer: str, inner: str) -> Iterator[Record]:
    for held in record.records(outer):
        for one in held.records(inner):
            one.take("uid", "mainEntry")
            yield one


def _xml_entry(record: Record) -> Entry:
    listed = partial(_inner, record)
    address = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
    homes = [[home.one(field) for field in address] for home in listed("addressList", "address")]
    held = properties(
        name=_whole_name(record),
        title=record.take("title"),
        notes=record.take("remarks"),
        program=tuple(name for held in record.records("programList") for name in held.take("program")),
        address=tuple(joined(*home, by=", ") for home in homes),
        country=tuple(home[-1] for home in homes),
        nationality=_taken(listed("nationalityList", "nationality"), "country"),
        citizenship=_taken(listed("citizenshipList", "citizenship"), "country"),
        birthDate=tuple(map(named_month, _taken(listed("dateOfBirthList", "dateOfBirthItem"), "dateOfBirth"))),
        birthPlace=_taken(listed("placeOfBirthList", "placeOfBirthItem"), "placeOfBirth"),
    )
    kind = SCHEMATA.get(record.one("sdnType").lower(), "LegalEntity")
    return Entry(record.one("uid"), kind, {**held, **_aliases(record), **_papers(record), **_vessel(record)})


def _whole_name(record: Record) -> str:
    """Return a name as the CSV prints it: the family name, a comma, the others."""
    return joined(record.one("lastName"), record.one("firstName"), by=", ")


def _taken(records: Iterable[Record], name: str) -> tuple[str, ...]:
    return tuple(value for record in records for value in record.take(name))


def _aliases(record: Record) -> Properties:
    found: dict[str, list[str]] = {"alias": [], "weakAlias": [], "previousName": []}
    for alias in _inner(record, "akaList", "aka"):
        kind = "previousName" if alias.one("type").lower().startswith("f.k.a") else "alias"
        found["weakAlias" if alias.one("category").lower() == "weak" else kind].append(_whole_name(alias))
    return properties(**{name: tuple(values) for name, values in found.items()})


def _papers(record: Record) -> Properties:
    found: dict[str, list[str]] = {"passportNumber": [], "imoNumber": [], "idNumber": [], "document": []}
    for paper in _inner(record, "idList", "id"):
        kind, number = paper.one("idType"), paper.one("idNumber")
        others = paper.take("idCountry", "issueDate", "expirationDate")
        name = "passportNumber" if kind == "Passport" else "imoNumber" if number.startswith("IMO ") else "idNumber"
        found[name].append(number)
        found["document"].append(joined(kind, number, *others, by=", "))
    return properties(**{name: tuple(values) for name, values in found.items()})


def _vessel(record: Record) -> Properties:
    ship = next(record.records("vesselInfo"), Record({}))
    return properties(
        callSign=ship.take("callSign"),
        type=ship.take("vesselType"),
        flag=ship.take("vesselFlag"),
        owner=ship.take("vesselOwner"),
        tonnage=ship.take("tonnage", "grossRegisteredTonnage"),
    )


def _recognises_csv(sample: Sample) -> bool:
    if sample.kind == "folder":
        return MAIN in sample.names
    rows = [row for row in sample.rows if row and clean(row[0]).isdigit()]
    return sample.kind == "csv" and bool(rows) and all(len(r) == len(MAIN_COLUMNS) and NOTHING in r for r in rows)


TREASURY_CSV = Format(
    title="OFAC's SDN list (`sdn.csv`, or the folder with `alt.csv` and `add.csv`)",
    name="us-ofac-sdn",
    publisher="US Department of the Treasury, OFAC",
    recognises=_recognises_csv,
    read=_read_csv,
)
TREASURY_XML = Format(
    title="OFAC's SDN list (`sdn.xml`)",
    name="us-ofac-sdn",
    publisher="US Department of the Treasury, OFAC",
    recognises=lambda sample: sample.root == "sdnList",
    read=_read_xml,
)
