"""A crawl brings what its sources lead to, politely, and its account adds up."""

import gzip
import signal
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawlers.process import SPIDERS
from crawlers.session import CrawlOptions

Serve = Callable[..., Any]
Crawl = Callable[..., Any]


def rss(*links: str) -> str:
    items = "".join(f"<item><title>Title of {link}</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'


def feed(port: int, path: str = "/feed", **fields: Any) -> dict[str, Any]:
    return {"name": "news", "kind": "feed", "url": f"http://127.0.0.1:{port}{path}", "local": True, **fields}


def test_every_address_ends_in_one_column_on_a_server_that_misbehaves(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    links = ["/good", "/gone", "/short", "/hang", "/flood", "/secret/1", "/hop", "/good#again", "http://elsewhere.test/x",
             "mailto:a@b.org", "/loop", "/inner", "/unchanged", "/bomb-not", "/way-out", "/unkeepable"]  # fmt: skip
    answers = {
        "/feed": page(rss(*links), kind="application/rss+xml"),
        "/robots.txt": page("User-agent: *\nDisallow: /secret\n", kind="text/plain"),
        "/good": page("<p>good"),
        "/short": lambda send: send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"),
        "/hang": lambda _: time.sleep(1.2),
        "/flood": page("x" * 300_000),
        "/hop": page("", "Location: /good", status="301 Moved"),
        "/loop": page("", "Location: /loop2", status="302 Found"),
        "/loop2": page("", "Location: /loop", status="302 Found"),
        "/inner": page("", "Location: /target", status="307 Elsewhere"),
        "/target": page("<p>target"),
        "/unchanged": page("", 'ETag: "v1"', status="304 Not Modified"),
        "/bomb-not": page("plain", "Content-Encoding: gzip"),
        "/way-out": page("", "Location: javascript:alert(1)", status="302 Found"),
    }
    answers["/unkeepable"] = page("x")
    site, port = serve(answers)
    base = f"http://127.0.0.1:{port}"
    options = CrawlOptions(delay=0, timeout=0.8, retries=0, max_response_bytes=200_000)
    crawled = crawl_once(feed(port), options=options, seen={f"{base}/unchanged": ['"v1"', "yesterday", None]})
    assert crawled.error == ""
    assert crawled.summary.adds_up
    count = crawled.count()
    assert (count.found, count.fetched, count.unchanged, count.refused, count.failed) == (16, 3, 1, 1, 7)
    assert (count.elsewhere, count.outside, count.pages, count.error) == (2, 2, 1, None)
    assert count.reasons["too large"] == count.reasons["broken off"] == count.reasons["timed out"] == 1
    assert count.reasons["HTTP status 404"] == 1
    assert count.reasons["the request failed: RuntimeError('the archive fails')"] == 1
    assert crawled.summary.exchanges == len(crawled.exchanges)
    outcomes = {exchange.url.removeprefix(base): exchange.outcome for exchange in crawled.exchanges}
    assert outcomes["/secret/1"] == "refused"
    assert "/secret/1" not in site.paths()
    assert b'If-None-Match: "v1"\r\nIf-Modified-Since: yesterday\r\n' in site.request_for("/unchanged")
    (target,) = crawled.of("/target")
    assert (target.redirected_from, target.body) == ((f"{base}/inner",), b"<p>target")
    assert target.declared.title == "Title of /inner"
    (short,) = crawled.of("/short")
    assert (short.outcome, short.body, short.raw_response[-5:]) == ("broken off", b"short", b"short")
    assert {exchange.purpose for exchange in crawled.exchanges} == {"robots", "feed", "document", "redirect"}
    assert len([exchange for exchange in crawled.exchanges if exchange.purpose == "document"]) == 15 - 4
    assert site.paths().count("/good") == 1


def test_decisions_of_robots_txt_stand_in_every_exchange(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    hosts = ("open.test", "closed.test", "busy.test", "moved.test", "bomb.test", "long.test")
    answers: dict[str, Any] = {f"{host}/feed": page(rss("/doc")) for host in hosts}
    answers |= {f"{host}/doc": page("doc") for host in hosts}
    answers["closed.test/robots.txt"] = page("User-agent: *\nAllow: /feed\nDisallow: /\n")
    answers["busy.test/robots.txt"] = page("", status="503 Busy")
    answers["moved.test/robots.txt"] = page("", "Location: /other.txt", status="301 Moved")
    answers["moved.test/other.txt"] = page("User-agent: watchword\nDisallow: /doc\n")
    answers["bomb.test/robots.txt"] = page(gzip.compress(bytes(9_000_000)), "Content-Encoding: gzip")
    answers["long.test/robots.txt"] = page("User-agent: *\nDisallow: /doc\n" + "#" * 2_000_000)
    _, port = serve(answers)
    sources = [
        {"name": host.removesuffix(".test"), "kind": "feed", "url": f"http://{host}/feed", "local": True}
        for host in hosts
    ]
    options = CrawlOptions(delay=0, timeout=2, retries=0, resolve=dict.fromkeys(hosts, f"127.0.0.1:{port}"))
    crawled = crawl_once(*sources, options=options)
    robots = {exchange.url: (exchange.outcome, exchange.robots) for exchange in crawled.exchanges}
    assert robots["http://open.test/doc"] == ("complete", "allowed: no robots.txt (404)")
    assert robots["http://closed.test/feed"] == ("complete", 'allowed by rule "Allow: /feed"')
    assert robots["http://closed.test/doc"] == ("refused", 'forbidden by rule "Disallow: /"')
    assert robots["http://busy.test/feed"] == ("refused", "forbidden: robots.txt answers with status 503")
    assert robots["http://moved.test/doc"] == ("refused", 'forbidden by rule "Disallow: /doc"')
    assert robots["http://bomb.test/feed"][1].startswith("forbidden: robots.txt cannot be read")
    assert robots["http://long.test/doc"] == ("refused", 'forbidden by rule "Disallow: /doc"')
    assert "status 503" in (crawled.count("busy").error or "")
    assert not crawled.count("busy").reached
    assert crawled.summary.adds_up


def test_a_source_that_cannot_or_must_not_be_reached_says_so_and_holds_up_no_other(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes], dead_port: int
) -> None:
    site, port = serve(
        {"/feed": page(rss("/doc")), "/doc": page("doc"), "/html": page("<p>no feed"), "/long": page("x" * 10_500_000)}
    )
    crawled = crawl_once(
        feed(port),
        feed(dead_port, name="dead"),
        feed(port, "/none", name="missing"),
        feed(port, "/html", name="changed"),
        {**feed(port), "name": "nowhere", "url": "http://nowhere.invalid/feed"},
        feed(port, "/long", name="long"),
        {**feed(port), "name": "public", "url": f"http://localhost:{port}/feed", "local": False},
        options=CrawlOptions(contact="mailto:a@example.org", delay=0, timeout=2, retries=0),
    )
    assert crawled.count("news").fetched == 1
    errors = {name: crawled.count(name).error or "" for name in ("dead", "missing", "changed", "nowhere", "long")}
    assert "robots.txt could not be fetched" in errors["dead"]
    assert "HTTP status 404" in errors["missing"]
    assert "not a feed" in errors["changed"]
    assert "the limit is 10485760" in errors["long"]
    assert "nowhere.invalid" in errors["nowhere"]
    assert "loopback" in (crawled.count("public").error or "")
    assert {exchange.outcome for exchange in crawled.exchanges if exchange.source == "public"} == {"refused"}
    assert not [request for _, request in site.requests if b"Host: localhost" in request]
    unreachable = [exchange for exchange in crawled.exchanges if exchange.outcome == "unreachable"]
    assert {exchange.source for exchange in unreachable} == {"dead", "nowhere"}


def test_a_host_is_asked_one_page_at_a_time_with_the_longest_delay_that_anyone_asks_for(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    robots = page("User-agent: *\nCrawl-delay: 0.3\n")
    site, port = serve({"/feed": page(rss("/1", "/2")), "/robots.txt": robots, "/1": page("1"), "/2": page("2")})
    other = {**feed(port), "name": "listing", "kind": "listing", "url": f"http://127.0.0.1:{port}/1", "delay": 0.1}
    crawled = crawl_once(feed(port, delay=0), other)
    assert crawled.summary.adds_up
    times = [moment for moment, _ in site.requests]
    assert len(times) >= 4
    assert min(later - earlier for earlier, later in pairwise(times[1:])) > 0.28
    assert site.most_at_once == 1


def test_a_local_host_without_delay_is_asked_several_pages_at_once(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    paths = [f"/{number}" for number in range(12)]

    def slow(send: Callable[[bytes], None]) -> None:
        time.sleep(0.2)
        send(page("late"))

    site, port = serve({"/feed": page(rss(*paths)), **dict.fromkeys(paths, slow)})
    crawled = crawl_once(feed(port, delay=0))
    assert crawled.count().fetched == 12
    assert 3 <= site.most_at_once <= 8


def test_a_busy_host_is_left_alone_as_long_as_it_asks_and_every_attempt_is_kept(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    busy = page("", "Retry-After: 1", status="429 Too Many")
    closed = page("", "Retry-After: 7200", status="503 Closed")
    half = [lambda send: send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), page("whole")]
    answers = {"open.test/feed": page(rss("/1", "/2")), "open.test/1": [busy, page("at last")], "open.test/2": half}
    answers |= {"shut.test/feed": page(rss("/1", "/2", "/3")), "shut.test/1": closed, "shut.test/2": page("2")}
    site, port = serve(answers)
    names = ("open", "shut")
    options = CrawlOptions(delay=0, timeout=2, parallel=1, resolve={f"{n}.test": f"127.0.0.1:{port}" for n in names})
    sources = [{**feed(0), "name": name, "url": f"http://{name}.test/feed"} for name in names]
    crawled = crawl_once(*sources, options=options)
    assert crawled.count("open").fetched == 2
    first, second = (moment for moment, request in site.requests if b"/1 " in request and b"open.test" in request)
    assert second - first >= 0.95
    assert [exchange.status for exchange in crawled.of("open.test/1")] == [200, 429]
    kept = [(exchange.outcome, exchange.purpose) for exchange in crawled.of("open.test/2")]
    assert kept == [("complete", "document"), ("broken off", "attempt")]
    shut = crawled.count("shut")
    assert (shut.found, shut.failed) == (3, 3)
    assert not [request for _, request in site.requests if b"GET /2" in request and b"shut.test" in request]
    assert "come back in 7200 seconds" in crawled.of("shut.test/2")[0].detail


def test_a_full_disk_ends_the_crawl_with_its_error_and_keeps_what_was_whole(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    paths = [f"/{number}" for number in range(40)]
    _, port = serve({"/feed": page(rss(*paths)), **{path: page(path) for path in paths}})
    crawled = crawl_once(feed(port, delay=0), room=9)
    assert crawled.summary is None
    assert "OSError: [Errno 28] No space left on device" in crawled.error
    assert len(crawled.exchanges) == 9


def test_a_crawl_that_is_run_again_brings_only_what_is_missing(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    paths = [f"/{number}" for number in range(6)]
    site, port = serve({"/feed": page(rss(*paths)), **{path: page(path) for path in paths}})
    crawl_once(feed(port, delay=0, budget=4))
    site.requests.clear()
    again = crawl_once(feed(port, delay=0))
    assert (again.count().found, again.count().kept, again.count().fetched) == (6, 3, 3)
    assert sorted(site.paths()) == sorted(["/robots.txt", "/feed", "/3", "/4", "/5"])
    assert len({exchange.url for exchange in again.exchanges}) == 8


def test_a_signal_ends_the_crawl_and_what_was_left_counts_as_interrupted(
    serve: Serve, page: Callable[..., bytes], tmp_path: Path, begin_crawl: Callable[..., Any]
) -> None:
    paths = [f"/{number}" for number in range(30)]

    def hang(_: Callable[[bytes], None]) -> None:
        time.sleep(10)

    site, port = serve({"/feed": page(rss(*paths)), **dict.fromkeys(paths, hang), "/0": page("first")})
    finish = begin_crawl(tmp_path, feed(port, delay=0), options=CrawlOptions(delay=0, timeout=30))
    deadline = time.monotonic() + 10
    while "/3" not in site.paths() and time.monotonic() < deadline:
        time.sleep(0.02)
    begun = time.monotonic()
    crawled = finish(signal.SIGTERM)
    assert time.monotonic() - begun < 3
    count = crawled.count()
    assert (count.found, count.fetched, count.interrupted) == (30, 1, 29)
    assert crawled.summary.adds_up
    assert crawled.summary.stopped == "stopped by a signal"


@pytest.mark.parametrize(("again", "asked"), [([1, 7], 2), ([], 1)])
def test_a_known_page_is_asked_for_again_though_nothing_links_to_it(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes], again: list[int], asked: int
) -> None:
    answers = {"/feed": page(rss("/new")), "/new": page("new"), "/old": page("", status="304 Not Modified")}
    site, port = serve(answers)
    base = f"http://127.0.0.1:{port}"
    due, seen = [f"{base}/old", f"{base}/new"], {f"{base}/old": ['"v1"', None, None]}
    crawled = crawl_once(feed(port, again=again), again=due, seen=seen)
    assert crawled.error == ""
    assert crawled.summary.adds_up
    assert (crawled.count().found, crawled.count().unchanged) == (asked, asked - 1)
    assert site.paths()[:3] == ["/robots.txt", "/feed", "/new"]
    assert "/old" not in site.paths() or b'If-None-Match: "v1"' in site.request_for("/old")


def test_spiders_are_listed_and_started_only_inside_a_harvest() -> None:
    settings = Settings()
    settings.setmodule("crawlers.settings")
    assert sorted(SpiderLoader.from_settings(settings).list()) == sorted(SPIDERS)
    for spider in SPIDERS.values():
        with pytest.raises(UsageError, match="watchword harvest SOURCE"):
            spider.from_crawler(Crawler(spider, settings))


def test_a_key_in_a_sources_headers_goes_to_its_own_hosts_only(
    serve: Serve, crawl_once: Crawl, page: Callable[..., bytes]
) -> None:
    answers = {"own.test/feed": page(rss("/doc")), "stranger.test/doc": page("there")}
    answers["own.test/doc"] = page("", "Location: http://stranger.test/doc", status="302 Found")
    site, port = serve(answers)
    options = CrawlOptions(delay=0, resolve=dict.fromkeys(("own.test", "stranger.test"), f"127.0.0.1:{port}"))
    source = {**feed(0), "url": "http://own.test/feed", "headers": {"X-Api-Key": "secret"}}
    assert crawl_once(source, options=options).count().fetched == 1
    told = {request.split(b"Host: ")[1].split(b"\r\n")[0] for _, request in site.requests if b"X-Api-Key" in request}
    assert told == {b"own.test"}
    assert len(site.requests) == 5
