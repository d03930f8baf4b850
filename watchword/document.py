"""A document: the readable text of one capture, its metadata, and what reading it found."""

import hashlib
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from nlp.mention import Mention, Relation, as_json, from_json
from watchword.volatile import stable_words


@dataclass(frozen=True)
class Document:
    """One version of a document. Times are ISO 8601 in UTC; `published` is a date.

    `page` names the page whatever it says, `id` this version of its text; `story` is filled by the registry.
    `knowledge` is the digest of the lists, catalogues, models and corrections that the text was read with. `facts` are
    what a record of a service states: magnitude, depth in kilometres, cloud cover, footprint and others.
    """

    id: str
    page: str
    url: str
    source: str
    publisher: str
    country: str | None
    kind: str
    run: str
    capture: str
    captured: str
    media_type: str
    title: str
    text: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    version: int = 1
    story: str | None = None
    marking: str = ""
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    remarks: tuple[str, ...] = ()
    knowledge: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the document as it is written to `documents/*.jsonl.gz`."""
        record = {f.name: getattr(self, f.name) for f in fields(self)}
        record["mentions"] = [as_json(m) for m in self.mentions]
        record["relations"] = [asdict(r) for r in self.relations]
        return record

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Self:
        """Return the document that `as_json` wrote."""
        return cls(
            **{
                **record,
                "authors": tuple(record["authors"]),
                "remarks": tuple(record["remarks"]),
                "mentions": tuple(from_json(m) for m in record["mentions"]),
                "relations": tuple(Relation(**r) for r in record["relations"]),
                "facts": tuple((name, value) for name, value in record.get("facts", ())),
            }
        )

    def placed(self, *, story: str, version: int) -> Self:
        """Return the document with what the registry knows of it."""
        return replace(self, story=story, version=version)


def plain(text: str) -> str:
    """Return *text* as every database takes it: PostgreSQL refuses NUL, and half of a surrogate pair has no UTF-8."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def page_id(url: str) -> str:
    """Return the id of the page at the canonical *url*."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def version_id(url: str, title: str, text: str) -> str:
    """Return the id of what the page at *url* says: the same words, clocks and counters apart, give the same id."""
    words = stable_words(f"{title}\n{text}")
    return f"{page_id(url)}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
