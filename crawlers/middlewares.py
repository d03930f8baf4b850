"""Downloader middlewares: custody of what was exchanged, robots.txt, redirects and second attempts."""

import asyncio
from http import HTTPStatus

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.handler import respond
from crawlers.ledger import ELSEWHERE, KEPT, outcome_of
from crawlers.robots import Robots
from crawlers.session import DOCUMENT, ERRAND, PRODUCT_TOKEN, Errand, RobotsRecord, Session, errand_of
from crawlers.urls import canonical, origin_of

# Browsers stop at twenty; RFC 9309 asks for five with robots.txt, and more than that elsewhere is a loop.
MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
AGAIN = frozenset({408, 429, 500, 502, 503, 504})
FAILURES = frozenset({"unreachable", "timed out", "broken off"})
ROBOTS = "robots"


class _Middleware:
    """What the middlewares have in common: the session of the crawl that they belong to."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "_Middleware":
        """Return the middleware for *crawler*."""
        return cls(crawler)

    @property
    def session(self) -> Session:
        """The crawl under way."""
        session: Session = self.crawler.spider.session
        return session


class CustodyMiddleware(_Middleware):
    """Outermost: hand every finished errand to the archive, then to the ledger, before a spider reads it."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep what was exchanged; a document's outcome is entered when it is on disk."""
        errand = errand_of(request)
        self.session.keep(errand, self.crawler)
        if errand.purpose == DOCUMENT and self.session.fatal is None:
            outcome, reason = (errand.settled, "") if errand.settled else outcome_of(errand.last)
            self.session.ledger.close(errand.source.name, outcome, reason)
        return response


class RobotsMiddleware(_Middleware):
    """Ask robots.txt before each request and put its answer on record."""

    async def process_request(self, request: Request) -> Response | None:
        """Return None where the request may be sent, else the record of its refusal."""
        errand = errand_of(request)
        if errand.purpose == ROBOTS:
            return None
        record = await self._record(origin_of(request.url), errand)
        if record.rules is None:
            allowed, errand.robots = record.allowed, record.reason
        else:
            decision = record.rules.decide(request.url, PRODUCT_TOKEN)
            allowed, errand.robots = decision.allowed, decision.reason
        if allowed:
            return None
        exchange = self.session.unsent(errand, request.url, record.outcome, f"not asked: {errand.robots}")
        errand.exchanges.append(exchange)
        return respond(exchange)

    async def _record(self, origin: str, errand: Errand) -> RobotsRecord:
        """Return the rules of *origin*, which are fetched once a crawl however many pages wait for them."""
        tasks = self.session.robots
        if origin not in tasks:
            tasks[origin] = asyncio.ensure_future(self._fetch(origin, errand))
        return await asyncio.shield(tasks[origin])

    async def _fetch(self, origin: str, errand: Errand) -> RobotsRecord:
        url = f"{origin}/robots.txt"
        own = Errand(errand.source, ROBOTS, url, robots="robots.txt itself")
        await self.crawler.engine.download_async(Request(url, meta={ERRAND: own}))
        record = robots_record(own)
        if record.rules is not None and (delay := record.rules.delay(PRODUCT_TOKEN)):
            self.session.gate.slow_down(self.session.host(url, errand.source), delay)
        return record


def robots_record(errand: Errand) -> RobotsRecord:
    """Say what the answer to a request for robots.txt means (RFC 9309, section 2.3.1)."""
    exchange = errand.last
    status = exchange.status or 0
    if exchange.outcome in FAILURES:
        reason = f"robots.txt could not be fetched ({exchange.detail or exchange.outcome})"
        return RobotsRecord(None, False, reason, "unreachable")
    if exchange.outcome == "refused":
        return RobotsRecord(None, False, exchange.detail)
    if exchange.outcome == "too large" and not exchange.body:
        return RobotsRecord(None, False, f"forbidden: robots.txt cannot be read ({exchange.detail})")
    if status >= 500 or status == HTTPStatus.TOO_MANY_REQUESTS:
        return RobotsRecord(None, False, f"forbidden: robots.txt answers with status {status}")
    if 200 <= status < 300:
        return RobotsRecord(Robots.parse(exchange.body), True, "")
    return RobotsRecord(None, True, f"allowed: no robots.txt ({status})")


class RecoveryMiddleware(_Middleware):
    """Follow redirects, and try again where another attempt may help."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the next request of the errand, or the response that ends it."""
        errand = errand_of(request)
        exchange = errand.last
        if exchange.outcome == "complete" and exchange.status in REDIRECTS and b"Location" in response.headers:
            return self._redirect(request, response, errand)
        failed = exchange.outcome in FAILURES and bool(exchange.raw_request or exchange.address is None)
        busy = exchange.outcome == "complete" and exchange.status in AGAIN
        closed = self.session.host(request.url, errand.source).closed
        if (failed or busy) and not closed and errand.attempts < self.session.options.retries:
            if exchange.detail.startswith("not asked"):
                return response
            errand.attempts += 1
            errand.demote("attempt")
            return request.replace(dont_filter=True)
        return response

    def _redirect(self, request: Request, response: Response, errand: Errand) -> Request | Response:
        location = response.headers[b"Location"].decode("utf-8", "replace")
        target = canonical(location, request.url)
        problem = self._problem(target, location, request.url, errand)
        if problem or target is None:
            errand.amend(problem)
            return response
        errand.demote("redirect")
        errand.settled = self._there_already(target, errand)
        if errand.settled:
            return response
        errand.redirected_from += (request.url,)
        errand.attempts = 0
        return request.replace(url=target, dont_filter=True)

    def _problem(self, target: str | None, location: str, url: str, errand: Errand) -> str:
        if target is None:
            return f"the redirect leads to {location[:200]!r}, which cannot be fetched"
        if target == url or target in errand.redirected_from:
            return f"the redirect leads back to {target}"
        if len(errand.redirected_from) >= MAX_REDIRECTS:
            return f"more than {MAX_REDIRECTS} redirects"
        return ""

    def _there_already(self, target: str, errand: Errand) -> str:
        if errand.purpose != DOCUMENT:
            return ""
        if not self.session.ledger.take(target):
            return ELSEWHERE
        return KEPT if self.session.archive.kept(target) else ""
