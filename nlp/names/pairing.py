"""Which parts of one name stand for which of another: each part once, neighbours together where one side joins them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nlp.names.acronyms import abbreviated
from nlp.names.likeness import alike, sounded
from nlp.names.parts import Part
from nlp.names.scripts import HAN, HANGUL, KANA
from nlp.names.told import JOINABLE, Run, Told

# Parts that are less alike than this are different.
LEAST: Final = 0.52
# Joined parts must be more alike, since there are more ways to join.
LEAST_JOINED: Final = 0.62
LEAST_COMPOUND: Final = 0.75
SHORTEST_COMPOUND: Final = 6
JOINED: Final = 0.98
SURE: Final = 0.93
# A Chinese or Korean name is written as one, and its syllables may look like any other word.
WRITTEN_AS_ONE: Final = frozenset({HAN, HANGUL, KANA})


@dataclass(frozen=True, slots=True)
class Link:
    """Parts `start` to `end` of the first name that stand for parts `other_start` to `other_end` of the second.

    In a *short* link one part is the first letters of the others.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    likeness: float
    short: bool = False

    def turned(self) -> "Link":
        """Return the link seen from the other name."""
        return Link(self.other_start, self.other_end, self.start, self.end, self.likeness, self.short)


def pair(one: Told, other: Told) -> list[Link]:
    """Return the links between two names, in the order of the first; those that are most alike come first to choose."""
    links = [link for link in _single(one.parts, other.parts) if link.likeness >= LEAST]
    taken = {link.start for link in links if link.likeness >= SURE}
    other_taken = {link.other_start for link in links if link.likeness >= SURE}
    acronyms: list[Link] = []
    if len(taken) < len(one.parts) and len(other_taken) < len(other.parts):
        links += _joined(one.parts, taken, other.runs, other_taken)
        links += (link.turned() for link in _joined(other.parts, other_taken, one.runs, taken))
        acronyms += _acronyms(one.parts, other.parts)
        acronyms += (link.turned() for link in _acronyms(other.parts, one.parts))
    choices = [list(_chosen(links + more, one.parts, other.parts)) for more in ([], acronyms) if more or links]
    best = max(choices, key=lambda chosen: sum(_worth(link, one.parts, other.parts) for link in chosen), default=[])
    return sorted(best, key=lambda link: link.start)


def _single(one: tuple[Part, ...], other: tuple[Part, ...]) -> Iterator[Link]:
    for i, p in enumerate(one):
        for j, q in enumerate(other):
            yield Link(i, i + 1, j, j + 1, alike(p, q))


def _joined(parts: tuple[Part, ...], taken: set[int], runs: tuple[Run, ...], runs_taken: set[int]) -> Iterator[Link]:
    """Yield the links of one part to two or three neighbours, where none of them is already sure."""
    free = [run for run in runs if runs_taken.isdisjoint(range(run.start, run.end))]
    for place, part in enumerate(parts) if free else ():
        if place in taken or part.kind not in JOINABLE:
            continue
        for run in free:
            if run.names_only or part.script in WRITTEN_AS_ONE or _may_be_compound(part, run):
                likeness = _run_likeness(part, run)
                if likeness >= (LEAST_JOINED if run.names_only else LEAST_COMPOUND):
                    yield Link(place, place + 1, run.start, run.end, likeness)


def _may_be_compound(part: Part, run: Run) -> bool:
    """Say whether *part* may be two words of which one is translated elsewhere: `Deltatech` is `Delta Tech`."""
    return run.end - run.start == 2 and len(part.latin) >= SHORTEST_COMPOUND and part.latin[:1] == run.latin[:1]


def _run_likeness(part: Part, run: Run) -> float:
    if not 0.5 <= len(run.latin) / max(1, len(part.latin)) <= 2:
        return 0.0
    return JOINED * max(
        sounded(part.written, part.script, part.latin, spelt, run.script, run.latin) for spelt in run.spellings
    )


def _acronyms(one: tuple[Part, ...], other: tuple[Part, ...]) -> Iterator[Link]:
    for place, part in enumerate(one):
        for start, end, likeness in abbreviated(part, other):
            yield Link(place, place + 1, start, end, likeness, short=True)


def _chosen(links: list[Link], one: tuple[Part, ...], other: tuple[Part, ...]) -> Iterator[Link]:
    """Yield the links of most weight, each part once; among equals those that keep the order."""

    def order(link: Link) -> tuple[float, int]:
        return _worth(link, one, other), -abs(link.start - link.other_start)

    taken: set[int] = set()
    other_taken: set[int] = set()
    for link in sorted(links, key=order, reverse=True):
        places, other_places = range(link.start, link.end), range(link.other_start, link.other_end)
        if taken.isdisjoint(places) and other_taken.isdisjoint(other_places):
            taken.update(places)
            other_taken.update(other_places)
            yield link


def _worth(link: Link, one: tuple[Part, ...], other: tuple[Part, ...]) -> float:
    met = (*one[link.start : link.end], *other[link.other_start : link.other_end])
    return link.likeness**3 * sum(part.weight for part in met)
