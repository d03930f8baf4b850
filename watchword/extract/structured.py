"""Structured text: JSON, JSON Lines and XML as readable text, each value after its name."""

import json
from collections.abc import Iterator

from lxml import etree

from watchword.extract.charset import decode
from watchword.extract.dates import parse_date
from watchword.extract.feeds import feed_texts, is_feed, local_name
from watchword.extract.media_type import XML
from watchword.extract.values import Extracted, Hint, SetAside

JSON = "application/json"
JSON_LINES = "application/x-ndjson"
# Deeper nesting than this is an attack on the reader.
MAX_DEPTH = 100
TITLE_KEYS = ("title", "headline", "name", "subject")
PUBLISHED_KEYS = ("published", "date_published", "datePublished", "publication_date", "pubDate", "date")


def json_lines(value: object, name: str = "", depth: int = 0) -> Iterator[str]:
    """Give the strings and numbers of *value*, each after its name; objects in a list are apart by an empty line."""
    if depth > MAX_DEPTH:
        raise SetAside(f"JSON is nested deeper than {MAX_DEPTH}")
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from json_lines(entry, str(key), depth + 1)
    elif isinstance(value, list):
        for entry in value:
            yield from json_lines(entry, name, depth + 1)
            if isinstance(entry, dict):
                yield ""
    elif value is not None and value != "":
        yield f"{name}: {value}" if name else str(value)


def tidy_lines(lines: Iterator[str]) -> str:
    """Return *lines* as text, with no two empty lines in a row."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def read_json(payload: bytes, hint: Hint) -> Extracted:
    """Return the JSON document *payload* as text; one that is broken is read as JSON Lines, else as it stands."""
    text, remarks = decode(payload, hint.charset)
    try:
        data = json.loads(text, strict=False)
    except RecursionError as error:
        raise SetAside("JSON is nested too deep") from error
    except ValueError:
        return read_json_lines(payload, hint)
    body = tidy_lines(json_lines(data))
    if not body:
        raise SetAside("the JSON document holds no values")
    top = data if isinstance(data, dict) else {}
    title = next((str(top[k]) for k in TITLE_KEYS if isinstance(top.get(k), str)), hint.title or "")
    day = next((d for k in PUBLISHED_KEYS if isinstance(top.get(k), str) and (d := parse_date(top[k]))), None)
    return Extracted(JSON, title, body, published=day.isoformat() if day else hint.published, remarks=remarks)


def read_json_lines(payload: bytes, hint: Hint) -> Extracted:
    """Return a file of one JSON value a line as text; lines that are not JSON stay as they are, with a remark."""
    text, remarks = decode(payload, hint.charset)
    pieces = []
    broken = 0
    for line in filter(str.strip, text.split("\n")):
        try:
            pieces.append(tidy_lines(json_lines(json.loads(line, strict=False))))
        except (ValueError, RecursionError):
            broken += 1
            pieces.append(line.strip())
    if not pieces:
        raise SetAside("the file holds no values")
    note = (f"{broken} of {len(pieces)} lines are not JSON",) if broken else ()
    return Extracted(JSON_LINES, hint.title or "", "\n\n".join(pieces), remarks=(*remarks, *note))


def parse_xml(payload: bytes) -> etree._Element:
    """Return the root of the XML *payload*, with entities left unexpanded; raise SetAside where there is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SetAside(f"no readable XML: {error}") from error
    if root is None:
        raise SetAside("the XML document has no element")
    return root


def xml_lines(root: etree._Element) -> Iterator[str]:
    """Give the texts under *root*, each after the name of its element; records are apart by an empty line."""
    for element in root.iter(etree.Element):
        name = local_name(element)
        if len(element) and (element.getparent() is root or len(element) > 2):
            yield ""
        text = " ".join((element.text or "").split())
        if text:
            yield f"{name}: {text}"
        for child in element:
            tail = " ".join((child.tail or "").split())
            if tail:
                yield tail


def read_xml(payload: bytes, hint: Hint) -> Extracted:
    """Return the XML document *payload* as text."""
    text, remarks = decode(payload, hint.charset)
    start = text.find("<")
    if start < 0:
        raise SetAside("the XML document has no element")
    body = text[start:]
    if body.startswith("<?xml"):
        body = body[body.find("?>") + 2 :]
    root = parse_xml(body.encode("utf-8", "replace"))
    lines = "\n\n".join(filter(None, feed_texts(root))) if is_feed(root) else tidy_lines(xml_lines(root))
    if not lines:
        raise SetAside("the XML document holds no text")
    title = next((" ".join((e.text or "").split()) for e in root.iter(etree.Element) if local_name(e) == "title"), "")
    return Extracted(XML, title or hint.title or "", lines, remarks=remarks)
