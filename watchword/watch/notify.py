"""Notifiers: an alert as a line in a file, an e-mail, or a POST."""

import http.client
import json
import os
import re
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from watchword.settings import Settings
from watchword.watch.alerts import Alert

# A server that needs longer than this is treated as away; the alert waits for the next run.
DELIVERY_SECONDS = 30
SUBJECT_CHARACTERS = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
LINE_START = b'{"delivery": '
MAIL_ADDRESS = re.compile(r"[^\s@,;<>\"\x00-\x1f]+@[^\s@,;<>\"\x00-\x1f]+")


class DeliveryError(Exception):
    """A recipient could not be told; the ledger keeps the alert for another try.

    `away` says that the server was not there at all, so that other alerts need not try it either.
    """

    def __init__(self, message: str, *, away: bool = False) -> None:
        super().__init__(message)
        self.away = away


Notifier = Callable[[Alert, str, str, Settings], None]


def append_line(alert: Alert, address: str, delivery: str, settings: Settings) -> None:
    """Append *alert* as a JSON line to the file *address*, unless a whole line of this delivery stands there."""
    path = settings.folder / Path(address).expanduser()
    mark = LINE_START + f'"{delivery}"'.encode()
    line = json.dumps({"delivery": delivery, **alert.as_json()}, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and _holds(path, mark):
            return
        _append(path, f"{line}\n".encode("utf-8", "replace"))
    except OSError as error:
        raise DeliveryError(f"{path} cannot be written: {error.strerror}", away=True) from error


def _holds(path: Path, mark: bytes) -> bool:
    """Say whether a whole line of *path* begins with *mark*; a line without its end was interrupted."""
    content = path.read_bytes()
    start = 0 if content.startswith(mark) else content.find(b"\n" + mark)
    return start >= 0 and content.find(b"\n", start + 1) >= 0


def _append(path: Path, line: bytes) -> None:
    """Write *line* after the last whole line of *path*; leave nothing of it where the disk takes no more."""
    # A buffer would be written once more when the file is closed.
    with path.open("ab+", buffering=0) as file:
        start = _whole_end(file)
        file.truncate(start)
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(start)
            raise


def _whole_end(file: Any) -> int:
    """Return where *file* ends without a line of ours that a kill or a full disk cut short."""
    end = int(file.seek(0, os.SEEK_END))
    size, found = 0, -1
    while size < end and found < 0:
        size = min(end, max(4096, size * 2))
        file.seek(end - size)
        found = file.read(size).rfind(b"\n")
    start = end - size + found + 1
    file.seek(start)
    tail = file.read(len(LINE_START))
    return start if LINE_START.startswith(tail) else end


def send_email(alert: Alert, address: str, delivery: str, settings: Settings) -> None:
    """Send *alert* to a mail address; the Message-ID is that of the delivery, so that a repeat can be recognised."""
    if not settings.smtp_host:
        raise DeliveryError("WATCHWORD_SMTP_HOST is not set, so no e-mail can be sent", away=True)
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        _transmit(_mail(alert, address, delivery, settings.mail_from), settings)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
        away = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError)
        raise DeliveryError(f"{where} did not take the mail: {error}", away=away) from error
    except OSError as error:
        raise DeliveryError(f"{where} did not take the mail: {error}", away=True) from error
    except ValueError as error:
        raise DeliveryError(f"no mail can be made: {error}") from error


def _mail(alert: Alert, address: str, delivery: str, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, address
    message["Subject"] = _one_line(f"[Watchword] {alert.watch}: {alert.title}")[:SUBJECT_CHARACTERS]
    message["Message-ID"] = f"<{delivery}@watchword.invalid>"
    message["References"] = f"<{alert.id}@watchword.invalid>"
    message["Date"] = alert.raised.replace(tzinfo=UTC)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_encodable(as_text(alert)))
    return message


def _one_line(text: str) -> str:
    return _encodable(" ".join(CONTROL.sub(" ", text).split()))


def _encodable(text: str) -> str:
    """Return *text* without what UTF-8 cannot hold: half of a surrogate pair, as JSON from outside may bring it."""
    return text.encode("utf-8", "replace").decode()


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


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: after one the alert would be asked for, not told."""

    def redirect_request(self, *_args: Any) -> None:
        """Return no request, which makes the answer an error."""
        return


def post_webhook(alert: Alert, address: str, delivery: str, _settings: Settings) -> None:
    """POST *alert* as JSON to the URL *address*, with the delivery as `Idempotency-Key`."""
    body = _encodable(json.dumps(alert.as_json(), ensure_ascii=False)).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": delivery, "User-Agent": "watchword"}
    opener = urllib.request.build_opener(_StayHere)
    try:
        request = urllib.request.Request(address, data=body, headers=headers, method="POST")
        with opener.open(request, timeout=DELIVERY_SECONDS):
            return
    except urllib.error.HTTPError as error:
        error.close()
        raise DeliveryError(f"the server did not take the alert: {error}") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise DeliveryError(f"the server did not take the alert: {error}", away=True) from error


NOTIFIERS: Mapping[str, Notifier] = {
    "mailto": send_email,
    "file": append_line,
    "http": post_webhook,
    "https": post_webhook,
}


def as_text(alert: Alert) -> str:
    """Return *alert* as the text of a mail: what, where, and every reason."""
    copies = "1 copy" if alert.copies == 1 else f"{alert.copies} copies"
    lines = [
        _one_line(alert.title),
        alert.url,
        f"source {alert.source}, language {alert.language or 'unknown'}, {copies}",
        f"raised {alert.raised:%Y-%m-%d %H:%M} UTC by the watch {alert.watch}",
        "",
    ]
    lines += [_one_line(f"- {r.text!r} is {r.name} [{r.met}]: {r.why}") for r in alert.reasons]
    seen = f"Seen by {alert.acknowledged_by}." if alert.acknowledged_by else ""
    note = f"Note: {alert.note}" if alert.note else ""
    last = f"Alert {alert.id}, revision {alert.revision}, story {alert.story}, run {alert.run}."
    return "\n".join([*lines, "", *filter(None, (seen, note)), last])


def short_name(recipient: str) -> str:
    """Return *recipient* for reports and messages: of an address on the web the host, since the rest may be secret."""
    if not recipient.startswith(("http://", "https://")):
        return recipient
    parts = urlsplit(recipient)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/…"


def recipient_problem(recipient: str) -> str | None:
    """Return what is wrong with *recipient*, or None."""
    scheme, _, rest = recipient.partition(":")
    fits = RECIPIENTS.get(scheme)
    if fits is not None and fits(recipient, rest):
        return None
    return f"{recipient!r} is no recipient; write mailto:NAME@HOST, file:NAME.jsonl or https://HOST/PATH."


def _is_mail(_recipient: str, address: str) -> bool:
    return MAIL_ADDRESS.fullmatch(address) is not None


def _is_file(_recipient: str, path: str) -> bool:
    return bool(path.strip()) and not path.endswith("/") and not Path(path).expanduser().is_dir()


def _is_web(recipient: str, _rest: str) -> bool:
    try:
        parts = urlsplit(recipient)
    except ValueError:
        return False
    return bool(parts.hostname) and "@" not in parts.netloc and not CONTROL.search(recipient) and " " not in recipient


RECIPIENTS: Mapping[str, Callable[[str, str], bool]] = {
    "mailto": _is_mail,
    "file": _is_file,
    "http": _is_web,
    "https": _is_web,
}
