"""Requests and responses on the wire: a pool of connections whose protocol keeps every byte that crosses it."""

import asyncio
import hashlib
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from crawlers.addresses import RefusedAddressError, Resolver, UnresolvedError
from crawlers.http1 import ProtocolError, ResponseReader
from crawlers.urls import DEFAULT_PORTS

# A response this long is a stream or an attack; the longest treaty document on record is 61 MB.
MAX_RESPONSE_BYTES = 100 * 2**20
# A host that does not take a connection in this time is counted as away.
CONNECT_SECONDS = 20.0
# Connections that stay open between requests, of one host.
MAX_IDLE_PER_HOST = 8

PoolKey = tuple[str, str, int, bool]


@dataclass(frozen=True)
class Ask:
    """A request to send; `headers` are sent in this order after `Host`."""

    url: str
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    body: bytes = b""
    local: bool = False
    timeout: float = 60.0
    limit: int = MAX_RESPONSE_BYTES

    @property
    def key(self) -> PoolKey:
        """What connections that can carry this request have in common."""
        parts = urlsplit(self.url)
        return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme], self.local

    def as_bytes(self) -> bytes:
        """Return the request as it is sent."""
        parts = urlsplit(self.url)
        target = parts.path or "/"
        if parts.query:
            target = f"{target}?{parts.query}"
        lines = [f"{self.method} {target} HTTP/1.1", f"Host: {parts.netloc}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.body:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + self.body


@dataclass
class Transfer:
    """What came of a request: `outcome` as in `Exchange`, the bytes sent, and the reader with the bytes received."""

    reader: ResponseReader
    sent: bytes = b""
    outcome: str = "unreachable"
    detail: str = ""
    address: str | None = None
    tls: str | None = None
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    seconds: float = 0.0


class TooLargeError(Exception):
    """A response is longer than the limit."""


class Tee(asyncio.Protocol):
    """A client connection; `send` writes a request and feeds the reader with all that arrives until it is done."""

    def __init__(self) -> None:
        """Begin without a transport; `connection_made` gives one."""
        self.transport: asyncio.Transport | None = None
        self.address: str | None = None
        self.tls: str | None = None
        self._reader: ResponseReader | None = None
        self._limit = MAX_RESPONSE_BYTES
        self._finished: asyncio.Future[None] | None = None

    @property
    def open(self) -> bool:
        """Say whether the connection can carry a request."""
        return self.transport is not None and not self.transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note the transport and who is at its other end."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        peer = transport.get_extra_info("peername")
        self.address = f"[{peer[0]}]:{peer[1]}" if ":" in peer[0] else f"{peer[0]}:{peer[1]}"
        secure = transport.get_extra_info("ssl_object")
        if secure is not None:
            certificate = hashlib.sha256(secure.getpeercert(True) or b"").hexdigest()
            self.tls = f"{secure.version()} {secure.cipher()[0]}, certificate sha256 {certificate}"

    def data_received(self, data: bytes) -> None:
        """Give *data* to the reader of the request under way; bytes that nobody asked for end the connection."""
        if self._reader is None or self._finished is None or self._finished.done():
            self.abort()
            return
        try:
            self._reader.feed(data)
            self._check_size(self._reader)
        except (ProtocolError, TooLargeError) as error:
            self._finish(error)
        if self._reader.done:
            self._finish(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """End the request under way: whole where its end is the connection's, else broken off."""
        if self._reader is not None:
            whole = self._reader.end()
            self._finish(None if whole else ConnectionResetError(str(exc or "the server closed the connection")))

    async def send(self, request: bytes, reader: ResponseReader, limit: int) -> None:
        """Send *request* and return when *reader* is done; raise what stopped it."""
        assert self.transport is not None
        self._reader, self._limit = reader, limit
        self._finished = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        try:
            await self._finished
        finally:
            self._reader = None

    def abort(self) -> None:
        """Close the connection at once."""
        if self.transport is not None:
            self.transport.abort()

    def _check_size(self, reader: ResponseReader) -> None:
        declared = reader.length if reader.version else None
        if len(reader.raw) > self._limit or (declared or 0) > self._limit:
            size = f"declares {declared}" if (declared or 0) > self._limit else f"has sent {len(reader.raw)}"
            raise TooLargeError(f"the response {size} bytes; the limit is {self._limit}")

    def _finish(self, error: Exception | None) -> None:
        if self._finished is None or self._finished.done():
            return
        if error is None:
            self._finished.set_result(None)
        else:
            self._finished.set_exception(error)
            self.abort()


class Wire:
    """Send requests over connections that are kept open and reused; made inside a running event loop."""

    def __init__(self, resolver: Resolver) -> None:
        """Resolve host names with *resolver*."""
        self._resolver = resolver
        self._idle: dict[PoolKey, list[Tee]] = {}
        self._strict = ssl.create_default_context()
        self._lenient = ssl.create_default_context()
        self._lenient.check_hostname = False
        self._lenient.verify_mode = ssl.CERT_NONE

    async def fetch(self, ask: Ask) -> Transfer:
        """Send *ask* and return what came of it; only cancelling raises."""
        transfer = Transfer(ResponseReader(ask.method))
        begun = time.monotonic()
        try:
            async with asyncio.timeout(ask.timeout):
                await self._fetch(ask, transfer)
            transfer.outcome = "complete"
        except TimeoutError:
            transfer.outcome, transfer.detail = "timed out", f"not whole after {ask.timeout:g} seconds"
        except RefusedAddressError as error:
            transfer.outcome, transfer.detail = "refused", str(error)
        except TooLargeError as error:
            transfer.outcome, transfer.detail = "too large", str(error)
        except (OSError, ssl.SSLError, UnresolvedError, ProtocolError) as error:
            transfer.outcome = "broken off" if transfer.reader.raw else "unreachable"
            transfer.detail = str(error) or type(error).__name__
        transfer.seconds = time.monotonic() - begun
        return transfer

    async def close(self) -> None:
        """Close the connections that wait for another request."""
        for connections in self._idle.values():
            for tee in connections:
                tee.abort()
        self._idle.clear()

    async def _fetch(self, ask: Ask, transfer: Transfer) -> None:
        tee = self._take_idle(ask.key)
        reused = tee is not None
        while True:
            tee = tee or await self._connect(ask)
            transfer.address, transfer.tls, transfer.sent = tee.address, tee.tls, ask.as_bytes()
            try:
                await self._send(tee, ask, transfer)
            except ConnectionError:
                # An idle connection may have been closed by the server while the request was on its way.
                if not reused or transfer.reader.raw:
                    raise
                tee, reused = None, False
            else:
                return

    async def _send(self, tee: Tee, ask: Ask, transfer: Transfer) -> None:
        try:
            await tee.send(transfer.sent, transfer.reader, ask.limit)
        except BaseException:
            tee.abort()
            raise
        if transfer.reader.reusable and len(self._idle.setdefault(ask.key, [])) < MAX_IDLE_PER_HOST:
            self._idle[ask.key].append(tee)
        else:
            tee.abort()

    def _take_idle(self, key: PoolKey) -> Tee | None:
        connections = self._idle.get(key, [])
        while connections:
            tee = connections.pop()
            if tee.open:
                return tee
        return None

    async def _connect(self, ask: Ask) -> Tee:
        scheme, host, port, local = ask.key
        places = await self._resolver.resolve(host, port, local=local)
        problem: Exception | None = None
        for address, actual in places:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await self._open(address, actual, host if scheme == "https" else None)
            except TimeoutError:
                problem = ConnectionError(f"no connection to {address} in {CONNECT_SECONDS:g} seconds")
            except OSError as error:
                problem = error
        assert problem is not None
        raise problem

    async def _open(self, address: str, port: int, secure_name: str | None) -> Tee:
        loop = asyncio.get_running_loop()
        if secure_name is None:
            return (await loop.create_connection(Tee, address, port))[1]
        try:
            strict = await loop.create_connection(Tee, address, port, ssl=self._strict, server_hostname=secure_name)
        except ssl.SSLCertVerificationError as error:
            # The page is still evidence of what the address served; the record says that nobody vouches for it.
            lenient = await loop.create_connection(Tee, address, port, ssl=self._lenient, server_hostname=secure_name)
            lenient[1].tls = f"{lenient[1].tls}, not trusted: {error.verify_message}"
            return lenient[1]
        strict[1].tls = f"{strict[1].tls}, trusted"
        return strict[1]
