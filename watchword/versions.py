"""Versions: what a page said, time after time, and what changed in words."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crawlers.local import file_url
from crawlers.urls import canonical
from watchword.archive import RunFolder
from watchword.changes import changed_words
from watchword.document import Document, page_id
from watchword.errors import UsageError
from watchword.settings import Settings
from watchword.stages.extracting import documents_of
from watchword.store.database import Database
from watchword.store.registry import page_returns, versions
from watchword.store.schema import DocumentRow


@dataclass(frozen=True)
class PageVersion:
    """One version of a page; `gone` and `come` are the words that changed since the version before.

    `again` is the earlier version whose words the page came back to, None where they are new; the document is the same.
    """

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
    again: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the version as one JSON object."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the version as people read it."""
        lines = [f"version {self.version}, {self.captured}, {self.document}: {self.title}", f"  capture {self.capture}"]
        lines += [f"  the words of version {self.again} again"] if self.again else []
        lines += [f"  gone: {self.gone}"] if self.gone else []
        lines += [f"  come: {self.come}"] if self.come else []
        return "\n".join(lines)


@dataclass(frozen=True)
class Telling:
    """A moment at which the page said the words of *row*, for the first time or again."""

    row: DocumentRow
    run: str
    captured: str


def page_versions(settings: Settings, database: Database, url: str) -> list[PageVersion]:
    """Return the versions of the page at *url*, oldest first; raise UsageError where there is none."""
    address = canonical(url) or file_url(url) or url
    with database.session() as session:
        rows = versions(session, page_id(address))
        backs = page_returns(session, page_id(address))
    if not rows:
        raise UsageError(f"No page {address!r} was collected; 'watchword search' finds what was.")
    known = {row.id: row for row in rows}
    made = [Telling(row, row.run, row.captured) for row in rows]
    told = made + [Telling(known[b.document], b.run, b.captured) for b in backs if b.document in known]
    return list(_numbered(settings, sorted(told, key=lambda telling: telling.captured)))


def _numbered(settings: Settings, told: Sequence[Telling]) -> Iterator[PageVersion]:
    """Yield the versions in the order in which the page said them, each with what changed in words."""
    documents = _documents(settings, told)
    first: dict[str, int] = {}
    before: str | None = None
    for number, telling in enumerate(told, 1):
        again = first.setdefault(telling.row.id, number)
        held = documents.get((telling.run, telling.row.id))
        text = held.text if held else None
        gone, come = changed_words(before, text) if before is not None and text is not None else ("", "")
        capture = held.capture if held else telling.row.capture
        yield PageVersion(
            version=number,
            document=telling.row.id,
            url=telling.row.url,
            title=telling.row.title,
            captured=telling.captured,
            published=telling.row.published,
            run=telling.run,
            capture=capture,
            gone=gone,
            come=come,
            again=again if again != number else None,
        )
        before = text if text is not None else before


def _documents(settings: Settings, told: Sequence[Telling]) -> dict[tuple[str, str], Document]:
    """Return the documents as their runs hold them, each by its run and id."""
    wanted = {(telling.run, telling.row.id) for telling in told}
    return {
        (run, document.id): document
        for run in {run for run, _ in wanted}
        for document in documents_of(RunFolder(settings.runs / run))
        if (run, document.id) in wanted
    }
