"""Services are asked answer after answer, and what they answer becomes documents."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crawlers.session import CrawlOptions


def _payloads() -> ModuleType:
    spec = importlib.util.spec_from_file_location("payloads", Path(__file__).with_name("payloads.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


payloads = _payloads()


def page_of(number: int, last: bool = False) -> str:
    rows = [
        {"id": f"{number}-{i}", "name": f"Licence {number}-{i}", "html": f"/notice/{number}-{i}", "on": "2026-03-01",
         "by": [{"name": "A"}, {"name": "B"}], "sum": "<p>Denied.</p>"}
        for i in range(2)
    ]  # fmt: skip
    after = None if last else f"/api?page={number + 1}"
    return json.dumps({"results": rows, "next": after, "meta": {"mark": "" if last else str(number + 1)}})


FIELDS = {"id": "id", "title": "name", "published": "on", "authors": "by", "text": "sum"}


@pytest.mark.parametrize(
    "paging",
    [
        {"link": "next"},
        {"page": "page"},
        {"cursor": "page", "mark": "meta.mark"},
        {"offset": "page", "size": 1},
    ],
    ids=["link", "page", "cursor", "offset"],
)
def test_an_api_is_read_answer_after_answer(
    serve: Callable[..., Any], crawl_once: Callable[..., Any], page: Callable[..., bytes], paging: dict[str, Any]
) -> None:
    answers = {f"/api?page={n}": page(page_of(n, n == 3), kind="application/json") for n in (1, 2, 3)}
    first = "/api?page=1" if "page" in paging else "/api"
    site, port = serve({**answers, first: answers["/api?page=1"], "/api?page=4": page('{"results": []}')})
    entry = {"name": "a", "kind": "api", "url": f"http://127.0.0.1:{port}/api", "records": "results", "fields": FIELDS,
             "paging": paging, "depth": 9, "local": True, "delay": 0}  # fmt: skip
    crawled = crawl_once(entry)
    assert crawled.error == ""
    documents = [e for e in crawled.exchanges if e.purpose == "document"]
    held = {json.loads(e.body)["key"] for e in documents}
    expected = {f"{n}-{i}" for n in (1, 2, 3) for i in range(2)}
    assert held == expected if "offset" not in paging else {"1-0", "1-1"} <= held
    assert documents[0].declared.authors == ("A", "B")
    assert documents[0].url == f"http://127.0.0.1:{port}/api#1-0"
    assert documents[0].raw_response == b""
    assert crawled.count().adds_up
    assert len([p for p in site.paths() if p.startswith("/api")]) <= 5


def test_pages_that_an_api_names_are_fetched_and_secrets_are_sent_from_the_environment(
    serve: Callable[..., Any],
    crawl_once: Callable[..., Any],
    page: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JOURNAL_KEY", "hunter2")
    site, port = serve({"/notice/1-0": page("<p>zero"), "/notice/1-1": page("<p>one")})
    query = {"since": "{since:%Y-%m-%d}", "agency": ["a", "b"]}
    asked = "/api?since=2026-01-31&agency=a&agency=b"
    site.answers[asked] = page(page_of(1, last=True), kind="application/json")
    entry = {"name": "a", "kind": "api", "url": f"http://127.0.0.1:{port}/api", "records": "results", "query": query,
             "fields": {**FIELDS, "url": "html"}, "local": True, "delay": 0, "window": 1,
             "headers": {"X-Key": "env:JOURNAL_KEY", "X-None": "env:NOT_SET_ANYWHERE"}}  # fmt: skip
    crawled = crawl_once(entry, last="2026-02-01T00:00:00+00:00")
    assert crawled.count().fetched == 2
    assert crawled.of("/notice/1-0")[0].declared.title == "Licence 1-0"
    assert b"X-Key: hunter2" in site.request_for(asked)
    assert b"X-None" not in site.request_for(asked)


def services(serve: Callable[..., Any], page: Callable[..., bytes]) -> tuple[Any, str]:
    """Serve the answers of services, whatever parameters they are asked with; return the site and its address."""
    site, port = serve({})
    base = f"http://127.0.0.1:{port}"
    answers = {
        "/quakes": page(payloads.GEOJSON),
        "/none": page("", status="204 No Content"),
        "/torn": page(payloads.GEOJSON[:400]),
        "/trade": page(payloads.COMTRADE),
        "/refused": page('{"statusCode": 401, "message": "Access denied"}'),
        "/search": page(payloads.stac(base)),
        "/list.txt": page("list\nOne Ltd\nTwo Ltd\n"),
        "/notlist": page("<html>moved</html>"),
    }
    site.answer = lambda request: answers.get(
        request.split(b" ")[1].decode().partition("?")[0], page("", status="404 Not Found")
    )
    return site, base


def entries(base: str) -> list[dict[str, Any]]:
    """Return a source for each of the services."""
    near = [{"name": "Punggye-ri", "latitude": 41.28, "longitude": 129.08, "radius": 100}]
    image = {"area": [125.7, 39.7, 125.8, 39.9], "clouds": 30, "collections": "sentinel-2-l2a", "shows": "Yongbyon"}
    kinds: list[tuple[str, str, str, dict[str, Any]]] = [
        ("quakes", "events", "/quakes", {"near": near, "query": {"starttime": "{since}"}}),
        ("quiet", "events", "/none", {}),
        ("torn", "events", "/torn", {}),
        ("images", "imagery", "/search", image),
        ("trade", "trade", "/trade", {"query": {"cmdCode": "840120"}}),
        ("refused", "trade", "/refused", {}),
        ("un", "list", "/list.txt", {}),
        ("odd", "list", "/notlist", {}),
    ]
    common = {"local": True, "delay": 0}
    return [{"name": n, "kind": kind, "url": f"{base}{path}", **common, **more} for n, kind, path, more in kinds]


def test_events_images_trade_and_lists_become_documents(
    serve: Callable[..., Any], crawl_once: Callable[..., Any], page: Callable[..., bytes]
) -> None:
    site, base = services(serve, page)
    crawled = crawl_once(*entries(base), options=CrawlOptions(delay=0, timeout=5, retries=0))
    assert crawled.error == ""
    assert crawled.summary.adds_up
    counts = {count.source: count for count in crawled.summary.sources}
    assert {name: count.fetched for name, count in counts.items()} == {
        "quakes": 1, "quiet": 0, "torn": 0, "images": 1, "trade": 2, "refused": 0, "un": 3, "odd": 0,
    }  # fmt: skip
    assert counts["quiet"].error is None
    assert "not JSON" in (counts["torn"].error or "")
    assert "the answer has no 'data'" in (counts["refused"].error or "")
    assert "Access denied" in (counts["refused"].error or "")
    assert "no list that is known" in (counts["odd"].error or "")
    asked = next(p for p in site.paths() if p.startswith("/search?"))
    assert "bbox=125.7,39.7,125.8,39.9" in asked
    assert "collections=sentinel-2-l2a" in asked
    image = json.loads(next(e.body for e in crawled.exchanges if e.source == "images" and e.purpose == "document"))
    assert ["footprint", "125.1 39.2 126.3 40.2"] in image["facts"]
    assert ["shows", "Yongbyon"] in image["facts"]
    assert {"events", "imagery", "trade", "list", "document"} <= {e.purpose for e in crawled.exchanges}
