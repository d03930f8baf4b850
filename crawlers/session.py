"""A crawl under way: what its spiders, middlewares and the download handler share."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers

from crawlers.addresses import Resolver
from crawlers.browser import Browser
from crawlers.catalogue import Source
from crawlers.exchange import Archive, Declared, Exchange, Memory
from crawlers.gate import Gate, HostState
from crawlers.ledger import Ledger
from crawlers.robots import Robots
from crawlers.urls import host_key, host_of
from crawlers.wire import MAX_RESPONSE_BYTES, Wire

PRODUCT_TOKEN = "Watchword"
ERRAND = "errand"
DOCUMENT = "document"
RENDERED = "rendered"
SUBRESOURCE = "subresource"


@dataclass(frozen=True)
class CrawlOptions:
    """How to crawl. `delay` and `timeout` in seconds; `resolve` pins invented hosts of local sources.

    `contact` is named in the User-Agent; without it no public host is crawled. `parallel` is the number of requests
    at once to a local host without a delay, `concurrency` that to all hosts.
    """

    user_agent: str = "Watchword/0.1"
    contact: str = ""
    delay: float = 1.0
    timeout: float = 60.0
    concurrency: int = 64
    parallel: int = 8
    retries: int = 2
    max_response_bytes: int = MAX_RESPONSE_BYTES
    resolve: Mapping[str, str] = field(default_factory=dict)

    @property
    def agent_header(self) -> str:
        """The User-Agent that is sent."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent


@dataclass
class Errand:
    """A page to bring, on its way: for which source, why, and what happened so far.

    `settled` is the ledger's column where a redirect led to a page that is there already, `capture` the id under which
    the last exchange was kept.
    """

    source: Source
    purpose: str
    url: str
    declared: Declared = field(default_factory=Declared)
    robots: str = ""
    redirected_from: tuple[str, ...] = ()
    attempts: int = 0
    exchanges: list[Exchange] = field(default_factory=list)
    settled: str = ""
    capture: str = ""

    @property
    def last(self) -> Exchange:
        """The exchange that ended the errand."""
        return self.exchanges[-1]

    def amend(self, detail: str) -> None:
        """Add *detail* to what the last exchange says."""
        both = "; ".join(part for part in (self.last.detail, detail) if part)
        self.exchanges[-1] = replace(self.last, detail=both)

    def demote(self, purpose: str) -> None:
        """Mark the last exchange of a document as a *purpose* on the way to its end."""
        if self.purpose == DOCUMENT:
            self.exchanges[-1] = replace(self.last, purpose=purpose)


@dataclass(frozen=True)
class RobotsRecord:
    """The robots.txt of one origin: its rules, or what its absence means."""

    rules: Robots | None
    allowed: bool
    reason: str
    outcome: str = "refused"


class Session:
    """What one call of `crawl` holds together; `fatal` is the error that ends it."""

    def __init__(self, sources: Sequence[Source], archive: Archive, memory: Memory, options: CrawlOptions) -> None:
        """Prepare to crawl *sources* into *archive*."""
        self.sources = sources
        self.archive = archive
        self.memory = memory
        self.options = options
        self.gate = Gate(options.parallel)
        self.ledger = Ledger(source.name for source in sources)
        self.robots: dict[str, asyncio.Task[RobotsRecord]] = {}
        self.fatal: OSError | None = None
        self.exchanges = 0
        self.stopped = ""
        self.under_way: set[asyncio.Task[tuple[Exchange, Headers]]] = set()
        self._stopping: set[asyncio.Task[None]] = set()

    @cached_property
    def wire(self) -> Wire:
        """The connections of this crawl."""
        return Wire(Resolver(self.options.resolve, public=bool(self.options.contact)))

    @cached_property
    def browser(self) -> Browser:
        """The browser of this crawl; it starts with the first page that needs it."""
        return Browser()

    async def close(self) -> None:
        """Close connections, and the browser where one was asked for."""
        if "browser" in vars(self):
            await self.browser.close()
        await self.wire.close()

    def host(self, url: str, source: Source) -> HostState:
        """Return the state of the host of *url* as *source* wants it treated."""
        delay = self.options.delay if source.delay is None else source.delay
        return self.gate.state(host_key(host_of(url)), delay, local=source.local)

    def keep(self, errand: Errand, crawler: Crawler) -> None:
        """Archive the errand's exchanges, the last one first: a page is held only when its end is.

        A disk that takes no more ends the crawl; nothing that comes after is kept.
        """
        for exchange in reversed(errand.exchanges):
            capture = self.store(exchange, crawler)
            if not capture:
                return
            errand.capture = errand.capture or capture

    def store(self, exchange: Exchange, crawler: Crawler) -> str:
        """Archive *exchange* and return the capture's id when it is on disk, else nothing."""
        if self.fatal is None:
            try:
                capture = self.archive.keep(exchange)
            except OSError as error:
                self.fatal = error
                self.halt(f"the archive takes no more: {error}")
                self._stopping.add(asyncio.ensure_future(crawler.stop_async()))
            else:
                self.exchanges += 1
                return capture
        return ""

    def halt(self, reason: str) -> None:
        """Break off the requests under way; what they were to bring counts as interrupted."""
        self.stopped = self.stopped or reason
        for task in self.under_way:
            task.cancel()

    def unsent(self, errand: Errand, url: str, outcome: str, detail: str) -> Exchange:
        """Return the record of a request that was not sent."""
        return Exchange(
            url=url,
            source=errand.source.name,
            started=datetime.now(UTC),
            outcome=outcome,
            detail=detail,
            robots=errand.robots,
            redirected_from=errand.redirected_from,
            purpose=errand.purpose,
            declared=errand.declared,
        )


def errand_of(request: Request) -> Errand:
    """Return the errand that *request* runs."""
    errand: Errand = request.meta[ERRAND]
    return errand
