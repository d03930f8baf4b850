"""Readers: which module reads which media type. A new format is one module and one line here."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module

from watchword.extract import media_type as kinds
from watchword.extract.values import Extracted, Hint, SetAside

Reader = Callable[[bytes, Hint], Extracted]

# Modules are named, not imported: a worker that reads HTML does not pay for the PDF library.
READERS: Mapping[str, str] = {
    kinds.HTML: "html.read_html",
    kinds.PDF: "pdf.read_pdf",
    kinds.PLAIN: "plain.read_plain",
    "text/markdown": "plain.read_markdown",
    "text/csv": "tables.read_csv",
    "text/tab-separated-values": "tables.read_tsv",
    "application/json": "structured.read_json",
    "application/x-ndjson": "structured.read_json_lines",
    kinds.XML: "structured.read_xml",
}
# A longer payload than this is not read: it would not fit into the memory that a worker has.
MAX_PAYLOAD_BYTES = 250 * 2**20


def find_reader(media_type: str) -> Reader:
    """Return the function that reads *media_type*; raise SetAside where there is none."""
    if media_type not in READERS:
        raise SetAside(f"no reader for {media_type}")
    module, function = READERS[media_type].split(".")
    reader: Reader = getattr(import_module(f"watchword.extract.{module}"), function)
    return reader


def extract(payload: bytes, hint: Hint | None = None) -> Extracted:
    """Return what *payload* says; raise SetAside where it cannot be read.

    The media type is told from the content first, then from the *hint*.
    """
    hint = hint or Hint()
    if not payload.strip(b"\x00 \t\r\n"):
        raise SetAside("the file is empty")
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise SetAside(f"the file has {len(payload)} bytes; at most {MAX_PAYLOAD_BYTES} are read")
    extracted = find_reader(kinds.recognise(payload, hint))(payload, hint)
    return replace(extracted, name=hint.name or "")
