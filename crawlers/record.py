"""Records: entries of an answer that become documents of their own, such as an earthquake or a line of statistics."""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from crawlers.blocks import Vicinity
from crawlers.moments import moment
from crawlers.shapes import Shape
from crawlers.source import Source
from crawlers.tree import Tree, as_text, first_of, pick
from crawlers.urls import canonical, host_key, host_of

# What `watchword.extract.records` reads.
RECORD_TYPE: Final = "application/vnd.watchword.record+json"
# Fields of a record that are not facts of its own.
PLAIN_FIELDS: Final = frozenset({"id", "url", "title", "text", "published", "authors", "language"})
EARTH_RADIUS_KM = 6371.0
# Keys that are longer than this are written as what remains of them.
MAX_KEY_CHARACTERS = 200


@dataclass(frozen=True)
class Record:
    """One record: what it is, what it says, and its facts, name and value, in the order of the shape.

    `published` is ISO 8601 in UTC. `places` are the places of the source that it lies near to, with kilometres.
    """

    kind: str
    key: str
    url: str
    title: str = ""
    text: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, float], ...] = ()

    def fact(self, name: str) -> str:
        """Return the fact *name*, empty where the record does not state it."""
        return next((value for key, value in self.facts if key == name), "")

    def number(self, name: str) -> float | None:
        """Return the fact *name* as a number, None where it is none."""
        try:
            value = float(self.fact(name))
        except ValueError:
            return None
        return value if math.isfinite(value) else None

    def as_bytes(self) -> bytes:
        """Return the record as the archive keeps it: the same record gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()


def rows_of(tree: Tree, path: str) -> list[Tree]:
    """Return the records at *path* in an answer: a list, or one alone."""
    found = pick(tree, path)
    if isinstance(found, list):
        return found
    return [] if found in (None, "") else [found]


def record_of(row: Tree, source: Source, shape: Shape) -> Record | None:
    """Return the record that *row* states, None where it has neither a key nor anything to tell."""
    values = {name: first_of(row, path) for name, path in {**shape.fields, **source.fields}.items()}
    stated = {name: _fact(name, value) for name, value in values.items()}
    facts = tuple((name, value) for name, value in stated.items() if value and name not in PLAIN_FIELDS)
    key = stated.get("id") or stated.get("url") or " ".join(filter(None, (stated.get(n) for n in shape.key)))
    if not key or not (facts or stated.get("title")):
        return None
    record = Record(
        kind=source.kind,
        key=key,
        url=address_of(source, key, _link(stated.get("url", ""), shape, source)),
        title=stated.get("title", ""),
        text=_long_text(values.get("text")),
        published=moment(values.get("published")) or moment(values.get("time")) or stated.get("published") or None,
        authors=tuple(_texts(values.get("authors"))),
        language=stated.get("language") or source.language,
        facts=facts,
    )
    return _placed(record, source.near)


def address_of(source: Source, key: str, link: str | None) -> str:
    """Return the address that the record's document gets: its own page, or the place in the answer where it stands.

    A page on a stranger's host is another document; the record of it does not take its address.
    """
    if link and host_key(host_of(link)) in source.all_hosts:
        return link
    parts = urlsplit(source.url[0])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", quote(key[:MAX_KEY_CHARACTERS], safe="/:.-_")))


def kilometres(latitude: float, longitude: float, place: Vicinity) -> float:
    """Return the distance to *place* on a sphere (haversine formula)."""
    a, b = math.radians(latitude), math.radians(place.latitude)
    across = math.sin((b - a) / 2) ** 2
    along = math.cos(a) * math.cos(b) * math.sin(math.radians(place.longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, across + along)))


def _placed(record: Record, near: tuple[Vicinity, ...]) -> Record:
    latitude, longitude = record.number("latitude"), record.number("longitude")
    if not near or latitude is None or longitude is None:
        return record
    distances = ((place, kilometres(latitude, longitude, place)) for place in near)
    found = sorted((km, place.name) for place, km in distances if km <= place.radius)
    return replace(record, places=tuple((name, round(km, 1)) for km, name in found))


def _fact(name: str, value: Tree) -> str:
    """Return a fact as text; times are written one way whichever way the service writes them."""
    if name in ("time", "reported") and (when := moment(value)):
        return when
    return as_text(value)


def _link(text: str, shape: Shape, source: Source) -> str | None:
    """Return the address *text*, completed where it is a path."""
    if shape.base and text.startswith("/"):
        return canonical(f"{shape.base}{text}")
    return canonical(text, source.url[0]) if text else None


def _long_text(value: Tree) -> str:
    """Return a text with its own lines, several one below the other."""
    values = value if isinstance(value, list) else [value]
    return "\n\n".join(part.strip() if isinstance(part, str) else as_text(part) for part in values if part)


def _texts(value: Tree) -> Iterator[str]:
    for part in value if isinstance(value, list) else [value]:
        if text := as_text(pick(part, "name") if isinstance(part, dict) else part):
            yield text
