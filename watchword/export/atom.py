"""Atom (RFC 4287): the newest of what a search finds, for feed readers; a story once, however many copies it has."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree

from watchword.export.selection import Selection
from watchword.searching import Answer, Found, Question

ATOM: Final = "http://www.w3.org/2005/Atom"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# A reader asks every hour or so and keeps what it had; a longer feed is only slower.
MAX_ENTRIES: Final = 200
# What XML 1.0 cannot hold.
ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = ElementTree.Element


def write_atom(selection: Selection) -> Iterator[bytes]:
    """Yield the feed of the newest stories of *selection*."""
    question = selection.question
    view = replace(question.view, order="newest", limit=MAX_ENTRIES, cursor=None, facets=(), days=False)
    answer = selection.desk.ask(replace(question, view=view))
    ElementTree.register_namespace("", ATOM)
    yield ElementTree.tostring(feed(question, answer), encoding="utf-8", xml_declaration=True)


def feed(question: Question, answer: Answer) -> Element:
    """Return the feed of *answer*."""
    made = Element(f"{{{ATOM}}}feed")
    asked = hashlib.sha256(repr((question.query, question.filters, question.like)).encode()).hexdigest()[:24]
    _add(made, "id", f"urn:sha256:{asked}")
    _add(made, "title", f"Watchword: {question.query}")
    _add(made, "subtitle", f"{answer.total} documents; {answer.coverage.sentence}")
    newest = max((hit.document.captured for hit in answer.found), default=datetime.now(UTC).isoformat())
    _add(made, "updated", _time(newest))
    _add(made, "generator", "Watchword")
    for hit in answer.found:
        made.append(entry(hit))
    return made


def entry(hit: Found) -> Element:
    """Return the entry of one hit; its id is that of this version of the document."""
    document = hit.document
    made = Element(f"{{{ATOM}}}entry")
    if document.language:
        made.set(LANG, document.language)
    _add(made, "id", f"urn:watchword:{document.id}")
    _add(made, "title", document.title or document.url)
    if document.url.startswith(("http://", "https://")):
        _add(made, "link", "", href=document.url, rel="alternate")
    _add(made, "updated", _time(document.captured))
    if document.published:
        _add(made, "published", _time(document.published))
    _add(_add(made, "author"), "name", document.publisher or document.source)
    for term in dict.fromkeys(mention.entity for mention in document.mentions if mention.entity):
        _add(made, "category", "", term=term)
    copies = f" ({hit.copies} copies)" if hit.copies > 1 else ""
    _add(made, "summary", hit.snippet.text + copies, type="text")
    return made


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    cleaned = {key: ILLEGAL.sub("�", value) for key, value in attributes.items()}
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", cleaned)
    made.text = ILLEGAL.sub("�", text) or None
    return made


def _time(text: str) -> str:
    parsed = datetime.fromisoformat(text)
    return (parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed).isoformat(timespec="seconds")
