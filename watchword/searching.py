"""Searching: a question in, an answer for people or programs out, with the coverage beside the count.

answer = search_documents(settings, database, "list:un centrifuge", Filters(since="2026-01-01"))

Programs that ask often keep a desk open:

desk = Desk(settings, database)
answer = desk.ask(Question("list:un", view=View(facets=("source", "language"))))
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from watchword.catalogue import all_sources
from watchword.coverage import Coverage, coverage_note
from watchword.document import Document
from watchword.errors import UnavailableError, UsageError
from watchword.index import Engine, Hit, SearchRequest, open_engine, parse
from watchword.index.freshness import fresh
from watchword.index.highlights import Highlighter
from watchword.index.query import remarks
from watchword.index.similar import similar_to
from watchword.index.snippets import Snippet, snippet_of, title_of
from watchword.index.tree import All, Node, all_of
from watchword.questions import EVERYTHING, ORDERS, Filters, Question, View, known_facet
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.registry import count_documents
from watchword.store.runs import last_seen

if TYPE_CHECKING:
    from watchword.suggestions import Suggestion

__all__ = ["ORDERS", "Answer", "Desk", "Filters", "Found", "Question", "View", "ask", "search_documents"]

# Where nothing is found, or this little, a query may be misspelt.
FEW = 0


@dataclass(frozen=True)
class Found:
    """A document that was found, as it is shown.

    `copies` counts the found documents of its story, `origins` the publishers among them.
    """

    document: Document
    score: float
    copies: int
    origins: int
    title: Snippet
    snippet: Snippet

    def as_json(self) -> dict[str, Any]:
        """Return the hit as one JSON object; marks are start and end of hits, in characters."""
        d = self.document
        names = ("id", "url", "title", "source", "publisher", "country", "language", "published", "captured", "run")
        return {
            **{name: getattr(d, name) for name in names},
            "story": d.story,
            "version": d.version,
            "score": round(self.score, 4),
            "copies": self.copies,
            "origins": self.origins,
            "title_marks": [list(mark) for mark in self.title.marks],
            "snippet": self.snippet.text,
            "marks": [list(mark) for mark in self.snippet.marks],
        }

    def as_text(self, *, terminal: bool = False) -> str:
        """Return the hit as people read it."""
        d = self.document
        about = ", ".join(filter(None, [d.published or d.captured[:10], d.source, d.language or ""]))
        publishers = f" of {self.origins} publishers" if self.origins > 1 else ""
        copies = f", {self.copies} copies{publishers}" if self.copies > 1 else ""
        url = Snippet(d.url).as_text()
        title = self.title.as_text(terminal=terminal) or url
        return f"{title}\n  {about}{copies}\n  {url}\n  {self.snippet.as_text(terminal=terminal)}"


@dataclass(frozen=True)
class Answer:
    """What was found: `total` counts every matching document, exactly; `next` is the cursor of the next page.

    `facets` maps fields to values and numbers; the values of a field are counted as if none of them were selected.
    """

    total: int
    found: tuple[Found, ...]
    coverage: Coverage
    next: str | None = None
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    suggestions: tuple["Suggestion", ...] = ()

    @property
    def hits(self) -> Iterator[dict[str, Any]]:
        """The hits as JSON objects."""
        return (hit.as_json() for hit in self.found)

    def as_json(self) -> dict[str, Any]:
        """Return the whole answer as one JSON object."""
        return {
            "total": self.total,
            "next": self.next,
            "hits": list(self.hits),
            "facets": {name: dict(values) for name, values in self.facets.items()},
            "days": dict(self.days),
            "remarks": list(self.remarks),
            "suggestions": [suggestion.as_json() for suggestion in self.suggestions],
            "coverage": self.coverage.as_json(),
        }

    def as_text(self, *, terminal: bool = False) -> str:
        """Return the answer as people read it."""
        return "\n".join([*(hit.as_text(terminal=terminal) + "\n" for hit in self.found), self.around()])

    def around(self) -> str:
        """Return what stands around the hits, as people read it: counts, remarks, the next page, the coverage."""
        shown = f", {len(self.found)} shown" if len(self.found) < self.total else ""
        counted = "1 document" if self.total == 1 else f"{self.total} documents"
        counts = {**self.facets, "days": self.days}
        lines = [f"{name}: {_counted(values)}" for name, values in counts.items() if values]
        lines += list(self.remarks)
        lines += [f"Did you mean {suggestion.as_text()}?" for suggestion in self.suggestions]
        lines += [f"The next page: --cursor {self.next}"] if self.next else []
        return "\n".join([*lines, f"{counted}{shown}; {self.coverage.sentence}"])


def _counted(values: Mapping[str, int]) -> str:
    return ", ".join(f"{value} {number}" for value, number in values.items())


class Desk:
    """The searches of one installation, over an index that stays open."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.engine: Engine = open_engine(settings)

    def tree(self, question: Question) -> Node:
        """Return what *question* asks for, with its filters; raise UsageError where it cannot be read."""
        return question.filters.narrowed(self._asked(question))

    def _asked(self, question: Question) -> Node:
        if question.like is None:
            return parse(question.query)
        document = self.engine.get(question.like)
        if document is None:
            raise UsageError(f"The index holds no document {question.like!r}; its id stands in every hit.")
        like = similar_to(self.engine, document)
        return like if question.query == "*" else all_of(parse(question.query), like)

    def ask(self, question: Question) -> Answer:
        """Return what *question* finds."""
        asked = self._asked(question)
        query, view = question.filters.narrowed(asked), question.view
        ranked = fresh(query, datetime.now(UTC)) if view.order == "fresh" else query
        request = SearchRequest(ranked, view.fold, view.limit, sort=view.sort(query), cursor=view.cursor)
        page = self.engine.search(request)
        self.check_whole(page.total)
        light = Highlighter(query)
        facets, days = self._counts(asked, question)
        return Answer(
            total=page.total,
            found=tuple(_shown(hit, light) for hit in page.hits),
            coverage=self.coverage(question.filters),
            next=page.next,
            facets=facets,
            days=days,
            remarks=remarks(question.query),
            suggestions=self._suggestions(query) if page.total <= FEW else (),
        )

    def check_whole(self, found: int) -> None:
        """Raise UnavailableError where nothing was *found* because the index is not the one that was filled."""
        if found or self.engine.count(All()):
            return
        with self.database.session() as session:
            held = count_documents(session)[1]
        if held:
            raise UnavailableError(
                f"The index is empty, and {held} documents were indexed: it was removed, or the settings name another. "
                "'watchword index rebuild' fills it from the run folders."
            )

    def _suggestions(self, query: Node) -> tuple["Suggestion", ...]:
        # What sounds alike needs tables that take a second to load; most searches find something.
        from watchword.suggestions import suggested

        return suggested(self.engine, query)

    def _counts(self, asked: Node, question: Question) -> tuple[dict[str, Mapping[str, int]], Mapping[str, int]]:
        """Return the facets, those with a selection counted as if they had none, and the days."""
        view, filters = question.view, question.filters
        selected = filters.selected()
        for name in view.facets:
            known_facet(name)
        plain = [name for name in view.facets if name not in selected]
        found: dict[str, Mapping[str, int]] = {}
        days: Mapping[str, int] = {}
        if plain or view.days:
            counts = self.engine.counts(filters.narrowed(asked), plain, days=view.days)
            found, days = dict(counts.facets), counts.days
        for name in (name for name in view.facets if name in selected):
            found |= self.engine.counts(filters.narrowed(asked, but=name), [name]).facets
        return {name: found[name] for name in view.facets}, days

    def documents(self, question: Question) -> Iterator[Document]:
        """Yield every document that *question* finds, however many."""
        return self.engine.scan(self.tree(question))

    def document(self, identifier: str) -> Document | None:
        """Return one document, or None."""
        return self.engine.get(identifier)

    def coverage(self, filters: Filters) -> Coverage:
        """Return which of the sources that could have answered were seen in the period of *filters*."""
        chosen = filters.selected().get("source", [])
        asked = [name for name in answering(self.settings, self.database) if not chosen or name in chosen]
        since, until = _moment(filters.since), _moment(filters.until)
        return coverage_note(self.database, asked, since, until and until + timedelta(days=1))

    def close(self) -> None:
        """Let go of the index."""
        self.engine.close()


def answering(settings: Settings, database: Database) -> list[str]:
    """Return the sources that could answer a search: those of the catalogue, and those that a harvest has seen."""
    return list(dict.fromkeys([*(s.name for s in all_sources(settings)), *sorted(last_seen(database))]))


def _moment(day: str | None) -> datetime | None:
    from watchword.index.dates import span

    return span(day, datetime.now(UTC))[0].replace(tzinfo=None) if day else None


def _shown(hit: Hit, light: Highlighter) -> Found:
    return Found(
        document=hit.document,
        score=hit.score,
        copies=hit.copies,
        origins=hit.origins,
        title=title_of(light, hit.document),
        snippet=snippet_of(light, hit.document),
    )


def search_documents(
    settings: Settings,
    database: Database,
    query: str,
    filters: Filters = EVERYTHING,
    *,
    fold: bool = True,
    limit: int = 20,
) -> Answer:
    """Return what *query* finds, best first; raise UsageError where it cannot be read."""
    return ask(settings, database, Question(query, filters, replace(View(), fold=fold, limit=limit)))


def ask(settings: Settings, database: Database, question: Question) -> Answer:
    """Return what *question* finds, and let go of the index."""
    desk = Desk(settings, database)
    try:
        return desk.ask(question)
    finally:
        desk.close()
