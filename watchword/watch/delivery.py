"""The delivery ledger: each revision of an alert goes to each recipient once, whatever is interrupted."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.runs import now
from watchword.store.schema import AlertDocumentRow, AlertRow, DeliveryRow, WatchRow
from watchword.watch.alerts import Alert, find_alert
from watchword.watch.notify import NOTIFIERS, DeliveryError, short_name

# A server that takes its time may hold a run up for so long; what it was not told then waits for the next run.
SERVER_SECONDS = 300.0
MADE = select(DeliveryRow).where(DeliveryRow.delivered.is_not(None))


@dataclass(frozen=True)
class Deliveries:
    """What delivering came to: deliveries made, deliveries that wait, and why, a sentence a recipient and cause."""

    delivered: int
    waiting: int
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Owed:
    """A revision of an alert that a recipient was not told."""

    alert: str
    revision: int
    recipient: str

    @property
    def id(self) -> str:
        """The id of the delivery, the same at every try."""
        return hashlib.sha256(f"{self.alert}\n{self.revision}\n{self.recipient}".encode()).hexdigest()[:24]

    @property
    def server(self) -> str:
        """What has to be there for the delivery: the mail server, a host, or a file."""
        if self.recipient.startswith("mailto:"):
            return "mailto:"
        return urlsplit(self.recipient).netloc or self.recipient


@dataclass
class _Round:
    """One round of deliveries: the time that each server took, and those that are not there."""

    settings: Settings
    spent: dict[str, float] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)

    def rests(self, owed: Owed) -> bool:
        """Say whether the server of *owed* is left alone until the next round."""
        return owed.server in self.away or self.spent.get(owed.server, 0.0) > SERVER_SECONDS

    def attempt(self, owed: Owed, alert: Alert) -> str:
        """Tell the recipient; return why it could not be told, or nothing."""
        scheme, _, rest = owed.recipient.partition(":")
        address = owed.recipient if scheme.startswith("http") else rest
        begun = time.monotonic()
        try:
            NOTIFIERS[scheme](alert, address, owed.id, self.settings)
        except DeliveryError as error:
            self.away |= {owed.server} if error.away else set()
            return str(error)
        finally:
            self.spent[owed.server] = self.spent.get(owed.server, 0.0) + time.monotonic() - begun
        return ""


def deliver(database: Database, settings: Settings) -> Deliveries:
    """Tell every recipient every alert revision that the ledger does not hold as delivered, the oldest first.

    A server that is not there is asked once, not once an alert.
    """
    made, waiting, errors = 0, 0, []
    turn = _Round(settings)
    for owed in _owed(database):
        if turn.rests(owed):
            waiting += 1
            continue
        error = turn.attempt(owed, find_alert(database, owed.alert))
        _record(database, owed, error)
        made += not error
        waiting += bool(error)
        if error:
            errors.append(f"{short_name(owed.recipient)}: {error}")
    return Deliveries(made, waiting, tuple(dict.fromkeys(errors)))


def _owed(database: Database) -> list[Owed]:
    """Return what watches in force owe their recipients; an alert whose documents were all forgotten says nothing."""
    with database.session() as session:
        told = {(d.alert, d.revision, d.recipient) for d in session.scalars(MADE)}
        wanted = select(AlertRow.id, AlertRow.revision, WatchRow.tell).join(WatchRow, WatchRow.name == AlertRow.watch)
        speaks = exists().where(AlertDocumentRow.alert == AlertRow.id)
        wanted = wanted.where(WatchRow.removed.is_(None), speaks).order_by(AlertRow.raised, AlertRow.id)
        owed = [(alert, revision, who) for alert, revision, tell in session.execute(wanted) for who in tell]
    return [Owed(*entry) for entry in dict.fromkeys(owed) if entry not in told]


def _record(database: Database, owed: Owed, error: str) -> None:
    row = DeliveryRow(id=owed.id, alert=owed.alert, revision=owed.revision, recipient=owed.recipient)
    with database.session() as session:
        kept = session.merge(row)
        kept.attempts = (kept.attempts or 0) + 1
        kept.error = error
        kept.delivered = None if error else now()


def settle(session: Session, watch: str, tell: tuple[str, ...], *, told_before: bool) -> None:
    """Enter as told what was told before the watch *watch* came back with the recipients *tell*.

    What waited to be told still waits; *told_before* says whether the watch told anybody before it was removed.
    """
    for alert in _settled(session, watch, told_before=told_before):
        for recipient in tell:
            owed = Owed(alert.id, alert.revision, recipient)
            if session.get(DeliveryRow, owed.id) is None:
                row = DeliveryRow(id=owed.id, alert=alert.id, revision=alert.revision, recipient=recipient)
                row.delivered, row.error = now(), "not sent: raised before the watch was added again"
                session.add(row)


def _settled(session: Session, watch: str, *, told_before: bool) -> Iterator[AlertRow]:
    made = {(d.alert, d.revision) for d in session.scalars(MADE)}
    for alert in session.scalars(select(AlertRow).where(AlertRow.watch == watch)):
        if not told_before or (alert.id, alert.revision) in made:
            yield alert
