"""Runs and coverage: what each harvest set out to see, and what became of each source."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import func, select

from watchword.errors import UsageError
from watchword.store.database import Database
from watchword.store.schema import OutcomeRow, RunRow


@dataclass(frozen=True)
class Run:
    """One harvest; `closed` is None while it is not whole."""

    id: str
    started: datetime
    sources: tuple[str, ...]
    closed: datetime | None


@dataclass(frozen=True)
class Outcome:
    """What became of one source in one run.

    `due` is the number of pages that the run set out to fetch, `characters` the length of the new documents' texts.
    `every` and `rests` are what the source declares: seconds between two changes, and hours without any.
    """

    source: str
    seen: bool
    due: int = 0
    fetched: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    documents: int = 0
    set_aside: int = 0
    characters: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    every: int = 0
    rests: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Gap:
    """A source that was not seen, or not whole, in one run: a line of the coverage note."""

    source: str
    run: str
    when: datetime
    seen: bool
    reasons: dict[str, int]


def now() -> datetime:
    """Return the time in UTC, without a zone, as the database keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def open_run(database: Database, run: str, sources: Iterable[str]) -> None:
    """Record that *run* begins; do nothing where it is known."""
    with database.session() as session:
        if session.get(RunRow, run) is None:
            session.add(RunRow(id=run, started=now(), sources=sorted(sources), closed=None))


def close_run(database: Database, run: str, outcomes: Iterable[Outcome]) -> None:
    """Record what became of each source of *run*, and that it is whole."""
    with database.session() as session:
        row = session.get_one(RunRow, run)
        for outcome in outcomes:
            session.merge(OutcomeRow(run=run, started=row.started, **vars(outcome)))
        row.closed = now()


def runs(database: Database) -> list[Run]:
    """Return all runs, newest first."""
    with database.session() as session:
        rows = session.scalars(select(RunRow).order_by(RunRow.started.desc(), RunRow.id.desc())).all()
        return [Run(r.id, r.started, tuple(r.sources), r.closed) for r in rows]


def unfinished_run(database: Database, sources: Iterable[str], *, but: Collection[str] = ()) -> str | None:
    """Return the newest run over just these *sources* that was interrupted and is not one of *but*, or None."""
    wanted = tuple(sorted(sources))
    found = (run.id for run in runs(database) if run.closed is None and run.sources == wanted)
    return next((run for run in found if run not in but), None)


def last_seen(database: Database) -> dict[str, datetime]:
    """Return when each source was last seen, for deciding what is due."""
    with database.session() as session:
        newest = func.max(OutcomeRow.started)
        rows = session.execute(select(OutcomeRow.source, newest).where(OutcomeRow.seen).group_by(OutcomeRow.source))
        return {row.source: row[1] for row in rows}


def outcomes(database: Database, run: str) -> list[Outcome]:
    """Return what became of each source of *run*."""
    with database.session() as session:
        rows = session.scalars(select(OutcomeRow).where(OutcomeRow.run == run).order_by(OutcomeRow.source)).all()
        return [
            Outcome(
                r.source,
                r.seen,
                r.due,
                r.fetched,
                r.unchanged,
                r.refused,
                r.failed,
                r.documents,
                r.set_aside,
                r.characters,
                r.reasons,
                r.every,
                r.rests,
            )
            for r in rows
        ]


def gaps(database: Database, since: datetime | None, until: datetime | None) -> list[Gap]:
    """Return what was not seen, or not whole, between *since* and *until*, newest first."""
    wanted = select(OutcomeRow)
    if since:
        wanted = wanted.where(OutcomeRow.started >= since)
    if until:
        wanted = wanted.where(OutcomeRow.started <= until)
    with database.session() as session:
        rows = session.scalars(wanted.order_by(OutcomeRow.started.desc(), OutcomeRow.source)).all()
        return [Gap(r.source, r.run, r.started, r.seen, r.reasons) for r in rows if not r.seen or r.reasons]


def observed(database: Database, since: datetime | None, until: datetime | None) -> set[str]:
    """Return the sources that were seen at least once between *since* and *until*."""
    wanted = select(OutcomeRow.source).where(OutcomeRow.seen)
    if since:
        wanted = wanted.where(OutcomeRow.started >= since)
    if until:
        wanted = wanted.where(OutcomeRow.started <= until)
    with database.session() as session:
        return set(session.scalars(wanted))


def find_run(database: Database, identifier: str) -> Run:
    """Return the run *identifier*; raise UsageError where there is none."""
    known = {run.id: run for run in runs(database)}
    if identifier not in known:
        raise UsageError(f"No run {identifier!r}; 'watchword runs list' shows all.")
    return known[identifier]


def newest_run(database: Database) -> str:
    """Return the id of the newest run; raise UsageError where there is none."""
    known = runs(database)
    if not known:
        raise UsageError("There is no run yet; 'watchword harvest' makes one.")
    return known[0].id
