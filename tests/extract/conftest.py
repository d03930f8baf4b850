"""Payloads of every kind that is read, made byte by byte, and the hostile ones."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest

ZipMaker = Callable[[Mapping[str, str | bytes]], bytes]
PdfMaker = Callable[[Sequence[Sequence[str]]], bytes]


def build_zip(members: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP file of *members*."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def build_pdf(pages: Sequence[Sequence[str]], extra: bytes = b"", info: bytes = b"") -> bytes:
    """Return a PDF whose *pages* print their lines in Helvetica, the first line of the first page larger."""
    objects: list[bytes] = []
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count))
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, lines in enumerate(pages):
        drawn = []
        for row, line in enumerate(lines):
            size = 20 if number == 0 and row == 0 else 11
            text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
            drawn.append(b"BT /F1 %d Tf 72 %d Td (%s) Tj ET" % (size, 760 - 16 * row, text))
        stream = b"\n".join(drawn)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    if info:
        objects.append(info)
        extra += b" /Info %d 0 R" % len(objects)
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, table))
    return out.getvalue()


@pytest.fixture(scope="session")
def make_zip() -> ZipMaker:
    """Give the maker of ZIP files."""
    return build_zip


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """Give the maker of PDF files."""
    return build_pdf
