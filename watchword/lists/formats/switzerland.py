"""Switzerland's consolidated list of SECO, in its XML: targets, the places and programmes they refer to, and history.

A target that was delisted stays in the file, and what a modification took away stands inside it; neither is read.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from watchword.lists.entry import Entry, Properties
from watchword.lists.formats.base import Contents, Format, elements, imo_number, joined, properties
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample

SCHEMATA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
KINDS = ("individual", "entity", "object")
PROPERTIES = {"primary-name": "name", "alias": "alias", "formerly-known-as": "previousName"}
PLACE = ("location", "area", "country")
HOME = ("c-o", "address-details", "p-o-box", "zip-code", "location", "area", "remarks", "country")
LISTED_OUT = "de-listed"
# Numbers of the publisher's rows, and where a justification stands in the ordinance.
ASIDE = ("@ssid", "relation", "@lang", "generic-attribute")


@dataclass
class Book:
    """What targets refer to by number: places as texts with their country, and programmes."""

    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    programmes: dict[str, str] = field(default_factory=dict)


def _read(sample: Sample, audit: Audit) -> Contents:
    book, entries, gone = _book(sample), [], 0
    for element in elements(sample.path, "target"):
        # Targets inside a modification say what an entry was, not what it is.
        if element.getparent() is None or element.getparent().getparent() is not None:
            continue
        if _delisted(element):
            gone += 1
            continue
        record = Record.of_xml(element)
        entries.append(_entry(record, book))
        audit.close(record)
    if gone:
        audit.say(f"{gone} targets were delisted and are left out")
    return Contents(entries, sample.attributes.get("date", "")[:10])


def _book(sample: Sample) -> Book:
    book = Book()
    for element in elements(sample.path, "place", "sanctions-program"):
        if element.tag == "place":
            texts = {child.tag: " ".join((child.text or "").split()) for child in element}
            text = joined(*(texts.get(part, "") for part in PLACE), by=", ")
            book.places[element.get("ssid", "")] = (text, texts.get("country", ""))
            continue
        name = _in_english(element, "program-name") or _in_english(element, "program-key")
        for inner in element.iter("sanctions-set"):
            book.programmes[inner.get("ssid", "")] = name
    return book


def _in_english(element: Any, tag: str) -> str:
    texts = {child.get("lang", "eng"): " ".join((child.text or "").split()) for child in element.iter(tag)}
    return texts.get("eng") or next(iter(texts.values()), "")


def _delisted(element: Any) -> bool:
    steps = element.findall("modification")
    latest = max(steps, key=lambda step: step.get("effective-date") or step.get("publication-date") or "", default=None)
    return latest is not None and latest.get("modification-type") == LISTED_OUT


def _entry(record: Record, book: Book) -> Entry:
    kind = next((kind for kind in KINDS for _ in record.records(kind)), "")
    inner = next(record.records(kind), Record({}))
    sets = record.take("sanctions-set-id", "@sanctions-set-id")
    steps = [step.one("@publication-date", "@effective-date") for step in record.records("modification")]
    notes = inner.take("justification", "other-information")
    held = {
        **_identities(inner, book),
        **properties(
            gender=inner.take("@sex"),
            program=tuple(book.programmes.get(number, number) for number in sets),
            notes=notes,
            imoNumber=tuple(imo_number(note) for note in notes if note.startswith("IMO")),
            recordId=record.take("foreign-identifier"),
            createdAt=min(filter(None, steps), default=""),
        ),
    }
    schema = SCHEMATA.get(inner.one("@object-type").lower() or kind, "LegalEntity")
    number = record.one("@ssid")
    inner.take(*ASIDE)
    record.take("modification", *ASIDE)
    return Entry(number, schema, held)


def _identities(inner: Record, book: Book) -> Properties:
    found: dict[str, list[str]] = defaultdict(list)
    for identity in inner.records("identity"):
        for name in identity.records("name"):
            _name(name, found)
        for home in identity.records("address"):
            address, country = _place(home, book)
            found["address"].append(address)
            found["country"].append(country)
        for born in identity.records("day-month-year"):
            found["birthDate"].append(_date(born))
        for born in identity.records("place-of-birth"):
            found["birthPlace"].append(_place(born, book)[0])
        for nationality in identity.records("nationality"):
            found["nationality"] += [
                c.one("@iso-code").lower() or c.one("#text") for c in nationality.records("country")
            ]
        for paper in identity.records("identification-document"):
            _paper(paper, found)
        identity.take("@main", "name", "nationality", "identification-document", "place-of-birth", "address", *ASIDE)
    return properties(**{name: tuple(values) for name, values in found.items()})


def _name(name: Record, found: dict[str, list[str]]) -> None:
    kind = PROPERTIES.get(name.one("@name-type"), "alias")
    said = "weakAlias" if name.one("@quality") == "low" else kind
    first, *others = list(_spellings(name, found)) or [""]
    found[said].append(first)
    found["alias" if said == "name" else said] += others


def _spellings(name: Record, found: dict[str, list[str]]) -> Iterator[str]:
    """Yield the name as it stands, then as its parts are spelt otherwise, a language and script at a time."""
    parts = sorted(name.records("name-part"), key=lambda part: int(part.one("@order") or 0))
    base: list[str] = []
    others: dict[tuple[str, str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for part in parts:
        value = part.one("value")
        if part.one("@name-part-type") == "title":
            found["title"].append(value)
            part.take("spelling-variant")
            continue
        for variant in part.records("spelling-variant"):
            others[variant.one("@lang"), variant.one("@script")][len(base)].append(variant.one("#text"))
        base.append(value)
    yield joined(*base)
    for spelt in others.values():
        for turn in range(max(map(len, spelt.values()))):
            yield joined(*(_turn(spelt.get(n, []), turn) or value for n, value in enumerate(base)))


def _turn(variants: list[str], turn: int) -> str:
    return variants[min(turn, len(variants) - 1)] if variants else ""


def _date(born: Record) -> str:
    """Return a date of birth as far as it is known."""
    parts = [born.one(part) for part in ("@year", "@month", "@day")]
    born.take("@calendar", *ASIDE)
    known = parts[: parts.index("")] if "" in parts else parts
    return "-".join(part.zfill(2) for part in known)


def _place(record: Record, book: Book) -> tuple[str, str]:
    """Return a place as text, and its country: what the record says, and the place that it refers to."""
    text, country = book.places.get(record.one("@place-id"), ("", ""))
    *own, own_country = [record.one(part) for part in HOME]
    record.take("@main", *ASIDE)
    return joined(*own, text or own_country, by=", "), country or own_country


def _paper(paper: Record, found: dict[str, list[str]]) -> None:
    kind, number = paper.one("@document-type"), paper.one("number")
    found["passportNumber" if "passport" in kind else "idNumber"].append(number)
    facts = paper.take("issuer", "date-of-issue", "expiry-date", "place-of-issue", "remark")
    found["document"].append(joined(kind, number, *facts, by=", "))
    paper.take(*ASIDE)


SWITZERLAND = Format(
    title="Switzerland's consolidated list of SECO (XML)",
    name="ch-seco",
    publisher="Switzerland, State Secretariat for Economic Affairs",
    recognises=lambda sample: sample.root == "swiss-sanctions-list",
    read=_read,
)
