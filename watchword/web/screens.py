"""The first screens: search, a document beside its provenance, alerts, coverage. Plain pages that need no script."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from watchword.changes import changed_words
from watchword.document import Document
from watchword.errors import UsageError
from watchword.export import FORMATS
from watchword.index import QueryError, parse
from watchword.index.highlights import Highlighter, merged
from watchword.saved import PARAMETER
from watchword.searching import ORDERS, Answer, Filters, Question, View
from watchword.store.registry import versions
from watchword.store.schema import DocumentRow
from watchword.store.searches import SavedSearch, saved_searches
from watchword.web.addresses import Address
from watchword.web.alert_list import (
    AlertsWanted,
    alerts_of,
    alerts_page,
    documents_of,
    one_alert,
    watches_with_alerts,
)
from watchword.web.api import export_answer
from watchword.web.facets import SHOWN, facets_of, label_of
from watchword.web.pages import page
from watchword.web.passages import Span, Told, paragraphs, parts_of, told_in
from watchword.web.provenance import provenance_of
from watchword.web.questions import AskedForExport, AskedForHits
from watchword.web.records import utc
from watchword.web.state import NotThereError, Open, State
from watchword.web.timeline import HEIGHT, bars_of

screens = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# Parameters that the form has no field for, kept when it is sent.
KEPT = ("only", "without", "language", "source", "entity", "like")
# Other copies of a story that are listed beside a document.
MAX_COPIES = 20


@screens.get("/")
def search(request: Request, asked: Annotated[AskedForHits, Query()], state: Open) -> Response:
    """Show what a search finds, with what can be chosen from beside it."""
    here = Address.of(request)
    if asked.saved:
        return _opened(asked, state, here)
    answer, problem = _answered(asked, state)
    return page(
        "search.html",
        400 if problem else 200,
        here="search",
        asked=asked,
        address=here,
        answer=answer,
        problem=problem,
        facets=facets_of(answer.facets, here) if answer else [],
        bars=bars_of(answer.days, here) if answer else [],
        bar_height=HEIGHT,
        chosen=_chosen(here),
        kept=[(name, value) for name in KEPT for value in here.values(name)],
        orders=[order for order in ORDERS if order != "relevance"],
        formats=FORMATS,
        saved=[(one, _ready(one)) for one in saved_searches(state.database)] if not here.parameters else [],
    )


def _opened(asked: AskedForHits, state: State, here: Address) -> Response:
    """Lead on to the search that was saved, where it can be changed like any other."""
    question = asked.question(state.database)
    told: list[tuple[str, str]] = [("q", question.query), ("order", question.view.order)]
    told += [(name, value) for name in ("since", "until") if (value := getattr(question.filters, name))]
    told += [(name, value) for name in ("language", "source", "entity") for value in getattr(question.filters, name)]
    told += [(name, f"{f}={v}") for name in ("only", "without") for f, v in getattr(question.filters, name)]
    return RedirectResponse(str(Address(here.path, tuple(pair for pair in told if pair[1]))), 303)


def _ready(saved: SavedSearch) -> bool:
    """Say whether a saved search can be asked as it is."""
    return all(match["default"] is not None for match in PARAMETER.finditer(saved.query))


def _answered(asked: AskedForHits, state: State) -> tuple[Answer | None, UsageError | None]:
    """Return the answer, or what is wrong with the question."""
    view = asked.view()
    wanted = View(view.fold, view.limit, view.order, view.cursor, tuple(SHOWN), days=True)
    try:
        return state.desk.ask(asked.question(state.database, wanted)), None
    except UsageError as error:
        return None, error


def _chosen(here: Address) -> list[tuple[str, str, Address]]:
    """Return what narrows a search: its field, its value, and the address without it; a leading minus excludes."""
    found = []
    for name in ("language", "source", "entity"):
        title = SHOWN.get(name, name.capitalize())
        found += [(title, label_of(name, value), here.taking(name, value)) for value in here.values(name)]
    for parameter, sign in (("only", ""), ("without", "not ")):
        for pair in here.values(parameter):
            name, _, value = pair.partition("=")
            found.append(
                (f"{sign}{SHOWN.get(name, name.capitalize())}", label_of(name, value), here.taking(parameter, pair))
            )
    return found


@screens.get("/documents/{identifier}")
def document(
    request: Request,
    identifier: str,
    state: Open,
    q: Annotated[str, Query(description="The query whose hits are marked.")] = "",
    part: Annotated[int, Query(ge=1, description="Part of a long text.")] = 1,
) -> HTMLResponse:
    """Show a document with what it names in colour, beside where it comes from."""
    found = state.desk.document(identifier)
    if found is None:
        raise NotThereError(f"The index holds no document {identifier!r}; it was removed, or never was there.")
    parts, told = parts_of(found.text), told_in(found.mentions)
    if part > len(parts):
        raise NotThereError(f"This document has {len(parts)} parts, and none of number {part}.")
    with state.database.session() as session:
        known = versions(session, found.page)
    return page(
        "document.html",
        here="",
        document=found,
        address=Address.of(request),
        paragraphs=list(paragraphs(found.text, found.mentions, told, _hits(q, found), parts[part - 1])),
        told=told,
        counts=_counts(told),
        part=part,
        parts=parts,
        provenance=provenance_of(state.settings, found),
        versions=known,
        change=_change(state, known, found),
        copies=_copies(state, found),
        alerts=alerts_of(state.database, found.id),
        q=q,
    )


def _hits(query: str, found: Document) -> list[Span]:
    """Return where *query* has hits; none where it cannot be read."""
    try:
        return merged(Highlighter(parse(query)).text(found)) if query else []
    except QueryError:
        return []


def _counts(told: list[Told]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in told:
        counts[one.type] = counts.get(one.type, 0) + len(one.places)
    return counts


def _change(state: State, known: list[DocumentRow], found: Document) -> tuple[str, str] | None:
    """Return the words that went and came since the version before, where the index holds it."""
    earlier = next((row for row in reversed(known) if row.version < found.version), None)
    before = state.desk.document(earlier.id) if earlier else None
    return changed_words(before.text, found.text) if before else None


def _copies(state: State, found: Document) -> list[Document]:
    """Return other documents of the same story, the newest first."""
    question = Question(f'story:"{found.story}"', Filters(), View(fold=False, limit=MAX_COPIES + 1, order="newest"))
    hits = state.desk.ask(question).found if found.story else ()
    return [hit.document for hit in hits if hit.document.page != found.page]


@screens.get("/alerts")
def alerts(
    request: Request,
    state: Open,
    watch: Annotated[str, Query()] = "",
    new: Annotated[bool, Query()] = False,
    cursor: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """Show the alerts, the newest first, with their reasons."""
    listed = alerts_page(state.database, AlertsWanted(watch or None, None, new, cursor=cursor or None))
    watches = watches_with_alerts(state.database)
    here = Address.of(request)
    return page("alerts.html", here="alerts", page=listed, watches=watches, watch=watch, new=new, address=here, utc=utc)


@screens.get("/alerts/{identifier}")
def alert(identifier: str, state: Open) -> HTMLResponse:
    """Show one alert with every reason and document."""
    found = one_alert(state.database, identifier)
    return page("alert.html", here="alerts", alert=found, documents=documents_of(state.database, found.id), utc=utc)


@screens.get("/coverage")
def coverage(state: Open, since: Annotated[str, Query()] = "", until: Annotated[str, Query()] = "") -> HTMLResponse:
    """Show which sources were seen in a period, and which were not."""
    note = state.desk.coverage(Filters(since=since or None, until=until or None))
    return page("coverage.html", here="coverage", note=note, since=since, until=until, utc=utc)


@screens.get("/export")
def export(asked: Annotated[AskedForExport, Query()], state: Open) -> StreamingResponse:
    """Give what a search finds as a file, as the API does."""
    return export_answer(state, asked)
