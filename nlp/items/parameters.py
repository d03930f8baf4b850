"""Which technical parameter a quantity in a text gives, by the words that announce it."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Any

from nlp.catalogue import read_yaml, shipped_file
from nlp.compiled import compiled
from nlp.passage import Passage
from nlp.phrases import PhraseBook
from nlp.quantities import Quantity, find_quantities
from nlp.units import measure

# A parameter's words stand this many characters before its quantity at most, or fewer after it.
REACH_BEFORE = 70
REACH_AFTER = 30
PIECES = re.compile(r"\s+of\b")
# What Chinese counts pieces with: 一台 is one machine, and no measure of it.
COUNTERS = re.compile("[台臺套只个個架枚支批箱根块塊件条條部座艘辆輛]")
# Between a quantity and the words right after it that announce it: "99.5 % purity", "2 kN of thrust".
JOINED = re.compile(r"\s?(?:of|de|d['’])?\s?", re.IGNORECASE)
# Words with a number after them announce that one.
NEXT_NUMBER = re.compile(r"[\s:=：]{0,3}(?:of|de|до|от|为|in)?\s?[±<>≤≥~]?\s?\d", re.IGNORECASE)
SEPARATORS = frozenset(",;，；،؛、。.")


@dataclass(frozen=True, slots=True)
class Given:
    """A quantity and the parameters that the text may mean by it; none where no word announces it."""

    quantity: Quantity
    parameters: frozenset[str]


@dataclass(frozen=True)
class Parameters:
    """Each parameter of the catalogue with itself and those that are named in its stead, and the words for them."""

    near: dict[str, frozenset[str]]
    measures: dict[str, frozenset[str]]
    book: PhraseBook[str]

    def fit(self, announced: tuple[str, ...], units: tuple[str, ...]) -> frozenset[str]:
        """Return those of the *announced* parameters that a quantity of one of *units* can give."""
        kinds = {measure(unit) for unit in units} or {measure("")}
        return frozenset(name for name in announced if not self.measures[name] or self.measures[name] & kinds)


@cache
def parameters() -> Parameters:
    """Return the parameters of the catalogue that ships."""
    file = shipped_file("parameters.yaml")
    near, measures, state = compiled("parameters", [file], lambda: _build(read_yaml(file)))
    return Parameters(near, measures, PhraseBook(state))


def _build(stated: dict[str, Any]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], tuple[Any, ...]]:
    book: PhraseBook[str] = PhraseBook()
    for name, entry in stated.items():
        for language, words in entry["words"].items():
            for word in words:
                book.add(str(word), language, name)
    near = {name: frozenset({name, *entry.get("near", ())}) for name, entry in stated.items()}
    return near, {name: frozenset(entry.get("measures", ())) for name, entry in stated.items()}, book.state(str)


def find_given(passage: Passage, start: int, end: int) -> list[Given]:
    """Return the quantities from *start* to *end* of *passage*, with their parameters."""
    counted = (_moved(q, start) for q in find_quantities(passage.text[start:end], passage.language))
    quantities = [q for q in counted if not _is_count(passage.text, q)]
    if not quantities:
        return []
    announced = _announcements(passage, start, end)
    begun = [-1, *(q.start if q.units else -1 for q in quantities)]
    before = accumulate(begun, max)
    found = (Given(q, _parameters(passage.text, q, announced, b)) for q, b in zip(quantities, before, strict=False))
    return [given for given in found if given.quantity.units or given.parameters]


def _is_count(text: str, quantity: Quantity) -> bool:
    """Say whether *quantity* counts pieces: `twelve bars of steel` is no pressure."""
    if not quantity.units and COUNTERS.match(text, quantity.end):
        return True
    bars = text[quantity.start : quantity.end].lower().endswith("bars")
    return bars and PIECES.match(text, quantity.end) is not None


def _moved(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by)


@dataclass(frozen=True, slots=True)
class _Announcements:
    """Where words for parameters stand, in order; none inside another."""

    starts: list[int]
    ends: list[int]
    parameters: list[tuple[str, ...]]


def _announcements(passage: Passage, start: int, end: int) -> _Announcements:
    words, folded = passage.words, passage.folded
    first = bisect_left(words.starts, bisect_left(folded.origin, start))
    last = bisect_left(words.starts, bisect_left(folded.origin, end))
    announced = _Announcements([], [], [])
    reached = -1
    for found in sorted(parameters().book.find(words, first, last), key=lambda f: (f.first, -f.last)):
        if found.last > reached:
            reached = found.last
            begin, stop = folded.span(words.starts[found.first], words.ends[found.last])
            announced.starts.append(begin)
            announced.ends.append(stop)
            announced.parameters.append(found.values)
    return announced


def _parameters(text: str, quantity: Quantity, announced: _Announcements, begun: int) -> frozenset[str]:
    """Return the parameters of the words that announce *quantity*.

    These follow it at once, as in "99.5 % purity", or are the nearest before it that can mean it, or stand after it.
    Words before the quantity that began at *begun* belong to that one.
    """
    known, farthest = parameters(), max(begun, quantity.start - REACH_BEFORE - 1)
    following = bisect_left(announced.starts, quantity.end)
    after, joined = frozenset[str](), False
    if following < len(announced.starts) and announced.starts[following] <= quantity.end + REACH_AFTER:
        between = text[quantity.end : announced.starts[following]]
        if not SEPARATORS & set(between):
            after = known.fit(announced.parameters[following], quantity.units)
            joined = JOINED.fullmatch(between) is not None and not NEXT_NUMBER.match(text, announced.ends[following])
    if after and joined:
        return after
    for nearest in range(bisect_right(announced.ends, quantity.start) - 1, -1, -1):
        if announced.ends[nearest] <= farthest:
            break
        if fitting := known.fit(announced.parameters[nearest], quantity.units):
            return fitting
    return after
