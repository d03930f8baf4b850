"""A clock for measuring, and a row of the table that the measurements of an index make."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from typing import TypeVar

Value = TypeVar("Value")
PERCENTS = (50, 95, 99)
# Queries that are asked before the clock starts: a desk that is used is warm.
WARMING = 20
MEGABYTE = 2**20
COLUMNS = (("docs/s", 10), ("per cpu s", 10), ("index MB", 10), ("of text", 9), ("whole MB", 10))
COLUMNS += tuple((name, 9) for name in ("median", "95 %", "99 %", "cpu med.", "cpu 95 %", "cpu 99 %"))


@dataclass
class Clock:
    """The seconds that each of some blocks took: on the wall, and of this process's processors.

    On a machine that others use too, the second says what the first would be without them.
    """

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Add the seconds that the block takes."""
        started, begun = time.perf_counter(), time.process_time()
        yield
        self.wall.append(time.perf_counter() - started)
        self.processor.append(time.process_time() - begun)

    def without(self, other: "Clock") -> "Clock":
        """Return what is left of the seconds without those of *other*, which ran meanwhile."""
        return Clock([sum(self.wall) - sum(other.wall)], [sum(self.processor) - sum(other.processor)])


@dataclass(frozen=True)
class Row:
    """What one index reaches: documents a second, bytes without and with what it stores, and latencies."""

    name: str
    number: int = 0
    clock: Clock | None = None
    sizes: tuple[int, int, int] | None = None
    latencies: tuple[float, ...] = ()

    def __str__(self) -> str:
        return f"{self.name:<24}{self._rates()}{self._sizes()}" + "".join(f"{taken:>9.1f}" for taken in self.latencies)

    def _rates(self) -> str:
        if self.clock is None or not self.clock.wall:
            return " " * 20
        return f"{self.number / sum(self.clock.wall):>10.0f}{self.number / sum(self.clock.processor):>10.0f}"

    def _sizes(self) -> str:
        if self.sizes is None:
            return " " * 29
        index, whole, text = self.sizes
        return f"{index / MEGABYTE:>10.0f}{index / text:>9.2f}{whole / MEGABYTE:>10.0f}"


def header() -> str:
    """Return the names of the columns."""
    return f"{'':<24}" + "".join(f"{name:>{width}}" for name, width in COLUMNS)


def latencies(search: Callable[[Value], object], queries: Sequence[Value]) -> tuple[float, ...]:
    """Return median, 95th and 99th percentile on the wall, then those of the processor, in milliseconds."""
    for query in queries[:WARMING]:
        search(query)
    clock = Clock()
    for query in queries:
        with clock.timed():
            search(query)
    cuts = [quantiles(took, n=100) for took in (clock.wall, clock.processor)]
    return tuple(cut[percent - 1] * 1000 for cut in cuts for percent in PERCENTS)
