"""A server whose answers are written byte by byte, and crawls of it in a process of their own."""

import json
import os
import pickle
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawlers.exchange import Exchange
from crawlers.ledger import CrawlSummary, SourceCount
from crawlers.session import CrawlOptions

CRAWLER = Path(__file__).with_name("crawl_once.py")
Write = Callable[[bytes], None]
Answer = bytes | Callable[[Write], None]


def response(body: str | bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """Return a whole response with *body*."""
    data = body.encode() if isinstance(body, str) else body
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(data)}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + data


@dataclass
class Site:
    """Answers by host and path (`gazette.test/a`, or `/a` for any host), and the requests that came."""

    answers: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    requests: list[tuple[float, bytes]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    connections: int = 0

    def answer(self, request: bytes) -> Answer:
        """Return what *request* is answered with, each of a list once and its last for ever."""
        lines = request.split(b"\r\n")
        path = lines[0].split(b" ")[1].decode()
        host = next((line[6:].decode() for line in lines if line.lower().startswith(b"host: ")), "")
        found = self.answers.get(f"{host}{path}", self.answers.get(path))
        if found is None:
            return response("not here", status="404 Not Found")
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [request.split(b" ")[1].decode() for _, request in self.requests]

    def request_for(self, path: str) -> bytes:
        """Return the last request for *path* as it came."""
        return [request for _, request in self.requests if request.split(b" ")[1].decode() == path][-1]


class Handler(socketserver.BaseRequestHandler):
    """Answer requests on one connection until the client or an answer ends it."""

    def handle(self) -> None:
        """Read requests up to their empty line, and write what the site answers."""
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.connections += 1
        waiting = b""
        try:
            while data := self.request.recv(65536):
                waiting += data
                while b"\r\n\r\n" in waiting:
                    head, _, waiting = waiting.partition(b"\r\n\r\n")
                    if not self._answer(site, head + b"\r\n\r\n"):
                        return
        except (OSError, ssl.SSLError):
            return

    def _answer(self, site: Site, request: bytes) -> bool:
        site.requests.append((time.monotonic(), request))
        site.at_once += 1
        site.most_at_once = max(site.most_at_once, site.at_once)
        try:
            answer = site.answer(request)
            if callable(answer):
                answer(self.request.sendall)
                return False
            self.request.sendall(answer)
        finally:
            site.at_once -= 1
        return b"content-length" in answer.lower() or b"chunked" in answer.lower()


class Server(socketserver.ThreadingTCPServer):
    """A server on a free loopback port that forgets its connections when it ends."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, site: Site, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = site
        self.context = context

    def get_request(self) -> tuple[Any, Any]:
        """Accept a connection, with TLS where a context is given."""
        connection, address = self.socket.accept()
        connection.settimeout(20)
        if self.context is not None:
            connection = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, *_: Any) -> None:
        """Say nothing of clients that go away."""

    @property
    def port(self) -> int:
        """The port that the server listens at."""
        return int(self.server_address[1])


@pytest.fixture(name="page")
def make_page() -> Callable[..., bytes]:
    """Return the function that writes a response with a body."""
    return response


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[Site, int]]]:
    """Start servers; each call gives a site to fill and its port."""
    servers: list[Server] = []

    def start(answers: dict[str, Any] | None = None, context: ssl.SSLContext | None = None) -> tuple[Site, int]:
        server = Server(Site(answers or {}), context)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return server.site, server.port

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Crawled:
    """What a crawl in a process of its own left behind."""

    summary: CrawlSummary | None
    exchanges: list[Exchange]
    error: str
    seconds: float

    def of(self, url_end: str) -> list[Exchange]:
        """Return the exchanges whose address ends with *url_end*."""
        return [exchange for exchange in self.exchanges if exchange.url.endswith(url_end)]

    def count(self, name: str = "") -> SourceCount:
        """Return the account of the source *name*, or of the only one."""
        assert self.summary is not None
        return next(count for count in self.summary.sources if not name or count.source == name)


def start_crawl(folder: Path, sources: Sequence[dict[str, Any]], setup: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start a crawl of *sources* whose archive lies in *folder*."""
    text = yaml.safe_dump({"publisher": "Test", "sources": list(sources)}, sort_keys=False)
    (folder / "sources.yaml").write_text(text)
    (folder / "setup.json").write_text(json.dumps(setup))
    environment = {**os.environ, "PYTHONWARNINGS": "error::DeprecationWarning:crawlers"}
    return subprocess.Popen([sys.executable, str(CRAWLER), str(folder)], env=environment, stderr=subprocess.PIPE)


def read_crawl(folder: Path, process: subprocess.Popen[bytes], begun: float) -> Crawled:
    """Wait for the crawl in *folder* and read what it left."""
    _, errors = process.communicate(timeout=60)
    exchanges = []
    with (folder / "archive.pickle").open("rb") as stream:
        while stream.peek(1):
            exchanges.append(pickle.load(stream))
    outcome = folder / "summary.pickle"
    summary = pickle.loads(outcome.read_bytes()) if outcome.exists() else None
    return Crawled(summary, exchanges, errors.decode(), time.monotonic() - begun)


@pytest.fixture
def crawl_once(tmp_path: Path) -> Callable[..., Crawled]:
    """Crawl sources, given as the blocks of a source file, in a process of their own."""

    def run(*sources: dict[str, Any], options: CrawlOptions | None = None, **setup: Any) -> Crawled:
        begun = time.monotonic()
        values = asdict(options or CrawlOptions(delay=0, timeout=2, retries=0))
        process = start_crawl(tmp_path, sources, {"options": values, **setup})
        return read_crawl(tmp_path, process, begun)

    return run


@pytest.fixture
def begin_crawl() -> Callable[..., Callable[[int], Crawled]]:
    """Start a crawl in a folder; what it returns sends a signal and reads what the crawl left."""

    def begin(folder: Path, source: dict[str, Any], *, options: CrawlOptions) -> Callable[[int], Crawled]:
        begun = time.monotonic()
        process = start_crawl(folder, [source], {"options": asdict(options)})

        def finish(number: int) -> Crawled:
            process.send_signal(number)
            return read_crawl(folder, process, begun)

        return finish

    return begin


@pytest.fixture
def dead_port() -> int:
    """Return a port of the loopback address where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
