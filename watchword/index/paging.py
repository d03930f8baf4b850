"""Pages of a result: cursors, and one hit a story, found by walking the ranking and not by reading documents."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from watchword.errors import UsageError

Place = TypeVar("Place")
CURSOR = re.compile(r"o\d{1,9}|a(?:-?\d+(?:\.\d+(?:e[+-]?\d+)?)?)(?:,-?\d+)?")


@dataclass(frozen=True)
class Ranked(Generic[Place]):
    """A hit before it is read: where the engine keeps it, its story's number, its score, and what sorts it."""

    place: Place
    story: int
    score: float
    sorted_by: tuple[float | int, ...]


@dataclass(frozen=True)
class Start:
    """Where a page begins: so many hits in, or after the hit with these sort values."""

    offset: int = 0
    after: tuple[float | int, ...] = ()

    @classmethod
    def of(cls, cursor: str | None, offset: int) -> "Start":
        """Return where *cursor* points; raise UsageError where it is none."""
        if cursor is None:
            return cls(offset)
        if not CURSOR.fullmatch(cursor):
            raise UsageError(f"{cursor!r} is no cursor; take the one that came with the page before, or leave it out.")
        values = cursor[1:].split(",")
        if cursor[0] == "o":
            return cls(int(values[0]))
        return cls(0, tuple(float(v) if "." in v else int(v) for v in values))

    def as_cursor(self) -> str:
        """Return the cursor that points here."""
        return f"a{','.join(map(repr, self.after))}" if self.after else f"o{self.offset}"


def following(start: Start, hits: list[Ranked[Place]], *, fold: bool, keyed: bool) -> Start:
    """Return where the page after *hits* begins: *keyed* rankings go on after the last hit whatever was added since."""
    return Start(after=hits[-1].sorted_by) if keyed and not fold else Start(start.offset + len(hits))


def first_of_stories(ranked: Iterable[Ranked[Place]]) -> Iterator[Ranked[Place]]:
    """Yield the best hit of each story."""
    told: set[int] = set()
    for hit in ranked:
        if hit.story not in told:
            told.add(hit.story)
            yield hit
