"""Coordinates in running text: pairs of angles, decimal pairs that nothing speaks against, and MGRS squares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from nlp.angles import BARE, COMPACT, LAT, LON, Angle, find_angles, plain
from nlp.geography import Point, nearest_sites
from nlp.grids import find_squares
from nlp.mention import PLACE, Mention
from nlp.passage import Passage

# What may stand between latitude and longitude.
BETWEEN: Final = re.compile(r"[ ,;/|()\[\]:-]{0,4}(?:(?:and|et|y|e|и|و|与|和|by) ?)?[ ,]{0,2}")
CUES: Final = re.compile(
    r"(?i:coord|gps|geo[: ]|located at|situated at|position|координат|coordonnées|coordenadas|\blat|широт)"
    r"|إحداثي|احداثي|الاحداثيات|坐标|座標|位于|位於|@$|ll=$|q=$|POINT ?\( ?$"
)
WELL_KNOWN_TEXT: Final = re.compile(r"POINT ?\( ?$")
# Two numbers among more numbers are a table or a series.
SERIES_BEFORE: Final = re.compile(r"\d ?[,;] ?$")
SERIES_AFTER: Final = re.compile(r" ?[,;/] ?[+-]?\d(?!\d{0,2}(?:\.\d+)?z)| [+-]?\d+\.\d|-\d")
LABELLED: Final = re.compile(r"(?i:latitud|longitud|\blat\b|широт|долгот)|عرض|طول|[纬緯經经东西東南北]")
UNITS: Final = re.compile(
    r" ?(?:%|[€$£¥₽]|(?:[µnmck]?m|[kmµ]?g|[mM]?l|m?s|[kMGT]?Hz|[mk]?V|[mk]?A|[kMG]?W|[kM]?eV|USD|EUR|RUB|CNY|GBP"
    r"|руб|млн|млрд|тыс|мм|см|км|м|кг|г|million|billion|percent|per cent|millones|万|亿|元|美元|دولار)(?![\wА-я]))"
)
TEMPERATURE: Final = re.compile(r" ?[CF]\b")
# So many decimals that nobody writes them of prices or shares: 10 m.
MANY_PLACES = 4
FEW_PLACES = 2
# Both nearer to 0 than this is the Gulf of Guinea, or a pair of probabilities.
MIN_BARE_DEGREES = 10
CUE_REACH = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A point in the text, how it is written and how sure it is that it is one."""

    start: int
    end: int
    point: Point
    style: str
    score: float


def find_coordinates(passage: Passage) -> Iterator[Mention]:
    """Yield the points that *passage* gives, each with the nearest site of the catalogue in its reason."""
    for found in _find(passage.text):
        text = passage.text[found.start : found.end]
        entity = f"place:{_short(found.point.lat)},{_short(found.point.lon)}"
        yield Mention(
            found.start, found.end, text, PLACE, entity, write_point(found.point), _reason(found), score=found.score
        )


def find_points(text: str) -> list[Point]:
    """Return the points that *text* gives."""
    return [found.point for found in _find(text)]


def write_point(point: Point) -> str:
    """Return *point* as people write it: 33.724° N, 51.727° E."""
    lat, lon = point
    return f"{_short(abs(lat))}° {'N' if lat >= 0 else 'S'}, {_short(abs(lon))}° {'E' if lon >= 0 else 'W'}"


def _find(text: str) -> Iterator[Found]:
    copy = plain(text)
    last = 0
    for one, other in pairwise(find_angles(copy)):
        found = _pair(copy, one, other) if one.start >= last else None
        if found:
            last = found.end
            yield found
    for notice in COMPACT.finditer(copy):
        yield Found(
            notice.start(), notice.end(), _compact_point(notice), "degrees, minutes and seconds run together", 1.0
        )
    for square in find_squares(copy):
        yield Found(square.start, square.end, Point(*square.point), f"MGRS square of {square.metres} m", 1.0)


def _compact_point(notice: re.Match[str]) -> Point:
    first, second, third, north, fourth, fifth, sixth, east = notice.groups()
    lat = int(first) + int(second) / 60 + float(third or 0) / 3600
    lon = int(fourth) + int(fifth) / 60 + float(sixth or 0) / 3600
    return Point(lat if north == "N" else -lat, lon if east == "E" else -lon)


def _pair(text: str, one: Angle, other: Angle) -> Found | None:
    """Return the point that two angles in a row give, or None where they are no coordinates."""
    if other.start < one.end or not BETWEEN.fullmatch(text, one.end, other.start):
        return None
    if {one.axis, other.axis} == {LAT, LON}:
        if (one.whole or other.whole) and not LABELLED.search(text, one.start, other.end):
            return None
        lat, lon = (one, other) if one.axis == LAT else (other, one)
        return _point((one, other), lat.value, lon.value, 1.0)
    if one.axis or other.axis or (one.style == BARE) != (other.style == BARE):
        return None
    if one.style != BARE:
        ranged = "-" in text[one.end : other.start] or TEMPERATURE.match(text, other.end)
        return None if ranged or not (one.fine and other.fine) else _point((one, other), one.value, other.value, 0.9)
    if not _bare_pair_is_a_point(text, one, other):
        return None
    swapped = WELL_KNOWN_TEXT.search(text[max(0, one.start - CUE_REACH) : one.start])
    lat, lon = (other, one) if swapped else (one, other)
    return _point((one, other), lat.value, lon.value, 0.8)


def _bare_pair_is_a_point(text: str, one: Angle, other: Angle) -> bool:
    before = text[max(0, one.start - CUE_REACH) : one.start]
    gap = text[one.end : other.start]
    if SERIES_BEFORE.search(before) or SERIES_AFTER.match(text, other.end) or UNITS.match(text, other.end):
        return False
    if not gap or gap.strip(" ,;/"):
        return False
    places = min(one.places, other.places)
    if CUES.search(before):
        return places >= FEW_PLACES
    enclosed = before.endswith(("(", "[")) and text[other.end : other.end + 1] in {")", "]"}
    far = max(one.degrees, other.degrees) >= MIN_BARE_DEGREES
    return far and gap.strip() != "" and places >= MANY_PLACES - enclosed


def _point(angles: tuple[Angle, Angle], lat: float, lon: float, score: float) -> Found | None:
    if abs(lat) > 90 or abs(lon) > 180 or lat == lon == 0:
        return None
    style = "decimal degrees" if angles[0].style == BARE else angles[0].style
    return Found(angles[0].start, angles[1].end, Point(lat, lon), style, score)


def _short(degrees: float) -> str:
    return f"{degrees:.5f}".rstrip("0").rstrip(".")


def _reason(found: Found) -> str:
    near = nearest_sites(found.point)
    where = f"; nearest site {near[0].site.name}, {near[0].km:.1f} km" if near else ""
    return f"coordinates: {found.style}{where}"
