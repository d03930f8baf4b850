"""Entities in FollowTheMoney's JSON Lines, as aggregators of lists and `watchword export --format ftm` write them."""

import json
from collections import Counter
from typing import Any

from watchword.errors import UsageError
from watchword.lists.entry import TYPES, Entry
from watchword.lists.formats.base import Contents, Format, properties
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample

KEYS = frozenset({"id", "schema", "properties"})


def _read(sample: Sample, audit: Audit) -> Contents:
    entries, others = [], Counter[str]()
    with sample.path.open("rb") as lines:
        for number, line in enumerate(filter(bytes.strip, lines), 1):
            entity = _parsed(sample, number, line)
            if entity["schema"] in TYPES:
                entries.append(_entry(entity))
            else:
                others[entity["schema"]] += 1
    for schema, count in others.most_common():
        audit.say(f"{count} entities of the schema {schema!r} are no parties and are not read")
    return Contents(entries, name=sample.path.name.partition(".")[0], publisher="a set of entities")


def _parsed(sample: Sample, number: int, line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{sample.path}, line {number} is not JSON: {error}.") from None


def _entry(entity: dict[str, Any]) -> Entry:
    record = Record.of_json(entity["properties"])
    names = record.take("name")
    held = {name: record.take(name) for name in entity["properties"] if name != "name"}
    held["alias"] = (*names[1:], *held.get("alias", ()))
    first = names[0] if names else str(entity.get("caption") or "")
    return Entry(str(entity["id"]), entity["schema"], properties(name=first, **held))


FOLLOW_THE_MONEY = Format(
    title="FollowTheMoney entities (JSON Lines)",
    name="entities",
    publisher="a set of entities",
    recognises=lambda sample: sample.kind in {"json", "jsonl"} and sample.names >= KEYS,
    read=_read,
)
