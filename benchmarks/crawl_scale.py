"""Many sources at once: does the account add up, is any source skipped, and how much memory does a crawl process take?

`python -m benchmarks.crawl_scale [SOURCES]` serves feeds of ten pages on a fifth as many invented hosts, of which
a fifth fails in different ways: nobody listens, it hangs, it answers 500, it breaks off, its feed is no feed, its
robots.txt fails. The full measure is 5,000 sources, 1,000 hosts and 50,000 pages.
"""

import asyncio
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from crawlers.exchange import ListChange

PAGES_PER_SOURCE: Final = 10
SOURCES_PER_HOST: Final = 5
SOURCES: Final = 1000
TEXT = b"<p>" + b"A page of an invented paper. " * 80 + b"</p>"
FAULTS: Final = ("dead", "hang", "error", "cut", "nofeed", "norobots")


def fault(host: int) -> str:
    """Return how *host* fails: every fifth does, each in its way."""
    return FAULTS[(host // 5) % len(FAULTS)] if host % 5 == 0 else ""


def respond(host: int, path: str) -> bytes:
    """Return the answer of *host* for *path*, empty where it says nothing more."""
    kind, status, body = fault(host), "200 OK", TEXT
    if path == "/robots.txt":
        status = "503 Busy" if kind == "norobots" else "404 Not Found"
    elif path.startswith("/feed"):
        links = "".join(f"<item><link>/{path[5:]}/{n}.html</link></item>" for n in range(PAGES_PER_SOURCE))
        body = TEXT if kind == "nofeed" else f'<rss version="2.0"><channel>{links}</channel></rss>'.encode()
    elif kind == "error":
        status = "500 Broken"
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return (head + body)[:-100] if kind == "cut" and path.endswith(".html") else head + body


def serve() -> None:
    """Serve all hosts at one port, which is printed."""

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                path, host = lines[0].split(" ")[1], int(lines[1].removeprefix("Host: h").removesuffix(".test"))
                if fault(host) == "hang":
                    await asyncio.sleep(60)
                writer.write(respond(host, path))
                await writer.drain()
                if fault(host) == "cut" and path.endswith(".html"):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(client, "127.0.0.1", 0, backlog=1000)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(run())


class Counting:
    """An archive that counts and holds nothing, and a memory of nothing."""

    def __init__(self) -> None:
        """Begin at none."""
        self.number = 0

    def keep(self, _exchange: object) -> str:
        """Count an exchange."""
        self.number += 1
        return str(self.number)

    def kept(self, _url: str) -> bool:
        """Say that nothing was kept before."""
        return False

    def seen(self, _url: str) -> None:
        """Say that nothing was seen before."""

    def looked(self, _source: str) -> None:
        """Say that no source was seen before."""

    def again(self, _source: str, _days: object) -> list[str]:
        """Say that no page is due again."""
        return []

    def changes(self, _name: str, _body: bytes) -> list[ListChange]:
        """Say that no list changed."""
        return []


def main(total: int) -> None:
    """Crawl and print what came of it."""
    from crawlers.catalogue import Source
    from crawlers.process import crawl
    from crawlers.session import CrawlOptions

    command = [sys.executable, "-c", "from benchmarks.crawl_scale import serve; serve()"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        hosts = range(total // SOURCES_PER_HOST)
        places = {f"h{host}.test": f"127.0.0.1:{9 if fault(host) == 'dead' else port}" for host in hosts}
        common = {"publisher": "Scale", "kind": "feed", "local": True, "delay": 0}
        sources = [
            Source.model_validate(
                {"name": f"s{n}", "url": f"http://h{n // SOURCES_PER_HOST}.test/feed{n % SOURCES_PER_HOST}", **common}
            )
            for n in range(total)
        ]
        archive = Counting()
        begun = time.monotonic()
        options = CrawlOptions(delay=0, timeout=4, retries=1, resolve=places, concurrency=128)
        summary = crawl(sources, archive, archive, options)
        seconds = time.monotonic() - begun
        server.terminate()
    unread = sum(1 for count in summary.sources if not count.reached)
    skipped = [count.source for count in summary.sources if count.reached and not count.found]
    columns = {name: summary.total(name) for name in ("found", "fetched", "refused", "failed", "interrupted")}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{total} sources on {len(hosts)} hosts: {columns}, adds up: {summary.adds_up}")
    print(f"{unread} sources could not be read, {len(skipped)} were skipped in silence, {archive.number} exchanges")
    print(f"{seconds:.1f} s, {summary.total('fetched') / seconds:.0f} pages a second, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SOURCES)
