"""Alerts in the state database: one a watch and story, its reasons complete, its documents listed."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from watchword.document import Document
from watchword.errors import UsageError
from watchword.store.database import Database
from watchword.store.runs import now
from watchword.store.schema import AlertDocumentRow, AlertRow, DeliveryRow, DocumentRow, FormerAlertRow, WatchRow
from watchword.watch.watches import Reason, Watch, fresh

# A delivery of an alert that joined another keeps its place in the ledger under this revision.
JOINED = 0


@dataclass(frozen=True)
class Alert:
    """An alert as people and notifiers see it."""

    id: str
    watch: str
    story: str
    title: str
    url: str
    source: str
    language: str | None
    run: str
    raised: datetime
    revision: int
    copies: int
    reasons: tuple[Reason, ...]
    acknowledged_by: str | None
    note: str

    def as_json(self) -> dict[str, Any]:
        """Return the alert as files, webhooks and `--json` give it; `raised` is ISO 8601 in UTC."""
        return {**asdict(self), "raised": f"{self.raised.isoformat(timespec='seconds')}Z"}


def raise_alert(session: Session, watch: Watch, document: Document, found: list[Reason]) -> bool:
    """Record that *document* met *watch*; return True where an analyst has something new to read.

    A copy of a story that was already told adds itself to the alert. It makes a new revision only when it names
    something that the alert did not name before.
    """
    story = document.story or document.id
    row = _of_story(session, watch.name, story)
    if row is None:
        session.add(_new_row(watch, document, story, found))
        session.flush()
        session.add(AlertDocumentRow(alert=_alert_id(watch.name, story), document=document.id))
        return True
    if session.get(AlertDocumentRow, (row.id, document.id)) is None:
        session.add(AlertDocumentRow(alert=row.id, document=document.id))
    added = fresh((Reason(**r) for r in row.reasons), found)
    if added:
        row.reasons = [*row.reasons, *(asdict(r) for r in added)]
        row.revision += 1
        row.acknowledged = None
    return bool(added)


def is_raised(session: Session, watch: Watch, document: Document) -> bool:
    """Say whether the story of *document* has an alert of *watch*."""
    return _of_story(session, watch.name, document.story or document.id) is not None


def _of_story(session: Session, watch: str, story: str) -> AlertRow | None:
    """Return the alert of *watch* on *story*; an alert that was raised on it and moved with it counts too."""
    row = session.scalar(select(AlertRow).where(AlertRow.watch == watch, AlertRow.story == story))
    return row or session.get(AlertRow, _alert_id(watch, story))


def _new_row(watch: Watch, document: Document, story: str, found: Iterable[Reason]) -> AlertRow:
    return AlertRow(
        id=_alert_id(watch.name, story),
        watch=watch.name,
        story=story,
        document=document.id,
        run=document.run,
        raised=now(),
        revision=1,
        reasons=[asdict(r) for r in found],
    )


def _alert_id(watch: str, story: str) -> str:
    return hashlib.sha256(f"{watch}\n{story}".encode()).hexdigest()[:12]


def merge_stories(session: Session, old: str, new: str) -> None:
    """Move the alerts of the story *old*, which turned out to be *new*; alerts of one watch become one."""
    for row in session.scalars(select(AlertRow).where(AlertRow.story == old)).all():
        twin = session.scalar(select(AlertRow).where(AlertRow.watch == row.watch, AlertRow.story == new))
        if twin is None:
            row.story = new
            continue
        _join(session, twin, row)
        session.flush()
        session.delete(row)
    session.flush()


def _join(session: Session, twin: AlertRow, row: AlertRow) -> None:
    """Let *twin* say all that *row* says: what nobody was told, or nobody has seen, is told and shown as new."""
    known = set(_documents_of(session, twin.id))
    gained = [document for document in _documents_of(session, row.id) if document not in known]
    session.add_all(AlertDocumentRow(alert=twin.id, document=document) for document in gained)
    added = fresh((Reason(**r) for r in twin.reasons), (Reason(**r) for r in row.reasons))
    twin.reasons = [*twin.reasons, *(asdict(r) for r in added)]
    twin.note = "; ".join(dict.fromkeys(filter(None, (twin.note, row.note))))
    if added and row.acknowledged is None:
        twin.acknowledged = None
    if added and not _is_told(session, row):
        twin.revision += 1
    session.execute(update(DeliveryRow).where(DeliveryRow.alert == row.id).values(alert=twin.id, revision=JOINED))
    session.execute(update(FormerAlertRow).where(FormerAlertRow.alert == row.id).values(alert=twin.id))
    session.add(FormerAlertRow(id=row.id, alert=twin.id))


def _is_told(session: Session, row: AlertRow) -> bool:
    """Say whether everybody who is to be told of *row* was told of all that it says."""
    ledger = select(DeliveryRow.recipient).where(DeliveryRow.alert == row.id, DeliveryRow.revision == row.revision)
    told = set(session.scalars(ledger.where(DeliveryRow.delivered.is_not(None))))
    return told >= set(session.get_one(WatchRow, row.watch).tell)


def _documents_of(session: Session, alert: str) -> list[str]:
    return list(session.scalars(select(AlertDocumentRow.document).where(AlertDocumentRow.alert == alert)))


def urls_by_alert(database: Database) -> dict[str, set[str]]:
    """Return for each alert the addresses of the documents that met its watch."""
    wanted = select(AlertDocumentRow.alert, DocumentRow.url).join(
        DocumentRow, DocumentRow.id == AlertDocumentRow.document
    )
    urls: dict[str, set[str]] = {}
    with database.session() as session:
        for alert, url in session.execute(wanted):
            urls.setdefault(alert, set()).add(url)
    return urls


def alerts(
    database: Database, *, watch: str | None = None, run: str | None = None, fresh_only: bool = False
) -> list[Alert]:
    """Return alerts, newest first."""
    wanted = select(AlertRow, DocumentRow).join(DocumentRow, DocumentRow.id == AlertRow.document, isouter=True)
    if watch:
        wanted = wanted.where(AlertRow.watch == watch)
    if run:
        wanted = wanted.where(AlertRow.run == run)
    if fresh_only:
        wanted = wanted.where(AlertRow.acknowledged.is_(None))
    counted = select(AlertDocumentRow.alert, func.count()).group_by(AlertDocumentRow.alert)
    with database.session() as session:
        rows = session.execute(wanted.order_by(AlertRow.raised.desc(), AlertRow.id)).all()
        copies = {row[0]: row[1] for row in session.execute(counted)}
        return [_as_alert(alert, document, copies.get(alert.id, 0)) for alert, document in rows]


def find_alert(database: Database, identifier: str) -> Alert:
    """Return one alert by its id or the beginning of it, also one that it had; raise UsageError where there is none."""
    with database.session() as session:
        begins = select(AlertRow).where(AlertRow.id.startswith(identifier, autoescape=True))
        former = select(AlertRow).join(FormerAlertRow, FormerAlertRow.alert == AlertRow.id)
        rows = session.scalars(begins).all()
        rows = rows or session.scalars(former.where(FormerAlertRow.id.startswith(identifier, autoescape=True))).all()
        if len({row.id for row in rows}) != 1:
            said = f"{len(rows)} alerts have" if rows else "No alert has"
            raise UsageError(f"{said} an id that begins with {identifier!r}; 'watchword alerts list' shows all.")
        row = rows[0]
        return _as_alert(row, session.get(DocumentRow, row.document), len(_documents_of(session, row.id)))


def acknowledge(database: Database, identifier: str, *, by: str, note: str) -> Alert:
    """Mark an alert as seen by a person; the mark goes when something new joins the alert."""
    alert = find_alert(database, identifier)
    with database.session() as session:
        session.execute(
            update(AlertRow).where(AlertRow.id == alert.id).values(acknowledged=now(), acknowledged_by=by, note=note)
        )
    return find_alert(database, alert.id)


def _as_alert(row: AlertRow, document: DocumentRow | None, copies: int) -> Alert:
    return Alert(
        id=row.id,
        watch=row.watch,
        story=row.story,
        title=document.title if document else "(document removed)",
        url=document.url if document else "",
        source=document.source if document else "",
        language=document.language if document else None,
        run=row.run,
        raised=row.raised,
        revision=row.revision,
        copies=copies,
        reasons=tuple(Reason(**r) for r in row.reasons),
        acknowledged_by=row.acknowledged_by if row.acknowledged else None,
        note=row.note,
    )
