"""Quantities in running text: number, unit, bound and range, in six languages and their scripts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from nlp.folding import folded
from nlp.numerals import HAN_NUMBER, add_up, follows, numerals, parse_exponent, parse_han, parse_number
from nlp.units import convert, han_unit, is_han, measure, unit_forms

Bound = Literal["exactly", "over", "under", "reach", "range"]
# One character for one, so that offsets stay: Arabic digits and separators, spaces, full-width signs.
LIKENESSES = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９٫٬．\u00a0\u202f\u2009×✕χ−",
    "012345678901234567890123456789.,.   xxx-",
)
EXPONENT = r"(?:(?:\s?[x*·]\s?10|e)(?:\^|\*\*)?(?P<exponent>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[-+]?\d{1,2}(?![\d.,])))"
NUMBER = re.compile(
    rf"(?<![\w.,/])(?P<ten>10(?:\^|\*\*)?(?P<power>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[\^*])[-+]?\d+))"
    rf"|(?<![\d.,])(?P<digits>\d{{1,3}}(?:[ ']\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)*)(?P<scale>{EXPONENT})?",
    re.IGNORECASE,
)
# What may be a unit: up to four words or symbols after the number.
PIECE = r"(?:[^\W\d_]{1,24}|[%‰°º℃℉″٪](?:\s?[CFСhч](?![^\W\d_]))?)[\d²³⁻¹^]*\.?"
AHEAD = re.compile(rf"(?P<gap>\s?-?\s?){PIECE}(?:(?:\s|-|/|·|⋅|\*|\.\s?){PIECE}){{0,3}}")
PIECE_END = re.compile(PIECE)
MULTIPLIER = re.compile(r"\s?([万亿萬]|[^\W\d_]{3,7}\.?)")
PER_HUNDRED = re.compile("百分之$")
WORD = re.compile(r"[^\W\d_]+")
# What may stand between an amount and its time: "of ice".
OF = r"(?:\s?(?:of|de|d'|من)?\s?[^\W\d_]{2,12})?[\s,]*"
# How much text before and after a number is searched for words that make a bound of it.
BOUND_REACH = 24


JOINED_BY_AND = frozenset({"and", "et", "y", "и", "و", "与"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `units` are what the unit may mean, as pint names them; "" where none is given.

    `low` and `high` are the ends of a range; elsewhere both are the value.
    """

    start: int
    end: int
    low: float
    high: float
    written_unit: str
    units: tuple[str, ...]
    bound: Bound = "exactly"


def find_quantities(text: str, language: str | None = None) -> list[Quantity]:
    """Return the quantities of *text* in order; numbers without a unit too."""
    plain = text.translate(LIKENESSES)
    numbers = sorted([*_digits(plain, language), *_words(plain, language)], key=lambda q: (q.start, -q.end))
    separate = [q for before, q in zip([None, *numbers], numbers, strict=False) if not before or q.start >= before.end]
    return [_bounded(plain, _rated(plain, quantity)) for quantity in _ranges(plain, separate)]


def _digits(text: str, language: str | None) -> Iterator[Quantity]:
    for match in NUMBER.finditer(text):
        value = 10.0 ** parse_exponent(match["power"]) if match["ten"] else parse_number(match["digits"], language)
        if match["exponent"]:
            value *= 10.0 ** parse_exponent(match["exponent"])
        yield _with_unit(text, match.start(), match.end(), value)


def _words(text: str, language: str | None) -> Iterator[Quantity]:
    for match in HAN_NUMBER.finditer(text):
        written = match.group()
        # In 四十千伏安 the last character belongs to the unit: forty kilovolt-amperes.
        if len(written) > 1 and written[-1] in "千兆百" and han_unit(text[match.end() - 1 : match.end() + 7])[1]:
            written = written[:-1]
        if written not in "千百万亿萬":
            yield _with_unit(text, match.start(), match.start() + len(written), float(parse_han(written)))
    known = numerals(language)
    run: list[tuple[int, int, int]] = []
    for match in WORD.finditer(text):
        word = folded(match.group())
        value = known.get(word, known.get(word.removeprefix("و")) if language == "ar" else None)
        if value is None and run and word in JOINED_BY_AND:
            continue
        if run and (value is None or not follows(run[-1][2], value)):
            yield _with_unit(text, run[0][0], run[-1][1], float(add_up([number for _, _, number in run])))
            run = []
        if value is not None:
            run.append((match.start(), match.end(), value))


def _with_unit(text: str, start: int, end: int, value: float) -> Quantity:
    scale, end = _multiplier(text, end)
    if PER_HUNDRED.search(text[max(0, start - 3) : start]):
        return Quantity(start - 3, end, value, value, "百分之", ("percent",))
    unit_start, unit_end, units = _unit(text, end)
    return Quantity(start, unit_end, value * scale, value * scale, text[unit_start:unit_end], units)


@cache
def _multipliers() -> dict[str, int]:
    stated = unit_forms().words_of_number["multipliers"]
    return {folded(w): int(factor) for factor, by in stated.items() for words in by.values() for w in words}


def _multiplier(text: str, end: int) -> tuple[int, int]:
    """Return what multiplies the number that ends at *end*, and where that word ends: thousand, тыс., 万."""
    match = MULTIPLIER.match(text, end)
    factor = _multipliers().get(folded(match.group(1).rstrip("."))) if match else None
    return (factor, match.end()) if match and factor else (1, end)


def _unit(text: str, end: int) -> tuple[int, int, tuple[str, ...]]:
    """Return start, end and meanings of the longest unit that follows a number ending at *end*."""
    match = AHEAD.match(text, end)
    if not match:
        return end, end, ()
    start = match.end("gap")
    if is_han(text[start]):
        written, units = han_unit(text[start : start + 8])
        return start, start + len(written), units
    ends = [piece.end() for piece in PIECE_END.finditer(text, start, match.end())]
    for stop in reversed(ends):
        for last in (stop, stop - 1) if text[stop - 1] == "." else (stop,):
            if units := unit_forms().units(text[start:last]):
                return start, last, units
    return end, end, ()


@cache
def _bounds() -> tuple[tuple[Bound, re.Pattern[str], re.Pattern[str]], ...]:
    stated = unit_forms().words_of_number["bounds"]
    return tuple((kind, _before(words["before"]), _after(words["after"])) for kind, words in stated.items())


def _before(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(words)})(?:\s(?:the|un|une|el|la|de|of|d'|about|около))?[\s:]*$", re.IGNORECASE)


def _after(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"[\s,(]*(?:{_either(words)})", re.IGNORECASE)


def _either(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(
        rf"(?<!\w){re.escape(w)}" if w[0].isalpha() and w.isascii() else re.escape(w) for w in longest_first
    )


@cache
def _range_marks() -> tuple[frozenset[str], re.Pattern[str]]:
    stated = unit_forms().words_of_number
    return frozenset(stated["ranges"]), re.compile(rf"(?:{_either(stated['between'])})\s*$", re.IGNORECASE)


def _ranges(text: str, numbers: list[Quantity]) -> Iterator[Quantity]:
    """Yield *numbers* with the two ends of a range as one."""
    waiting: Quantity | None = None
    for quantity in numbers:
        if waiting is not None and _are_ends(text, waiting, quantity):
            low, high = sorted((_scaled(waiting, quantity), quantity.high))
            quantity = replace(quantity, start=waiting.start, low=low, high=high, bound="range")  # noqa: PLW2901
        elif waiting is not None:
            yield waiting
        waiting = quantity
    if waiting is not None:
        yield waiting


def _scaled(one: Quantity, other: Quantity) -> float:
    """Return the value of *one* in the unit of *other*."""
    return convert(one.low, one.units[0], other.units[0]) if one.units and one.units != other.units else one.low


def _are_ends(text: str, one: Quantity, other: Quantity) -> bool:
    between = text[one.end : other.start].strip().lower()
    marks, announced = _range_marks()
    if between not in marks or not other.units or one.bound == "range":
        return False
    if between in JOINED_BY_AND and not announced.search(text[: one.start]):
        return False
    return not one.units or one.units == other.units or measure(one.units[0]) == measure(other.units[0])


@cache
def _rates() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    stated = unit_forms().words_of_number["rates"]
    return tuple(
        (
            time,
            re.compile(rf"(?:{_either(words['before'])})\w{{0,4}}$"),
            re.compile(rf"{OF}(?:{_either(words['after'])})"),
        )
        for time, words in stated.items()
    )


def _rated(text: str, quantity: Quantity) -> Quantity:
    """Return *quantity*, an amount, as a rate where the text says in what time."""
    if not quantity.units or measure(quantity.units[0]) not in ("mass", "volume"):
        return quantity
    before, after = text[max(0, quantity.start - BOUND_REACH) : quantity.start], text[quantity.end :][: 2 * BOUND_REACH]
    for time, pattern_before, pattern_after in _rates():
        if pattern_after.match(after) or (is_han(quantity.written_unit or " ") and pattern_before.search(before)):
            return replace(quantity, units=tuple(f"{unit} / {time}" for unit in quantity.units))
    return quantity


def _bounded(text: str, quantity: Quantity) -> Quantity:
    if quantity.bound == "range":
        return quantity
    before, after = text[max(0, quantity.start - BOUND_REACH) : quantity.start], text[quantity.end :][:BOUND_REACH]
    for kind, pattern_before, pattern_after in _bounds():
        if pattern_after.match(after) or pattern_before.search(before):
            return replace(quantity, bound=kind)
    return quantity
