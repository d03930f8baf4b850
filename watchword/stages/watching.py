"""The watch stage: watches are held against the new documents of a run, alerts raised and delivered, the run closed."""

import time
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from watchword.archive import RunFolder
from watchword.document import Document
from watchword.evidence import time_stamp
from watchword.report import NOTHING_DECLARED, Fate, Report, outcome_of, write_report
from watchword.settings import Settings
from watchword.stages.crawling import CUT_OFF, left_undone, rhythms, source_errors
from watchword.stages.indexing import page_changes, placed_documents, settled_fates
from watchword.store.database import Database
from watchword.store.runs import Outcome, close_run, find_run, runs
from watchword.watch.alerts import alerts, is_raised, raise_alert
from watchword.watch.delivery import deliver
from watchword.watch.register import watches
from watchword.watch.watches import Reason, Watch, asks_mentions, reasons

if TYPE_CHECKING:
    from watchword.index import Engine


def hold_watches(
    database: Database, engine: "Engine", folder: RunFolder, *, only: Collection[tuple[str, str]] | None = None
) -> None:
    """Raise an alert for each watch that a new document of the run meets.

    With *only*, new alerts are raised for these pairs of a watch and an address alone; reasons join known alerts.
    """
    standing = watches(database)
    matched = {watch.name: _matched(engine, watch, folder.id) for watch in standing if watch.query}
    for place in placed_documents(database, folder):
        if not place.new:
            continue
        with database.session(alone=True) as session:
            for watch in standing:
                found = list(why(place.document, watch, matched.get(watch.name)))
                wanted = only is None or (watch.name, place.document.url) in only
                if found and (wanted or is_raised(session, watch, place.document)):
                    raise_alert(session, watch, place.document, found)


def _matched(engine: "Engine", watch: Watch, run: str) -> set[str]:
    """Return the ids of the run's documents that match the query of *watch*."""
    return set(engine.matching(f"run:{run} AND ({watch.query})"))


def why(document: Document, watch: Watch, matched: set[str] | None) -> Iterator[Reason]:
    """Yield why *document* meets *watch*; *matched* are the ids that match its query, if it has one."""
    if matched is not None and document.id not in matched:
        return
    if asks_mentions(watch):
        yield from reasons(document, watch)
    elif matched is not None:
        yield Reason(
            document.id, f"query {watch.query}", document.title, document.title, "", "the document matches the query"
        )


def close(settings: Settings, database: Database, folder: RunFolder, begun: float) -> Report:
    """Deliver what is owed, write the closing report of the run, and close it; *begun* is a monotonic time."""
    deliveries = deliver(database, settings)
    run = find_run(database, folder.id)
    outcomes = tuple(_outcomes(database, folder, run.sources))
    report = Report(
        run=folder.id,
        started=run.started.isoformat(timespec="seconds") + "Z",
        closed=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        sources=outcomes,
        mentions=dict(_mentions(database, folder)),
        changes=tuple(page_changes(settings, database, folder)),
        alerts=tuple(alert.id for alert in alerts(database, run=folder.id)),
        delivered=deliveries.delivered,
        waiting=deliveries.waiting,
        undelivered=deliveries.errors,
        remarks=tuple(_remarks(settings, database, folder)),
        seconds=round(time.monotonic() - begun, 1),
    )
    write_report(folder.path / "report.json", report)
    close_run(database, folder.id, outcomes)
    return report


def _remarks(settings: Settings, database: Database, folder: RunFolder) -> Iterator[str]:
    yield from filter(None, [time_stamp(settings, folder)])
    for run in runs(database):
        if run.closed is None and run.id != folder.id:
            yield f"the run {run.id} is not whole: it goes on, or 'watchword extract', 'index' and 'watch' end it"


def _outcomes(database: Database, folder: RunFolder, sources: tuple[str, ...]) -> Iterator[Outcome]:
    fates: dict[str, list[Fate]] = {name: [] for name in sources}
    for fate in settled_fates(database, folder):
        fates.setdefault(fate.source, []).append(fate)
    errors, undone, heard = source_errors(folder), left_undone(folder), rhythms(folder)
    for name, ends in fates.items():
        error, rhythm = errors.get(name, CUT_OFF), heard.get(name, NOTHING_DECLARED)
        yield outcome_of(name, ends, error=error, undone=undone.get(name, {}), rhythm=rhythm)


def _mentions(database: Database, folder: RunFolder) -> Counter[str]:
    counts: Counter[str] = Counter()
    for place in placed_documents(database, folder):
        if place.new:
            counts.update(mention.type for mention in place.document.mentions)
    return counts
