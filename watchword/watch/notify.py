"""Notifiers: an alert as a line in a file, an e-mail, or a POST; and the ledger that delivers each revision once."""

import hashlib
import json
import os
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.schema import AlertRow, DeliveryRow, WatchRow
from watchword.watch.alerts import Alert, find_alert

# A mail server that needs longer than this is treated as away; the alert waits for the next run.
DELIVERY_SECONDS = 30


class DeliveryError(Exception):
    """A recipient could not be told; the ledger keeps the alert for another try."""


Notifier = Callable[[Alert, str, str, Settings], None]


def append_line(alert: Alert, address: str, delivery: str, settings: Settings) -> None:
    """Append *alert* as a JSON line to the file *address*, unless a line of this delivery stands there."""
    path = settings.folder / address
    line = json.dumps({"delivery": delivery, **_as_json(alert)}, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and f'"delivery": "{delivery}"' in path.read_text("utf-8"):
            return
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DeliveryError(f"{path} cannot be written: {error.strerror}") from error


def send_email(alert: Alert, address: str, delivery: str, settings: Settings) -> None:
    """Send *alert* to a mail address; the Message-ID is that of the delivery, so that a repeat can be recognised."""
    if not settings.smtp_host:
        raise DeliveryError("WATCHWORD_SMTP_HOST is not set, so no e-mail can be sent")
    message = EmailMessage()
    message["From"], message["To"] = settings.mail_from, address
    message["Subject"] = f"[Watchword] {alert.watch}: {alert.title}"[:200].replace("\n", " ")
    message["Message-ID"] = f"<{delivery}@watchword.invalid>"
    message["Date"] = alert.raised.replace(tzinfo=UTC)
    message.set_content(as_text(alert))
    try:
        _transmit(message, settings)
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(f"{settings.smtp_host}:{settings.smtp_port} did not take the mail: {error}") from error


def _transmit(message: EmailMessage, settings: Settings) -> None:
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if settings.smtp_security == "tls":
        server = smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=DELIVERY_SECONDS, context=context)
    else:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=DELIVERY_SECONDS)
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        server.send_message(message)


def post_webhook(alert: Alert, address: str, delivery: str, _settings: Settings) -> None:
    """POST *alert* as JSON to the URL *address*, with the delivery as `Idempotency-Key`."""
    body = json.dumps(_as_json(alert), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": delivery, "User-Agent": "watchword"}
    try:
        request = urllib.request.Request(address, data=body, headers=headers, method="POST")
        with urllib.request.urlopen(request, timeout=DELIVERY_SECONDS):
            return
    except (OSError, ValueError) as error:
        raise DeliveryError(f"{address} did not take the alert: {error}") from error


NOTIFIERS: Mapping[str, Notifier] = {
    "mailto": send_email,
    "file": append_line,
    "http": post_webhook,
    "https": post_webhook,
}


def _as_json(alert: Alert) -> dict[str, object]:
    return {**asdict(alert), "raised": alert.raised.isoformat() + "Z"}


def as_text(alert: Alert) -> str:
    """Return *alert* as the text of a mail: what, where, and every reason."""
    lines = [
        alert.title,
        alert.url,
        f"source {alert.source}, language {alert.language or 'unknown'}, {alert.copies} copies",
        "",
    ]
    lines += [f"- {reason.text!r} is {reason.name} [{reason.met}]: {reason.why}" for reason in alert.reasons]
    return "\n".join(
        [*lines, "", f"Alert {alert.id}, revision {alert.revision}, story {alert.story}, run {alert.run}."]
    )


@dataclass(frozen=True)
class Deliveries:
    """What delivering came to."""

    delivered: int
    waiting: int
    errors: tuple[str, ...]


def deliver(database: Database, settings: Settings) -> Deliveries:
    """Tell every recipient every alert revision that the ledger does not hold as delivered."""
    delivered, errors = 0, []
    for alert_id, revision, recipient in _owed(database):
        delivery = hashlib.sha256(f"{alert_id}\n{revision}\n{recipient}".encode()).hexdigest()[:24]
        error = _attempt(find_alert(database, alert_id), recipient, delivery, settings)
        _record(database, DeliveryRow(id=delivery, alert=alert_id, revision=revision, recipient=recipient), error)
        delivered += not error
        if error:
            errors.append(f"{recipient}: {error}")
    return Deliveries(delivered, len(errors), tuple(dict.fromkeys(errors)))


def _owed(database: Database) -> list[tuple[str, int, str]]:
    with database.session() as session:
        told = {(d.alert, d.revision, d.recipient) for d in session.query(DeliveryRow) if d.delivered}
        rows = session.query(AlertRow, WatchRow).join(WatchRow, WatchRow.name == AlertRow.watch).order_by(AlertRow.id)
        owed = [(alert.id, alert.revision, recipient) for alert, watch in rows for recipient in watch.tell]
    return [entry for entry in owed if entry not in told]


def _attempt(alert: Alert, recipient: str, delivery: str, settings: Settings) -> str:
    scheme, _, rest = recipient.partition(":")
    address = recipient if scheme.startswith("http") else rest
    try:
        NOTIFIERS[scheme](alert, address, delivery, settings)
    except DeliveryError as error:
        return str(error)
    return ""


def _record(database: Database, row: DeliveryRow, error: str) -> None:
    with database.session() as session:
        kept = session.merge(row)
        kept.attempts = (kept.attempts or 0) + 1
        kept.error = error
        kept.delivered = None if error else datetime.now(UTC).replace(tzinfo=None)


def recipient_problem(recipient: str) -> str | None:
    """Return what is wrong with *recipient*, or None."""
    scheme, _, rest = recipient.partition(":")
    if scheme in NOTIFIERS and rest and (scheme != "file" or not Path(rest).is_dir()):
        return None
    return f"{recipient!r} is no recipient; write mailto:NAME@HOST, file:NAME.jsonl or https://HOST/PATH."
