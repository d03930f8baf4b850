"""Records of services and texts of feeds become readable documents."""

import importlib.util
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crawlers.record import RECORD_TYPE, Record, record_of, rows_of
from crawlers.shapes import COMTRADE, FDSN_GEOJSON, STAC, WHO_OUTBREAKS, Shape
from crawlers.source import Source
from crawlers.spiders.feed import FRAGMENT_TYPE
from crawlers.tree import read_tree
from watchword.extract import Extracted, Hint, SetAside, extract
from watchword.extract.media_type import FRAGMENT, RECORD

CAPTURED = datetime(2026, 3, 2, tzinfo=UTC)


def _payloads() -> ModuleType:
    path = Path(__file__).parents[1] / "crawl" / "payloads.py"
    spec = importlib.util.spec_from_file_location("payloads", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


payloads = _payloads()


def read(kind: str, body: str, shape: Shape, **fields: Any) -> Extracted:
    """Return what the first record of the answer *body* reads as."""
    values = {"name": "s", "publisher": "P", "kind": kind, "url": "https://seismic.test/q", **fields}
    source = Source.model_validate(values)
    record = record_of(rows_of(read_tree(body.encode()), shape.records)[0], source, shape)
    assert record is not None
    return extract(record.as_bytes(), Hint(media_type=RECORD_TYPE, captured=CAPTURED))


def test_the_crawl_and_the_extraction_speak_of_the_same_types() -> None:
    assert (RECORD_TYPE, FRAGMENT_TYPE) == (RECORD, FRAGMENT)


def test_an_event_says_when_where_how_strong_and_near_to_what() -> None:
    near = [{"name": "Punggye-ri Nuclear Test Site", "latitude": 41.28, "longitude": 129.08, "radius": 100}]
    event = read("events", payloads.GEOJSON, FDSN_GEOJSON, near=near)
    assert event.title == "Nuclear explosion, magnitude 6.3 mb, 21 km ENE of Sungjibaegam, North Korea"
    assert event.published == "2017-09-03"
    assert event.text.startswith(
        "Nuclear explosion of magnitude 6.3 mb at 2017-09-03 03:30:01 UTC, 21 km ENE of Sungjibaegam, North Korea, at "
        "41.3324° N, 129.0297° E, depth 0 km. It lies 7.2 km from Punggye-ri Nuclear Test Site."
    )
    assert "status: reviewed" in event.text


@pytest.mark.parametrize(
    ("code", "words"), [("ke", "Earthquake"), ("sn", "Suspected nuclear explosion"), ("", "Earthquake"), ("ice", "Ice")]
)
def test_what_an_event_was_is_said_in_words(code: str, words: str) -> None:
    event = read("events", payloads.GEOJSON.replace('"type": "nuclear explosion"', f'"type": "{code}"'), FDSN_GEOJSON)
    assert event.title.startswith(f"{words}, magnitude 6.3 mb")


def test_an_outbreak_reads_as_its_own_words_without_markup() -> None:
    outbreak = read("events", payloads.OUTBREAKS, WHO_OUTBREAKS)
    assert outbreak.title == "Anthrax - Zambia"
    assert "The ministry notified an outbreak.\n\n684 suspected cases." in outbreak.text
    assert "assessment: The risk is moderate." in outbreak.text
    assert "<" not in outbreak.text
    assert outbreak.published == "2024-02-19"


def test_an_image_says_what_it_shows_and_how_clear_the_sky_was() -> None:
    image = read("imagery", payloads.stac("https://stac.test"), STAC, area=[125.7, 39.7, 125.8, 39.9])
    assert image.title == "sentinel-2b image, 2026-03-01"
    assert "at 2026-03-01 02:16:09 UTC, cloud cover 3.2 per cent." in image.text
    assert "thumbnail: https://images.example/S2B/preview.jpg" in image.text


def test_a_flow_says_who_reports_what_with_whom() -> None:
    flow = read("trade", payloads.COMTRADE, COMTRADE)
    assert flow.title == "Germany, export, Iran, HS 840120, 2023"
    assert flow.text.startswith(
        "Germany reports export with Iran: HS 840120 (Machinery and apparatus for isotopic separation), 2023, "
        "value 1,234,567 USD, 1,250 kg."
    )


def test_a_change_of_a_list_reads_as_it_was_told() -> None:
    record = Record("list", "KPi.1", "https://l.test/#1", "Added to the list un: One Ltd", "One Ltd\nalias: Uno")
    change = extract(record.as_bytes(), Hint(media_type=RECORD_TYPE))
    assert change.text == "Added to the list un: One Ltd\n\nOne Ltd\nalias: Uno"


@pytest.mark.parametrize("payload", [b"{}", b"[]", b"not json", b'{"kind": 1}'])
def test_what_is_no_record_is_set_aside(payload: bytes) -> None:
    with pytest.raises(SetAside, match="not a record"):
        extract(payload, Hint(media_type=RECORD_TYPE))


def test_the_text_of_a_feed_is_taken_whole_with_the_time_that_the_feed_gives() -> None:
    hint = Hint(media_type=FRAGMENT_TYPE, title="T", published="2026-03-01T10:00:00+00:00", captured=CAPTURED)
    entry = extract(b"<p>Short.</p><ul><li><a href='/x'>A link alone</a></li></ul>", hint)
    assert (entry.title, entry.published, entry.media_type) == ("T", "2026-03-01", "text/html")
    assert entry.text == "Short.\n\nA link alone"
    with pytest.raises(SetAside, match="no text"):
        extract(b"<p></p>", hint)
