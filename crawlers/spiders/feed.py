"""Feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, also where they are not well formed."""

import calendar
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import feedparser
from scrapy import Request
from scrapy.http import Response

from crawlers.catalogue import Source
from crawlers.exchange import Declared
from crawlers.rhythm import Rhythm, of_feed
from crawlers.spiders.source import Piece, SourceSpider, UnreadableError
from crawlers.urls import canonical

# A piece of HTML that is the text and nothing else; `watchword.extract` takes all of it.
FRAGMENT_TYPE: Final = "text/vnd.watchword.fragment+html"


@dataclass(frozen=True)
class Entry:
    """An entry of a feed; `text` is its full text or summary as HTML."""

    link: str
    declared: Declared


@dataclass(frozen=True)
class Feed:
    """A feed as it was read; `next_page` is the address of the older entries, where it names one (RFC 5005)."""

    entries: tuple[Entry, ...]
    next_page: str | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)


class FeedSpider(SourceSpider):
    """Read feeds and ask for the page of each entry."""

    name = "feed"
    purpose = "feed"

    def read(self, source: Source, response: Response, level: int) -> Iterator[Request]:
        """Ask for the entries' pages, or take their texts where the source says so."""
        feed = read_feed(response.body, response.headers.get(b"Content-Type", b"").decode("latin-1"), response.url)
        self.session.ledger.heed(source.name, feed.rhythm)
        for entry in feed.entries:
            if source.follow:
                yield from self.document(source, entry.link, response.url, entry.declared)
            else:
                self.take_text(source, response, entry)
        if feed.next_page and level > 1 and (url := canonical(feed.next_page, response.url)):
            yield from self.ask(source, url, level=level - 1)

    def take_text(self, source: Source, response: Response, entry: Entry) -> None:
        """Hand over the text of *entry*, which the capture of the feed holds, under the entry's own address."""
        url = canonical(entry.link, response.url) or entry.link
        if self.vacant(source, url):
            text = (entry.declared.text or "").encode()
            told = replace(entry.declared, text=None)
            where = f"text of an entry of the feed {response.url}"
            self.hand_over(source, Piece(url, text, FRAGMENT_TYPE, where, told))


def read_feed(body: bytes, content_type: str, url: str) -> Feed:
    """Read the feed *body*; raise UnreadableError where it is none."""
    if body.lstrip()[:1] == b"{":
        return _read_json(body)
    # The parser opens what looks like an address or a path; a stream is only read.
    headers = {"content-type": content_type, "content-location": url}
    parsed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    if not parsed.get("version") and not parsed.entries:
        raise UnreadableError(f"this is not a feed: {parsed.get('bozo_exception') or 'no entry was found'}")
    entries = (_entry(entry) for entry in parsed.entries)
    older = (link.get("href") for link in parsed.feed.get("links", ()) if link.get("rel") == "next")
    return Feed(tuple(entry for entry in entries if entry.link), next(older, None), of_feed(parsed.feed, body))


def _entry(entry: Any) -> Entry:
    contents = [part.get("value", "") for part in entry.get("content", ())]
    text = max([*contents, entry.get("summary", "")], key=len)
    names = [author.get("name", "") for author in entry.get("authors", ())] or [entry.get("author", "")]
    identifier = entry.get("id", "")
    link = entry.get("link") or (identifier if identifier.startswith("http") else "")
    return Entry(
        link,
        Declared(
            title=entry.get("title") or None,
            published=_moment(entry),
            authors=tuple(name for name in names if name),
            language=None,
            text=text or None,
        ),
    )


def _moment(entry: Any) -> str | None:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    if parsed:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat()
    return entry.get("published") or entry.get("updated") or None


def _read_json(body: bytes) -> Feed:
    """Read a JSON Feed, version 1 or 1.1."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"this is not a JSON feed: {error}") from None
    items = feed.get("items")
    if not isinstance(items, list):
        raise UnreadableError("this is not a JSON feed: it has no 'items'")
    entries = (_json_entry(item) for item in items if isinstance(item, dict))
    older = feed.get("next_url")
    return Feed(tuple(entry for entry in entries if entry.link), older if isinstance(older, str) else None)


def _json_entry(item: dict[str, Any]) -> Entry:
    def text(*names: str) -> str | None:
        return next((value for name in names if isinstance(value := item.get(name), str) and value), None)

    authors = item.get("authors") or [item.get("author")]
    listed = authors if isinstance(authors, list) else [authors]
    names = tuple(str(author["name"]) for author in listed if isinstance(author, dict) and author.get("name"))
    return Entry(
        text("url", "external_url", "id") or "",
        Declared(
            title=text("title"),
            published=text("date_published", "date_modified"),
            authors=names,
            language=text("language"),
            text=text("content_html", "content_text", "summary"),
        ),
    )
