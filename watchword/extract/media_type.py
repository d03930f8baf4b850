"""Media type: what a payload is, by its content, then by its header, then by its name."""

import io
import re
import zipfile
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from watchword.extract.values import Hint

HTML = "text/html"
PLAIN = "text/plain"
XML = "application/xml"
PDF = "application/pdf"
ZIP = "application/zip"
OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = OOXML + "wordprocessingml.document"
XLSX = OOXML + "spreadsheetml.sheet"
PPTX = OOXML + "presentationml.presentation"
OLE = "application/x-ole-storage"
OPAQUE = "application/octet-stream"
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/tiff", "image/webp")
# What a crawl makes of the entries of an answer, and of the HTML that a feed carries.
RECORD = "application/vnd.watchword.record+json"
FRAGMENT = "text/vnd.watchword.fragment+html"

MAGIC = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\x7fELF", "application/x-executable"),
)
SUFFIXES = {
    ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".shtml": HTML, ".txt": PLAIN, ".text": PLAIN, ".pdf": PDF,
    ".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv", ".tsv": "text/tab-separated-values",
    ".json": "application/json", ".jsonl": "application/x-ndjson", ".ndjson": "application/x-ndjson",
    ".geojson": "application/json", ".xml": XML, ".rss": XML, ".atom": XML, ".rdf": XML, ".eml": "message/rfc822",
    ".mbox": "application/mbox", ".rtf": "application/rtf",
}  # fmt: skip
SYNONYMS = {
    "application/xhtml+xml": HTML, "text/xml": XML, "application/rss+xml": XML, "application/atom+xml": XML,
    "application/rdf+xml": XML, "text/x-markdown": "text/markdown", "application/csv": "text/csv",
    "text/comma-separated-values": "text/csv", "text/json": "application/json",
    "application/ld+json": "application/json",
    "application/geo+json": "application/json", "application/jsonl": "application/x-ndjson",
    "text/rtf": "application/rtf", "application/x-pdf": PDF, "application/x-zip-compressed": ZIP,
}  # fmt: skip
# A PDF may have rubbish in front; readers look this far (ISO 32000-1, Annex H, note 13).
PDF_HEADER_BYTES = 1024
HEAD_BYTES = 4096
HTML_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|div|p|table|h[1-6]|article|span|br|a\s)[\s>/]",
    re.IGNORECASE,
)
XML_START = re.compile(rb"\s*(?:<\?xml|<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>])")
MAIL_FIELD = re.compile(
    rb"^(?:Return-Path|Received|From|To|Subject|Date|Message-ID|MIME-Version|Delivered-To|Content-Type):", re.I | re.M
)
MAILBOX_START = re.compile(rb"From \S+ .{0,60}\d{4}\r?\n")
# A mail header has at least this many of the usual fields.
MAIL_FIELDS = 3
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def recognise(payload: bytes, hint: Hint) -> str:
    """Return the media type of *payload*; `application/octet-stream` where it is no writing of any known kind."""
    if hint.media_type in (RECORD, FRAGMENT):
        return hint.media_type
    magic = recognise_magic(payload)
    if magic:
        return recognise_zip(payload) if magic == ZIP else magic
    declared = declared_type(hint)
    head = payload[:HEAD_BYTES]
    if is_binary(head):
        return OPAQUE
    return recognise_text(head, declared)


def recognise_magic(payload: bytes) -> str | None:
    """Return the type that the first bytes of *payload* prove, or None."""
    for magic, media_type in MAGIC:
        if payload.startswith(magic):
            return media_type
    if payload[:4] == b"RIFF" and payload[8:12] == b"WEBP":
        return "image/webp"
    if payload[257:262] == b"ustar":
        return "application/x-tar"
    start = payload[:PDF_HEADER_BYTES]
    return PDF if b"%PDF-" in start and not HTML_START.search(start) else None


def recognise_zip(payload: bytes) -> str:
    """Return which of the formats that are ZIP files *payload* is."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100).decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return ZIP
    if kind.strip():
        return kind.strip()
    for name, media_type in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX)):
        if name in names:
            return media_type
    return ZIP


def recognise_text(head: bytes, declared: str | None) -> str:
    """Return the type of a text that begins with *head*; *declared* decides where the content allows several."""
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    markup = HTML_START.search(text)
    if XML_START.match(text):
        return HTML if re.search(rb"<html[\s>]", text, re.IGNORECASE) else XML
    if markup and (markup.start() == 0 or declared in (HTML, XML, None) or b"<html" in text.lower()):
        return HTML
    if MAILBOX_START.match(text) and MAIL_FIELD.search(text):
        return "application/mbox"
    if declared in ("message/rfc822", None, PLAIN) and is_mail(text):
        return "message/rfc822"
    if declared in (None, PLAIN) and text[:1] in (b"{", b"["):
        return "application/json" if re.match(rb"[\[{]\s*[\"\[{\]}\d]", text) else PLAIN
    return declared if declared in TEXT_TYPES else PLAIN


def is_mail(text: bytes) -> bool:
    """Say whether *text* begins with the header of a mail."""
    head = re.split(rb"\r?\n\r?\n", text, maxsplit=1)[0]
    return bool(MAIL_FIELD.match(head)) and len(MAIL_FIELD.findall(head)) >= MAIL_FIELDS


def is_binary(head: bytes) -> bool:
    """Say whether *head* is not writing in any charset: control bytes that are not the zeros of UTF-16 or UTF-32."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if head[0::2].count(0) + head[1::2].count(0) and abs(head[0::2].count(0) - head[1::2].count(0)) > len(head) * 0.25:
        return False
    return len(CONTROLS.findall(head)) > max(4, len(head) * 0.05)


def declared_type(hint: Hint) -> str | None:
    """Return the type that the header, else the name, else the address of a payload declares."""
    header = (hint.media_type or "").split(";")[0].strip().lower()
    header = SYNONYMS.get(header, header)
    if header and header not in (OPAQUE, PLAIN, "binary/octet-stream", "application/download", "*/*"):
        return header
    for name in (hint.name, urlsplit(hint.url).path if hint.url else None):
        suffix = PurePosixPath(name).suffix.lower() if name else ""
        if suffix in SUFFIXES:
            return SUFFIXES[suffix]
    return header or None


TEXT_TYPES = frozenset({*SUFFIXES.values()}) - {PDF, "application/rtf"}
