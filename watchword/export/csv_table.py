"""CSV: a document a line, for spreadsheets; no cell is ever taken for a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from nlp.mention import ITEM, ORGANISATION, PERSON, PLACE, SITE, VESSEL
from watchword.document import Document
from watchword.export.selection import Selection

# Excel breaks a cell of more than 32,767 characters into lines of its own.
MAX_CELL_CHARACTERS = 32_000
CUT = " […]"
BETWEEN = "; "
# What spreadsheets take for the beginning of a formula, in ASCII and in the full-width forms of East Asian keyboards.
FORMULA = re.compile(r"[\s\u00a0\ufeff]*[=+\-@|＝＋－＠]|[\t\r\n]")
# Characters that neither a spreadsheet nor XML can hold.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def named(*types: str) -> Callable[[Document], str]:
    """Return what gives the names of a document's mentions of some *types*, each once."""
    return lambda d: _joined(m.name for m in d.mentions if m.type in types)


def _joined(values: Iterable[str]) -> str:
    return BETWEEN.join(dict.fromkeys(values))


COLUMNS: Mapping[str, Callable[[Document], object]] = {
    "id": lambda d: d.id,
    "url": lambda d: d.url,
    "title": lambda d: d.title,
    "source": lambda d: d.source,
    "publisher": lambda d: d.publisher,
    "country": lambda d: d.country,
    "language": lambda d: d.language,
    "authors": lambda d: _joined(d.authors),
    "published": lambda d: d.published,
    "captured": lambda d: d.captured,
    "media_type": lambda d: d.media_type,
    "story": lambda d: d.story,
    "version": lambda d: d.version,
    "run": lambda d: d.run,
    "capture": lambda d: d.capture,
    "marking": lambda d: d.marking,
    "items": named(ITEM),
    "codes": lambda d: _joined(code for m in d.mentions for code in m.codes),
    "persons": named(PERSON),
    "organisations": named(ORGANISATION),
    "vessels": named(VESSEL),
    "sites": named(SITE),
    "places": named(PLACE),
    "entities": lambda d: _joined(m.entity for m in d.mentions if m.entity),
    "text": lambda d: d.text,
}


def write_csv(selection: Selection) -> Iterator[bytes]:
    """Yield the documents of *selection*, below a line that names the columns."""
    yield _row(COLUMNS)
    for document in selection.documents():
        yield _row(cell(value(document)) for value in COLUMNS.values())


def cell(value: object) -> str:
    """Return *value* as a cell: one that a spreadsheet would calculate gets an apostrophe before it."""
    text = CONTROLS.sub("�", "" if value is None else str(value))
    if len(text) > MAX_CELL_CHARACTERS:
        text = text[:MAX_CELL_CHARACTERS] + CUT
    return f"'{text}" if FORMULA.match(text) else text


def _row(cells: Iterable[str]) -> bytes:
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerow(cells)
    return made.getvalue().encode("utf-8", "replace")
