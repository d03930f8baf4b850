"""Places in queries: a name, a point or a box, as cells of the grid that both engines share."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from nlp.geography import FIRST_LEVEL, LAST_LEVEL, Box, Located, cells_of, cells_within, locate, point_of
from watchword.errors import UsageError
from watchword.index.tree import Cells

# Around a name without a distance: the size of a large site.
DEFAULT_KM = 25.0
MAX_KM = 5_000.0
# Cells across the edge of a box are divided until their side is this part of the box's.
EDGE_PARTS = 16
# What begins the ids of what has coordinates.
LOCATED = ("site:", "place:")
CACHED_ENTITIES = 20_000
# What goes before a cell that lies in a footprint as a whole.
COVERED = "f"
WORLD = Box("q", -90.0, -180.0, 90.0, 180.0)
POINT = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$")


def around(name: str, km: float) -> Cells:
    """Return the cells within *km* of the place *name*; raise UsageError where no such place is known."""
    if not 0 < km <= MAX_KM:
        raise UsageError(f"A distance of {km:g} km is not searched; write 1 to {MAX_KM:g}.")
    return _seen_from(cell for lat, lon in points(name) for cell in cells_within(lat, lon, km))


def points(name: str) -> list[tuple[float, float]]:
    """Return the points that *name* stands for: an id, a point in degrees, or any place of that name."""
    match = POINT.match(name)
    if match:
        return [_checked(float(match[1]), float(match[2]))]
    known = point_of(name) if ":" in name else None
    if known:
        return [known]
    found = _best(locate(name))
    if not found:
        raise UsageError(
            f"No site or city named {name!r} is known. Write its coordinates, as in geo:33.72,51.73~50.{_hint(name)}"
        )
    return [place.point for place in found]


def _best(found: list[Located]) -> list[Located]:
    """Return the sites of a name where there are any: a catalogue of sites is meant before cities of that name."""
    return [place for place in found if place.entity.startswith("site:")] or found


def _hint(name: str) -> str:
    from nlp.places import country_names
    from nlp.sites import all_sites

    countries = [code for code, known in country_names().items() if known.lower() == name.lower()]
    if countries:
        return f" A country is an entity: entity:place:{countries[0]} finds what names it."
    close = get_close_matches(name.lower(), {site.name.lower(): site.name for site in all_sites()}, n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def _checked(lat: float, lon: float) -> tuple[float, float]:
    if abs(lat) > 90 or abs(lon) > 180:
        raise UsageError(f"{lat:g},{lon:g} is no point on earth; write latitude, then longitude, in degrees.")
    return lat, lon


def within(low: str, high: str) -> Cells:
    """Return the cells of the box from its south-western corner to its north-eastern one."""
    corners = [POINT.match(corner) for corner in (low, high)]
    if not corners[0] or not corners[1]:
        raise UsageError(
            f"'[{low} TO {high}]' is no box; write the south-western and the north-eastern corner, "
            "as in geo:[33.0,51.0 TO 34.5,52.5]."
        )
    south, west = _checked(float(corners[0][1]), float(corners[0][2]))
    north, east = _checked(float(corners[1][1]), float(corners[1][2]))
    if south > north:
        raise UsageError(
            f"The box '[{low} TO {high}]' ends south of where it begins; write south-west, then north-east."
        )
    return _seen_from(_boxed(south, west, north, east))


def _cover(cell: Box, box: Box) -> Iterator[str]:
    if cell.north < box.south or cell.south > box.north or cell.east < box.west or cell.west > box.east:
        return
    level = len(cell.name) - 1
    if level >= FIRST_LEVEL and (level == LAST_LEVEL or _small(cell, box) or _inside(cell, box)):
        yield cell.name
        return
    for quarter in _quarters(cell):
        yield from _cover(quarter, box)


def _small(cell: Box, box: Box) -> bool:
    return max(box.north - box.south, box.east - box.west) >= EDGE_PARTS * (cell.north - cell.south)


def _inside(cell: Box, box: Box) -> bool:
    return box.south <= cell.south and cell.north <= box.north and box.west <= cell.west and cell.east <= box.east


def _quarters(cell: Box) -> Iterator[Box]:
    name, south, west, north, east = cell
    middle, centre = (south + north) / 2, (west + east) / 2
    yield Box(f"{name}0", south, west, middle, centre)
    yield Box(f"{name}1", south, centre, middle, east)
    yield Box(f"{name}2", middle, west, north, centre)
    yield Box(f"{name}3", middle, centre, north, east)


@lru_cache(CACHED_ENTITIES)
def cells_of_footprint(edges: str) -> tuple[str, ...]:
    """Return the cells that a footprint covers, marked as such, and those above them; nothing where *edges* is none.

    *edges* are `west south east north` in degrees.
    """
    try:
        west, south, east, north = map(float, edges.split())
    except ValueError:
        return ()
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        return ()
    covered = _boxed(south, west, north, east)
    above = {cell[:end] for cell in covered for end in range(FIRST_LEVEL + 1, len(cell) + 1)}
    return (*sorted(above), *(f"{COVERED}{cell}" for cell in sorted(covered)))


def _seen_from(cells: Iterable[str]) -> Cells:
    """Return *cells*, and what a footprint that covers one of them is marked with."""
    found = set(cells)
    above = {f"{COVERED}{cell[:end]}" for cell in found for end in range(FIRST_LEVEL + 1, len(cell) + 1)}
    return Cells(tuple(sorted(found | above)))


def _boxed(south: float, west: float, north: float, east: float) -> set[str]:
    parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return {name for left, right in parts for name in _cover(WORLD, Box("", south, left, north, right))}


@lru_cache(CACHED_ENTITIES)
def cells_of_entity(entity: str) -> tuple[str, ...]:
    """Return the cells that hold the place or site of that id; nothing where it is not known."""
    point = point_of(entity) if entity.startswith(LOCATED) else None
    return tuple(cells_of(point)) if point else ()
