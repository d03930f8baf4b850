"""Legacy: Office documents of before 2007, told apart by the streams that they hold."""

import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from watchword.extract.compound import Compound
from watchword.extract.dates import judge_date
from watchword.extract.legacy_excel import read_workbook
from watchword.extract.legacy_slides import read_slides
from watchword.extract.legacy_word import read_word
from watchword.extract.outlook import is_message, read_message
from watchword.extract.values import Extracted, Hint, SetAside

WORD, EXCEL, SLIDES = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
SUMMARY = "\x05SummaryInformation"
TITLE, AUTHOR, CREATED = 2, 4, 12
TEXT_TYPES = {30: None, 31: "utf-16-le"}
FILE_TIME = 64
# Windows counts from here, in steps of 100 nanoseconds.
FILE_TIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
READERS: dict[str, tuple[str, Callable[[Compound], str]]] = {
    "WordDocument": (WORD, read_word),
    "Workbook": (EXCEL, read_workbook),
    "Book": (EXCEL, read_workbook),
    "PowerPoint Document": (SLIDES, read_slides),
}


def read_compound(payload: bytes, hint: Hint) -> Extracted:
    """Return what the compound file *payload* says; raise SetAside where it is encrypted, or of a kind not known."""
    file = Compound(payload)
    if is_message(file):
        return read_message(file, hint)
    if ("EncryptedPackage",) in file.paths:
        raise SetAside("the document is encrypted")
    kind, read = next((READERS[name] for name in READERS if (name,) in file.paths), ("", None))
    if read is None:
        names = ", ".join(file.names_in()[:5])
        raise SetAside(f"a compound file of no known kind (it holds {names or 'nothing'})")
    try:
        text = read(file).strip()
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise SetAside(f"the document is damaged: {error}") from error
    if not text:
        raise SetAside("the document holds no text")
    stated = properties(file.read(SUMMARY) or b"")
    created = stated.get(CREATED)
    day = created.date() if isinstance(created, datetime) else None
    ignored = judge_date(day, hint.captured) if day else None
    title, author = str(stated.get(TITLE) or ""), str(stated.get(AUTHOR) or "")
    first = text.split("\n", 1)[0]
    return Extracted(
        kind,
        title or hint.title or (first if len(first) < 200 else ""),
        text,
        (author,) if author else (),
        day.isoformat() if day and not ignored else None,
        remarks=(ignored,) if ignored else (),
    )


def properties(stream: bytes) -> dict[int, str | datetime]:
    """Return title, author and time of creation from a property set (MS-OLEPS); nothing where it is damaged."""
    try:
        return _properties(stream)
    except (struct.error, IndexError, LookupError, OverflowError, ValueError):
        return {}


def _properties(stream: bytes) -> dict[int, str | datetime]:
    if len(stream) < 48:
        return {}
    (start,) = struct.unpack_from("<I", stream, 44)
    (count,) = struct.unpack_from("<I", stream, start + 4)
    places = {
        number: start + offset
        for number, offset in struct.iter_unpack("<2I", stream[start + 8 : start + 8 + 8 * min(count, 100)])
    }
    page = struct.unpack_from("<H", stream, places[1] + 4)[0] if 1 in places else 1252
    found: dict[int, str | datetime] = {}
    for number in (TITLE, AUTHOR, CREATED):
        if number in places:
            value = _value(stream, places[number], page)
            if value:
                found[number] = value
    return found


def _value(stream: bytes, place: int, page: int) -> str | datetime | None:
    (kind,) = struct.unpack_from("<H", stream, place)
    if kind == FILE_TIME:
        return file_time(stream[place + 4 : place + 12])
    if kind not in TEXT_TYPES:
        return None
    (length,) = struct.unpack_from("<I", stream, place + 4)
    width = 2 if kind == 31 else 1
    raw = stream[place + 8 : place + 8 + length * width]
    charset = TEXT_TYPES[kind] or ("utf-8" if page == 65001 else f"cp{page}")
    return " ".join(raw.decode(charset, "replace").partition("\x00")[0].split())


def file_time(raw: bytes) -> datetime | None:
    """Return the time that the eight bytes *raw* count, None where they count none."""
    ticks = int.from_bytes(raw, "little")
    try:
        return FILE_TIME_EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None
