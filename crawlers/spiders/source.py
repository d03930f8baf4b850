"""What the spiders of all kinds do alike: begin at their sources, ask for pages, and hand documents over."""

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, UsageError
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure

from crawlers.browser import BrowserError
from crawlers.catalogue import Source
from crawlers.exchange import Declared, Exchange
from crawlers.ledger import ELSEWHERE, FAILED, FETCHED, KEPT, OUTSIDE, OVER_BUDGET, outcome_of
from crawlers.session import DOCUMENT, ERRAND, RENDERED, SUBRESOURCE, Errand, Session, errand_of
from crawlers.urls import canonical, host_key, host_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Piece:
    """A document that an answer carries: its address, its content, and in `detail` where it stands."""

    url: str
    body: bytes
    media_type: str
    detail: str
    declared: Declared


class UnreadableError(Exception):
    """A feed, sitemap or listing is not what its source says; the message says why."""


class SourceSpider(Spider):  # type: ignore[misc]
    """Read the sources of one kind; `name` is the kind and `purpose` what its structure pages are."""

    purpose: ClassVar[str]

    def __init__(self, session: Session, **kwargs: Any) -> None:
        """Read those sources of *session* that are of this spider's kind."""
        super().__init__(**kwargs)
        self.session = session
        self.due_again = [source for source in session.sources if source.kind == self.name]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider for *crawler*; raise UsageError where it is started outside of a harvest."""
        if "session" not in kwargs:
            raise UsageError(
                "Spiders run inside a harvest; type 'watchword harvest SOURCE' in place of 'scrapy crawl'."
            )
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.look_again, signals.spider_idle)
        return spider

    def look_again(self, **_: Any) -> None:
        """When all else is done, ask once for the known pages that are due again, linked from anywhere or not."""
        due, self.due_again = self.due_again, []
        requests = [
            request
            for source in due
            if source.again and not self.session.stopped
            for url in self.session.memory.again(source.name, source.again)
            if not self.session.ledger.known(url)
            for request in self.document(source, url, url)
        ]
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the pages that the sources begin with."""
        for source in self.session.sources:
            if source.kind == self.name:
                for request in self.begin(source):
                    yield request

    def begin(self, source: Source) -> Iterator[Request]:
        """Ask for the addresses of *source*."""
        for url in source.url:
            yield from self.ask(source, url, level=source.depth)

    def read(self, source: Source, response: Response, level: int) -> Iterator[Request]:
        """Ask for what a structure page leads to, *level* further pages deep; raise UnreadableError."""
        raise NotImplementedError

    def ask(self, source: Source, url: str, *, level: int = 0, purpose: str = "") -> Iterator[Request]:
        """Ask for the structure page *url*, once a crawl; note where its host or the budget stands against it."""
        ledger = self.session.ledger
        if host_key(host_of(url)) not in source.all_hosts:
            ledger.note(source.name, outside(url))
            return
        if not ledger.take(f"{source.name} {url}"):
            return
        if not ledger.within(source.name, source.budget):
            ledger.note(source.name, f"the budget of {source.budget} pages is spent: a {self.purpose} was not read")
            return
        errand = Errand(source, purpose or self.purpose, url)
        meta = {ERRAND: errand, "level": level}
        yield Request(url, self.parse, errback=self.lost, meta=meta, priority=1, dont_filter=True)

    def document(self, source: Source, link: str, base: str, declared: Declared | None = None) -> Iterator[Request]:
        """Ask for the document that *link* on the page *base* leads to, unless the crawl has it or may not have it."""
        ledger = self.session.ledger
        url = canonical(link, base)
        if url is None:
            ledger.settle(source.name, OUTSIDE, "the link is not an address of a page")
        elif host_key(host_of(url)) not in source.all_hosts:
            ledger.settle(source.name, OUTSIDE, outside(url))
        elif self.vacant(source, url):
            ledger.open(source.name)
            errand = Errand(source, DOCUMENT, url, declared or Declared(language=source.language))
            yield Request(url, self.pass_over, errback=self.lost, meta={ERRAND: errand})

    def vacant(self, source: Source, url: str, *, budget: bool = True) -> bool:
        """Take the document *url* for *source* and say True, or note why it is not asked for.

        Without a *budget*, what one answer holds is taken whole.
        """
        ledger = self.session.ledger
        if ledger.known(url):
            ledger.settle(source.name, ELSEWHERE)
        elif self.session.archive.kept(url):
            ledger.settle(source.name, KEPT)
            ledger.take(url)
        elif not budget:
            return ledger.take(url)
        elif ledger.spent(source.name, source.budget):
            # Not remembered: a sitemap may name millions of pages beyond its budget.
            ledger.settle(source.name, OVER_BUDGET, f"the budget of {source.budget} pages is spent")
        else:
            return ledger.take(url) and ledger.within(source.name, source.budget)
        return False

    def hand_over(self, source: Source, piece: Piece) -> None:
        """Archive a document that stands in an answer already kept; no byte of it crossed the wire on its own."""
        exchange = Exchange(source=source.name, started=datetime.now(UTC), outcome="complete", **vars(piece))
        self.session.ledger.open(source.name)
        if self.session.store(exchange, self.crawler):
            self.session.ledger.close(source.name, FETCHED)

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[Request]:
        """Read a structure page, and note where that fails."""
        errand = errand_of(response.request)
        outcome, reason = outcome_of(errand.last)
        if outcome != "fetched":
            detail = errand.last.detail or reason
            self.session.ledger.page(errand.source.name, f"{errand.url}: {detail}")
            return
        try:
            level = response.meta["level"]
            page = await rendered(self, errand, response) if errand.source.render else response
            for request in self.read(errand.source, page, level):
                yield request
        except (UnreadableError, BrowserError) as error:
            self.session.ledger.page(errand.source.name, f"{errand.url}: {error}")
        except Exception as error:  # noqa: BLE001
            # What a publisher sends may break any parser; the source is named, and the others go on.
            self.session.ledger.page(errand.source.name, f"{errand.url}: reading it failed: {error!r}")
        else:
            self.session.ledger.page(errand.source.name)

    def pass_over(self, response: Response, **_: Any) -> None:
        """Leave a document to the stages that read the archive."""

    def lost(self, failure: Failure) -> None:
        """Note what stopped a request other than the network; where the crawl was stopped, its page is interrupted."""
        if self.session.stopped:
            return
        errand = errand_of(failure.request)
        reason = f"the request failed: {failure.value!r}"
        logger.error("%s: %s", errand.url, reason)
        if errand.purpose == DOCUMENT:
            self.session.ledger.close(errand.source.name, FAILED, reason)
        else:
            self.session.ledger.page(errand.source.name, f"{errand.url}: {reason}")


async def rendered(spider: SourceSpider, errand: Errand, response: Response) -> Response:
    """Return the page *response* as a browser shows it, archived beside it; raise BrowserError."""
    session, source = spider.session, errand.source

    async def fetch(url: str) -> Response:
        own = Errand(source, SUBRESOURCE, url)
        return await spider.crawler.engine.download_async(Request(url, meta={ERRAND: own}, dont_filter=True))

    shown = await session.browser.render(response, fetch, session.options.timeout)
    said = (
        f"rendered by {shown.browser} from the capture {errand.capture}; {shown.requests} requests made, "
        f"{shown.refused} refused"
    )
    exchange = Exchange(
        url=response.url,
        source=source.name,
        started=datetime.now(UTC),
        outcome="complete",
        media_type="text/html",
        body=shown.html.encode("utf-8", "replace"),
        detail="; ".join(filter(None, (said, shown.remark))),
        purpose=RENDERED,
        converted_from=errand.capture,
    )
    session.store(exchange, spider.crawler)
    return HtmlResponse(response.url, body=exchange.body, encoding="utf-8", request=response.request)


def outside(url: str) -> str:
    """Return the reason why *url* is not fetched: it lies on a host that its source does not name."""
    return f"the host {host_of(url)} is not among the source's hosts"
