"""The indexed fields: the one statement that both engines are built from.

A document has two streams of text at the same positions, `exact` and `stem`, and keywords. `title_exact` and
`title_stem` are the same for the title alone; `text` is for Kibana and other tools on Elasticsearch.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

STREAMS: Final = ("exact", "stem", "title_exact", "title_stem")
KEYWORDS: Final = (
    "id",
    "page",
    "language",
    "source",
    "publisher",
    "country",
    "kind",
    "type",
    "entity",
    "item",
    "code",
    "role",
    "site",
    "list",
    "story",
    "run",
    "marking",
    "url",
    "media_type",
)
# `date` is the day of publication, or of capture where none is known.
DATES: Final = ("published", "captured", "date")
# Fields that can be counted beside a result.
FACETS: Final = ("language", "source", "country", "kind", "type", "entity", "code", "role", "list", "publisher")
# A position that no query asks for, between the title and the text.
GAP: Final = "\ue000"


@dataclass(frozen=True)
class IndexedMention:
    """What the index needs of a mention."""

    type: str
    entity: str | None
    codes: tuple[str, ...]
    role: str | None


def mention_keywords(mentions: tuple[IndexedMention, ...]) -> dict[str, list[str]]:
    """Return the keyword values of *mentions*, with what stands above them: lists of parties, parents of codes."""
    values: dict[str, set[str]] = {name: set() for name in ("type", "entity", "item", "code", "role", "site", "list")}
    for mention in mentions:
        values["type"].add(mention.type)
        if mention.role:
            values["role"].add(mention.role)
        for code in mention.codes:
            values["code"].update(parents(code))
        if mention.entity:
            values["entity"].add(mention.entity)
            prefix, _, name = mention.entity.partition(":")
            values[prefix if prefix in ("item", "site") else "list"].add(name if prefix in ("item", "site") else prefix)
    return {name: sorted(found) for name, found in values.items()}


def parents(code: str) -> list[str]:
    """Return *code* and the entries above it: `1C216.a` stands below `1C216`."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def elasticsearch_mapping() -> dict[str, Any]:
    """Return settings and mappings of an Elasticsearch index."""
    mapping: dict[str, Any] = json.loads(files("index_mappings").joinpath("documents.json").read_text("utf-8"))
    return mapping
