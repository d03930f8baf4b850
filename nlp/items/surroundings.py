"""The cues of a text, kept by where they stand, so that those near a name are found at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from nlp.items.candidate import Candidate
from nlp.items.lexicon import Cue
from nlp.words import IS_HAN, Words

# Of more cues than this around a name, which no prose has, only the nearest are heard.
MAX_CUES = 60
# A Chinese word has about two characters, each of which is a word here.
HAN_PER_WORD = 2
# So many words say whether a text is in letters that have capitals.
CASE_SAMPLE = 80
# The longest phrase of context, in words.
LONGEST_CUE = 12
# A false description stands this many words after the word that announces it, at most.
COVER_REACH = 8
# What words of everyday life concern, and bearers of names: every item.
EVERYDAY = ("everyday", "")


class Placed(NamedTuple):
    """A cue and its first and last word; a `named` one has a capital that it has not in the dictionary."""

    cue: Cue
    first: int
    last: int
    named: bool = False


@dataclass(frozen=True)
class Surroundings:
    """The words of a text and the cues among them."""

    words: Words
    cues: tuple[Placed, ...]

    def without(self, stretches: Iterable[tuple[int, int]]) -> "Surroundings":
        """Return these surroundings without the cues that speak for items inside *stretches* of words."""
        dropped = {word for first, last in stretches for word in range(first, last + 1)}
        speaks_for = ("supports", "own")
        kept = (p for p in self.cues if p.cue.kind not in speaks_for or p.first not in dropped)
        return Surroundings(self.words, tuple(kept))

    @cached_property
    def _starts(self) -> list[int]:
        return [placed.first for placed in self.cues]

    @cached_property
    def has_case(self) -> bool:
        """Whether the text is in letters that have capitals."""
        letters = "".join(self.words.texts[:CASE_SAMPLE])
        return sum(letter != letter.upper() for letter in letters) * 2 > len(letters)

    def holding(self, first: int, last: int) -> Iterator[Placed]:
        """Yield the cues that hold words *first* to *last* and more: "mustard seed" holds "mustard"."""
        begin = bisect_left(self._starts, first - LONGEST_CUE)
        for placed in self.cues[begin : bisect_right(self._starts, first)]:
            if placed.last >= last and (placed.first, placed.last) != (first, last):
                yield placed

    def near(self, candidate: Candidate, reach: int) -> Iterator[tuple[Placed, float]]:
        """Yield the cues for or against *candidate* within *reach* words of it, in order, with how far they stand."""
        first, last, words = candidate.first, candidate.last, reach * self._per_word
        begin, end = bisect_left(self._starts, first - words), bisect_right(self._starts, last + words)
        if end - begin > MAX_CUES:
            here = bisect_left(self._starts, first)
            begin, end = max(begin, here - MAX_CUES // 2), min(end, here + MAX_CUES // 2)
        for index in self._concerning(candidate, begin, end):
            placed = self.cues[index]
            distance = placed.first - last if placed.first > last else first - placed.last
            if 0 < distance <= words:
                yield placed, distance / self._per_word

    def _concerning(self, candidate: Candidate, begin: int, end: int) -> list[int]:
        """Return the numbers from *begin* to *end* of the cues that may speak for or against *candidate*."""
        item, area = candidate.name.item, candidate.area
        concerns = (EVERYDAY, ("own", item), ("against", item), ("supports", area), ("supports", "trade"))
        found: list[int] = []
        for concern in concerns:
            if those := self._by_concern.get(concern):
                found += those[bisect_left(those, begin) : bisect_left(those, end)]
        return sorted(found)

    @cached_property
    def _by_concern(self) -> dict[tuple[str, str | int | None], list[int]]:
        """The numbers of the cues by what they concern: an item, an area, trade, or every name."""
        by_concern: dict[tuple[str, str | int | None], list[int]] = {}
        for index, placed in enumerate(self.cues):
            if index not in self._covered:
                by_concern.setdefault(_concern(placed.cue), []).append(index)
        return by_concern

    @cached_property
    def _per_word(self) -> int:
        """How many of the text's words make a word as people count."""
        sample = self.words.texts[:CASE_SAMPLE]
        return HAN_PER_WORD if sum(IS_HAN.match(text) is not None for text in sample) * 2 > len(sample) else 1

    @cached_property
    def _covered(self) -> frozenset[int]:
        """The numbers of everyday words in a false description: "declared as dairy equipment"."""
        return frozenset(index for index, placed in enumerate(self.cues) if self._is_covered(placed))

    def _is_covered(self, placed: Placed) -> bool:
        if placed.cue.kind not in ("everyday", "against"):
            return False
        before = bisect_left(self._cover_ends, placed.first) - 1
        return before >= 0 and placed.first - self._cover_ends[before] <= COVER_REACH

    @cached_property
    def _cover_ends(self) -> list[int]:
        return sorted(placed.last for placed in self.cues if placed.cue.kind == "cover")


def _concern(cue: Cue) -> tuple[str, str | int | None]:
    if cue.kind in ("own", "against"):
        return cue.kind, cue.item
    return ("supports", cue.sense) if cue.kind == "supports" else EVERYDAY


def surroundings(words: Words, cues: Iterable[Placed]) -> Surroundings:
    """Return the *cues* of *words*, in order; a word that several languages list counts once."""
    once = {(p.first, p.last, p.cue.kind, p.cue.sense, p.cue.item): p for p in cues}
    return Surroundings(words, tuple(sorted(once.values(), key=lambda placed: placed.first)))
