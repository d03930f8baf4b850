"""Quantities in running text: number, unit, bound and range, in six languages and their scripts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from nlp.folding import folded
from nlp.numerals import HAN_DIGITS, HAN_NUMBER, add_up, follows, numerals, parse_exponent, parse_han, parse_number
from nlp.quantity_words import Bound, bounds, range_marks, rates
from nlp.units import convert, han_unit, is_han, measure, unit_forms

# One character for one, so that offsets stay: Arabic digits and separators, spaces, full-width signs.
LIKENESSES = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９٫٬．\u00a0\u202f\u2009×✕χ−",
    "012345678901234567890123456789.,.   xxx-",
)
EXPONENT = r"(?:(?:\s?[x*·]\s?10|e)(?:\^|\*\*)?(?P<exponent>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[-+]?\d{1,2}(?![\d.,])))"
NUMBER = re.compile(
    rf"(?<![0-9A-Za-zА-яЁё_.,/])(?P<ten>10(?:\^|\*\*)?(?P<power>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[\^*])[-+]?\d+))"
    rf"|(?<![\d.,])(?P<digits>\d{{1,3}}(?:[ ']\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)*)(?P<scale>{EXPONENT})?",
    re.IGNORECASE,
)
# What may be a unit: up to four words or symbols after the number.
PIECE = r"(?:[^\W\d_]{1,24}|[%‰°º℃℉″٪](?:\s?[CFСhчم](?![^\W\d_]))?)[\d²³⁻¹^]*\.?"
AHEAD = re.compile(rf"(?P<gap>\s?-?\s?){PIECE}(?:(?:\s|-|/|·|⋅|\*|\.\s?){PIECE}){{0,3}}")
PIECE_END = re.compile(PIECE)
MULTIPLIER = re.compile(r"\s?([万亿萬]|[^\W\d_]{3,7}\.?)")
PER_HUNDRED = re.compile("百分之$")
WORD = re.compile(r"[^\W\d_]+")
# How much text before and after a number is searched for words that make a bound of it.
BOUND_REACH = 24


JOINED_BY_AND = frozenset({"and", "et", "y", "и", "و", "与"})
# Half an inch and the like; elsewhere digits on both sides of a stroke are a date or a number of a document.
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875}
INCH = r"(?=[\s-]?(?:inch|in\b|\"|″|pulg|pouce|дюйм|بوصة|إنش|英寸|吋))"
FRACTION = re.compile(
    rf"(?<![\d.,/])(?:(?P<whole>\d{{1,2}})[\s-])?(?P<top>\d{{1,2}})/(?P<bottom>\d{{1,2}}){INCH}"
    rf"|(?<![\d.,/])(?P<before>\d{{0,2}})\s?(?P<vulgar>[{''.join(VULGAR)}]){INCH}"
)
FRACTION_MARK = re.compile(f"[/{''.join(VULGAR)}]")
TOLERANCE = re.compile(r"\s?(?:±|\+/-|\+-|plus or minus|plus ou moins|más o menos|плюс-минус|正负)\s?", re.IGNORECASE)
# Nominal sizes of pipes and valves are millimetres, and nobody writes it.
NOMINAL_SIZE = re.compile(r"(?<!\w)(?:DN|Dn|Ду|ДУ|Dу|公称通径|公称直径)[\s.=:]{0,2}$")
# Only temperatures lie below zero; elsewhere a stroke before a number parts words.
BELOW_ZERO = re.compile(r"(?:(?<![\w.,%°)-])[-–]\s?|(?:minus|moins|menos|минус|ناقص|سالب|零下|负)\s?)$", re.IGNORECASE)


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
    numbers = [*_digits(plain, language), *_fractions(plain), *_words(plain, language)]
    separate = _without_tolerances(plain, _separate(sorted(numbers, key=lambda q: (q.start, -q.end))))
    return [_bounded(plain, _rated(plain, quantity)) for quantity in _ranges(plain, separate)]


def has_number(text: str, language: str | None) -> bool:
    """Return whether *text* has digits or words for numbers."""
    if any(character.isnumeric() for character in text):
        return True
    known = numerals(language)
    return any(folded(word) in known for word in WORD.findall(text))


def _separate(numbers: list[Quantity]) -> Iterator[Quantity]:
    """Yield those of *numbers* that lie in no other."""
    reached = 0
    for quantity in numbers:
        if quantity.start >= reached:
            reached = quantity.end
            yield quantity


def _without_tolerances(text: str, numbers: Iterator[Quantity]) -> list[Quantity]:
    """Return *numbers* with each that has a tolerance as one: 100 ± 0.5 mm is 100 mm."""
    kept: list[Quantity] = []
    for quantity in numbers:
        if kept and quantity.units and TOLERANCE.fullmatch(text, kept[-1].end, quantity.start):
            with_unit = quantity if not kept[-1].units else kept[-1]
            kept[-1] = replace(kept[-1], end=quantity.end, written_unit=with_unit.written_unit, units=with_unit.units)
        else:
            kept.append(quantity)
    return kept


def _fractions(text: str) -> Iterator[Quantity]:
    for match in FRACTION.finditer(text) if FRACTION_MARK.search(text) else ():
        if match["vulgar"]:
            value = VULGAR[match["vulgar"]] + int(match["before"] or 0)
        else:
            value = int(match["whole"] or 0) + int(match["top"]) / max(1, int(match["bottom"]))
        yield _with_unit(text, match.start(), match.end(), value)


def _digits(text: str, language: str | None) -> Iterator[Quantity]:
    for match in NUMBER.finditer(text):
        value = 10.0 ** parse_exponent(match["power"]) if match["ten"] else parse_number(match["digits"], language)
        if match["exponent"]:
            value *= 10.0 ** parse_exponent(match["exponent"])
        yield _with_unit(text, match.start(), match.end(), value)


def _words(text: str, language: str | None) -> Iterator[Quantity]:
    for match in HAN_NUMBER.finditer(text):
        written = _without_prefix(text, match)
        if written not in "千百万亿萬":
            yield _with_unit(text, match.start(), match.start() + len(written), float(parse_han(written)))
    run: list[tuple[int, int, int]] = []
    for match in WORD.finditer(text):
        value = _numeral(match.group(), language)
        if value is None and (not run or folded(match.group()) in JOINED_BY_AND):
            continue
        if run and (value is None or not follows(run[-1][2], value)):
            spelt = _with_unit(text, run[0][0], run[-1][1], float(add_up([number for _, _, number in run])))
            # In French and Spanish one is also the article: "d'une précision de 4 µm".
            if spelt.units or spelt.low != 1:
                yield spelt
            run = []
        if value is not None:
            run.append((match.start(), match.end(), value))


def _without_prefix(text: str, match: re.Match[str]) -> str:
    """Return the Chinese number without a last character that belongs to the unit: 四十千伏安, not 五百升."""
    written = match.group()
    if len(written) < 2 or written[-1] not in "千百" or written[-2] in HAN_DIGITS:
        return written
    return written[:-1] if han_unit(text[match.end() - 1 : match.end() + 7])[1] else written


@lru_cache(50_000)
def _numeral(word: str, language: str | None) -> int | None:
    """Return the value of *word* where it is a number word, an Arabic one with `and` before it perhaps."""
    known, written = numerals(language), folded(word)
    return known.get(written, known.get(written.removeprefix("و")) if language == "ar" else None)


def _with_unit(text: str, start: int, end: int, value: float) -> Quantity:
    scale, end = _multiplier(text, end)
    if PER_HUNDRED.search(text[max(0, start - 3) : start]):
        return Quantity(start - 3, end, value, value, "百分之", ("percent",))
    unit_start, unit_end, units = _unit(text, end)
    before = text[max(0, start - BOUND_REACH) : start]
    if not units and NOMINAL_SIZE.search(before):
        return Quantity(start, end, value * scale, value * scale, "mm", ("millimeter",))
    if units and measure(units[0]) == "temperature" and BELOW_ZERO.search(before):
        value = -value
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


def _ranges(text: str, numbers: list[Quantity]) -> Iterator[Quantity]:
    """Yield *numbers* with the two ends of a range as one."""
    waiting: Quantity | None = None
    for quantity in numbers:
        if waiting is not None and _are_ends(text, waiting, quantity):
            low, high = sorted((_scaled(waiting, quantity), quantity.high))
            # From nothing to something is how far it reaches: 0 to 100 kPa is the scale of a gauge.
            bound: Bound = "range" if low else "reach"
            quantity = replace(quantity, start=waiting.start, low=low or high, high=high, bound=bound)  # noqa: PLW2901
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
    marks, announced = range_marks()
    if between not in marks or not other.units or one.bound == "range":
        return False
    if between in JOINED_BY_AND and not announced.match(text[max(0, one.start - BOUND_REACH) : one.start][::-1]):
        return False
    return not one.units or one.units == other.units or measure(one.units[0]) == measure(other.units[0])


def _rated(text: str, quantity: Quantity) -> Quantity:
    """Return *quantity*, an amount, as a rate where the text says in what time."""
    amounts = tuple(unit for unit in quantity.units if measure(unit) in ("angle", "mass", "pictures", "volume"))
    if not amounts:
        return quantity
    before, after = _around(text, quantity, 2 * BOUND_REACH)
    for time, pattern_before, pattern_after in rates():
        if pattern_after.match(after) or (is_han(quantity.written_unit or " ") and pattern_before.match(before)):
            return replace(quantity, units=tuple(f"{unit} / {time}" for unit in amounts))
    return quantity


def _bounded(text: str, quantity: Quantity) -> Quantity:
    if quantity.bound in ("range", "reach"):
        return quantity
    before, after = _around(text, quantity, BOUND_REACH)
    said: list[tuple[int, Bound]] = []
    for kind, pattern_before, pattern_after in bounds():
        found = pattern_after.match(after) or pattern_before.match(before)
        if found:
            said.append((found.end(), kind))
    # The longest words say it: in "не превышает" lies "превышает".
    return replace(quantity, bound=max(said, key=lambda one: one[0])[1]) if said else quantity


def _around(text: str, quantity: Quantity, reach: int) -> tuple[str, str]:
    """Return what stands before *quantity*, from its end, and *reach* characters of what stands behind it."""
    before = text[max(0, quantity.start - BOUND_REACH) : quantity.start]
    return before[::-1], text[quantity.end : quantity.end + reach]
