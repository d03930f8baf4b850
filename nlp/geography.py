"""Points on the earth: distances, the nearest site, what a name or an entity id is located at, and cells for search.

Cells are a quadtree over degrees. A cell's name is `q` and a digit 0 to 3 a level, so that the name of a cell begins
with the names of all cells around it. An index stores `cells_of` each point; a search for a circle asks for any of
`cells_within`. No point inside the circle is missed; a point outside may be found when its cell touches the circle,
which is at most `EDGE` of the radius, or `MIN_CELL_KM`, beyond it, but near the poles.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from math import asin, atan2, cos, degrees, pi, radians, sin, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from nlp.sites import Site

# Mean radius (IUGG); the sphere is wrong by at most 0.6 %.
EARTH_RADIUS_KM: Final = 6371.0088
KM_PER_DEGREE: Final = EARTH_RADIUS_KM * pi / 180
# Coarser cells would be in nearly every document; finer ones than 0.6 by 0.3 km are finer than the coordinates known.
FIRST_LEVEL, LAST_LEVEL = 4, 16
# Cells are split until their diagonal is this part of the radius.
EDGE: Final = 0.2
MIN_CELL_KM: Final = 0.7
# A circle near a pole touches the cells of all meridians; it is then covered with coarser cells.
MAX_CELLS: Final = 400
# Further than a quarter of the way round the earth, a circle is no longer near anything.
MAX_RADIUS_KM: Final = 10_000


class Point(NamedTuple):
    """Latitude and longitude in degrees (WGS 84)."""

    lat: float
    lon: float


class Box(NamedTuple):
    """A cell: its name and its bounds in degrees."""

    name: str
    south: float
    west: float
    north: float
    east: float


class Near(NamedTuple):
    """A site and its distance in kilometres."""

    site: "Site"
    km: float


class Located(NamedTuple):
    """What a name or an id stands for, and where that is."""

    entity: str
    name: str
    point: Point


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance between two points, by the haversine formula."""
    lat_a, lat_b = radians(a[0]), radians(b[0])
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


@cache
def _sites_by_latitude() -> tuple[list[float], list["Site"]]:
    from nlp.sites import all_sites

    located = sorted((site for site in all_sites() if site.at), key=lambda site: site.at or (0, 0))
    return [site.at[0] for site in located if site.at], located


def nearest_sites(point: tuple[float, float], *, count: int = 1, within_km: float = MAX_RADIUS_KM) -> list[Near]:
    """Return the *count* nearest sites of the catalogue, nearest first."""
    latitudes, sites = _sites_by_latitude()
    found: list[Near] = []
    for index in _outwards(latitudes, point[0]):
        reach = found[-1].km if len(found) == count else within_km
        if abs(latitudes[index] - point[0]) * KM_PER_DEGREE > reach:
            break
        site = sites[index]
        km = distance_km(point, site.at or point)
        if km <= reach:
            found = sorted([*found, Near(site, km)], key=lambda near: near.km)[:count]
    return found


def _outwards(values: list[float], start: float) -> Iterator[int]:
    """Yield the indexes of the sorted *values*, those nearest to *start* first."""
    right = bisect_left(values, start)
    left = right - 1
    while left >= 0 or right < len(values):
        if right >= len(values) or (left >= 0 and start - values[left] <= values[right] - start):
            yield left
            left -= 1
        else:
            yield right
            right += 1


def point_of(entity: str) -> Point | None:
    """Return where `site:natanz`, `place:IR/isfahan` or `place:33.724,51.727` is; None where it is not known."""
    from nlp.cities import city_point
    from nlp.sites import find_site

    kind, _, key = entity.partition(":")
    if kind == "site":
        site = find_site(key)
        return Point(*site.at) if site and site.at else None
    if kind != "place":
        return None
    return city_point(entity) or _point(key)


def _point(text: str) -> Point | None:
    lat, _, lon = text.partition(",")
    try:
        return Point(float(lat), float(lon))
    except ValueError:
        return None


def locate(name: str) -> list[Located]:
    """Return the sites, then the cities, then the coordinates that *name* stands for; nothing where it is unknown."""
    from nlp.cities import cities_named
    from nlp.coordinates import find_points
    from nlp.sites import sites_named

    sites = [Located(site.entity, site.name, Point(*site.at)) for site in sites_named(name) if site.at]
    cities = [Located(city.entity, city.name, city.point) for city in cities_named(name)]
    points = [Located(f"place:{p.lat:g},{p.lon:g}", name, p) for p in find_points(name)]
    return [*sites, *cities, *points]


def cells_of(point: tuple[float, float]) -> list[str]:
    """Return the names of the cells that hold *point*, the largest first: what an index stores for it."""
    box = Box("q", -90, -180, 90, 180)
    cells: list[str] = []
    for level in range(1, LAST_LEVEL + 1):
        box = next(part for part in _parts(box) if _holds(part, point))
        if level >= FIRST_LEVEL:
            cells.append(box.name)
    return cells


def cells_within(lat: float, lon: float, km: float) -> list[str]:
    """Return the names of cells that together cover the circle of *km* around a point: what a search asks for."""
    point, radius = Point(lat, lon), min(max(km, 0.0), MAX_RADIUS_KM)
    fine = max(radius * EDGE, MIN_CELL_KM)
    done: list[Box] = []
    open_boxes = [Box("q", -90, -180, 90, 180)]
    while open_boxes and len(open_boxes) + len(done) <= MAX_CELLS:
        parts = [part for box in open_boxes for part in _parts(box) if _nearest_km(part, point) <= radius]
        ready = {part for part in parts if _is_ready(part, point, radius, fine)}
        done += ready
        open_boxes = [part for part in parts if part not in ready]
    return sorted(box.name for box in (*done, *open_boxes))


def _is_ready(box: Box, point: Point, km: float, fine: float) -> bool:
    """Tell whether *box* need not be split: it lies in the circle, is fine enough, or is of the last level."""
    level = len(box.name) - 1
    if level < FIRST_LEVEL:
        return False
    return level == LAST_LEVEL or _diagonal_km(box) <= fine or _inside(box, point, km)


def _parts(box: Box) -> Iterator[Box]:
    name, south, west, north, east = box
    middle, centre = (south + north) / 2, (west + east) / 2
    yield Box(f"{name}0", south, west, middle, centre)
    yield Box(f"{name}1", south, centre, middle, east)
    yield Box(f"{name}2", middle, west, north, centre)
    yield Box(f"{name}3", middle, centre, north, east)


def _holds(box: Box, point: tuple[float, float]) -> bool:
    """Tell whether *point* is in *box*; its northern and eastern edges belong to the next, but for those of the map."""
    lat, lon = point
    in_lat = box.south <= lat < box.north or lat == box.north == 90
    return in_lat and (box.west <= lon < box.east or lon == box.east == 180)


def _diagonal_km(box: Box) -> float:
    return distance_km((box.south, box.west), (box.north, box.east))


def _inside(box: Box, point: Point, km: float) -> bool:
    corners = ((lat, lon) for lat in (box.south, box.north) for lon in (box.west, box.east))
    return all(distance_km(point, corner) <= km for corner in corners)


def _nearest_km(box: Box, point: Point) -> float:
    """Return the distance from *point* to the nearest point of *box*, 0 inside."""
    if box.west <= point.lon <= box.east:
        return distance_km(point, (min(max(point.lat, box.south), box.north), point.lon))
    return min(_nearest_on_meridian_km(box, lon, point) for lon in (box.west, box.east))


def _nearest_on_meridian_km(box: Box, lon: float, point: Point) -> float:
    """Return the distance from *point* to the side of *box* at *lon*: the foot of the perpendicular, or an end."""
    aside = radians(lon - point.lon)
    foot = degrees(atan2(sin(radians(point.lat)), cos(radians(point.lat)) * cos(aside)))
    ends = (box.south, box.north)
    lats = (*ends, foot) if box.south <= foot <= box.north else ends
    return min(distance_km(point, (lat, lon)) for lat in lats)
