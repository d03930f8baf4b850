"""Words that were delivered: in files of this machine they are blotted out, other recipients are named."""

import json
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from watchword.errors import UnavailableError
from watchword.settings import Settings
from watchword.store.schema import AlertDocumentRow, DeliveryRow
from watchword.watch.notify import LINE_START, short_name

FILE = "file:"
FORGOTTEN = "(forgotten)"
# What a reason says in a document's words.
WORDS = ("text", "name", "why")


def told_of(session: Session, documents: Collection[str]) -> list[str]:
    """Return who else than files was told of alerts on *documents*, by the short name."""
    alerts = select(AlertDocumentRow.alert).where(AlertDocumentRow.document.in_(documents))
    ledger = select(DeliveryRow.recipient).where(DeliveryRow.alert.in_(alerts), DeliveryRow.delivered.is_not(None))
    recipients = session.scalars(ledger.distinct()).all()
    return sorted({short_name(recipient) for recipient in recipients if not recipient.startswith(FILE)})


def blot_files(session: Session, settings: Settings, documents: Collection[str], urls: Collection[str]) -> None:
    """Take the words of *documents* and the titles of *urls* out of every file that alerts were written to.

    Raise UnavailableError where a file cannot be written.
    """
    for recipient in session.scalars(select(DeliveryRow.recipient).distinct()).all():
        path = settings.folder / Path(recipient.removeprefix(FILE)).expanduser()
        if recipient.startswith(FILE) and path.is_file():
            try:
                _blot(path, documents, urls)
            except OSError as error:
                raise UnavailableError(
                    f"{path} cannot be written ({error.strerror}), and its alerts hold words to forget; run it again."
                ) from error


def _blot(path: Path, documents: Collection[str], urls: Collection[str]) -> None:
    with path.open("r+b") as file:
        # In place and byte for byte: a line that a harvest appends meanwhile is not lost.
        for start, line in _lines(file.read().splitlines(keepends=True)):
            blotted = _blotted(line, documents, urls)
            if blotted != line:
                os.pwrite(file.fileno(), blotted, start)
        os.fsync(file.fileno())


def _lines(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the whole lines that alerts are, with where they start."""
    start = 0
    for line in lines:
        if line.startswith(LINE_START) and line.endswith(b"\n"):
            yield start, line
        start += len(line)


def _blotted(line: bytes, documents: Collection[str], urls: Collection[str]) -> bytes:
    """Return *line* without the words to forget, as long as before."""
    told = json.loads(line)
    if told["url"] not in urls and not any(reason["document"] in documents for reason in told["reasons"]):
        return line
    written = (_without(told, documents, urls, put) for put in (FORGOTTEN, ""))
    packed = (json.dumps(one, ensure_ascii=False).encode("utf-8", "replace") for one in written)
    return next(body for body in packed if len(body) < len(line)).ljust(len(line) - 1) + b"\n"


def _without(told: dict[str, Any], documents: Collection[str], urls: Collection[str], put: str) -> dict[str, Any]:
    reasons = [
        {**reason, **dict.fromkeys(WORDS, put)} if reason["document"] in documents else reason
        for reason in told["reasons"]
    ]
    return {**told, "title": put if told["url"] in urls else told["title"], "reasons": reasons}
