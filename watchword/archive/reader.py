"""The reader: captures out of WARC segments, in the order in which they were kept."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawlers.exchange import Declared
from watchword.archive.folder import RunFolder, segments
from watchword.archive.records import FACTS
from watchword.errors import DamagedError

# Runs that were written before the field `json-capture` have the JSON by itself.
JSON_ALONE = "application/json"


@dataclass(frozen=True)
class Capture:
    """One capture: what its metadata record says, and the decoded body where it has one.

    `unchanged` says that the response was a revisit or a 304: the body is that of an earlier capture.
    """

    id: str
    url: str
    source: str
    captured: datetime
    outcome: str
    purpose: str
    status: int | None
    media_type: str | None
    charset: str | None
    body: bytes
    body_digest: str | None
    robots: str
    detail: str
    redirected_from: tuple[str, ...]
    declared: Declared
    unchanged: bool
    etag: str | None = None
    last_modified: str | None = None


# A page that unpacks to more than this is a bomb; the crawl takes no response of this size either.
MAX_BODY_BYTES = 200 * 2**20


def captures_in(segment: Path) -> Iterator[Capture]:
    """Yield the captures of one *segment*; raise DamagedError where it cannot be read."""
    try:
        with segment.open("rb") as file:
            yield from _captures(file)
    except (ArchiveLoadFailed, EOFError, ValueError, KeyError, zlib.error, gzip.BadGzipFile) as error:
        raise DamagedError(f"{segment} is damaged ({error}); 'watchword verify' names the place.") from error


def captures(folder: RunFolder) -> Iterator[Capture]:
    """Yield the captures of a run, segment by segment."""
    for segment in segments(folder):
        yield from captures_in(segment)


def _captures(file: Any) -> Iterator[Capture]:
    """Join each metadata record, which comes last, with the response before it."""
    response: dict[str, Any] = {}
    for record in ArchiveIterator(file):
        kind = record.rec_type
        if kind in ("response", "revisit", "resource", "conversion"):
            response = _response(record)
        elif kind == "metadata":
            if facts := _facts(record):
                yield _capture(json.loads(facts), response)
            response = {}


def _facts(record: Any) -> bytes:
    """Return the JSON of a metadata record; nothing of one that holds a tombstone."""
    said: bytes = record.content_stream().read()
    if record.content_type == JSON_ALONE:
        return said
    return said.removeprefix(FACTS) if said.startswith(FACTS) else b""


def _response(record: Any) -> dict[str, Any]:
    headers = record.http_headers
    found = {
        "revisit": record.rec_type == "revisit",
        "etag": headers and headers.get_header("ETag"),
        "last_modified": headers and headers.get_header("Last-Modified"),
        "content_type": (headers and headers.get_header("Content-Type")) or "",
        "body": b"",
    }
    if record.rec_type != "revisit":
        found["body"] = record.content_stream().read(MAX_BODY_BYTES)
    if record.rec_type in ("resource", "conversion"):
        found["content_type"] = record.rec_headers.get_header("Content-Type") or ""
    return found


def _capture(facts: dict[str, Any], response: dict[str, Any]) -> Capture:
    media_type, _, parameters = response.get("content_type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].strip(" \"';")
    declared = facts["declared"]
    return Capture(
        id=facts["capture"],
        url=facts["url"],
        source=facts["source"],
        captured=datetime.fromisoformat(facts["started"]),
        outcome=facts["outcome"],
        purpose=facts["purpose"],
        status=facts["status"],
        media_type=media_type.strip().lower() or facts["media_type"],
        charset=charset or None,
        body=response.get("body", b""),
        body_digest=facts["body_digest"],
        robots=facts["robots"],
        detail=facts["detail"],
        redirected_from=tuple(facts["redirected_from"]),
        declared=Declared(**{**declared, "authors": tuple(declared["authors"])}),
        unchanged=response.get("revisit", False) or facts["status"] == 304,
        etag=response.get("etag"),
        last_modified=response.get("last_modified"),
    )
