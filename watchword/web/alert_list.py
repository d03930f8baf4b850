"""Alerts a page at a time, and the documents that met them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from watchword.errors import UsageError
from watchword.store.database import Database
from watchword.store.schema import AlertDocumentRow, AlertRow, DocumentRow
from watchword.watch.alerts import Alert, find_alert
from watchword.web.state import NotThereError

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


@dataclass(frozen=True)
class AlertsWanted:
    """Which alerts: of one watch, of one run, only those that nobody has acknowledged; after those of a `cursor`."""

    watch: str | None = None
    run: str | None = None
    new: bool = False
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None


@dataclass(frozen=True)
class AlertsPage:
    """Alerts, the newest first; `total` counts all that are wanted, `next` is the cursor of the next page."""

    total: int
    alerts: tuple[Alert, ...]
    next: str | None


@dataclass(frozen=True)
class MetDocument:
    """A document that met the watch of an alert."""

    id: str
    url: str
    title: str
    source: str
    language: str | None
    captured: str


def alerts_page(database: Database, wanted: AlertsWanted) -> AlertsPage:
    """Return the alerts that are *wanted*; raise UsageError where the cursor is none."""
    chosen = select(AlertRow.id, AlertRow.raised).where(*_conditions(wanted))
    page = chosen.order_by(AlertRow.raised.desc(), AlertRow.id).limit(wanted.limit + 1)
    if wanted.cursor:
        page = page.where(_after(wanted.cursor))
    with database.session() as session:
        total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
        rows = session.execute(page).all()
    shown = rows[: wanted.limit]
    following = f"{shown[-1].raised.isoformat()}_{shown[-1].id}" if len(rows) > len(shown) else None
    return AlertsPage(total, tuple(find_alert(database, row.id) for row in shown), following)


def _conditions(wanted: AlertsWanted) -> list[ColumnElement[bool]]:
    found = [AlertRow.watch == wanted.watch] if wanted.watch else []
    found += [AlertRow.run == wanted.run] if wanted.run else []
    return [*found, AlertRow.acknowledged.is_(None)] if wanted.new else found


def _after(cursor: str) -> ColumnElement[bool]:
    when, _, identifier = cursor.partition("_")
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        raise UsageError(f"{cursor!r} is no cursor; take the one that came with the page before.") from None
    return or_(AlertRow.raised < moment, and_(AlertRow.raised == moment, AlertRow.id > identifier))


def one_alert(database: Database, identifier: str) -> Alert:
    """Return the alert *identifier*; raise NotThereError where there is none."""
    with database.session() as session:
        known = session.get(AlertRow, identifier) is not None
    if not known:
        raise NotThereError(f"There is no alert {identifier!r}; /api/v1/alerts lists all.")
    return find_alert(database, identifier)


def documents_of(database: Database, alert: str) -> list[MetDocument]:
    """Return the documents that met the watch of *alert*, the first captured first."""
    columns = (DocumentRow.id, DocumentRow.url, DocumentRow.title, DocumentRow.source, DocumentRow.language)
    wanted = (
        select(*columns, DocumentRow.captured)
        .join(AlertDocumentRow, AlertDocumentRow.document == DocumentRow.id)
        .where(AlertDocumentRow.alert == alert)
        .order_by(DocumentRow.captured, DocumentRow.id)
    )
    with database.session() as session:
        return [MetDocument(*row) for row in session.execute(wanted)]


def alerts_of(database: Database, document: str) -> list[tuple[str, str]]:
    """Return id and watch of the alerts that *document* met."""
    wanted = (
        select(AlertRow.id, AlertRow.watch)
        .join(AlertDocumentRow, AlertDocumentRow.alert == AlertRow.id)
        .where(AlertDocumentRow.document == document)
        .order_by(AlertRow.watch)
    )
    with database.session() as session:
        return [(row.id, row.watch) for row in session.execute(wanted)]


def watches_with_alerts(database: Database) -> list[tuple[str, int]]:
    """Return the watches that raised alerts, and how many, by name."""
    wanted = select(AlertRow.watch, func.count()).group_by(AlertRow.watch).order_by(AlertRow.watch)
    with database.session() as session:
        return [(name, number) for name, number in session.execute(wanted)]
