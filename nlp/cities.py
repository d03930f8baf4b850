"""Cities: capitals, large ones and those of the trade, with their points and their names in four scripts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from nlp.folding import folded
from nlp.geography import Point

# The columns of the table that hold names, a script each.
SCRIPTS: Final = ("latin", "cyrillic", "arabic", "east asian")
# Before a name that is a common word or a person's too.
DOUBTFUL: Final = "?"


@dataclass(frozen=True, slots=True)
class City:
    """A city: `key` is its country's code and its own, as in `IR/isfahan`; *people* in thousands."""

    key: str
    point: Point
    people: int
    names: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """Its first name."""
        return self.names[0][0].lstrip(DOUBTFUL)

    @property
    def entity(self) -> str:
        """The id that mentions carry."""
        return f"place:{self.key}"

    def in_script(self, script: str) -> tuple[str, ...]:
        """Return its names in *script*, the doubtful ones marked."""
        return self.names[SCRIPTS.index(script)]


@cache
def cities() -> Mapping[str, City]:
    """Return the cities of the table by their keys."""
    return {city.key: city for city in _read()}


def _read() -> Iterator[City]:
    table = (files("nlp") / "catalogue" / "cities.tsv").read_text("utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            key, lat, lon, people, *names = line.split("\t")
            columns = tuple(tuple(column.split("|")) if column else () for column in names)
            yield City(key, Point(float(lat), float(lon)), int(people), columns)


def city_point(entity: str) -> Point | None:
    """Return where the city `place:IR/isfahan` is, or None where it is no city of the table."""
    city = cities().get(entity.removeprefix("place:"))
    return city.point if city else None


def cities_named(name: str) -> list[City]:
    """Return the cities that *name* stands for, the largest first."""
    wanted = folded(name)
    return sorted((city for city in cities().values() if _is_named(city, wanted)), key=lambda city: -city.people)


def _is_named(city: City, wanted: str) -> bool:
    return any(folded(name.lstrip(DOUBTFUL)) == wanted for names in city.names for name in names)
