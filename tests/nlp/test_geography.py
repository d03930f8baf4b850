"""Distances, nearest sites, names to points, and the cells that a search by distance asks for."""

from itertools import pairwise
from math import cos, hypot, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.geography import (
    EDGE,
    MAX_CELLS,
    MIN_CELL_KM,
    cells_of,
    cells_within,
    distance_km,
    locate,
    nearest_sites,
    point_of,
)
from nlp.sites import all_sites

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
INHABITED = st.tuples(st.floats(-75, 80), LONGITUDES)
POINTS = st.tuples(LATITUDES, LONGITUDES)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((48.8566, 2.3522), (51.5074, -0.1278), 343.6),
        ((0, 0), (0, 180), 20015.1),
        ((90, 0), (-90, 0), 20015.1),
        ((0, 179.5), (0, -179.5), 111.2),
        ((33.724, 51.727), (33.724, 51.727), 0),
    ],
)
def test_a_distance_is_that_of_the_great_circle(
    one: tuple[float, float], other: tuple[float, float], km: float
) -> None:
    assert distance_km(one, other) == pytest.approx(km, abs=0.1)


@settings(deadline=None, max_examples=50)
@given(POINTS)
def test_the_nearest_site_is_the_nearest_of_all(point: tuple[float, float]) -> None:
    (near,) = nearest_sites(point, within_km=30_000)
    least = min(distance_km(point, site.at) for site in all_sites() if site.at)
    assert near.km == pytest.approx(least)


def test_several_near_sites_come_nearest_first_and_none_from_further() -> None:
    near = nearest_sites((33.72, 51.73), count=5, within_km=150)
    assert [n.site.id for n in near][:2] == ["natanz", "kolang-gaz-la"]
    assert [n.km for n in near] == sorted(n.km for n in near)
    assert all(n.km <= 150 for n in near)


@settings(deadline=None, max_examples=150)
@given(POINTS, st.sampled_from([0.5, 5, 50, 400, 3000]), st.floats(0, 1), st.floats(0, 6.28))
def test_no_point_of_a_circle_is_missed_by_its_cells(
    centre: tuple[float, float], km: float, part: float, bearing: float
) -> None:
    point = _near(centre, km * part, bearing)
    found = bool(set(cells_within(*centre, km)) & set(cells_of(point)))
    distance = distance_km(centre, point)
    assert found or distance > km


@settings(deadline=None, max_examples=150)
@given(INHABITED, POINTS, st.sampled_from([5, 50, 400, 3000]))
def test_a_point_beyond_the_edge_of_a_circle_is_not_found(
    centre: tuple[float, float], point: tuple[float, float], km: float
) -> None:
    found = bool(set(cells_within(*centre, km)) & set(cells_of(point)))
    # A cell of the first level, 11 by 22 degrees, is the coarsest that a circle is covered with.
    assert not found or distance_km(centre, point) <= km + max(km * EDGE, MIN_CELL_KM)


def _near(centre: tuple[float, float], km: float, bearing: float) -> tuple[float, float]:
    degrees = km / 111.2
    north, east = degrees * cos(bearing), degrees * hypot(1, 0) * cos(bearing - radians(90))
    lat = max(-90.0, min(90.0, centre[0] + north))
    lon = centre[1] + east / max(0.01, cos(radians(lat)))
    return lat, (lon + 180) % 360 - 180


@pytest.mark.parametrize("lat", [33.72, 0, -54.8, 89.9, -90])
@pytest.mark.parametrize("km", [0, 5, 50, 500, 5000])
def test_a_circle_asks_for_few_cells(lat: float, km: float) -> None:
    assert 1 <= len(cells_within(lat, 51.73, km)) <= 4 * MAX_CELLS
    assert lat > 80 or lat < -80 or len(cells_within(lat, 51.73, km)) <= 250


def test_a_cell_is_named_within_all_that_hold_it() -> None:
    cells = cells_of((33.72, 51.73))
    assert all(inner.startswith(outer) for outer, inner in pairwise(cells))


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Natanz", "site:natanz"),
        ("НАТАНЗ", "site:natanz"),
        ("نطنز", "site:natanz"),
        ("納坦茲", "site:natanz"),
        ("Shenzhen", "place:CN/shenzhen"),
        ("33.72 N, 51.73 E", "place:33.72,51.73"),
    ],
)
def test_a_name_is_located(name: str, entity: str) -> None:
    first = locate(name)[0]
    assert first.entity == entity
    assert point_of(entity) == pytest.approx(first.point)


@pytest.mark.parametrize("entity", ["site:nowhere", "place:IR", "place:XX/nowhere", "item:maraging-steel", "un:1", ""])
def test_what_has_no_point_has_none(entity: str) -> None:
    assert point_of(entity) is None


def test_an_unknown_name_is_nowhere() -> None:
    assert locate("Nowhere in particular") == []
