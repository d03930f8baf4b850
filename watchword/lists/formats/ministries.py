"""Lists of trade ministries as JSON arrays: Japan's METI end users, and China's MOFCOM control lists."""

import re

from watchword.lists.countries import country_code
from watchword.lists.entry import Entry
from watchword.lists.formats.base import Contents, Format, properties
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample, load_json

KEYS = frozenset({"id", "entity_name", "aliases", "list_id", "source_list_name"})
SCHEMATA = {"organization": "Organization", "individual": "Person", "person": "Person", "vessel": "Vessel"}
NAMES = {
    "jp": ("jp-meti", "Japan, Ministry of Economy, Trade and Industry"),
    "cn": ("cn-mofcom", "China, Ministry of Commerce"),
}
# `Korea Wonbong Trading Corp. (朝鮮元峰貿易会社)`: the name in its own script stands in brackets behind it.
BRACKETED = re.compile(r"^(.*\S)\s*[(（]([^()（）]*[぀-ヿ㐀-鿿가-힣][^()（）]*)[)）]\s*$")


def _read(sample: Sample, audit: Audit) -> Contents:
    entries, publishers, misplaced = [], set(), 0
    for line in load_json(sample.path):
        record = Record.of_json(line)
        publishers.add(record.one("country"))
        entry = _entry(record)
        misplaced += "address" not in entry.properties and bool(line.get("addresses"))
        entries.append(entry)
        audit.close(record)
    if misplaced:
        audit.say(f"{misplaced} names stand in the field of addresses, behind the country; they are taken from there")
    name, publisher = NAMES.get(next(iter(publishers)), ("", "")) if len(publishers) == 1 else ("", "")
    return Contents(entries, name=name, publisher=publisher)


def _entry(record: Record) -> Entry:
    name, addresses = _name(record.one("entity_name"), record.take("addresses"))
    name, *spelt = _spellings(name)
    aliases = (spelling for alias in record.take("aliases") for spelling in _spellings(alias))
    held = properties(
        name=name,
        alias=(*spelt, *aliases),
        address=addresses,
        program=record.take("source_list_name"),
        notes=record.take("reason"),
        createdAt=record.take("date_added"),
        sourceUrl=record.take("source_url"),
    )
    number = record.one("id")
    # The day on which the copy was compared with the page says nothing of the party.
    record.take("last_verified", "list_id")
    return Entry(number, SCHEMATA.get(record.one("entity_type").lower(), "LegalEntity"), held)


def _name(name: str, addresses: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the name and the addresses; where the column was lost, the name stands behind the country."""
    words = addresses[0].split() if addresses and not name else []
    ends = (end for end in range(len(words) - 1, 0, -1) if country_code(" ".join(words[:end])))
    end = next(ends, 0)
    return (" ".join(words[end:]), addresses[1:]) if end else (name, addresses)


def _spellings(name: str) -> list[str]:
    found = BRACKETED.match(name)
    return [found[1], found[2]] if found else [name]


MINISTRY_LISTS = Format(
    title="a ministry's list (JSON array with `entity_name`)",
    name="ministry",
    publisher="a trade ministry",
    recognises=lambda sample: sample.kind == "json" and sample.names >= KEYS,
    read=_read,
)
