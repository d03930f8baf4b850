"""Units of measurement as six languages write them, and conversion by pint.

A text form may stand for several units: "g" is a gram, and the acceleration of gravity.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

from nlp.catalogue import read_yaml, shipped_file
from nlp.compiled import compiled
from nlp.folding import folded
from nlp.inflection import paradigms
from nlp.words import IS_HAN

# The longest Chinese unit, 立方厘米每小时, and some room.
MAX_HAN = 8
# The library has no force of a metric ton, nor adjusted peak performance, nor pictures.
MORE_UNITS = ("tonne_force = 1000 * kilogram_force", "weighted_teraflops = [computing]", "frame = []")
# Counted nouns in Arabic: singular, accusative, dual, plural.
ARABIC_ENDINGS = ("", "ا", "ان", "ين", "ات", "ه")
SUPERSCRIPTS = str.maketrans("²³⋅∙・／⁻¹", "23···/-1")


@dataclass(frozen=True)
class UnitForms:
    """What is written to the units it may mean: symbols in their own letters, words folded in every inflected form."""

    symbols: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    measures: dict[str, str]
    words_of_number: dict[str, Any]

    def units(self, written: str) -> tuple[str, ...]:
        """Return the units that *written* may mean, as pint names them."""
        symbol = written.translate(SUPERSCRIPTS).replace("**", "").replace("^", "")
        return self.symbols.get(symbol) or self.words.get(folded(written)) or self.symbols.get(_usual_case(symbol), ())


def _usual_case(symbol: str) -> str:
    """Return *symbol* as mega, kilo and hertz are written when case is not minded: "mpa", "Khz", "KW"."""
    return _cases().get(symbol.casefold(), "")


@cache
def _cases() -> dict[str, str]:
    usual = [symbol for symbol in unit_forms().symbols if len(symbol) > 1]
    # Of mPa and MPa the larger is meant: offers write capitals without care.
    return {symbol.casefold(): symbol for symbol in sorted(usual, key=lambda symbol: symbol[0].isupper())}


@cache
def unit_forms() -> UnitForms:
    """Return the forms of the catalogue that ships."""
    file = shipped_file("units.yaml")
    return UnitForms(*compiled("units", [file], lambda: _build(read_yaml(file))))


def _build(stated: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, str], dict[str, Any]]:
    symbols: dict[str, tuple[str, ...]] = {}
    words: dict[str, tuple[str, ...]] = {}
    measures: dict[str, str] = {}
    for unit, entry in stated["units"].items():
        names = [(unit, None), *((prefix + unit, stated["prefixes"][prefix]) for prefix in entry.get("prefixes", ()))]
        for name, prefix in names:
            measures[name] = entry["measures"]
            for symbol in _symbols(entry, prefix):
                symbols[symbol] = tuple(dict.fromkeys((*symbols.get(symbol, ()), name)))
            for word in _words(entry, prefix):
                words[word] = tuple(dict.fromkeys((*words.get(word, ()), name)))
    return (
        symbols,
        words,
        measures,
        {key: stated[key] for key in ("multipliers", "bounds", "rates", "ranges", "between")},
    )


def _symbols(entry: dict[str, Any], prefix: dict[str, Any] | None) -> Iterator[str]:
    for symbol in map(str, entry.get("symbols", ())):
        if prefix is None:
            yield symbol
        elif "а" <= symbol[0].lower() <= "я":
            yield from (before + symbol for before in prefix["ru"])
        else:
            yield from (before + symbol for before in prefix["symbols"])


def _words(entry: dict[str, Any], prefix: dict[str, Any] | None) -> Iterator[str]:
    for language, written in entry.get("words", {}).items():
        befores = prefix["words"].get(language, ()) if prefix else ("",)
        for before, word in product(befores, written):
            yield from _inflected(folded(before + word), language)
            if before and language == "ar":
                yield from _inflected(folded(f"{before} {word}"), language)


def _inflected(word: str, language: str) -> Iterator[str]:
    """Yield *word*, of several words perhaps, in all its forms; in Russian the second word agrees with the first."""
    first, *rest = word.split()
    forms = [_forms(first, language), *({part} for part in rest)]
    if rest and language != "ar":
        forms[1] = _forms(rest[0], language)
    yield from (" ".join(chosen) for chosen in product(*forms))


@lru_cache(2_000)
def _forms(word: str, language: str) -> frozenset[str]:
    endings = ARABIC_ENDINGS if language == "ar" else None
    all_of_them = ((p.base, ending) for p in paradigms(word, language) for ending in endings or p.endings)
    return frozenset({word, *(base + ending for base, ending in all_of_them)})


@lru_cache(20_000)
def han_unit(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the longest Chinese unit that *text* begins with, and its units; ("", ()) where there is none."""
    words = unit_forms().words
    for length in range(min(len(text), MAX_HAN), 0, -1):
        if found := words.get(text[:length]):
            return text[:length], found
    return "", ()


def is_han(text: str) -> bool:
    """Return whether *text* begins with a Chinese character."""
    return IS_HAN.match(text) is not None


@cache
def registry() -> Any:
    """Return pint's registry, made when first needed."""
    import pint

    made = pint.UnitRegistry()
    for definition in MORE_UNITS:
        made.define(definition)
    return made


@lru_cache(10_000)
def measure(unit: str) -> str:
    """Return what *unit* measures; raise ValueError where it is no unit that Watchword or pint knows."""
    forms = unit_forms()
    if found := forms.measures.get(unit) or next((forms.measures[name] for name in forms.units(unit)), None):
        return found
    import pint

    try:
        return str(registry().Unit(unit).dimensionality) if unit else "number"
    except (pint.errors.PintError, TypeError, AttributeError) as error:
        raise ValueError(f"{unit!r} is no unit that pint knows: {error}") from None


@lru_cache(10_000)
def canonical(unit: str) -> str:
    """Return *unit* as pint names it."""
    forms = unit_forms()
    return unit if unit in forms.measures else next(iter(forms.units(unit)), unit)


def convert(value: float, unit: str, into: str) -> float:
    """Return *value* of *unit* in the unit *into*, which measures the same."""
    wanted = canonical(into)
    if unit == wanted or not wanted:
        return value
    return float(registry().Quantity(value, unit).to(wanted).magnitude)
