"""Mail: a message as its header, its body and its attachments; a mailbox as its messages."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from functools import partial

from watchword.extract.charset import decode
from watchword.extract.containers import MAX_DEPTH, Member, read_members
from watchword.extract.dates import judge_date, parse_date
from watchword.extract.lines import unwrap
from watchword.extract.markup import plain_text
from watchword.extract.readers import extract
from watchword.extract.values import Extracted, Hint, SetAside

MAIL = "message/rfc822"
SHOWN_FIELDS = ("From", "To", "Cc", "Date", "Subject")
SEPARATOR = re.compile(rb"^From \S+.*\r?\n", re.MULTILINE)


def field_text(message: EmailMessage, name: str) -> str:
    """Return the header field *name* on one line; fields that break the standard are given as they stand."""
    try:
        value = message.get(name)
    except (MessageError, ValueError, IndexError, AttributeError, TypeError):
        value = next((v for k, v in message.raw_items() if k.lower() == name.lower()), "")
    return " ".join(str(value or "").split())


def part_text(part: EmailMessage) -> str:
    """Return the text of a body *part*, plain or HTML."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    text, _ = decode(payload, part.get_content_charset())
    if part.get_content_type() == "text/html":
        return plain_text(text)
    return unwrap(text.replace("\r\n", "\n")).strip()


def split_parts(message: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage]]:
    """Return the parts of *message* that are its body, and those that are attached."""
    plain: list[EmailMessage] = []
    rich: list[EmailMessage] = []
    attached: list[EmailMessage] = []
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart() and kind != MAIL:
            continue
        if (
            part.get_content_disposition() == "attachment"
            or part.get_filename()
            or part.get_content_maintype() != "text"
        ):
            attached.append(part)
        elif kind == "text/html":
            rich.append(part)
        else:
            plain.append(part)
    return (plain or rich), attached


def attachments(parts: list[EmailMessage], hint: Hint) -> tuple[list[Extracted], list[str]]:
    """Return what the attached *parts* say, and remarks on those that cannot be read."""
    found: list[Extracted] = []
    remarks: list[str] = []
    for number, part in enumerate(parts, start=1):
        name = part.get_filename() or f"attachment {number}"
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            content = b"".join(p.as_bytes() for p in part.iter_parts()) if part.is_multipart() else b""
        try:
            found.append(extract(content, hint.inside(name, part.get_content_type())))
        except SetAside as reason:
            remarks.append(f"{name} set aside: {reason.reason}")
    return found, remarks


def read_mail(payload: bytes, hint: Hint) -> Extracted:
    """Return what the mail *payload* says; its attachments are parts."""
    if hint.depth >= MAX_DEPTH:
        raise SetAside(f"mails are nested deeper than {MAX_DEPTH}")
    try:
        message = message_from_bytes(payload, policy=policy.default)
        bodies, attached = split_parts(message)
        texts = [part_text(part) for part in bodies]
        parts, remarks = attachments(attached, hint)
    except (RecursionError, MessageError) as error:
        raise SetAside(f"the mail cannot be taken apart: {type(error).__name__}") from error
    fields = [(name, field_text(message, name)) for name in SHOWN_FIELDS]
    header = "\n".join(f"{name}: {value}" for name, value in fields if value)
    values = dict(fields)
    day = parse_date(values["Date"])
    ignored = judge_date(day, hint.captured) if day else None
    return Extracted(
        MAIL,
        values["Subject"] or hint.title or "",
        "\n\n".join(filter(None, (header, *texts))),
        (values["From"],) if values["From"] else (),
        day.isoformat() if day and not ignored else None,
        remarks=(*remarks, *([ignored] if ignored else ())),
        parts=tuple(parts),
    )


def mailbox_messages(payload: bytes) -> Iterator[Member]:
    """Give the messages of the mailbox *payload*, named by their number."""
    starts = [
        m.start() for m in SEPARATOR.finditer(payload) if m.start() == 0 or payload[: m.start()].endswith(b"\n\n")
    ]
    starts = starts or [0]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(payload)], strict=True), start=1):
        yield f"message {number}", partial(SEPARATOR.sub, b"", payload[start:end], count=1)


def read_mailbox(payload: bytes, hint: Hint) -> Extracted:
    """Return the messages of the mailbox *payload*."""
    return read_members(mailbox_messages(payload), hint, "application/mbox")
