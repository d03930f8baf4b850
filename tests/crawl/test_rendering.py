"""A listing whose links a script writes is read through a browser that has no network of its own."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawlers.browser import installed
from crawlers.session import CrawlOptions

Serve = Callable[..., Any]
Crawl = Callable[..., Any]
SCRIPT = """
const list = document.getElementById("list");
const add = (name) => { list.innerHTML += `<li class=notice><a href="/notice/${name}">Notice ${name}</a></li>`; };
fetch("/data.json").then((r) => r.json()).then((names) => names.forEach(add));
fetch("/secret.json").then((r) => r.json()).then((names) => names.forEach(add)).catch(() => add("refused"));
fetch("/send", {method: "POST", body: "x"}).catch(() => add("unsent"));
new WebSocket("ws://127.0.0.1:PORT/socket").onerror = () => add("deaf");
"""
PAGE = (
    '<html><head><link rel=stylesheet href="/style.css"><script src="/app.js" defer></script></head>'
    '<body><ul id=list></ul><img src="/picture.png"><iframe src="/frame"></iframe></body></html>'
)
needs_browser = pytest.mark.skipif(installed() is None, reason="needs Chromium")


def listing(port: int, **fields: Any) -> dict[str, Any]:
    place = f"http://127.0.0.1:{port}/notices/"
    return {
        "name": "gazette",
        "kind": "listing",
        "url": place,
        "item": ".notice a",
        "local": True,
        "render": True,
        **fields,
    }


@needs_browser
def test_links_that_a_script_writes_are_followed_and_what_it_asks_for_goes_through_the_crawl(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    site, port = serve({})
    site.answers |= {
        "/robots.txt": page("User-agent: *\nDisallow: /secret\n", kind="text/plain"),
        "/notices/": page(PAGE),
        "/app.js": page(SCRIPT.replace("PORT", str(port)), kind="text/javascript"),
        "/data.json": page(json.dumps(["one", "two"]), kind="application/json"),
        **{f"/notice/{name}": page(f"<p>{name}") for name in ("one", "two", "refused", "unsent", "deaf")},
    }
    crawled = crawl_once(listing(port), options=CrawlOptions(delay=0, timeout=20, retries=0))
    assert (crawled.error, crawled.summary.adds_up) == ("", True)
    assert (crawled.count().fetched, crawled.count().error) == (5, None)
    paths = site.paths()
    assert set(paths) == {"/robots.txt", "/notices/", "/app.js", "/data.json"} | {
        f"/notice/{name}" for name in ("one", "two", "refused", "unsent", "deaf")
    }
    assert paths.count("/notices/") == 1
    kept = {(e.url.rpartition("/")[2], e.purpose): e for e in crawled.exchanges}
    assert kept["secret.json", "subresource"].outcome == "refused"
    assert kept["data.json", "subresource"].raw_response.endswith(b'["one", "two"]')
    shown = kept["", "rendered"]
    assert b"Notice one" in shown.body
    assert b"Notice one" not in kept["", "listing"].body
    assert (shown.converted_from, shown.raw_response) == (kept["", "listing"].url, b"")
    assert "rendered by " in shown.detail
    assert "3 requests made" in shown.detail


@needs_browser
def test_pages_that_never_end_or_grow_for_ever_are_errors_and_the_next_one_is_read(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    pages = {
        "/endless/": "<script>for (;;) {}</script>",
        "/flood/": "<script>document.write('<p>' + 'x'.repeat(2.2e7));</script>",
        "/good/": "<ul><script>document.write('<li class=notice><a href=/notice/one>One</a>')</script></ul>",
    }
    _, port = serve({**{path: page(text) for path, text in pages.items()}, "/notice/one": page("<p>one")})
    places = [f"http://127.0.0.1:{port}{path}" for path in pages]
    count = crawl_once(listing(port, url=places), options=CrawlOptions(delay=0, timeout=2, retries=0)).count()
    assert (count.fetched, count.pages, count.broken_pages) == (1, 1, 2)


def test_without_a_browser_the_sentence_says_what_to_install(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    _, port = serve({"/notices/": page(PAGE)})
    crawled = crawl_once(listing(port))
    assert crawled.count().error.endswith(
        "needs the browser Chromium, and none is installed; install it (Debian: 'apt-get install chromium'), or take "
        "'render' out of the source"
    )
