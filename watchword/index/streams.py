"""What is indexed of a document: its finished token streams and its keywords, the same for both engines."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from index_mappings.analysis import (
    MAX_KEYWORD_CHARACTERS,
    exact_stream,
    fold_keyword,
    places_of,
    stem_stream,
    words,
)
from index_mappings.fields import APART, FOLDED, ORDER, STATE, STORY_NUMBER, folded_field
from index_mappings.mentions import CACHED_NAMES, Named, keywords, mention_stream
from nlp.mention import Mention
from watchword.document import Document
from watchword.index.figures import figures, happening, moment
from watchword.index.places import cells_of_entity, cells_of_footprint
from watchword.index.sounds import sounds

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
# What a date may be: the embedded engine counts nanoseconds in 64 bits.
EARLIEST, LATEST = datetime(1700, 1, 1, tzinfo=UTC), datetime(2250, 1, 1, tzinfo=UTC)
# Low bits of `order` that come of the id: two documents of one minute share them once in 17 thousand million pairs.
ORDER_BITS = 34


@dataclass(frozen=True)
class Streams:
    """A document as the engines take it; streams are tokens joined by spaces, mentions are tokens by position."""

    streams: Mapping[str, str]
    mentions: Mapping[int, tuple[str, ...]]
    keywords: Mapping[str, list[str]]
    dates: Mapping[str, datetime]
    numbers: Mapping[str, int]


def streams_of(document: Document) -> Streams:
    """Return what is indexed of *document*."""
    title, text = words(document.title), words(document.text)
    title_exact, title_stem = " ".join(exact_stream(title)), " ".join(stem_stream(title, document.language))
    text_exact, text_stem = " ".join(exact_stream(text)), " ".join(stem_stream(text, document.language))
    dates = _dates(document)
    return Streams(
        streams={
            "exact": _after(title_exact, text_exact),
            "stem": _after(title_stem, text_stem),
            "title_exact": title_exact,
            "title_stem": title_stem,
        },
        mentions=_mentions(document, text, len(title) + bool(title and text)),
        keywords=_keywords(document),
        dates=dates,
        numbers={
            "version": document.version,
            "words": len(text),
            **figures(document.facts),
            ORDER: order(document.id, dates["date"]),
            STORY_NUMBER: story_number(document.story or document.id),
            STATE: state(document.id, document.story or document.id, document.version),
        },
    )


def _after(title: str, text: str) -> str:
    return f"{title}{APART}{text}" if title and text else title or text


def named(mention: Mention) -> Named:
    """Return what *mention* names, as the index takes it."""
    return _named(mention.type, mention.entity, mention.name, mention.codes, mention.role)


@lru_cache(CACHED_NAMES)
def _named(*told: Any) -> Named:
    return Named(*told)


def _mentions(document: Document, found: Sequence[str], shift: int) -> Mapping[int, tuple[str, ...]]:
    if not document.mentions:
        return {}
    spans = places_of(document.text, found, [(m.start, m.end) for m in document.mentions])
    return mention_stream(zip(map(named, document.mentions), spans, strict=True), shift)


def _keywords(document: Document) -> dict[str, list[str]]:
    single = {name: [_cut(str(value))] for name in SINGLE_VALUED if (value := getattr(document, name))}
    single |= {"author": [_cut(author) for author in document.authors]} if document.authors else {}
    written, folded = keywords(map(named, document.mentions))
    folded |= {name: [fold_keyword(v) for v in values] for name, values in single.items() if name in FOLDED}
    entities = written.get("entity", [])
    cells = dict.fromkeys(cell for entity in entities for cell in cells_of_entity(entity))
    cells |= dict.fromkeys(cells_of_footprint(dict(document.facts).get("footprint", "")))
    heard = dict.fromkeys(s for text in (document.title, *(m.name for m in document.mentions)) for s in sounds(text))
    sought = {folded_field(name): values for name, values in folded.items()}
    hidden = {name: list(values) for name, values in (("cell", cells), ("sound", heard)) if values}
    return {**single, **written, **sought, **hidden}


def _cut(value: str) -> str:
    return value[:MAX_KEYWORD_CHARACTERS]


def _dates(document: Document) -> dict[str, datetime]:
    captured = moment(document.captured)
    published = moment(document.published) if document.published else None
    happened = happening(document.facts)
    told = {"happened": happened} if happened and EARLIEST <= happened <= LATEST else {}
    if published is None or not EARLIEST <= published <= LATEST:
        return {"captured": captured, "date": captured, **told}
    return {"captured": captured, "published": published, "date": published, **told}


def order(identifier: str, date: datetime) -> int:
    """Return the place of a document in the order by date, the same in both engines and shared with no other."""
    minutes = int(date.timestamp()) // 60
    return (minutes << ORDER_BITS) + (_digest(identifier) >> (64 - ORDER_BITS))


def story_number(story: str) -> int:
    """Return the story as a number of 63 bits."""
    return _digest(story) >> 1


def state(identifier: str, story: str, version: int) -> int:
    """Return a document with its place in the registry as a number of 63 bits."""
    return _digest(f"{identifier} {story} {version}") >> 1


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def packed(document: Document) -> bytes:
    """Return *document* as the embedded engine stores it; the engine compresses what it stores."""
    return json.dumps(document.as_json(), ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpacked(stored: bytes) -> Document:
    """Return the document that `packed` gave."""
    return Document.from_json(json.loads(stored.decode("utf-8", "surrogatepass")))
