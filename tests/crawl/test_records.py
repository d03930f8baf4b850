"""Answers of services in every form become records, and each record a document of its own."""

import importlib.util
import re
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crawlers.blocks import Vicinity
from crawlers.moments import fill, look_back, moment, placeholder_problem
from crawlers.record import Record, kilometres, record_of, rows_of
from crawlers.shapes import COMTRADE, EVENT_SHAPES, GDELT, WHO_OUTBREAKS, Shape, recognise
from crawlers.source import Source
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
