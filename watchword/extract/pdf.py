"""PDF: pages as paragraphs, without running heads and page numbers."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

import pypdfium2
import pypdfium2.raw as pdfium

from watchword.extract import ocr
from watchword.extract.dates import judge_date, parse_date
from watchword.extract.lines import LINE_HYPHEN, Line, glue, join_lines
from watchword.extract.media_type import PDF
from watchword.extract.values import Extracted, Hint, SetAside

# The longest treaty document on record has about 3,000 pages; more would not be read in the time that a file gets.
MAX_PAGES = 5000
# Running heads and feet stand within so many lines of the edge of a page.
EDGE_LINES = 3
# A line that stands at the edge of so many neighbouring pages is a running head.
REPEATED_PAGES = 3
# Letters of which a page with text has more; a scanned page has none, or a stamp.
SCANNED_LETTERS = 20
# What recognition of characters works well with.
SCAN_DOTS_PER_INCH = 200
PAGE_NUMBER = re.compile(
    r"^[\s\-–—./|]*(?:page|seite|стр\.?|p\.|第)?\s*\d{1,4}\s*(?:(?:/|of|von|de|из|sur)\s*\d{1,4})?\s*页?[\s\-–—./|]*$",
    re.I,
)
PRESENTATION = re.compile("[\ufb00-\ufdff\ufe70-\ufeff]")
LINE = re.compile(r"[^\r\n]+")
# The Greek letters and signs of the Symbol font (Adobe Symbol encoding).
SYMBOL_LETTERS = "αβχδεφγηιϕκλμνοπθρστυωξψζ°±×÷≤≥≠≈•µ∞∼→"
SYMBOL_CODES = (*range(0x61, 0x76), *range(0x77, 0x7B), 0xB0, 0xB1, 0xB4, 0xB8, 0xA3, 0xB3, 0xB9, 0xBB, 0xB7, 0x6D)
SYMBOL_CODES += (0xA5, 0x7E, 0xAE)
# White space above a line, in heights of a line, from which a new paragraph starts.
GAP_HEIGHTS = 0.6
# Lines that share this part of their height stand in one row; smaller print that is raised there is an exponent.
SAME_ROW = 0.4
SMALLER = 0.8
EXPONENT = re.compile(r"[-+−–]?\d{1,3}$")
SUPERSCRIPTS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
# Letters of the Symbol font, which files without a table of characters give from this place on.
SYMBOLS = str.maketrans({0xF000 + code: letter for code, letter in zip(SYMBOL_CODES, SYMBOL_LETTERS, strict=True)})
MAX_TITLE_LETTERS = 300
# The date of a document stands near the top of its first page.
FIRST_PAGE_LETTERS = 1500
EARLIEST_PRINT = date(1800, 1, 1)
METADATA_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
GENERIC_TITLE = re.compile(
    r"^(?:untitled|microsoft \w+ - .*|document\d*|.*\.(?:docx?|pdf|indd|qxd|xlsx?|tex|dvi))$", re.I
)


def open_pdf(payload: bytes) -> pypdfium2.PdfDocument:
    """Return the PDF document; raise SetAside where it is encrypted or broken."""
    try:
        return pypdfium2.PdfDocument(payload)
    except pypdfium2.PdfiumError as error:
        reason = "the PDF is encrypted" if "password" in str(error).lower() else f"the PDF is broken: {error}"
        raise SetAside(reason) from error


def expand(text: str) -> str:
    """Return *text* with ligatures, Arabic presentation forms and Symbol characters as their letters."""
    return PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text).translate(SYMBOLS)


def read_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the printed lines of *page*, in the order of its content."""
    textpage = page.get_textpage()
    try:
        return list(measure_lines(textpage))
    finally:
        textpage.close()


def measure_lines(textpage: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """Give the lines of *textpage* with their edges in points and the size of their letters."""
    text = textpage.get_text_range()
    measured = len(text) == textpage.count_chars()
    above: tuple[float, float, float] | None = None
    for match in LINE.finditer(text):
        stripped = match.group().rstrip()
        first, last = match.start(), match.start() + len(stripped) - 1
        written = expand(stripped.replace("\ufffe", LINE_HYPHEN))
        if not written.strip():
            continue
        if not measured:
            yield Line(written, 0.0, float(len(written)))
            continue
        left, bottom, right, top = box_of(textpage, first, last)
        size = pdfium.FPDFText_GetFontSize(textpage, first)
        gap = beside = raised = False
        if above is not None:
            gap = above[0] - top > (top - bottom) * GAP_HEIGHTS
            beside = min(above[1], top) - max(above[0], bottom) > (top - bottom) * SAME_ROW
            raised = beside and size < above[2] * SMALLER and bottom > above[0]
        above = (bottom, top, size) if not raised else above
        yield Line(exponent(written) if raised else written, left, right, gap, size, beside)


def exponent(text: str) -> str:
    """Return *text*, raised figures, as superscripts: `-8` as `⁻⁸`; what has other letters as it is."""
    return text.translate(SUPERSCRIPTS) if EXPONENT.match(text.strip()) else text


def box_of(textpage: pypdfium2.PdfTextPage, first: int, last: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of the characters *first* to *last*, in points; right-to-left too."""
    boxes = [textpage.get_charbox(i, loose=True) for i in (first, last)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def running_heads(pages: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """Return page and line numbers of the running heads, feet and page numbers.

    A head is a line at the edge of a page that stands, but for its digits, at the edge of pages next to it. A page of
    which that would be more than half is a form, and keeps its lines.
    """
    edges = [
        {i: re.sub(r"\d+", "#", lines[i].text.strip().lower()) for i in edge_indexes(len(lines))} for lines in pages
    ]
    counts = Counter(text for page in edges for text in set(page.values()))
    found: set[tuple[int, int]] = set()
    for number, page in enumerate(edges):
        near = edges[max(0, number - 2) : number] + edges[number + 1 : number + 3]
        nearby = {text for other in near for text in other.values()}
        heads = {
            index
            for index, text in page.items()
            if (counts[text] >= REPEATED_PAGES and text in nearby)
            or (len(pages) > 1 and PAGE_NUMBER.match(pages[number][index].text))
        }
        last = len(pages[number]) - 1
        top = takewhile(heads.__contains__, range(EDGE_LINES))
        foot = takewhile(heads.__contains__, range(last, last - EDGE_LINES, -1))
        outer = {*top, *foot}
        if len(outer) <= len(pages[number]) / 2:
            found.update((number, index) for index in outer)
    return found


def edge_indexes(count: int) -> list[int]:
    """Return the indexes of the first and the last few of *count* lines."""
    return sorted({*range(min(EDGE_LINES, count)), *range(max(0, count - EDGE_LINES), count)})


def find_headline(lines: Sequence[Line]) -> str:
    """Return the largest print among the first *lines* of a document, whole."""
    shown = [line for line in lines[:30] if sum(map(str.isalpha, line.text)) > 3]
    if not shown:
        return ""
    largest = max(line.size for line in shown)
    start = next(i for i, line in enumerate(shown) if line.size >= largest * 0.97)
    headline = ""
    for line in shown[start : start + 4]:
        if line.size < largest * 0.97:
            break
        headline = glue(headline, line.text, frozenset())
    return headline[:MAX_TITLE_LETTERS]


def stated_date(metadata: dict[str, str], text: str, hint: Hint) -> tuple[str | None, tuple[str, ...]]:
    """Return the date that the first page prints, else that of the file's making, and remarks."""
    made = METADATA_DATE.match(metadata.get("CreationDate", ""))
    days = (parse_date(hint.published), parse_date(text), parse_date("-".join(made.groups())) if made else None)
    remarks: list[str] = []
    for day in filter(None, days):
        remark = judge_date(day, hint.captured, EARLIEST_PRINT)
        if remark is None:
            return day.isoformat(), tuple(remarks)
        remarks.append(remark)
    return None, tuple(remarks)


def scanned(pages: Sequence[Sequence[Line]]) -> list[int]:
    """Return the numbers of the pages without text."""
    return [n for n, lines in enumerate(pages) if sum(len(line.text) for line in lines) < SCANNED_LETTERS]


def recognised(document: pypdfium2.PdfDocument, numbers: Sequence[int]) -> tuple[list[str], list[str]]:
    """Return the words of the scanned pages *numbers*, and a remark, where an engine for that is installed."""
    command = ocr.engine()
    if command is None or not numbers:
        return [], []
    watch = ocr.Stopwatch()
    texts = [ocr.recognise(command, rendered(document[number]), watch) for number in numbers if watch.left]
    found = [text for text in texts if text]
    return found, [f"{len(found)} of {len(numbers)} scanned pages read by character recognition"]


def rendered(page: pypdfium2.PdfPage) -> bytes:
    """Return *page* as a grey picture in the format PGM."""
    bitmap = page.render(scale=SCAN_DOTS_PER_INCH / 72, grayscale=True)
    raw = bytes(bitmap.buffer)
    rows = (raw[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)


def read_pages(document: pypdfium2.PdfDocument) -> tuple[list[list[Line]], list[str]]:
    """Return the lines of each page, and remarks on pages that could not be read."""
    pages: list[list[Line]] = []
    broken = 0
    for number in range(min(len(document), MAX_PAGES)):
        try:
            page = document[number]
            pages.append(read_lines(page))
            page.close()
        except pypdfium2.PdfiumError:
            broken += 1
            pages.append([])
    empty = len(scanned(pages))
    remarks = (
        [f"{len(document) - MAX_PAGES} pages after page {MAX_PAGES} not read"] if len(document) > MAX_PAGES else []
    )
    if broken:
        remarks.append(f"{broken} of {len(pages)} pages are broken")
    if empty:
        remarks.append(f"{empty} of {len(pages)} pages have no text; they may be scanned")
    return pages, remarks


def read_pdf(payload: bytes, hint: Hint) -> Extracted:
    """Return what the PDF *payload* says; raise SetAside where it is encrypted, broken or without any text."""
    document = open_pdf(payload)
    try:
        metadata = document.get_metadata_dict()
        pages, remarks = read_pages(document)
        words, told = recognised(document, scanned(pages))
    finally:
        document.close()
    heads = running_heads(pages)
    lines = [line for p, page in enumerate(pages) for i, line in enumerate(page) if (p, i) not in heads]
    text = "\n\n".join([*join_lines(lines), *words])
    if not text.strip():
        raise SetAside(f"none of the {len(pages)} pages of the PDF has text; it may be scanned")
    stated = " ".join(metadata.get("Title", "").split())
    title = hint.title or (stated if stated and not GENERIC_TITLE.match(stated) else "") or find_headline(lines)
    first_page = "\n".join(line.text for line in pages[0])[:FIRST_PAGE_LETTERS] if pages else ""
    published, date_remarks = stated_date(metadata, first_page, hint)
    author = " ".join(metadata.get("Author", "").split())
    return Extracted(PDF, title, text, (author,) if author else (), published, remarks=(*remarks, *told, *date_remarks))
