"""The Scrapy download handler for http and https: waits at the gate, sends, and records the exchange as it happened."""

import asyncio
import time
from http import HTTPStatus

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawlers.coding import ACCEPTED, Decoded, decode
from crawlers.exchange import Exchange
from crawlers.gate import HostState, retry_after
from crawlers.robots import MAX_ROBOTS_BYTES
from crawlers.session import DOCUMENT, SUBRESOURCE, Errand, Session, errand_of
from crawlers.urls import host_key, host_of
from crawlers.wire import Ask, Transfer

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
# Structure pages are parsed in the crawl process, where a long one holds up all others. Real feeds and listings stay
# under 2 MB, the sitemap protocol allows 50 MB, and of a robots.txt the first 500 KB count.
# Answers of services stay under 20 MB where they are asked for in pieces. Official lists have up to 100 MB.
LIMITS = {
    "robots": 2 * MAX_ROBOTS_BYTES,
    "feed": 10 * 2**20,
    "listing": 10 * 2**20,
    SUBRESOURCE: 10 * 2**20,
    "sitemap": 60 * 2**20,
    **dict.fromkeys(("api", "events", "imagery", "trade"), 20 * 2**20),
}
# Text compresses to a tenth, pages with their framing to a third; more than this together is a bomb.
MAX_EXPANSION = 2
# Where a busy host names no time, the wait begins here and doubles with each attempt.
FIRST_BACK_OFF_SECONDS = 2.0
# Headers that no longer describe the body once it is decoded.
FRAMING = (b"content-encoding", b"content-length", b"transfer-encoding")


class WireHandler(BaseDownloadHandler):  # type: ignore[misc]
    """Fetch pages; a failure is a response with status 0, and the errand's last exchange says what happened."""

    lazy = True

    async def download_request(self, request: Request) -> Response:
        """Fetch *request* when its host may be asked, and add the exchange to its errand."""
        session: Session = self.crawler.spider.session
        if session.stopped:
            raise IgnoreRequest(session.stopped)
        task = asyncio.ensure_future(_fetch(request, session))
        session.under_way.add(task)
        try:
            return respond(*await task)
        except asyncio.CancelledError:
            raise IgnoreRequest(session.stopped) from None
        finally:
            session.under_way.discard(task)

    async def close(self) -> None:
        """Close idle connections, and the browser."""
        await self.crawler.spider.session.close()


def respond(exchange: Exchange, headers: Headers | None = None) -> Response:
    """Return *exchange* as the response that spiders and middlewares see; its status is 0 unless it is complete."""
    headers = headers or Headers()
    kind = responsetypes.from_args(headers=headers, url=exchange.url, body=exchange.body[:5000])
    status = exchange.status if exchange.outcome == "complete" and exchange.status is not None else 0
    response: Response = kind(url=exchange.url, status=status, headers=headers, body=exchange.body)
    return response


async def _fetch(request: Request, session: Session) -> tuple[Exchange, Headers]:
    errand = errand_of(request)
    state = session.host(request.url, errand.source)
    async with session.gate.turn(state):
        if state.closed:
            exchange, headers = session.unsent(errand, request.url, "unreachable", state.closed), Headers()
        else:
            transfer = await session.wire.fetch(_ask(request, errand, session))
            exchange = _record(request.url, errand, transfer, MAX_EXPANSION * _limit(errand, session))
            headers = _headers(transfer)
            _draw_conclusions(session, state, errand, exchange, headers)
    errand.exchanges.append(exchange)
    return exchange, headers


def _ask(request: Request, errand: Errand, session: Session) -> Ask:
    fixed = {"User-Agent": session.options.agent_header, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED}
    condition = _condition(session, request.url) if errand.purpose == DOCUMENT else {}
    # What a source sends along may be a key, and a redirect may lead to a stranger.
    private = errand.source.sent_headers if host_key(host_of(request.url)) in errand.source.all_hosts else {}
    own = {name.decode("latin-1"): value[-1].decode("latin-1") for name, value in request.headers.items()}
    return Ask(
        url=request.url,
        headers=tuple({**fixed, **private, **condition, **own}.items()),
        method=request.method,
        body=request.body,
        local=errand.source.local,
        timeout=session.options.timeout,
        limit=_limit(errand, session),
    )


def _limit(errand: Errand, session: Session) -> int:
    """Return the bytes that a response to *errand* may have as sent."""
    largest = session.options.max_response_bytes
    return min(largest, LIMITS.get(errand.purpose, largest))


def _condition(session: Session, url: str) -> dict[str, str]:
    """Return the headers that spare the host a page that has not changed (RFC 9110, section 13)."""
    seen = session.memory.seen(url)
    if seen is None:
        return {}
    pairs = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _record(url: str, errand: Errand, transfer: Transfer, room: int) -> Exchange:
    """Return the exchange that *transfer* was; its body may have *room* bytes once it is decoded."""
    reader = transfer.reader
    coding = (reader.header(b"content-encoding") or b"").decode("latin-1")
    decoded = decode(bytes(reader.payload), coding, limit=room) if reader.payload else Decoded(b"")
    # A large response is held in as few copies as can be.
    reader.payload.clear()
    return Exchange(
        url=url,
        source=errand.source.name,
        started=transfer.started,
        outcome="too large" if decoded.too_large else transfer.outcome,
        raw_request=transfer.sent,
        raw_response=bytes(reader.raw),
        status=reader.status,
        media_type=_media_type(reader.header(b"content-type")),
        body=decoded.body,
        address=transfer.address,
        detail="; ".join(part for part in (transfer.detail, decoded.problem, _excess(transfer)) if part),
        robots=errand.robots,
        redirected_from=errand.redirected_from,
        tls=transfer.tls,
        seconds=transfer.seconds,
        purpose=errand.purpose,
        declared=errand.declared,
    )


def _headers(transfer: Transfer) -> Headers:
    headers = Headers()
    for name, value in transfer.reader.headers:
        if name.lower() not in FRAMING:
            headers.appendlist(name, value)
    return headers


def _media_type(header: bytes | None) -> str | None:
    bare = (header or b"").decode("latin-1").partition(";")[0].strip().lower()
    return bare or None


def _excess(transfer: Transfer) -> str:
    count = transfer.reader.excess
    return f"{count} bytes follow the end that the response declares" if count else ""


def _draw_conclusions(session: Session, state: HostState, errand: Errand, exchange: Exchange, headers: Headers) -> None:
    """Slow down for a host that is busy, and note whether it was reached at all."""
    if exchange.outcome != "refused":
        session.gate.note(state, reached=bool(exchange.raw_response), detail=exchange.detail)
    if exchange.status not in BUSY:
        return
    asked = headers.get(b"Retry-After")
    wait = retry_after(asked.decode("latin-1"), time.time()) if asked else None
    back_off = FIRST_BACK_OFF_SECONDS * 2**errand.attempts if wait is None else wait
    session.gate.back_off(state, back_off, f"HTTP status {exchange.status}")
