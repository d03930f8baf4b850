"""Searching: a question in, an answer for people or programs out, with the coverage beside the count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watchword.archive import RunFolder
from watchword.catalogue import all_sources
from watchword.coverage import Coverage, coverage_note
from watchword.document import Document
from watchword.errors import UnavailableError
from watchword.index import SearchRequest, open_engine, parse
from watchword.index.query import All, And, Node, Or, Range, Term
from watchword.index.snippets import Snippet, snippet
from watchword.settings import Settings
from watchword.stages.indexing import placed_documents
from watchword.store.database import Database
from watchword.store.registry import count_documents
from watchword.store.runs import runs


@dataclass(frozen=True)
class Filters:
    """What narrows a search beside its query: days of publication, and values of which one must fit."""

    since: str | None = None
    until: str | None = None
    language: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()

    def narrowed(self, query: Node) -> Node:
        """Return *query* narrowed to what the filters let through."""
        parts = [] if isinstance(query, All) else [query]
        parts += [Range("date", self.since, self.until)] if self.since or self.until else []
        parts += [
            _any_of(name, getattr(self, name)) for name in ("language", "source", "entity") if getattr(self, name)
        ]
        return And(tuple(parts)) if parts else All()


def _any_of(field: str, values: tuple[str, ...]) -> Node:
    return Or(tuple(Term(field, value) for value in values))


@dataclass(frozen=True)
class Found:
    """A document that was found, as it is shown; `copies` counts the found documents of its story."""

    document: Document
    score: float
    copies: int
    snippet: Snippet

    def as_json(self) -> dict[str, Any]:
        """Return the hit as one JSON object."""
        d = self.document
        shown = {name: getattr(d, name) for name in ("id", "url", "title", "source", "publisher", "language")}
        dates = {"published": d.published, "captured": d.captured, "run": d.run, "story": d.story}
        return {**shown, **dates, "score": round(self.score, 4), "copies": self.copies, **self.snippet.as_json()}

    def as_text(self, *, terminal: bool = False) -> str:
        """Return the hit as people read it."""
        d = self.document
        about = ", ".join(filter(None, [d.published or d.captured[:10], d.source, d.language or ""]))
        copies = f", {self.copies} copies" if self.copies > 1 else ""
        return f"{d.title or d.url}\n  {about}{copies}\n  {d.url}\n  {self.snippet.as_text(terminal=terminal)}"


@dataclass(frozen=True)
class Answer:
    """What was found: `total` counts every matching document, exactly."""

    total: int
    found: tuple[Found, ...]
    coverage: Coverage

    @property
    def hits(self) -> Iterator[dict[str, Any]]:
        """The hits as JSON objects."""
        return (hit.as_json() for hit in self.found)

    def as_text(self, *, terminal: bool = False) -> str:
        """Return the answer as people read it."""
        lines = [hit.as_text(terminal=terminal) + "\n" for hit in self.found]
        shown = f", {len(self.found)} shown" if len(self.found) < self.total else ""
        counted = "1 document" if self.total == 1 else f"{self.total} documents"
        return "\n".join([*lines, f"{counted}{shown}; {self.coverage.sentence}"])


def search_documents(
    settings: Settings, database: Database, query: str, filters: Filters, *, fold: bool = True, limit: int = 20
) -> Answer:
    """Return what *query* finds, best first; raise UsageError where it cannot be read."""
    wanted = filters.narrowed(parse(query))
    engine = open_engine(settings)
    page = engine.search(SearchRequest(wanted, fold=fold, limit=limit))
    found = tuple(Found(h.document, h.score, h.copies, snippet(wanted, h.document)) for h in page.hits)
    engine.close()
    return Answer(page.total, found, _coverage(settings, database, filters))


def _coverage(settings: Settings, database: Database, filters: Filters) -> Coverage:
    asked = [s.name for s in all_sources(settings) if not filters.source or s.name in filters.source]
    since, until = (datetime.fromisoformat(day) if day else None for day in (filters.since, filters.until))
    return coverage_note(database, asked, since, until)


def index_status(settings: Settings, database: Database) -> dict[str, Any]:
    """Return what the index holds, and how much of what was collected waits for it."""
    with database.session() as session:
        registered, held = count_documents(session)
    waiting = {"collected": registered, "waiting": registered - held}
    try:
        state = open_engine(settings).status()
    except UnavailableError as error:
        return {"engine": "away", "remark": str(error), **waiting}
    return {"engine": state.engine, "place": state.place, "documents": state.documents, "bytes": state.size, **waiting}


def rebuild_index(settings: Settings, database: Database) -> int:
    """Build the index anew from the run folders; return the number of documents."""
    return open_engine(settings).rebuild(_registered(settings, database))


def _registered(settings: Settings, database: Database) -> Iterator[Document]:
    """Yield every registered document with its place, from the run that it was first seen in."""
    for run in runs(database):
        for place in placed_documents(database, RunFolder(settings.runs / run.id)):
            if place.new:
                yield place.document
