"""Parameters in the text held against the limits of control-list entries: met, not met, or not decided."""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.items.catalogue import Item, Limit
from nlp.items.parameters import Given, find_given, parameters
from nlp.mention import Mention, Threshold
from nlp.passage import Passage
from nlp.quantities import Quantity, has_number
from nlp.units import convert, measure

# A specification goes on for this many sentences after the item's name, and this many characters.
SENTENCES_AFTER = 3
CHARACTERS_AFTER = 600
# What is said of an item where it is named again holds for its mention this many sentences before.
SENTENCES_BACK = 1
# Of more limited items than this near a quantity only the nearest are asked.
MAX_NEAR = 24
# What a sentence border adds to the distance between an item and a quantity, in characters; before the item more.
BORDER_AFTER, BORDER_BEFORE = 40, 150
# "600 metres of carbon fibre" is how much there is of it; shorter lengths before "of" are the size of a piece.
OF_ITEM, SHORTEST_AMOUNT = re.compile(r"\s(?:of|de|di|d['’])\s?"), 1.0
# What stands between a name and its strength, and between a strength and the name.
AT_NAME = re.compile(r"[\s,]{0,2}[(（]?(?:of|at|à|al|при|بتركيز|بنسبة|含量)?\s?", re.IGNORECASE)
BEFORE_NAME = re.compile(r"\s?[-的]?(?:ный|ная)?\s?")
STRENGTH = frozenset({"concentration", "purity"})


@dataclass(frozen=True, slots=True)
class Held:
    """A limit, the quantity that was held against it, and whether it is met."""

    limit: Limit
    quantity: Quantity
    met: bool | None
    announced: bool


def with_thresholds(passage: Passage, found: list[tuple[Mention, Item]]) -> list[tuple[Mention, bool]]:
    """Return the mentions of *found* with the limit that decides each, and whether a word announces the parameter."""
    limited = [index for index, (_, item) in enumerate(found) if item.limits]
    held: dict[int, list[Held]] = {}
    starts = [found[index][0].start for index in limited]
    for given in _given(passage, [found[index][0] for index in limited]):
        here = bisect_left(starts, given.quantity.start)
        begin = max(bisect_left(starts, given.quantity.start - CHARACTERS_AFTER), here - MAX_NEAR // 2)
        end = min(bisect_right(starts, given.quantity.end + CHARACTERS_AFTER), here + MAX_NEAR // 2)
        near = limited[begin:end]
        for index in _nearest(passage, given, found, near):
            held.setdefault(index, []).extend(_hold(given, found[index][1]))
    _hand_back(passage, found, held)
    return [_decided(mention, item, held.get(index, [])) for index, (mention, item) in enumerate(found)]


def _hand_back(passage: Passage, found: list[tuple[Mention, Item]], held: dict[int, list[Held]]) -> None:
    """Give what is said of an item to its mention just before: "changers were seized; the changers run at 1 kHz"."""
    before: dict[str, int] = {}
    for index, (mention, item) in enumerate(found):
        earlier = before.get(item.id)
        near = earlier is not None and _sentences_between(passage, found[earlier][0], mention) <= SENTENCES_BACK
        if earlier is not None and near and index in held and earlier not in held:
            held[earlier] = held[index]
        before[item.id] = index


def _sentences_between(passage: Passage, one: Mention, other: Mention) -> int:
    return passage.sentences.index(other.start) - passage.sentences.index(one.start)


def _given(passage: Passage, mentions: list[Mention]) -> Iterator[Given]:
    names, starts = list(_outermost(mentions)), frozenset(m.start for m in mentions)
    for start, end in _windows(passage, mentions):
        if has_number(passage.text[start:end], passage.language):
            for given in find_given(passage, start, end):
                if not _is_grade(given, names) and not _is_amount(passage.text, given.quantity, starts):
                    yield _as_strength(passage.text, given, names)


def _is_grade(given: Given, names: Sequence[tuple[int, int]]) -> bool:
    """Say whether the number is one of a name, as in "18Ni-300 bars", and not told of, as in "enriched to 60 %"."""
    quantity = given.quantity
    nearest = bisect_right(names, (quantity.start, math.inf)) - 1
    if nearest < 0 or names[nearest][1] <= quantity.start:
        return False
    if not given.parameters or not quantity.units:
        return True
    return quantity.end > names[nearest][1] and measure(quantity.units[0]) != "share"


def _as_strength(text: str, given: Given, names: Sequence[tuple[int, int]]) -> Given:
    """Return *given* as a strength where it is a share that stands at a name: "thiodiglycol (99 %)", "al 99 %"."""
    quantity = given.quantity
    if given.parameters or not quantity.units or measure(quantity.units[0]) != "share":
        return given
    nearest = bisect_right(names, (quantity.start, math.inf)) - 1
    begins = nearest >= 0 and AT_NAME.fullmatch(text, names[nearest][1], quantity.start)
    ends = nearest + 1 < len(names) and BEFORE_NAME.fullmatch(text, quantity.end, names[nearest + 1][0])
    return replace(given, parameters=STRENGTH) if begins or ends else given


def _outermost(mentions: list[Mention]) -> Iterator[tuple[int, int]]:
    """Yield the spans of *mentions* that lie in no other."""
    reached = -1
    for start, end in sorted(((m.start, m.end) for m in mentions), key=lambda span: (span[0], -span[1])):
        if end > reached:
            yield start, end
            reached = end


def _is_amount(text: str, quantity: Quantity, starts: frozenset[int]) -> bool:
    """Return whether *quantity* says how many metres there are of an item."""
    unit = quantity.units[0] if quantity.units else ""
    if not unit or measure(unit) != "length" or convert(quantity.high, unit, "m") < SHORTEST_AMOUNT:
        return False
    linked = OF_ITEM.match(text, quantity.end)
    return linked is not None and linked.end() in starts


def _windows(passage: Passage, mentions: list[Mention]) -> list[tuple[int, int]]:
    """Return the stretches around *mentions* where their parameters may stand, without overlaps."""
    merged: list[tuple[int, int]] = []
    for mention in mentions:
        sentence = passage.sentences.index(mention.start)
        start, _ = passage.sentences.span(max(0, sentence - 1))
        _, end = passage.sentences.span(min(sentence + SENTENCES_AFTER, len(passage.sentences.starts) - 1))
        start, end = max(start, mention.start - CHARACTERS_AFTER), min(end, mention.end + CHARACTERS_AFTER)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _nearest(passage: Passage, given: Given, found: list[tuple[Mention, Item]], limited: Iterable[int]) -> list[int]:
    """Return the mention whose limits *given* is most likely meant for, and others that stand as near."""
    fitting = {i: _distance(passage, given.quantity, found[i][0]) for i in limited if _limits(given, found[i][1])}
    nearest = min(fitting.values(), default=math.inf)
    return [index for index, distance in fitting.items() if distance == nearest < math.inf]


def _distance(passage: Passage, quantity: Quantity, mention: Mention) -> float:
    sentences = passage.sentences
    borders = sentences.index(quantity.start) - sentences.index(mention.start)
    if borders > SENTENCES_AFTER or borders < -1:
        return math.inf
    gap = max(quantity.start - mention.end, mention.start - quantity.end, 0)
    return gap + BORDER_AFTER * borders if borders >= 0 else gap + BORDER_BEFORE


def _limits(given: Given, item: Item) -> list[tuple[Limit, str]]:
    """Return the limits of *item* that *given* can be held against, each with the unit that is meant."""
    fitting = []
    for limit in item.limits:
        unit = _unit_for(given.quantity, limit)
        if unit is not None and _is_meant(given, limit, item):
            fitting.append((limit, unit))
    return fitting


def _unit_for(quantity: Quantity, limit: Limit) -> str | None:
    if not limit.unit:
        return "" if not quantity.units else None
    wanted = measure(limit.unit)
    return next((unit for unit in quantity.units if measure(unit) == wanted), None)


def _is_meant(given: Given, limit: Limit, item: Item) -> bool:
    """Return whether the text announces the limit's parameter, or leaves only this one for such a unit."""
    near = parameters().near.get(limit.parameter, frozenset({limit.parameter}))
    if given.parameters:
        return bool(given.parameters & near)
    if not limit.unit or measure(limit.unit) == "share":
        return False
    same = {other.parameter for other in item.limits if other.unit and measure(other.unit) == measure(limit.unit)}
    return same <= near


def _hold(given: Given, item: Item) -> Iterator[Held]:
    for limit, unit in _limits(given, item):
        quantity = given.quantity
        low, high = (convert(value, unit, limit.unit) for value in (quantity.low, quantity.high))
        met = verdict(limit, low, high, quantity.bound)
        yield Held(limit, quantity, met, bool(given.parameters))


def verdict(limit: Limit, low: float, high: float, bound: str) -> bool | None:
    """Return whether a quantity from *low* to *high* is what *limit* controls; None where its *bound* leaves it open.

    A range is met where a part of it is controlled: such goods can be run there.
    """
    if bound == "over":
        high = math.inf
    elif bound == "under":
        low = -math.inf
    if bound == "reach" and limit.low is not None and limit.high is None:
        return _within(limit, high)
    if bound in ("over", "under", "reach"):
        touched = _touches(limit, low, high)
        return None if touched and not _covers(limit, low, high) else touched
    return _touches(limit, low, high)


def _within(limit: Limit, value: float) -> bool:
    return _touches(limit, value, value)


def _touches(limit: Limit, low: float, high: float) -> bool:
    """Return whether any value from *low* to *high* is controlled."""
    if limit.low is not None and (high < limit.low or (high == limit.low and not limit.includes_bounds)):
        return False
    return limit.high is None or low < limit.high or (low == limit.high and limit.includes_bounds)


def _covers(limit: Limit, low: float, high: float) -> bool:
    """Return whether every value from *low* to *high* is controlled."""
    return (limit.low is None or low >= limit.low) and (limit.high is None or high <= limit.high)


def _decided(mention: Mention, item: Item, held: list[Held]) -> tuple[Mention, bool]:
    if not held:
        return mention, False
    deciding = _deciding(held, item.limits)
    said = "; ".join(dict.fromkeys(map(_sentence, held)))
    value = deciding.quantity.high if deciding.limit.high is None else deciding.quantity.low
    threshold = Threshold(
        deciding.limit.code, deciding.limit.parameter, value, deciding.quantity.written_unit, deciding.met
    )
    return replace(mention, threshold=threshold, reason=f"{mention.reason}; {said}"), deciding.announced


def _deciding(held: list[Held], order: Sequence[Limit]) -> Held:
    """Return what decides: the first entry whose limits in the text are all met, else the first limit that is not."""
    by_code: dict[str, list[Held]] = {}
    for one in sorted(held, key=lambda one: order.index(one.limit)):
        by_code.setdefault(one.limit.code, []).append(one)
    for of_code in by_code.values():
        if any(one.met for one in of_code) and not any(one.met is False for one in of_code):
            return next(one for one in of_code if one.met)
    return next((one for one in held if one.met is False), held[0])


def _sentence(held: Held) -> str:
    words = {True: "meets", False: "does not meet", None: "leaves open"}[held.met]
    limit, quantity = held.limit, held.quantity
    number = f"{quantity.low:g}" if quantity.low == quantity.high else f"{quantity.low:g} to {quantity.high:g}"
    return f"{limit.parameter} {number} {quantity.written_unit} {words} {limit.code} ({limit_in_words(limit)})".replace(
        "  ", " "
    )


def limit_in_words(limit: Limit) -> str:
    """Return what *limit* controls, in words."""
    low = "" if limit.low is None else f"{'at least' if limit.includes_bounds else 'above'} {limit.low:g}"
    high = "" if limit.high is None else f"{'at most' if limit.includes_bounds else 'below'} {limit.high:g}"
    return " ".join(filter(None, (low, high, limit.unit)))
