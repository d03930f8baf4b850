"""The HTTP API, version 1: what the command line reads, as JSON."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from fastapi.security import HTTPBearer

from nlp.items.catalogue import catalogue
from watchword.catalogue import all_sources
from watchword.coverage import coverage_note
from watchword.errors import UsageError
from watchword.export import FORMATS, Selection, exported, known_format
from watchword.health import source_health
from watchword.index import parse
from watchword.searching import answering
from watchword.store.registry import versions
from watchword.store.runs import runs
from watchword.upkeep import index_status
from watchword.web import answers
from watchword.web.alert_list import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    AlertsWanted,
    alerts_of,
    alerts_page,
    documents_of,
    one_alert,
)
from watchword.web.provenance import provenance_of
from watchword.web.questions import AskedForExport, AskedForHits, check_parameters
from watchword.web.records import (
    alert_record,
    coverage_record,
    item_record,
    provenance_record,
    search_record,
    source_record,
    utc,
)
from watchword.web.state import NotThereError, Open, State
from watchword.web.tokens import read_tokens

# Here for the description: the guard asks for tokens, where there are any, before a request comes this far.
TOKEN = HTTPBearer(auto_error=False, description="Needed where a token exists; 'watchword tokens add NAME' makes one.")
api = APIRouter(prefix="/api/v1", responses=answers.PROBLEMS, dependencies=[Depends(TOKEN), Depends(check_parameters)])
STREAMS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The export.", "content": {form.media_type: {} for form in FORMATS.values()}}
}
Day = Annotated[str | None, Query(description="A day, as 2026-01-31.")]


@api.get("/search", response_model=answers.SearchAnswer, tags=["documents"])
def search(asked: Annotated[AskedForHits, Query()], state: Open) -> dict[str, Any]:
    """Search everything collected; the total is exact, and the coverage stands beside it."""
    return search_record(state.desk.ask(asked.question(state.database, asked.view())))


@api.get("/documents/{identifier}", response_model=answers.DocumentAnswer, tags=["documents"])
def document(identifier: str, state: Open) -> dict[str, Any]:
    """Give a document with its text, mentions, provenance and versions."""
    found = state.desk.document(identifier)
    if found is None:
        raise NotThereError(f"The index holds no document {identifier!r}; its id stands in every hit.")
    with state.database.session() as session:
        rows = versions(session, found.page)
        known = [{"version": r.version, "id": r.id, "captured": r.captured, "run": r.run} for r in rows]
    return {
        "document": found.as_json(),
        "provenance": provenance_record(provenance_of(state.settings, found)),
        "versions": known,
        "alerts": [alert for alert, _ in alerts_of(state.database, found.id)],
    }


@api.get("/alerts", response_model=answers.AlertsAnswer, tags=["alerts"])
def alerts(
    state: Open,
    watch: Annotated[str | None, Query(description="Only alerts of this watch.")] = None,
    run: Annotated[str | None, Query(description="Only alerts of this run.")] = None,
    new: Annotated[bool, Query(description="Only alerts that nobody has acknowledged.")] = False,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Alerts of a page.")] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(description="The `next` of the page before.")] = None,
) -> dict[str, Any]:
    """List the alerts with every reason, the newest first."""
    page = alerts_page(state.database, AlertsWanted(watch, run, new, limit, cursor))
    return {"total": page.total, "next": page.next, "alerts": [alert_record(alert) for alert in page.alerts]}


@api.get("/alerts/{identifier}", response_model=answers.OneAlertAnswer, tags=["alerts"])
def alert(identifier: str, state: Open) -> dict[str, Any]:
    """Give one alert with the documents that met its watch."""
    found = one_alert(state.database, identifier)
    return {"alert": alert_record(found), "documents": [vars(d) for d in documents_of(state.database, found.id)]}


@api.get("/coverage", response_model=answers.CoverageAnswer, tags=["sources"])
def coverage(
    state: Open,
    since: Day = None,
    until: Day = None,
    source: Annotated[list[str] | None, Query(description="Only these sources.")] = None,
) -> dict[str, Any]:
    """Tell which sources were seen in a period of harvests, which were not, and why."""
    known = answering(state.settings, state.database)
    chosen = [name for name in known if not source or name in source]
    for name in source or ():
        if name not in known:
            raise NotThereError(f"No source is named {name!r}; /api/v1/sources lists all.")
    end = _day(until, "until")
    return coverage_record(coverage_note(state.database, chosen, _day(since, "since"), end and end + timedelta(days=1)))


def _day(text: str | None, name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError:
        raise UsageError(f"{name}={text!r} is not a day; write it as 2026-01-31.") from None


@api.get("/sources", response_model=list[answers.SourceAnswer], tags=["sources"])
def sources(state: Open) -> list[dict[str, Any]]:
    """List the sources with their health, those with a remark first."""
    known = {source.name: source for source in all_sources(state.settings)}
    return [source_record(known[h.source], h) for h in source_health(state.settings, state.database)]


@api.get("/items/{identifier}", response_model=answers.ItemAnswer, tags=["catalogue"])
def item(identifier: str, state: Open) -> dict[str, Any]:
    """Give an item of the catalogue, by its id with or without `item:`, and how many documents mention it."""
    wanted = identifier.removeprefix("item:")
    found = next((item for item in catalogue() if item.id == wanted), None)
    if found is None:
        raise NotThereError(f"The catalogue has no item {wanted!r}; 'watchword items search' finds one.")
    return item_record(found, state.desk.engine.count(parse(f'item:"{found.id}"')))


@api.get("/export", response_class=StreamingResponse, responses=STREAMS, tags=["documents"])
def export(asked: Annotated[AskedForExport, Query()], state: Open) -> StreamingResponse:
    """Give everything that a search finds, in a format, as a stream with no limit."""
    return export_answer(state, asked)


def export_answer(state: State, asked: AskedForExport) -> StreamingResponse:
    """Return the answer that streams an export; what is wrong is raised before it begins."""
    form = known_format(asked.format)
    if asked.format == "bundle" and not (state.settings.folder / "keys" / "signing.pem").exists():
        raise UsageError("There is no key to sign a bundle with; 'watchword export' on the command line makes one.")
    pieces: Iterator[bytes] = exported(Selection(state.desk, asked.question(state.database)), asked.format)
    name = f"watchword{form.suffix}"
    return StreamingResponse(
        pieces, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=form.media_type
    )


@api.get("/status", response_model=answers.StatusAnswer, tags=["status"])
def status(state: Open) -> dict[str, Any]:
    """Tell what the index holds, whether all that was collected is in it, and which run is the newest."""
    known = runs(state.database)
    newest = known[0] if known else None
    return {
        "version": version("watchword"),
        "index": index_status(state.settings, state.database),
        "newest_run": newest and newest.id,
        "newest_run_closed": utc(newest.closed) if newest and newest.closed else None,
        "sources": len(all_sources(state.settings)),
        "alerts": alerts_page(state.database, AlertsWanted(limit=1)).total,
        "tokens": bool(read_tokens(state.settings)),
    }
