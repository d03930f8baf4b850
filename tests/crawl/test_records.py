"""Answers of services in every form become records, and each record a document of its own."""

import importlib.util
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crawlers.moments import fill, look_back, moment, placeholder_problem
from crawlers.record import Record, kilometres, record_of, rows_of
from crawlers.session import CrawlOptions
from crawlers.shapes import COMTRADE, EVENT_SHAPES, GDELT, WHO_OUTBREAKS, Shape, recognise
from crawlers.source import Source, Vicinity
from crawlers.spiders.records import with_parameters
from crawlers.tree import TreeError, as_text, first_of, pick, read_tree

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _payloads() -> ModuleType:
    spec = importlib.util.spec_from_file_location("payloads", Path(__file__).with_name("payloads.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


payloads = _payloads()


def source(kind: str = "events", url: str = "https://seismic.test/query", **fields: Any) -> Source:
    values = {"name": "s", "publisher": "P", "kind": kind, "url": url, **fields}
    return Source.model_validate(values)


def records(body: str, entry: Source, shape: Shape | None = None) -> list[Record]:
    tree = read_tree(body.encode())
    form = shape or recognise(tree)
    return [record for row in rows_of(tree, form.records) if (record := record_of(row, entry, form))]


def test_paths_lead_into_json_xml_and_tables_alike() -> None:
    tree = {"a": [{"b": 1}, {"b": 2}, {"c": 3}], "d": {"e": "x"}}
    assert pick(tree, "a.b") == [1, 2]
    assert pick(tree, "a.1.b") == 2
    assert pick(tree, "a.9.b") is None
    assert pick(tree, "d.e.f") is None
    assert pick(tree, "") == tree
    assert first_of(tree, "d.z | d.e") == "x"
    xml = read_tree(b"<r xmlns='u:x'><i n='1'>one<b/></i><i>two</i></r>")
    assert pick(xml, "r.i.0.@n") == "1"
    assert pick(xml, "r.i.0.#text") == "one"
    assert pick(xml, "r.i.1") == "two"
    assert pick(read_tree(b"\xef\xbb\xbfname;code\nPump;2B231\n\nRotor;\n"), "1.name") == "Rotor"
    assert read_tree(b'{"a": 1}\n{"a": 2}\n') == [{"a": 1}, {"a": 2}]
    assert read_tree(b"  ") == []
    assert as_text({"a": [1, None, "x\n y"], "b": ""}) == "a 1, x y"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"a": ', "not JSON"),
        (b"[" * 200_000, "too deep"),
        (b"<a><b></a>", "not XML"),
        (b"<a>" * 100 + b"x" + b"</a>" * 100, "nested more than"),
        (b"Service temporarily unavailable", "neither JSON, XML nor a table"),
        (b"\x1f\x8b\x08broken", "cannot be unpacked"),
        (b" " + b"x" * (41 * 2**20), "at most"),
    ],
)
def test_an_answer_in_no_known_form_says_what_it_is(body: bytes, says: str) -> None:
    with pytest.raises(TreeError, match=says):
        read_tree(body)


def test_an_entity_of_an_answer_opens_no_file() -> None:
    body = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><a>&x;</a></r>'
    assert "localhost" not in as_text(read_tree(body))


@pytest.mark.parametrize(
    ("value", "time"),
    [
        (1504409401000, "2017-09-03T03:30:01Z"),
        (1504409401, "2017-09-03T03:30:01Z"),
        ("20240115T101500Z", "2024-01-15T10:15:00Z"),
        ("20240115", "2024-01-15T00:00:00Z"),
        ("2024-02-19T15:00:00+02:00", "2024-02-19T13:00:00Z"),
        ("2024-02-19", "2024-02-19T00:00:00Z"),
        ("yesterday", None),
        ("20241315", None),
        (True, None),
        (None, None),
        (1e300, None),
    ],
)
def test_times_are_read_in_the_forms_of_services(value: object, time: str | None) -> None:
    assert moment(value) == time


def test_since_moves_with_the_window_and_with_the_last_look() -> None:
    assert look_back(NOW, 7, None) == datetime(2026, 2, 23, 12, tzinfo=UTC)
    assert look_back(NOW, 7, datetime(2026, 3, 1, tzinfo=UTC)) == datetime(2026, 2, 23, 12, tzinfo=UTC)
    assert look_back(NOW, 7, datetime(2026, 1, 5, tzinfo=UTC)) == datetime(2026, 1, 4, tzinfo=UTC)
    since = look_back(NOW, 7, None)
    assert fill("a {since:%Y%m%d} b {until}", since, NOW) == "a 20260223 b 2026-03-02T12:00:00Z"
    assert placeholder_problem("{since:%Y} {until}") is None
    assert "{sinse}" in (placeholder_problem("{sinse}") or "")
    assert with_parameters("https://a.test/q?x=1&y=2", [("y", "a b"), ("z[]", "1"), ("z[]", "2")]) == (
        "https://a.test/q?x=1&y=a+b&z%5B%5D=1&z%5B%5D=2"
    )


@pytest.mark.parametrize("form", ["GEOJSON", "FDSN_TEXT", "QUAKEML"])
def test_an_event_is_the_same_in_every_form_of_the_service(form: str) -> None:
    event = records(getattr(payloads, form), source())[0]
    assert event.fact("magnitude") in ("6.3", "6.1")
    assert event.fact("magnitude type") == "mb"
    assert event.fact("time") == event.published == "2017-09-03T03:30:01Z"
    assert event.number("latitude") == pytest.approx(41.3, abs=0.05)
    assert event.number("longitude") == pytest.approx(129.03, abs=0.05)
    assert "korea" in event.fact("place").lower()


def test_an_event_takes_its_own_page_as_address_and_a_strangers_page_not() -> None:
    one, far = records(payloads.GEOJSON, source())
    assert one.url == "https://seismic.test/earthquakes/eventpage/us2000aert"
    assert far.url == "https://seismic.test/query#us2000far"
    (article,) = records(payloads.GDELT, source(url="https://gdelt.test/doc?query=x"), GDELT)
    assert article.url == "https://gdelt.test/doc#https://paper.example/a/centrifuges"
    assert article.fact("address") == "https://paper.example/a/centrifuges"
    assert article.published == "2024-01-15T10:15:00Z"
    (outbreak,) = records(payloads.OUTBREAKS, source(url="https://www.who.int/api/news"), WHO_OUTBREAKS)
    assert outbreak.url == "https://www.who.int/emergencies/disease-outbreak-news/item/2024-DON511"
    assert outbreak.title == "Anthrax - Zambia"


def test_events_near_a_place_are_told_with_their_distance() -> None:
    site = Vicinity(name="Punggye-ri", latitude=41.28, longitude=129.08, radius=100)
    assert kilometres(41.28, 129.08, site) == 0
    assert kilometres(0, 0, Vicinity(name="x", latitude=0, longitude=90, radius=1)) == pytest.approx(10007.5, abs=1)
    near, far = records(payloads.GEOJSON, source(near=[site.model_dump()]))
    assert near.places == (("Punggye-ri", 7.2),)
    assert far.places == ()


def test_a_line_of_statistics_is_known_by_who_trades_what_and_when() -> None:
    export, imported = records(payloads.COMTRADE, source("trade"), COMTRADE)
    assert export.key == "Germany Iran Export 840120 2023 C00 0"
    assert (export.fact("value"), imported.fact("value")) == ("1234567.0", "99000")
    assert imported.fact("net weight") == ""
    revised = payloads.COMTRADE.replace("1234567.0", "7654321.0")
    assert records(revised, source("trade"), COMTRADE)[0].url == export.url


def test_a_source_names_fields_of_its_own_before_those_of_the_shape() -> None:
    entry = source(shape="gdelt", fields={"title": "domain", "tone": "socialimage|sourcecountry"})
    (record,) = records(payloads.GDELT, entry, EVENT_SHAPES["gdelt"])
    assert record.title == "paper.example"
    assert record.fact("tone") == "Turkey"
    assert record_of({"nothing": 1}, entry, EVENT_SHAPES["gdelt"]) is None


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


def test_events_images_trade_and_lists_become_documents(
    serve: Callable[..., Any], crawl_once: Callable[..., Any], page: Callable[..., bytes]
) -> None:
    site, port = serve({"/list.txt": page("list\nOne Ltd\nTwo Ltd\n"), "/notlist": page("<html>moved</html>")})
    base = f"http://127.0.0.1:{port}"

    def answer(body: str, status: str = "200 OK") -> Callable[[Callable[[bytes], None]], None]:
        return lambda send: send(page(body, "Connection: close", status=status, kind="application/json"))

    any_path: dict[str, Any] = {
        "/quakes": answer(payloads.GEOJSON), "/none": answer("", "204 No Content"),
        "/torn": answer(payloads.GEOJSON[:400]),
        "/trade": answer(payloads.COMTRADE), "/refused": answer('{"statusCode": 401, "message": "Access denied"}'),
        "/search": answer(payloads.stac(base)),
    }  # fmt: skip
    known = site.answer
    site.answer = lambda request: any_path.get(request.split(b" ")[1].decode().partition("?")[0]) or known(request)
    common = {"local": True, "delay": 0}
    near = [{"name": "Punggye-ri", "latitude": 41.28, "longitude": 129.08, "radius": 100}]

    def events(name: str, path: str, **fields: Any) -> dict[str, Any]:
        query = {"format": "geojson", "starttime": "{since}"}
        return {"name": name, "kind": "events", "url": f"{base}{path}", "query": query, **common, **fields}

    crawled = crawl_once(
        events("quakes", "/quakes", near=near),
        events("quiet", "/none"),
        events("torn", "/torn"),
        {"name": "images", "kind": "imagery", "url": f"{base}/search", "area": [125.7, 39.7, 125.8, 39.9], "clouds": 30,
         "collections": "sentinel-2-l2a", "shows": "Yongbyon", **common},
        {"name": "trade", "kind": "trade", "url": f"{base}/trade", "query": {"cmdCode": "840120"}, **common},
        {"name": "refused", "kind": "trade", "url": f"{base}/refused", **common},
        {"name": "un", "kind": "list", "url": f"{base}/list.txt", **common},
        {"name": "odd", "kind": "list", "url": f"{base}/notlist", **common},
        options=CrawlOptions(delay=0, timeout=5, retries=0),
    )  # fmt: skip
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
    kept = {e.purpose for e in crawled.exchanges}
    assert {"events", "imagery", "trade", "list", "document"} <= kept


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "api", "fields": {"title": "t"}}, "needs 'fields' with 'title' and with 'id' or 'url'"),
        ({"kind": "imagery"}, "needs 'area'"),
        ({"kind": "imagery", "area": [1, 50, 2, 40]}, "south before north"),
        ({"kind": "events", "shape": "atom"}, "possible are fdsn-geojson"),
        ({"kind": "events", "query": {"a": "{yesterday}"}}, "possible are {since} and {until}"),
        ({"kind": "events", "paging": {}}, "here are 0"),
        ({"kind": "events", "paging": {"page": "p", "link": "l"}}, "here are 2"),
        ({"kind": "events", "paging": {"offset": "o"}}, "needs 'size'"),
        ({"kind": "events", "paging": {"cursor": "c"}}, "needs 'mark'"),
        ({"kind": "events", "near": [{"name": "x", "latitude": 95, "longitude": 0, "radius": 1}]}, "90"),
        ({"kind": "feed", "query": {"a": "b"}}, "'query' does nothing for kind 'feed'"),
    ],
)
def test_what_a_kind_needs_is_said(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        source(**fields)
