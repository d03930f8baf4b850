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
    kinds.FRAGMENT: "html.read_fragment",
    kinds.RECORD: "records.read_record",
    kinds.PDF: "pdf.read_pdf",
    kinds.PLAIN: "plain.read_plain",
    "text/markdown": "plain.read_markdown",
    "text/csv": "tables.read_csv",
    "text/tab-separated-values": "tables.read_tsv",
    "application/json": "structured.read_json",
    "application/x-ndjson": "structured.read_json_lines",
    kinds.XML: "structured.read_xml",
    kinds.DOCX: "office.read_docx",
    kinds.XLSX: "office.read_xlsx",
    kinds.PPTX: "office.read_pptx",
    "application/vnd.oasis.opendocument.text": "office.read_open_document",
    "application/vnd.oasis.opendocument.spreadsheet": "office.read_open_document",
    "application/vnd.oasis.opendocument.presentation": "office.read_open_document",
    "application/epub+zip": "office.read_epub",
    "application/rtf": "rtf.read_rtf",
    "message/rfc822": "mail.read_mail",
    "application/mbox": "mail.read_mailbox",
    kinds.ZIP: "containers.read_zip",
    "application/x-tar": "containers.read_tar",
    "application/gzip": "containers.read_gzip",
    "application/x-bzip2": "containers.read_bzip2",
    "application/x-xz": "containers.read_xz",
    "application/x-7z-compressed": "sevenzip.read_seven_zip",
    kinds.OLE: "legacy.read_compound",
    **dict.fromkeys(kinds.IMAGES, "ocr.read_image"),
}
# Kinds that are recognised and not read, and why.
UNREAD: Mapping[str, str] = {
    kinds.OPAQUE: "no writing in any known format",
}
# The longest official list has so much text; more would not be tokenised either.
MAX_TEXT_CHARACTERS = 20_000_000
# A longer payload than this is not read: it would not fit into the memory that a worker has.
MAX_PAYLOAD_BYTES = 250 * 2**20


def find_reader(media_type: str) -> Reader:
    """Return the function that reads *media_type*; raise SetAside where there is none."""
    if media_type not in READERS:
        if media_type.startswith("image/"):
            raise SetAside(f"{media_type}: an image; its words would need character recognition")
        raise SetAside(f"{media_type}: {UNREAD.get(media_type, 'no reader for this format')}")
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
    return bounded(replace(extracted, name=hint.name or ""))


def bounded(extracted: Extracted) -> Extracted:
    """Return *extracted* with its text cut at `MAX_TEXT_CHARACTERS`, and a remark where it was longer."""
    length = len(extracted.text)
    if length <= MAX_TEXT_CHARACTERS:
        return extracted
    remark = f"text of {length} characters cut at {MAX_TEXT_CHARACTERS}"
    return replace(extracted, text=extracted.text[:MAX_TEXT_CHARACTERS], remarks=(*extracted.remarks, remark))
