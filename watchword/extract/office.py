"""Office documents: Word, Excel, PowerPoint and their OpenDocument siblings, EPUB, by their XML."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lxml import etree

from watchword.extract import media_type as kinds
from watchword.extract.dates import parse_date
from watchword.extract.feeds import local_name
from watchword.extract.markup import plain_text
from watchword.extract.structured import parse_xml
from watchword.extract.tables import table_text
from watchword.extract.values import Extracted, Hint, SetAside
from watchword.extract.zipped import Zipped, open_zip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# Day zero of Excel's calendar, which counts a 29 February 1900 that never was (ECMA-376, 18.17.4).
EXCEL_EPOCH = date(1899, 12, 30)
# Formats of dates that Excel does not spell out (ECMA-376, 18.8.30).
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
# Repeated empty cells fill a sheet to its edge; a row that is read is not wider.
MAX_COLUMNS = 1000
DOCUMENT_LISTS = ("word/footnotes.xml", "word/endnotes.xml")


def with_properties(archive: Zipped, media_type: str, text: str, hint: Hint, part: str) -> Extracted:
    """Return *text* with the title, author and date that the member *part* states."""
    if not text.strip():
        raise SetAside("the document holds no text")
    title, author, created = "", "", None
    stated = archive.find(part)
    for element in parse_xml(stated).iter(etree.Element) if stated else ():
        value = " ".join((element.text or "").split())
        name = local_name(element)
        title = title or (value if name == "title" else "")
        author = author or (value if name in ("creator", "initial-creator") else "")
        created = created or (parse_date(value) if name in ("created", "creation-date", "date") else None)
    first = text.strip().split("\n", 1)[0]
    return Extracted(
        media_type,
        title or hint.title or (first if len(first) < 200 else ""),
        text.strip(),
        (author,) if author else (),
        created.isoformat() if created else None,
    )


def paragraph_text(paragraph: etree._Element, letters: str, tabs: tuple[str, ...], breaks: tuple[str, ...]) -> str:
    """Return the text of *paragraph*: its elements *letters*, with *tabs* and *breaks* as white space."""
    pieces = []
    for element in paragraph.iter(letters, *tabs, *breaks):
        if element.tag == letters:
            pieces.append(element.text or "")
        else:
            pieces.append("\t" if element.tag in tabs else "\n")
    return "".join(pieces).strip()


def word_blocks(root: etree._Element) -> Iterator[str]:
    """Give the paragraphs of a Word document, and a line for each row of a table."""
    for element in root.iter(W + "p", W + "tr"):
        if element.tag == W + "tr":
            cells = (" ".join(word_text(p) for p in cell.iter(W + "p")) for cell in element.iter(W + "tc"))
            yield " | ".join(filter(None, (c.strip() for c in cells)))
        elif next(element.iterancestors(W + "tr"), None) is None:
            yield word_text(element)


def word_text(paragraph: etree._Element) -> str:
    """Return the text of a Word *paragraph*."""
    return paragraph_text(paragraph, W + "t", (W + "tab",), (W + "br", W + "cr"))


def read_docx(payload: bytes, hint: Hint) -> Extracted:
    """Return what the Word document *payload* says, its notes at the end."""
    archive = open_zip(payload)
    parts = (archive.find(name) for name in ("word/document.xml", *DOCUMENT_LISTS))
    blocks = [block for part in parts if part for block in word_blocks(parse_xml(part))]
    return with_properties(archive, kinds.DOCX, "\n\n".join(filter(None, blocks)), hint, "docProps/core.xml")


def read_pptx(payload: bytes, hint: Hint) -> Extracted:
    """Return what the slides of *payload* say, each followed by its notes."""
    archive = open_zip(payload)
    found = sorted(
        (int(m.group(2)), m.group(1) != "slides/slide", name)
        for name in archive.names
        if (m := re.fullmatch(r"ppt/(slides/slide|notesSlides/notesSlide)(\d+)\.xml", name))
    )
    slides = []
    for _, _, name in found:
        paragraphs = parse_xml(archive.read(name)).iter(A + "p")
        slides.append("\n".join(filter(None, (paragraph_text(p, A + "t", (), (A + "br",)) for p in paragraphs))))
    return with_properties(archive, kinds.PPTX, "\n\n".join(filter(None, slides)), hint, "docProps/core.xml")


def shared_strings(archive: Zipped) -> list[str]:
    """Return the strings that the cells of a workbook refer to by number."""
    part = archive.find("xl/sharedStrings.xml")
    return ["".join(t.text or "" for t in si.iter(S + "t")) for si in parse_xml(part).iter(S + "si")] if part else []


def date_styles(archive: Zipped) -> set[int]:
    """Return the numbers of the cell styles that show a number as a date."""
    part = archive.find("xl/styles.xml")
    if not part:
        return set()
    root = parse_xml(part)
    own = {
        int(f.get("numFmtId", 0))
        for f in root.iter(S + "numFmt")
        if re.search(r"[yd]", re.sub(r'"[^"]*"|\[[^]]*\]', "", f.get("formatCode", "").lower()))
    }
    formats = root.find(S + "cellXfs")
    styles = enumerate(formats if formats is not None else ())
    return {i for i, xf in styles if int(xf.get("numFmtId", 0)) in DATE_FORMATS | own}


def cell_text(cell: etree._Element, strings: list[str], dates: set[int]) -> str:
    """Return what the Excel *cell* shows."""
    kind, value = cell.get("t"), cell.findtext(S + "v") or ""
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(S + "t"))
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    if kind is None and int(cell.get("s", 0)) in dates and re.fullmatch(r"\d{1,6}(?:\.\d+)?", value):
        return (EXCEL_EPOCH + timedelta(days=int(float(value)))).isoformat()
    return value


def column_of(reference: str) -> int:
    """Return the number of the column of a cell *reference* such as `BC12`, from zero."""
    number = 0
    for letter in re.match(r"[A-Z]{0,3}", reference).group():  # type: ignore[union-attr]
        number = number * 26 + ord(letter) - 64
    return number - 1


def sheet_rows(root: etree._Element, strings: list[str], dates: set[int]) -> Iterator[list[str]]:
    """Give the rows of an Excel sheet, empty cells in their places."""
    for row in root.iter(S + "row"):
        cells: list[str] = []
        for cell in row.iter(S + "c"):
            column = column_of(cell.get("r", ""))
            cells.extend([""] * min(column - len(cells), MAX_COLUMNS))
            cells.append(cell_text(cell, strings, dates))
        yield cells


def read_xlsx(payload: bytes, hint: Hint) -> Extracted:
    """Return the sheets of the Excel workbook *payload*, each under its name, as tables are read."""
    archive = open_zip(payload)
    strings, dates = shared_strings(archive), date_styles(archive)
    relations = archive.find("xl/_rels/workbook.xml.rels")
    targets = {r.get("Id"): r.get("Target", "") for r in parse_xml(relations).iter(RELATION)} if relations else {}
    sheets = []
    for sheet in parse_xml(archive.read("xl/workbook.xml")).iter(S + "sheet"):
        target = targets.get(sheet.get(R + "id"), "").lstrip("/")
        part = archive.find(target if target.startswith("xl/") else f"xl/{target}")
        text, _ = table_text(sheet_rows(parse_xml(part), strings, dates)) if part else ("", ())
        sheets.append(f"{sheet.get('name', '')}\n\n{text}".strip() if text else "")
    return with_properties(archive, kinds.XLSX, "\n\n".join(filter(None, sheets)), hint, "docProps/core.xml")


def open_document_rows(table: etree._Element) -> Iterator[list[str]]:
    """Give the rows of an OpenDocument *table*; cells that repeat are repeated where they hold something."""
    for row in table.iter(TABLE + "table-row"):
        cells: list[str] = []
        for cell in row.iter(TABLE + "table-cell", TABLE + "covered-table-cell"):
            text = "\n".join("".join(p.itertext()) for p in cell.iter(TEXT + "p"))
            count = int(cell.get(TABLE + "number-columns-repeated", 1) or 1)
            cells.extend([text] * min(count if text or count < MAX_COLUMNS else 1, MAX_COLUMNS - len(cells)))
        yield cells


def open_document_blocks(root: etree._Element) -> Iterator[str]:
    """Give the headings and paragraphs of an OpenDocument text, and its tables as tables are read."""
    for element in root.iter(TEXT + "p", TEXT + "h", TABLE + "table"):
        if element.tag == TABLE + "table":
            if next(element.iterancestors(TABLE + "table"), None) is None:
                yield "\n\n".join(
                    filter(None, (element.get(TABLE + "name", ""), table_text(open_document_rows(element))[0]))
                )
        elif next(element.iterancestors(TABLE + "table"), None) is None:
            for gap in element.iter(TEXT + "s", TEXT + "tab", TEXT + "line-break"):
                gap.text = " "
            yield "".join(element.itertext()).strip()


def read_open_document(payload: bytes, hint: Hint) -> Extracted:
    """Return what the OpenDocument text, sheet or presentation *payload* says."""
    archive = open_zip(payload)
    blocks = open_document_blocks(parse_xml(archive.read("content.xml")))
    kind = kinds.recognise_zip(payload)
    return with_properties(archive, kind, "\n\n".join(filter(None, blocks)), hint, "meta.xml")


def read_epub(payload: bytes, hint: Hint) -> Extracted:
    """Return the chapters of the book *payload*, in the order of its spine."""
    archive = open_zip(payload)
    roots = parse_xml(archive.read("META-INF/container.xml")).iter("{*}rootfile")
    package = next((r.get("full-path", "") for r in roots), "")
    opf = parse_xml(archive.read(package))
    folder = package.rpartition("/")[0]
    files = {i.get("id"): i.get("href", "") for i in opf.iter("{*}item")}
    chapters = []
    for reference in opf.iter("{*}itemref"):
        name = f"{folder}/{files.get(reference.get('idref'), '')}".lstrip("/")
        chapter = archive.find(name)
        chapters.append(plain_text(chapter.decode("utf-8", "replace")) if chapter else "")
    return with_properties(archive, "application/epub+zip", "\n\n".join(filter(None, chapters)), hint, package)
