"""Coordinates in running text."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nlp.coordinates import find_coordinates, find_points
from nlp.geography import distance_km, point_of
from nlp.grids import find_squares
from nlp.passage import Passage

NATANZ = (33.7233, 51.7269)


@pytest.mark.parametrize(
    "text",
    [
        "coordinates 33.7233, 51.7269 near the town",
        "33.7233°N 51.7269°E",
        "33.7233° N, 51.7269° E",
        "N 33.7233 E 51.7269",
        "N33°43'24\" E051°43'37\"",
        "33°43′24″N 51°43′37″E",
        "33° 43' 24.0'' N, 51° 43' 37'' E",
        "33º 43’ 24” N; 51º 43’ 37” E",
        "33 43 24 N 051 43 37 E",
        "334324N 0514337E",
        "33-43-24N 051-43-37E",
        "33°43.4'N, 51°43.6'E",
        "latitude 33.7233, longitude 51.7269",
        "Latitude: 33.7233 N, Longitude: 51.7269 E",
        "at latitude 33°43'24\" north and longitude 51°43'37\" east",
        "33 degrees 43 minutes 24 seconds north, 51 degrees 43 minutes 37 seconds east",
        "33,7233° с.ш. 51,7269° в.д.",
        "33°43′24″ с. ш. 51°43′37″ в. д.",
        "33 градуса 43,4 минуты северной широты и 51 градус 43,6 минуты восточной долготы",
        "широта 33,7233; долгота 51,7269",
        "координаты 33,7233; 51,7269",
        "北纬33度43分24秒，东经51度43分37秒",
        "北緯33.7233度、東經51.7269度",
        "东经51°43′37″，北纬33°43′24″",
        "عند خط عرض 33.7233 شمالاً وخط طول 51.7269 شرقاً",
        "٣٣٫٧٢٣٣ شمالا، ٥١٫٧٢٦٩ شرقا",
        "33 درجة و43 دقيقة و24 ثانية شمالاً، 51 درجة و43 دقيقة و37 ثانية شرقاً",
        "إحداثيات 33.7233, 51.7269",
        "par 33° 43′ 24″ de latitude nord et 51° 43′ 37″ de longitude est",
        "a 33,7233° de latitud norte y 51,7269° de longitud este",
        "POINT (51.7269 33.7233)",
        "https://maps.example/@33.7233,51.7269,14z",
        "geo:33.7233,51.7269",
        "(33.7233, 51.7269)",
        "grid 39SWT6734431711",
        "39S WT 67344 31711",
    ],
)
def test_a_point_is_read_in_every_typography(text: str) -> None:
    (mention,) = find_coordinates(Passage(text))
    (point,) = find_points(text)
    assert distance_km(point, NATANZ) < 0.8
    assert point_of(mention.entity or "") == pytest.approx(point, abs=1e-5)
    assert "nearest site Natanz Fuel Enrichment Plant" in mention.reason


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("34° 35′ S, 58° 22′ O", -34.583, -58.367),
        ("latitud 34,6 sur, longitud 58,4 oeste", -34.6, -58.4),
        ("lat. -33.8688 long. 151.2093", -33.8688, 151.2093),
        ("-33.8688, 151.2093", -33.8688, 151.2093),
        ("73°22′ с. ш. 54°47′ в. д.", 73.367, 54.783),
        ("21°51′ ю. ш., 138°54′ з. д.", -21.85, -138.9),
        ("南纬34.6度，西经58.4度", -34.6, -58.4),
        ("34.6 جنوبا، 58.4 غربا", -34.6, -58.4),
    ],
)
def test_south_and_west_are_negative(text: str, lat: float, lon: float) -> None:
    (point,) = find_points(text)
    assert point == pytest.approx((lat, lon), abs=0.001)


@pytest.mark.parametrize(
    "text",
    [
        "version 1.2345, 2.3456 and 3.4567",
        "The price rose from $21.2345, 42.3456 m",
        "p = 0.0123, 0.4567, n = 12",
        "between 35.7 and 51.3 percent",
        "12.1234 13.2345 14.3456",
        "41 degrees north",
        "Room 12 N, 14 E Street",
        "5 W 20 E",
        "at 2º – 5º C",
        "95.0000° N, 200.0000° E",
        "33°75′ N, 51°10′ E",
        "article 38SMB44",
        "SN 4QFJ1234567",
        "1,234,567.89, 9,876,543.21",
    ],
)
def test_prices_versions_series_and_impossible_angles_are_no_points(text: str) -> None:
    assert find_points(text) == []


@pytest.mark.parametrize(
    ("reference", "lat", "lon"),
    [
        ("4QFJ12345678", 21.3095, -157.9168),
        ("18SUJ23480647", 38.8894, -77.0352),
        ("33UXP0500444998", 48.2495, 16.4145),
        ("56HLH3490052288", -33.8568, 151.2153),
        ("33XWG1115784084", 78.23, 15.49),
        ("58CEU3923257811", -77.85, 166.67),
    ],
)
def test_published_grid_references_give_their_points(reference: str, lat: float, lon: float) -> None:
    (square,) = find_squares(reference)
    assert distance_km(square.point, (lat, lon)) < 0.02


@settings(deadline=None)
@given(st.floats(-89, 89), st.floats(-179, 179))
def test_degrees_minutes_and_seconds_come_back(lat: float, lon: float) -> None:
    assume(abs(lat) > 0.001)
    (point,) = find_points(f"at {_sexagesimal(lat, 'NS')}, {_sexagesimal(lon, 'EW')} today")
    assert point == pytest.approx((lat, lon), abs=1e-4)


def _sexagesimal(angle: float, letters: str) -> str:
    tenths = round(abs(angle) * 36_000)
    degrees, rest = divmod(tenths, 36_000)
    minutes, seconds = divmod(rest, 600)
    return f"{degrees}° {minutes:02d}′ {seconds / 10:04.1f}″ {letters[angle < 0]}"


@settings(deadline=None)
@given(st.text(st.sampled_from("N S35.°′″ 7,-د٣北纬度с.ш"), max_size=50))
def test_a_mention_is_the_text_between_its_offsets(text: str) -> None:
    assert all(text[mention.start : mention.end] == mention.text for mention in find_coordinates(Passage(text)))
