"""Metadata of a page: title, authors, language and date of publication, as its markup states them.

What the publisher states for machines (JSON-LD, meta elements) goes before what stands on the page for people.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from lxml import etree

# Scripts of structured data that are longer than this are data files, not descriptions of a page.
MAX_JSON_LD = 500_000
# Nested deeper than this, structured data is an attack on the parser or of no use.
MAX_JSON_DEPTH = 12
ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|WebPage|NewsItem|Posting|CreativeWork")
TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "title", "citation_title")
AUTHOR_KEYS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "byl", "parsely-author",
    "sailthru.author", "dc.contributor",
)  # fmt: skip
PUBLISHED_KEYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published",
    "publishdate", "publish_date", "publish-date", "publication_date", "pubdate", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date",
    "citation_publication_date", "citation_date", "originalpublicationdate", "article_date_original",
    "rnews:datepublished",
    "ptime", "displaydate", "timestamp", "cxenseparse:recs:publishtime", "dc.date", "date", "created", "eprints.date",
)  # fmt: skip
SEPARATORS = re.compile(r"\s+(?:[|»«·•–—:_-]|::|>>|//)+\s+|\s*[|_»]\s*")
LINK = re.compile(r"^(?:https?://|www\.)|@")
MAX_AUTHOR_LETTERS = 60
LANGUAGE = re.compile(r"^[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)
BYLINE = re.compile(
    r"^(?:by|von|par|por|autor|автор|συντάκτης|γράφει(?: ο| η)?|作者|记者|بقلم|كتب)\b\s*[:：]?\s*", re.IGNORECASE
)


@dataclass
class Markup:
    """The statements of one page's markup, each gathered when asked for."""

    root: etree._Element
    metas: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Gather the meta elements by name."""
        self.metas = {}
        for element in self.root.iter("meta"):
            key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
            value = element.get("content")
            if key and value and value.strip():
                self.metas.setdefault(key.strip().lower(), []).append(unescape(value.strip()))

    def meta(self, *keys: str) -> Iterator[str]:
        """Give the values of the meta elements *keys*, in this order."""
        for key in keys:
            yield from self.metas.get(key, ())

    @cached_property
    def statements(self) -> list[dict[str, object]]:
        """The JSON-LD objects of the page that describe an article or a page, articles first."""
        found: list[dict[str, object]] = []
        for script in self.root.iter("script"):
            if script.get("type", "").strip().lower() == "application/ld+json" and script.text:
                found.extend(read_json_ld(script.text))
        found.sort(key=lambda s: "Article" not in str(s.get("@type")) and "Posting" not in str(s.get("@type")))
        return found

    def stated(self, key: str) -> Iterator[object]:
        """Give what JSON-LD states for *key*."""
        for statement in self.statements:
            value = statement.get(key)
            if value:
                yield value


def read_json_ld(text: str) -> list[dict[str, object]]:
    """Return the objects of a JSON-LD script that describe a page; broken JSON gives none."""
    if len(text) > MAX_JSON_LD:
        return []
    stripped = re.sub(r"^\s*(?:<!--|/\*.*?\*/|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", text.strip(), flags=re.S)
    try:
        data = json.loads(stripped, strict=False)
    except (ValueError, RecursionError):
        return []
    return list(find_statements(data, 0))


def find_statements(data: object, depth: int) -> Iterator[dict[str, object]]:
    """Give the objects in *data* whose type is an article or a page."""
    if depth > MAX_JSON_DEPTH:
        return
    if isinstance(data, list):
        for entry in data[:200]:
            yield from find_statements(entry, depth + 1)
    elif isinstance(data, dict):
        if ARTICLE_TYPES.search(str(data.get("@type", ""))):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from find_statements(data.get(key), depth + 1)


def text_of(element: etree._Element | None) -> str:
    """Return the text of *element* on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def find_title(markup: Markup) -> str:
    """Return the headline of the page: the one heading that the page's title repeats, else what the markup states."""
    head = next((text_of(e) for e in markup.root.iter("title") if text_of(e)), "")
    headings = [t for e in markup.root.iter("h1", "h2") if 3 < len(t := text_of(e)) < 300]
    stated = [" ".join(str(v).split()) for v in (*markup.stated("headline"), *markup.meta(*TITLE_KEYS))]
    page_title = comparable(" ".join([head, *stated[:2]]))
    for heading in sorted(headings, key=len, reverse=True):
        if len(heading) > 12 and comparable(heading) in page_title:
            return heading
    if stated:
        return strip_site(stated[0], markup)
    first = next((text_of(e) for e in markup.root.iter("h1") if text_of(e)), "")
    return strip_site(head, markup) or first


def page_titles(markup: Markup) -> list[str]:
    """Return everything that the markup gives as the title of the page."""
    heads = [text_of(e) for e in markup.root.iter("title")]
    stated = [str(v) for v in markup.stated("headline")]
    return [t for t in (*heads[:1], *stated[:1], *list(markup.meta(*TITLE_KEYS))[:2]) if t]


def comparable(text: str) -> str:
    """Return *text* as its letters and digits, lower case, for comparison of titles."""
    return "".join(c for c in text.lower() if c.isalnum())


def strip_site(title: str, markup: Markup) -> str:
    """Return *title* without the name of the site at its end or start."""
    pieces = [p.strip() for p in SEPARATORS.split(title) if p.strip()]
    if len(pieces) < 2:
        return title.strip()
    site = comparable(next(markup.meta("og:site_name", "application-name"), ""))
    kept = [p for p in pieces if not site or comparable(p) != site]
    longest = max(kept or pieces, key=len)
    return longest if len(longest) >= len(title) * 0.4 else title.strip()


def find_authors(markup: Markup) -> tuple[str, ...]:
    """Return the authors that the page states, in order, each once."""
    stated = [name for value in markup.stated("author") for name in names_in(value)]
    named = stated or [n for v in markup.meta(*AUTHOR_KEYS) for n in split_names(v)]
    if not named:
        marked = markup.root.xpath(
            "(//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')])[position() < 4]"
        )
        named = [n for e in marked for n in split_names(BYLINE.sub("", text_of(e)))]
    kept = (" ".join(unescape(n).split()) for n in named)
    return tuple(dict.fromkeys(n for n in kept if 2 < len(n) < MAX_AUTHOR_LETTERS and not LINK.search(n)))[:20]


def names_in(value: object) -> Iterator[str]:
    """Give the names in what JSON-LD states as author: a string, an object, or a list of these."""
    if isinstance(value, str):
        yield from split_names(value)
    elif isinstance(value, dict):
        yield from names_in(value.get("name"))
    elif isinstance(value, list):
        for entry in value[:20]:
            yield from names_in(entry)


def split_names(text: str) -> list[str]:
    """Return the names in a byline."""
    plain = BYLINE.sub("", text.strip())
    return [n.strip(" ,;") for n in re.split(r"\s*(?:,|;|、|\band\b|\bund\b|\bet\b|\bи\b)\s+", plain) if n.strip(" ,;")]


def find_language(markup: Markup) -> str | None:
    """Return the language that the markup claims, as an ISO 639-1 code."""
    root = markup.root
    claimed = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang")]
    claimed += [*markup.meta("content-language", "language", "og:locale", "dc.language", "inlanguage")]
    codes = (LANGUAGE.match(c.strip()) for c in claimed if c)
    return next((m.group().lower() for m in codes if m and len(m.group()) == 2), None)
