"""What is indexed of a document: its finished token streams and its keywords, the same for both engines."""

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from index_mappings.analysis import tokens
from index_mappings.fields import GAP, IndexedMention, mention_keywords
from watchword.document import Document

SINGLE_VALUED = (
    "id",
    "page",
    "language",
    "source",
    "publisher",
    "country",
    "kind",
    "story",
    "run",
    "marking",
    "url",
    "media_type",
)


@dataclass(frozen=True)
class Streams:
    """A document as the engines take it; streams are tokens joined by spaces."""

    streams: dict[str, str]
    keywords: dict[str, list[str]]
    dates: dict[str, datetime]


def streams_of(document: Document) -> Streams:
    """Return what is indexed of *document*."""
    title = list(tokens(document.title, document.language))
    text = list(tokens(document.text, document.language))
    gap = [GAP] if title and text else []
    mentions = tuple(IndexedMention(m.type, m.entity, m.codes, m.role) for m in document.mentions)
    single = {name: [str(value)] for name in SINGLE_VALUED if (value := getattr(document, name))}
    return Streams(
        streams={
            "exact": " ".join([*(t.exact for t in title), *gap, *(t.exact for t in text)]),
            "stem": " ".join([*(t.stem for t in title), *gap, *(t.stem for t in text)]),
            "title_exact": " ".join(t.exact for t in title),
            "title_stem": " ".join(t.stem for t in title),
        },
        keywords={**single, **mention_keywords(mentions)},
        dates=_dates(document),
    )


def _dates(document: Document) -> dict[str, datetime]:
    captured = moment(document.captured)
    published = moment(document.published) if document.published else None
    dates = {"captured": captured, "date": published or captured}
    return {**dates, "published": published} if published else dates


def moment(text: str) -> datetime:
    """Return the time that an ISO date or time names, in UTC."""
    parsed = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


def packed(document: Document) -> bytes:
    """Return *document* as the embedded engine stores it."""
    return zlib.compress(json.dumps(document.as_json(), ensure_ascii=False).encode(), 1)


def unpacked(stored: bytes) -> Document:
    """Return the document that `packed` gave."""
    return Document.from_json(json.loads(zlib.decompress(stored)))
