"""MGRS grid references to latitude and longitude (DMA TM 8358.1 for the letters, Karney 2011 for the projection)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import atan, atan2, atanh, cos, cosh, degrees, sin, sinh, sqrt
from typing import Final

# WGS 84.
EQUATORIAL_RADIUS, FLATTENING = 6378137.0, 1 / 298.257223563
SCALE, FALSE_EASTING, FALSE_NORTHING = 0.9996, 500_000.0, 10_000_000.0
BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
COLUMNS: Final = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
ROWS: Final = "ABCDEFGHJKLMNPQRSTUV"
CYCLE = 2_000_000
REFERENCE: Final = re.compile(
    r"(?<![A-Za-z0-9.-])(?P<zone>0?[1-9]|[1-5]\d|60) ?(?P<band>[C-HJ-NP-X])"
    r" ?(?P<column>[A-HJ-NP-Z])(?P<row>[A-HJ-NP-V])"
    r" ?(?P<east>\d{1,5}) ?(?P<north>\d{0,5})(?![\w-]|\.\d)"
)
# What every reference has; `re` finds it much faster than the whole.
LETTERS: Final = re.compile(r"\d ?[C-HJ-NP-X] ?[A-HJ-NP-Z][A-HJ-NP-V] ?\d")
# Fewer digits than these, 1 km apart, are too easily an article number.
MIN_DIGITS = 6
CUE: Final = re.compile(r"(?i:mgrs|grid|utm|квадрат)[^.]{0,40}$")
MIN_DIGITS_WITH_CUE = 2


@dataclass(frozen=True, slots=True)
class Square:
    """A grid reference in the text: the middle of its square and the length of its side."""

    start: int
    end: int
    point: tuple[float, float]
    metres: int


def find_squares(text: str) -> Iterator[Square]:
    """Yield the MGRS references of *text* whose zone, band and letters agree."""
    for found in REFERENCE.finditer(text) if LETTERS.search(text) else ():
        digits = _digits(found)
        cue = CUE.search(text[max(0, found.start() - 50) : found.start()])
        if digits and len(digits[0]) * 2 >= (MIN_DIGITS_WITH_CUE if cue else MIN_DIGITS):
            square = _square(found, digits)
            if square:
                yield square


def _digits(found: re.Match[str]) -> tuple[str, str] | None:
    """Return the easting and northing digits, which are equally many, or None."""
    east, north = found["east"], found["north"]
    together = east + north
    half = len(together) // 2
    if len(together) % 2 or (north and " " in found.group()[-len(north) - 1 :] and len(east) != len(north)):
        return None
    return together[:half], together[half:]


def _square(found: re.Match[str], digits: tuple[str, str]) -> Square | None:
    metres = 10 ** (5 - len(digits[0]))
    zone = int(found["zone"])
    column = COLUMNS[zone % 3].find(found["column"])
    if column < 0:
        return None
    easting = (column + 1) * 100_000 + (int(digits[0]) + 0.5) * metres
    row = (ROWS.index(found["row"]) - (5 if zone % 2 == 0 else 0)) % 20
    offset = row * 100_000 + (int(digits[1]) + 0.5) * metres
    point = _in_band(zone, found["band"], easting, offset)
    return Square(found.start(), found.end(), point, metres) if point else None


def _in_band(zone: int, band: str, easting: float, offset: float) -> tuple[float, float] | None:
    """Return the point of the row *offset*, modulo 2,000 km, that lies in *band*, or None."""
    south = -80 + 8 * BANDS.index(band)
    north = south + (12 if band == "X" else 8)
    base = 0.0 if band >= "N" else FALSE_NORTHING
    for cycle in range(5):
        point = from_utm(zone, easting, offset + cycle * CYCLE - base)
        # A square of 100 km may reach a little over its band.
        if south - 0.5 <= point[0] <= north + 0.5 and (point[0] >= 0) == (band >= "N"):
            return point
    return None


def from_utm(zone: int, easting: float, northing: float) -> tuple[float, float]:
    """Return latitude and longitude of metres in a UTM *zone*; *northing* counts from the equator."""
    n = FLATTENING / (2 - FLATTENING)
    radius = EQUATORIAL_RADIUS / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    betas = (
        n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96,
        n**2 / 48 + n**3 / 15,
        17 * n**3 / 480,
    )
    xi, eta = northing / (SCALE * radius), (easting - FALSE_EASTING) / (SCALE * radius)
    xi_, eta_ = xi, eta
    for k, beta in enumerate(betas, 1):
        xi_ -= beta * sin(2 * k * xi) * cosh(2 * k * eta)
        eta_ -= beta * cos(2 * k * xi) * sinh(2 * k * eta)
    conformal = sin(xi_) / sqrt(sinh(eta_) ** 2 + cos(xi_) ** 2)
    longitude = atan2(sinh(eta_), cos(xi_))
    return degrees(atan(_geodetic(conformal))), degrees(longitude) + zone * 6 - 183


def _geodetic(conformal: float) -> float:
    """Return the tangent of the geodetic latitude whose conformal latitude has the tangent *conformal* (Newton)."""
    e2 = FLATTENING * (2 - FLATTENING)
    e = sqrt(e2)
    tangent = conformal
    for _ in range(3):
        sigma = sinh(e * atanh(e * tangent / sqrt(1 + tangent**2)))
        now = tangent * sqrt(1 + sigma**2) - sigma * sqrt(1 + tangent**2)
        slope = (1 + (1 - e2) * tangent**2) / ((1 - e2) * sqrt(1 + tangent**2)) / sqrt(1 + now**2)
        tangent += (conformal - now) * slope
    return tangent
