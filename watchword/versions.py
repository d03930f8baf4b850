"""Versions: what a page said, time after time, and what changed in words."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from crawlers.urls import canonical
from watchword.archive import RunFolder
from watchword.changes import changed_words
from watchword.document import page_id
from watchword.errors import UsageError
from watchword.settings import Settings
from watchword.stages.extracting import documents_of
from watchword.store.database import Database
from watchword.store.registry import versions
from watchword.store.schema import DocumentRow


@dataclass(frozen=True)
class PageVersion:
    """One version of a page; `gone` and `come` are the words that changed since the version before."""

    version: int
    document: str
    url: str
    title: str
    captured: str
    published: str | None
    run: str
    capture: str
    gone: str
    come: str

    def as_json(self) -> dict[str, Any]:
        """Return the version as one JSON object."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the version as people read it."""
        lines = [f"version {self.version}, {self.captured}, {self.document}: {self.title}", f"  capture {self.capture}"]
        lines += [f"  gone: {self.gone}"] if self.gone else []
        lines += [f"  come: {self.come}"] if self.come else []
        return "\n".join(lines)


def page_versions(settings: Settings, database: Database, url: str) -> list[PageVersion]:
    """Return the versions of the page at *url*, oldest first; raise UsageError where there is none."""
    address = canonical(url) or url
    with database.session() as session:
        rows = versions(session, page_id(address))
    if not rows:
        raise UsageError(f"No page {address!r} was collected; 'watchword search' finds what was.")
    texts = _texts(settings, rows)
    found, before = [], None
    for row in rows:
        text = texts.get(row.id)
        gone, come = changed_words(before, text) if before is not None and text is not None else ("", "")
        found.append(_version(row, gone, come))
        before = text if text is not None else before
    return found


def _version(row: DocumentRow, gone: str, come: str) -> PageVersion:
    return PageVersion(
        version=row.version,
        document=row.id,
        url=row.url,
        title=row.title,
        captured=row.captured,
        published=row.published,
        run=row.run,
        capture=row.capture,
        gone=gone,
        come=come,
    )


def _texts(settings: Settings, rows: Iterable[DocumentRow]) -> dict[str, str]:
    """Return the text of each version, as the documents of its run hold it."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row.run, set()).add(row.id)
    return {
        document.id: document.text
        for run, identifiers in wanted.items()
        for document in documents_of(RunFolder(settings.runs / run))
        if document.id in identifiers
    }
