"""Values of the application as the API's JSON: times in UTC with a Z, and nothing that is not stated."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from crawlers.source import Source
from nlp.items.catalogue import Item
from watchword import searching
from watchword.archive.redaction import redact_url
from watchword.coverage import Coverage
from watchword.health import SourceHealth
from watchword.watch.alerts import Alert
from watchword.web.provenance import Provenance


def utc(moment: datetime) -> str:
    """Return a time of the state database, which is UTC, as ISO 8601."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def coverage_record(note: Coverage) -> dict[str, Any]:
    """Return a coverage note."""
    gaps = [{**asdict(gap), "when": utc(gap.when)} for gap in note.gaps]
    return {"sentence": note.sentence, "seen": note.seen, "never": note.never, "gaps": gaps}


def search_record(answer: searching.Answer) -> dict[str, Any]:
    """Return the answer to a search."""
    return {**answer.as_json(), "coverage": coverage_record(answer.coverage)}


def alert_record(alert: Alert) -> dict[str, Any]:
    """Return an alert."""
    return {**asdict(alert), "raised": utc(alert.raised)}


def provenance_record(told: Provenance) -> dict[str, Any]:
    """Return where a document comes from."""
    return {**asdict(told), "verify": told.verify}


def source_record(source: Source, health: SourceHealth) -> dict[str, Any]:
    """Return a source with its health; the secrets that an address may hold are taken out."""
    stated = ("name", "kind", "publisher", "country", "language", "schedule")
    known = asdict(health)
    del known["source"]
    return {**{name: getattr(source, name) for name in stated}, "url": [redact_url(u) for u in source.url], **known}


def item_record(item: Item, documents: int) -> dict[str, Any]:
    """Return an item of the catalogue, and how many documents mention it."""
    stated = ("id", "name", "area", "use", "codes", "cas", "hs")
    limits = [{f.name: getattr(limit, f.name) for f in fields(limit)} for limit in item.limits]
    names = {language: list(words) for language, words in item.names}
    return {**{name: getattr(item, name) for name in stated}, "names": names, "limits": limits, "documents": documents}
