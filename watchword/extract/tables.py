"""Tables: CSV and TSV as readable text, one row a paragraph, each value after the name of its column."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from watchword.extract.charset import decode
from watchword.extract.values import Extracted, Hint, SetAside

CSV = "text/csv"
TSV = "text/tab-separated-values"
# The dialect is told from so much of the table.
SAMPLE_LETTERS = 16_384
# A longer table is a data set; its first rows are read and the rest is remarked.
MAX_ROWS = 200_000
MAX_FIELD_LETTERS = 2**20


def find_delimiter(sample: str, default: str) -> str:
    """Return the character between the fields of *sample*: the one that gives most lines the same number of fields."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()]
    best, best_agreement = default, 0.0
    for delimiter in (default, ",", ";", "\t", "|"):
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        common = max(set(counts), key=counts.count, default=1)
        agreement = counts.count(common) / len(counts) if common > 1 else 0.0
        if agreement > best_agreement + 0.05:
            best, best_agreement = delimiter, agreement
    return best


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first of *rows* names the columns: short distinct words, no figures."""
    if len(rows) < 2:
        return False
    first = [cell.strip() for cell in rows[0]]
    written = [cell for cell in first if cell]
    if len(written) < max(1, len(first) * 0.6) or len(set(written)) < len(written):
        return False
    return all(len(cell) < 80 and not cell.replace(".", "").replace(",", "").isdigit() for cell in written)


def row_text(header: Sequence[str], row: Sequence[str]) -> str:
    """Return *row* as a line a value, each after the name of its column."""
    lines = []
    for index, cell in enumerate(row):
        value = " ".join(cell.split())
        if value:
            name = header[index].strip() if index < len(header) else ""
            lines.append(f"{name}: {value}" if name else value)
    return "\n".join(lines)


def table_text(rows: Iterable[Sequence[str]]) -> tuple[str, tuple[str, ...]]:
    """Return the table *rows* as text, rows apart by an empty line, and remarks."""
    taken: list[Sequence[str]] = []
    remarks: tuple[str, ...] = ()
    for row in rows:
        if len(taken) >= MAX_ROWS:
            remarks = (f"rows after row {MAX_ROWS} not read",)
            break
        if any(cell.strip() for cell in row):
            taken.append(row)
    header = taken[0] if looks_like_header(taken[:20]) else ()
    body = taken[1:] if header else taken
    return "\n\n".join(filter(None, (row_text(header, row) for row in body))), remarks


def strict_rows(reader: Iterator[list[str]], problems: list[str]) -> Iterator[list[str]]:
    """Give the rows of *reader*, and note in *problems* the rows that break its rules."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"row skipped: {error}")


def read_csv(payload: bytes, hint: Hint) -> Extracted:
    """Return the CSV file *payload* as text."""
    return read_delimited(payload, hint, CSV, ",")


def read_tsv(payload: bytes, hint: Hint) -> Extracted:
    """Return the file of tab-separated values *payload* as text."""
    return read_delimited(payload, hint, TSV, "\t")


def read_delimited(payload: bytes, hint: Hint, media_type: str, default: str) -> Extracted:
    """Return the table *payload* as text; raise SetAside where it is empty."""
    text, remarks = decode(payload, hint.charset)
    csv.field_size_limit(MAX_FIELD_LETTERS)
    delimiter = find_delimiter(text[:SAMPLE_LETTERS], default)
    problems: list[str] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    body, table_remarks = table_text(strict_rows(reader, problems))
    if not body:
        raise SetAside("the table has no rows")
    return Extracted(media_type, hint.title or "", body, remarks=(*remarks, *table_remarks, *problems[:5]))
