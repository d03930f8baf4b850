"""Sitemaps: lists of pages and lists of lists, plain or compressed, with the news extension."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import urlsplit

from lxml import etree
from scrapy import Request
from scrapy.http import Response

from crawlers.catalogue import Source
from crawlers.coding import GZIP_MAGIC, inflate
from crawlers.exchange import Declared
from crawlers.rhythm import of_sitemap
from crawlers.robots import Robots
from crawlers.rules import Link, wanted
from crawlers.spiders.source import SourceSpider, UnreadableError
from crawlers.urls import canonical, origin_of

# The protocol allows 50 MB a file; some go beyond it.
MAX_SITEMAP_BYTES = 100 * 2**20
# Lists of lists of lists: more levels than any site has.
MAX_LEVELS = 5
ROBOTS_PATH = "/robots.txt"


@dataclass(frozen=True)
class Line:
    """A page that a sitemap names, or where `index` is set another sitemap."""

    url: str
    index: bool = False
    modified: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    frequency: str = ""


class SitemapSpider(SourceSpider):
    """Read sitemaps and ask for the pages that changed within the source's window."""

    name = "sitemap"
    purpose = "sitemap"

    def begin(self, source: Source) -> Iterator[Request]:
        """Ask for the sitemaps of *source*; an address without a path asks robots.txt where they are."""
        for url in source.url:
            bare = urlsplit(url).path == "/"
            yield from self.ask(source, f"{origin_of(url)}{ROBOTS_PATH}" if bare else url, level=MAX_LEVELS)

    def read(self, source: Source, response: Response, level: int) -> Iterator[Request]:
        """Ask for the pages and further sitemaps that this one names, the newest pages first."""
        if urlsplit(response.url).path == ROBOTS_PATH:
            named = Robots.parse(response.body).sitemaps or [f"{origin_of(response.url)}/sitemap.xml"]
            for name in named:
                if url := canonical(name, response.url):
                    yield from self.ask(source, url, level=level - 1)
            return
        since = datetime.now(UTC) - timedelta(days=source.window) if source.window else None
        lines = [line for line in read_sitemap(response.body) if not _older(line.modified, since)]
        self.session.ledger.heed(source.name, of_sitemap(line.frequency for line in lines if not line.index))
        for line in sorted(lines, key=lambda line: line.modified or "", reverse=True):
            if not line.index:
                yield from self._page(source, line, response.url)
            elif level > 0 and (url := canonical(line.url, response.url)):
                yield from self.ask(source, url, level=level - 1)

    def _page(self, source: Source, line: Line, base: str) -> Iterator[Request]:
        url = canonical(line.url, base)
        if url is None or wanted(Link(url), source.links.allow, source.links.deny):
            declared = Declared(title=line.title, published=line.published, language=line.language or source.language)
            yield from self.document(source, line.url, base, declared)


def read_sitemap(body: bytes) -> Iterator[Line]:
    """Read the sitemap *body*, XML or a list of addresses, packed or not; raise UnreadableError."""
    if body.startswith(GZIP_MAGIC):
        unpacked = inflate(body, limit=MAX_SITEMAP_BYTES)
        if unpacked.problem:
            raise UnreadableError(f"the sitemap cannot be unpacked: {unpacked.problem}")
        body = unpacked.body
    if body.lstrip()[:1] != b"<":
        yield from _plain(body)
        return
    count = 0
    try:
        for line in _lines(body):
            count += 1
            yield line
    except etree.XMLSyntaxError as error:
        if not count:
            raise UnreadableError(f"this is not a sitemap: {error}") from None


def _plain(body: bytes) -> Iterator[Line]:
    lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines() if line.strip()]
    if lines and not lines[0].lstrip("\ufeff").startswith(("http://", "https://")):
        raise UnreadableError("this is not a sitemap: it is neither XML nor a list of addresses")
    yield from (Line(line.lstrip("\ufeff")) for line in lines)


def _lines(body: bytes) -> Iterator[Line]:
    root = ""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": True}
    for event, element in etree.iterparse(BytesIO(body), events=("start", "end"), **options):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if event == "start":
            root = root or name
            continue
        if name in ("url", "sitemap"):
            if line := _line(element, name):
                yield line
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    if root not in ("urlset", "sitemapindex"):
        raise UnreadableError(f"this is not a sitemap: its root is <{root}>")


def _line(element: etree._Element, name: str) -> Line | None:
    texts: dict[str, str] = {}
    for part in element.iter():
        if isinstance(part.tag, str) and part.text and part.text.strip():
            space = "image:" if "image" in (etree.QName(part).namespace or "") else ""
            texts.setdefault(space + etree.QName(part).localname, part.text.strip())
    if "loc" not in texts:
        return None
    return Line(
        url=texts["loc"],
        index=name == "sitemap",
        modified=texts.get("lastmod"),
        title=texts.get("title"),
        published=texts.get("publication_date"),
        language=texts.get("language"),
        frequency=texts.get("changefreq", ""),
    )


def _older(modified: str | None, since: datetime | None) -> bool:
    """Say whether a page was last modified before *since*; a date that cannot be read is no reason to pass it over."""
    if since is None or not modified:
        return False
    try:
        moment = datetime.fromisoformat(modified)
    except ValueError:
        return False
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) < since
