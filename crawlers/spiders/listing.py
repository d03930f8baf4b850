"""Listings: pages that link to documents, page after page."""

from collections.abc import Iterator

from cssselect import SelectorError
from lxml.etree import XPathError
from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.selector import Selector, SelectorList

from crawlers.catalogue import Source
from crawlers.exchange import Declared
from crawlers.rules import Link, wanted
from crawlers.spiders.source import SourceSpider, UnreadableError
from crawlers.urls import canonical

LINKS = "a[href]"
# The text of a link becomes a title; a longer one is a paragraph.
MAX_TITLE_CHARACTERS = 300


class ListingSpider(SourceSpider):
    """Read listings: ask for the documents that the items link to, then for the next page."""

    name = "listing"
    purpose = "listing"

    def read(self, source: Source, response: Response, level: int) -> Iterator[Request]:
        """Ask for the documents of this page, and for the next pages while *level* lasts."""
        found = links(response, source.item or LINKS)
        chosen = [link for link in found if wanted(link, source.links.allow, source.links.deny)]
        if source.item and not found:
            raise UnreadableError(f"the selector {source.item!r} finds nothing; the layout may have changed")
        for link in chosen:
            declared = Declared(title=link.text or None, language=source.language)
            yield from self.document(source, link.url, response.url, declared)
        if source.next and level > 0:
            for link in links(response, source.next):
                yield from self.ask(source, link.url, level=level - 1)


def links(response: Response, selector: str) -> list[Link]:
    """Return the links that *selector* finds: on the elements it names, around them, or inside them."""
    if not isinstance(response, TextResponse):
        raise UnreadableError(f"this is no page with links but {response.headers.get(b'Content-Type', b'binary')!r}")
    found = []
    for element in select(response, selector):
        for anchor in element.xpath("(self::*[@href] | ancestor::a[@href][1] | .//a[@href])"):
            url = canonical(anchor.attrib["href"], _base(response))
            if url is not None:
                text = " ".join(" ".join(anchor.xpath(".//text()").getall()).split())
                found.append(Link(url, text[:MAX_TITLE_CHARACTERS]))
    return list(dict.fromkeys(found))


def select(response: TextResponse, selector: str) -> SelectorList[Selector]:
    """Apply *selector*, XPath where it begins with `/` or `(`, else CSS; raise UnreadableError where it is neither."""
    try:
        return response.xpath(selector) if selector.startswith(("/", "(", "./")) else response.css(selector)
    except (SelectorError, XPathError, ValueError) as error:
        raise UnreadableError(f"the selector {selector!r} cannot be used: {error}") from None


def _base(response: TextResponse) -> str:
    return canonical(response.css("base::attr(href)").get("") or response.url, response.url) or response.url
