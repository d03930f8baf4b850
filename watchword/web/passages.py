"""A document's text in pieces that a template can mark: which mentions and hits cover each, paragraph by paragraph."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from nlp.mention import COARSE_TYPES, Mention

Span = tuple[int, int]

# A page of more text than this is slow in a browser; a longer document has several.
PART_CHARACTERS: Final = 100_000
OTHER: Final = "other"


@dataclass(frozen=True)
class Told:
    """A thing that a document names, the same way at every place: `places` are the numbers of its mentions."""

    number: int
    mention: Mention
    places: tuple[int, ...]

    @property
    def type(self) -> str:
        """The coarse type, for its colour."""
        return self.mention.type if self.mention.type in COARSE_TYPES else OTHER


@dataclass(frozen=True)
class Segment:
    """A piece of text: the mention that covers it closest, all things that cover it, and whether it is a hit.

    `begins` says that the mention begins here, so that the piece can be linked to.
    """

    text: str
    place: int | None = None
    told: tuple[int, ...] = ()
    begins: bool = False
    hit: bool = False


def told_in(mentions: Sequence[Mention]) -> list[Told]:
    """Return what *mentions* name, in the order of the text; mentions that differ only in their place are one."""
    found: dict[Mention, list[int]] = {}
    for place, mention in enumerate(mentions):
        found.setdefault(replace(mention, start=0, end=0), []).append(place)
    return [Told(number, mention, tuple(places)) for number, (mention, places) in enumerate(found.items())]


def parts_of(text: str) -> list[Span]:
    """Return where the parts of a long *text* begin and end, cut at line ends where there are any."""
    found: list[Span] = []
    start = 0
    while start < len(text) or not found:
        end = start + PART_CHARACTERS
        if end < len(text):
            end = text.rfind("\n", start, end) + 1 or end
        found.append((start, min(end, len(text))))
        start = end
    return found


def paragraphs(
    text: str, mentions: Sequence[Mention], told: Iterable[Told], hits: Iterable[Span], part: Span
) -> Iterator[list[Segment]]:
    """Yield the paragraphs of one *part* of *text*, in segments."""
    numbers = {place: one.number for one in told for place in one.places}
    inside = [(m.start, m.end, i) for i, m in enumerate(mentions) if m.start < part[1] and m.end > part[0]]
    marked = [(*span, 0) for span in hits if span[0] < part[1] and span[1] > part[0]]
    named, hit = _Cover(inside), _Cover(marked)
    found: list[Segment] = []
    for start, end in _pieces(text, [(first, last) for first, last, _ in inside + marked], part):
        if text[start] == "\n":
            if found:
                yield found
            found = []
            continue
        covering = named.at(start)
        place = covering[0] if covering else None
        begins = place is not None and mentions[place].start == start
        things = tuple(dict.fromkeys(numbers[i] for i in covering))
        found.append(Segment(text[start:end], place, things, begins, bool(hit.at(start))))
    if found:
        yield found


class _Cover:
    """Which of some stretches, with a start, an end and a number, cover a place; places are asked for in order."""

    def __init__(self, stretches: Iterable[tuple[int, int, int]]) -> None:
        self._coming = sorted(stretches, reverse=True)
        self._open: list[tuple[int, int, int]] = []

    def at(self, place: int) -> list[int]:
        """Return the numbers of the stretches that cover *place*, the shortest first."""
        while self._coming and self._coming[-1][0] <= place:
            self._open.append(self._coming.pop())
        self._open = [stretch for stretch in self._open if stretch[1] > place]
        return [number for _, number in sorted((end - start, number) for start, end, number in self._open)]


def _pieces(text: str, spans: Iterable[Span], part: Span) -> Iterator[Span]:
    """Yield the stretches between which something begins or ends; a line end is a stretch of its own."""
    cuts = {part[0], part[1]} | {place for span in spans for place in span if part[0] < place < part[1]}
    at = text.find("\n", *part)
    while at >= 0:
        cuts |= {at, min(at + 1, part[1])}
        at = text.find("\n", at + 1, part[1])
    ordered = sorted(cuts)
    yield from pairwise(ordered)
