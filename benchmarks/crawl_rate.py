"""Crawl rate: Watchword's crawl, with archive, digests and manifest, against Scrapy on the same machine in one run.

`python -m benchmarks.crawl_rate [PAGES]` runs `scrapy bench`, then serves pages like those of `scrapy bench` (a page
of links, here with a fixed text) and crawls them in turn with a plain Scrapy spider and with Watchword, whose run is
sealed and verified afterwards. It prints pages a second.
"""

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

PAGES = 2000
ROUNDS = 3
TEXT = "<p>" + "The quick brown fox jumps over the lazy dog. " * 40 + "</p>"


def serve(total: int) -> None:
    """Serve `/list` with links to *total* pages, and the pages; print the port."""
    listing = "".join(f'<a href="/page/{number}.html">page {number}</a>' for number in range(total))

    def answer(path: str) -> bytes:
        status = "404 Not Found" if path == "/robots.txt" else "200 OK"
        body = (listing if path == "/list" else f"<title>{path}</title>{TEXT}").encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                writer.write(answer(request.split(b" ", 2)[1].decode()))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(client, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(run())


def serve_command(total: int) -> list[str]:
    """Return the command that serves *total* pages and prints its port."""
    return [sys.executable, "-c", f"from benchmarks.crawl_rate import serve; serve({total})"]


def crawl_plain(port: int, report: Any) -> None:
    """Crawl with a plain Scrapy spider that follows all links, as `scrapy bench` does."""
    import scrapy
    from scrapy.crawler import CrawlerProcess
    from scrapy.linkextractors import LinkExtractor

    class Follow(scrapy.Spider):  # type: ignore[misc]
        name = "follow"
        start_urls = (f"http://127.0.0.1:{port}/list",)
        pages = 0

        def parse(self, response: Any) -> Iterator[Any]:
            type(self).pages += 1
            for link in LinkExtractor().extract_links(response):
                yield scrapy.Request(link.url, callback=self.parse)

    process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False})
    process.crawl(Follow)
    begun = time.monotonic()
    process.start()
    report.put((Follow.pages, time.monotonic() - begun))


def crawl_watchword(port: int, report: Any) -> None:
    """Crawl with Watchword: robots.txt, the account, WARC with all digests, and the manifest."""
    from crawlers.catalogue import Source
    from crawlers.process import crawl
    from watchword.archive import RunFolder, Signer, Writer, seal, verify
    from watchword.trial import Unknown

    values = {"name": "bench", "kind": "listing", "url": f"http://127.0.0.1:{port}/list", "local": True, "delay": 0}
    source = Source.model_validate({"publisher": "Benchmark", "budget": 100_000, **values})
    with tempfile.TemporaryDirectory() as home:
        folder = RunFolder.create(Path(home) / "runs" / "bench")
        begun = time.monotonic()
        with Writer(folder, "bench") as archive:
            summary = crawl([source], archive, Unknown())
        seal(folder, Signer.of(Path(home)))
        seconds = time.monotonic() - begun
        assert verify(folder).whole
    report.put((summary.total("fetched"), seconds))


def scrapy_bench() -> float:
    """Return the pages a second of `scrapy bench`, as its closing statistics state them."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", "-m", "scrapy", "bench"]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    said = result.stderr + result.stdout
    pages, seconds = (
        re.search(rf"'{name}': ([\d.]+)", said) for name in ("response_received_count", "elapsed_time_seconds")
    )
    assert pages
    assert seconds
    return float(pages[1]) / float(seconds[1])


def measure(target: Any, port: int) -> float:
    """Run *target* in a process of its own and return its pages a second."""
    context = get_context("spawn")
    report = context.Queue()
    process = context.Process(target=target, args=(port, report))
    process.start()
    pages, seconds = report.get(timeout=170)
    process.join()
    return float(pages / seconds)


def main(total: int) -> None:
    """Print the table."""
    with subprocess.Popen(serve_command(total), stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        print(f"{total} pages, pages a second   scrapy bench  plain spider  watchword  to bench  to spider")
        for number in range(1, ROUNDS + 1):
            bench, plain, ours = scrapy_bench(), measure(crawl_plain, port), measure(crawl_watchword, port)
            ratios = f"{ours / bench:10.2f}{ours / plain:11.2f}"
            print(f"round {number:<21}{bench:18.1f}{plain:14.1f}{ours:11.1f}{ratios}", flush=True)
        server.terminate()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
