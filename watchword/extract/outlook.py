"""Outlook messages: a mail as Outlook saves it, in a compound file of MAPI properties (MS-OXMSG 16.0)."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from watchword.extract.compound import STORAGE, Compound, Path
from watchword.extract.dates import judge_date
from watchword.extract.lines import unwrap
from watchword.extract.markup import plain_text
from watchword.extract.readers import extract
from watchword.extract.values import Extracted, Hint, SetAside

MESSAGE = "application/vnd.ms-outlook"
PROPERTIES = "__properties_version1.0"
SUBJECT, SENDER, ADDRESS, SMTP, TO, CC = "0037", "0C1A", "0C1F", "5D01", "0E04", "0E03"
BODY, HTML, RTF = "1000", "1013", "1009"
DATA, LONG_NAME, SHORT_NAME, TYPE = "3701", "3707", "3704", "370E"
SENT, DELIVERED = 0x0039, 0x0E06
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
# Head of the properties of a message, and of one that is inside another.
HEADS = {True: 32, False: 24}
# Outlook's packing of RTF starts from this text (MS-OXRTFCP 2.1.2.1).
DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
PACKED = b"LZFu"
MAX_RTF_BYTES = 16 * 2**20


def is_message(file: Compound) -> bool:
    """Say whether *file* is a message."""
    return (PROPERTIES,) in file.paths


def read_message(file: Compound, hint: Hint, at: Path = ()) -> Extracted:
    """Return what the message at the path *at* of *file* says; its attachments are parts."""
    sender = " ".join(filter(None, (text(file, at, SENDER), text(file, at, SMTP) or text(file, at, ADDRESS))))
    sent = time_of(file, at)
    shown = {
        "From": sender,
        "To": text(file, at, TO),
        "Cc": text(file, at, CC),
        "Date": f"{sent:%Y-%m-%d %H:%M} UTC" if sent else "",
        "Subject": text(file, at, SUBJECT),
    }
    header = "\n".join(f"{name}: {value}" for name, value in shown.items() if value)
    parts, remarks = attachments(file, hint, at)
    ignored = judge_date(sent.date(), hint.captured) if sent else None
    return Extracted(
        MESSAGE,
        shown["Subject"] or hint.title or "",
        "\n\n".join(filter(None, (header, body(file, at, hint)))),
        (sender,) if sender else (),
        sent.date().isoformat() if sent and not ignored else None,
        remarks=(*remarks, *([ignored] if ignored else ())),
        parts=tuple(parts),
    )


def text(file: Compound, at: Path, name: str) -> str:
    """Return the property *name* as text, empty where there is none."""
    wide, narrow = (file.read(*at, f"__substg1.0_{name}{kind}") for kind in ("001F", "001E"))
    raw = wide.decode("utf-16-le", "replace") if wide is not None else (narrow or b"").decode("cp1252", "replace")
    return raw.rstrip("\x00").strip()


def body(file: Compound, at: Path, hint: Hint) -> str:
    """Return the text of the message: as plain text, else as HTML, else as RTF."""
    plain = text(file, at, BODY)
    if plain:
        return unwrap(plain.replace("\r\n", "\n")).strip()
    html = file.read(*at, f"__substg1.0_{HTML}0102")
    if html:
        return plain_text(html.decode("utf-8", "replace"))
    packed = file.read(*at, f"__substg1.0_{RTF}0102")
    try:
        return extract(unpack_rtf(packed), hint.inside("body", "application/rtf")).text if packed else ""
    except SetAside:
        return ""


def time_of(file: Compound, at: Path) -> datetime | None:
    """Return when the message was sent, or delivered, in UTC."""
    stream = file.read(*at, PROPERTIES) or b""
    times = {}
    for place in range(HEADS[not at], len(stream) - 15, 16):
        kind, number = struct.unpack_from("<HH", stream, place)
        if kind == 0x0040:
            times[number] = int.from_bytes(stream[place + 8 : place + 16], "little")
    ticks = times.get(SENT) or times.get(DELIVERED)
    try:
        return EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None


def attachments(file: Compound, hint: Hint, at: Path) -> tuple[list[Extracted], list[str]]:
    """Return what the attachments say, and remarks on those that cannot be read."""
    found: list[Extracted] = []
    remarks: list[str] = []
    for name, place in attached(file, at):
        try:
            found.append(read_attachment(file, hint.inside(name, text(file, place, TYPE) or None), place))
        except SetAside as reason:
            remarks.append(f"{name} set aside: {reason.reason}")
    return found, remarks


def attached(file: Compound, at: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and place of each attachment."""
    for entry in file.names_in(*at):
        place = (*at, entry)
        if entry.startswith("__attach_version1.0_") and file.paths[place].kind == STORAGE:
            yield text(file, place, LONG_NAME) or text(file, place, SHORT_NAME) or entry[20:], place


def read_attachment(file: Compound, hint: Hint, place: Path) -> Extracted:
    """Return what the attachment at *place* says: a file, or a message inside the message."""
    inner = (*place, f"__substg1.0_{DATA}000D")
    if inner in file.paths and (*inner, PROPERTIES) in file.paths:
        if hint.depth >= 4:
            raise SetAside("messages are nested deeper than 4")
        return read_message(file, hint, inner)
    content = file.read(*place, f"__substg1.0_{DATA}0102")
    if content is None:
        raise SetAside("it is a link, or an object of another program")
    return extract(content, hint)


def unpack_rtf(packed: bytes) -> bytes:
    """Return the RTF that Outlook packed (MS-OXRTFCP 2.2.2); raise SetAside where it is damaged."""
    if len(packed) < 16 or packed[8:12] != PACKED:
        return packed[16:]
    size = min(int.from_bytes(packed[4:8], "little"), MAX_RTF_BYTES)
    window = bytearray(DICTIONARY.ljust(4096, b"\x00"))
    write, position, out = len(DICTIONARY), 16, bytearray()
    while position < len(packed) and len(out) < size:
        control, position = packed[position], position + 1
        for bit in range(8):
            if position >= len(packed) or len(out) >= size:
                break
            if not control >> bit & 1:
                piece, position = packed[position : position + 1], position + 1
            else:
                pair = int.from_bytes(packed[position : position + 2])
                position += 2
                start, length = pair >> 4, (pair & 0xF) + 2
                if start == write % 4096:
                    return bytes(out)
                piece = (
                    bytes(window[(start + n) % 4096] for n in range(length))
                    if length <= (write - start) % 4096
                    else b""
                )
                piece = piece or _repeat(window, start, length, write)
            for byte in piece:
                window[write % 4096] = byte
                write += 1
            out += piece
    return bytes(out)


def _repeat(window: bytearray, start: int, length: int, write: int) -> bytes:
    """Return *length* bytes from *start* where the copy runs into what it writes."""
    distance = (write - start) % 4096
    return bytes(window[(start + n % distance) % 4096] for n in range(length)) if distance else b""
