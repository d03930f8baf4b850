"""The extract stage: every capture of a run becomes a document or a reason why not; a file pair a WARC segment.

`documents/<segment>.jsonl.gz` holds the documents, `documents/<segment>.fates.jsonl` what became of each capture. A
segment whose fates are written is done.
"""

import gzip
import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.reading import Reader
from watchword.archive import Capture, RunFolder, captures_in, segments
from watchword.document import Document, page_id, plain, version_id
from watchword.extract import Extracted, ExtractionPool, Hint, SetAside
from watchword.report import Fate

if TYPE_CHECKING:
    from crawlers.catalogue import Source

LOG = logging.getLogger(__name__)
DOCUMENT = "document"
# Text is stored once and read often; a higher level takes three times as long for 4 % less.
GZIP_LEVEL = 6


@dataclass(frozen=True)
class Desk:
    """What captures are read with: the sources by name, the extraction pool, and a reader."""

    sources: Mapping[str, "Source"]
    pool: ExtractionPool
    reader: Reader


def extract_segment(folder: RunFolder, segment: Path, desk: Desk, place: Path) -> None:
    """Write the documents and fates of one *segment* of *folder* into *place*; do nothing where they are written."""
    documents, fates = document_files(place, segment)
    if fates.exists():
        return
    place.mkdir(parents=True, exist_ok=True)
    drafts = documents.with_suffix(".draft"), fates.with_suffix(".draft")
    with (
        gzip.open(drafts[0], "wt", GZIP_LEVEL, encoding="utf-8", errors="replace") as texts,
        drafts[1].open("w", encoding="utf-8", errors="replace") as ends,
    ):
        for document, fate in _ends(segment, desk, folder.id):
            if document is not None:
                texts.write(json.dumps(document.as_json(), ensure_ascii=False) + "\n")
            ends.write(json.dumps(asdict(fate), ensure_ascii=False) + "\n")
    for draft, path in zip(drafts, (documents, fates), strict=True):
        _to_disk(draft)
        draft.replace(path)


def _to_disk(path: Path) -> None:
    """Wait until *path* is on disk: after a power cut, fates must not vouch for documents that are not there."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def unread_segments(folder: RunFolder) -> list[Path]:
    """Return the segments of *folder* whose fates are not written yet."""
    place = documents_place(folder)
    return [segment for segment in segments(folder) if not document_files(place, segment)[1].exists()]


def documents_place(folder: RunFolder) -> Path:
    """Return where the documents of a run stand."""
    return folder.path / "documents"


def document_files(place: Path, segment: Path) -> tuple[Path, Path]:
    """Return where in *place* the documents and the fates of *segment* stand."""
    name = segment.name.removesuffix(".warc.gz")
    return place / f"{name}.jsonl.gz", place / f"{name}.fates.jsonl"


def _ends(segment: Path, desk: Desk, run: str) -> Iterator[tuple[Document | None, Fate]]:
    """Yield the document, if any, and the fate of each document capture of *segment*."""
    waiting = _payloads(captures_in(segment))
    for capture, result in desk.pool.map(waiting):
        yield _end(capture, result, desk, run)


def _payloads(captures: Iterable[Capture]) -> Iterator[tuple[Capture, bytes, Hint]]:
    for capture in captures:
        if capture.purpose != DOCUMENT:
            continue
        hint = Hint(
            media_type=capture.media_type,
            charset=capture.charset,
            url=capture.url,
            title=capture.declared.title,
            published=capture.declared.published,
            captured=capture.captured,
        )
        body = capture.body if _early_fate(capture) is None else b""
        yield replace(capture, body=b""), body, hint


def _early_fate(capture: Capture) -> Fate | None:
    """Return the fate of a capture that has nothing to extract, or None."""
    if capture.outcome == "refused":
        return Fate(capture.id, capture.url, capture.source, "refused", capture.robots or capture.detail)
    if capture.outcome != "complete":
        return Fate(capture.id, capture.url, capture.source, "failed", capture.outcome)
    if capture.status == 304 or capture.unchanged:
        return Fate(capture.id, capture.url, capture.source, "unchanged")
    if capture.status is not None and not 200 <= capture.status < 300:
        return Fate(capture.id, capture.url, capture.source, "failed", f"HTTP status {capture.status}")
    return None


def _end(capture: Capture, result: Extracted | SetAside, desk: Desk, run: str) -> tuple[Document | None, Fate]:
    early = _early_fate(capture)
    if early is not None:
        return None, early
    if isinstance(result, SetAside):
        return None, Fate(capture.id, capture.url, capture.source, "set aside", result.reason)
    try:
        document = read_document(capture, result, desk, run)
    except Exception as error:
        LOG.exception("reading %s failed", capture.url)
        reason = f"reading failed: {type(error).__name__}: {error}"
        return None, Fate(capture.id, capture.url, capture.source, "set aside", reason)
    length = len(document.text)
    return document, Fate(capture.id, capture.url, capture.source, "document", document=document.id, characters=length)


def read_document(capture: Capture, result: Extracted, desk: Desk, run: str) -> Document:
    """Return the document of *capture*: what was extracted, read."""
    text = plain(result.whole_text)
    reading = desk.reader.read(text)
    source = desk.sources.get(capture.source)
    title = plain(result.title or capture.declared.title or "")
    return Document(
        id=version_id(capture.url, title, text),
        page=page_id(capture.url),
        url=capture.url,
        source=capture.source,
        publisher=source.publisher if source else "",
        country=source.country if source else None,
        kind=source.kind if source else "",
        run=run,
        capture=capture.id,
        captured=capture.captured.isoformat(timespec="seconds"),
        media_type=result.media_type,
        title=title,
        text=text,
        authors=tuple(map(plain, result.authors or capture.declared.authors)),
        published=result.published,
        language=reading.language or result.declared_language,
        marking=source.marking if source else "",
        mentions=reading.mentions,
        relations=reading.relations,
        remarks=result.all_remarks,
        knowledge=desk.reader.digest,
        facts=tuple((plain(name), plain(value)) for name, value in result.facts),
    )


def documents_of(folder: RunFolder, place: Path | None = None) -> Iterator[Document]:
    """Yield the documents of a run, segment by segment; with *place*, those that stand there."""
    for segment in segments(folder):
        path, _ = document_files(place or documents_place(folder), segment)
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                yield from (Document.from_json(json.loads(line)) for line in lines)


def fates_of(folder: RunFolder) -> Iterator[Fate]:
    """Yield what became of each capture of a run."""
    for segment in segments(folder):
        _, path = document_files(documents_place(folder), segment)
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                yield from (Fate(**json.loads(line)) for line in lines)
