"""Numbers and units as six languages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.catalogue import read_yaml, shipped_file
from nlp.quantities import Quantity, find_quantities
from nlp.units import convert, measure, registry


def only(text: str, language: str) -> Quantity:
    (quantity,) = (q for q in find_quantities(text, language) if q.units)
    return quantity


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("a tensile strength of 2,400 MPa", "en", 2400, "megapascal"),
        ("1.950 MPa", "es", 1950, "megapascal"),
        ("1 500 °C", "fr", 1500, "degC"),
        ("2\u202f100 МПа", "ru", 2100, "megapascal"),
        ("0,15 %", "fr", 0.15, "percent"),
        ("25 литров", "ru", 25, "liter"),
        ("пятьдесят миллиметров", "ru", 50, "millimeter"),
        ("频率600赫兹", "zh", 600, "hertz"),
        ("四十千伏安", "zh", 40, "kilovolt_ampere"),
        ("五百公斤", "zh", 500, "kilogram"),
        ("百分之六十", "zh", 60, "percent"),
        ("600 هرتز", "ar", 600, "hertz"),
        ("٢٬٤٠٠ ميغاباسكال", "ar", 2400, "megapascal"),
        ("خمسين مليمترا", "ar", 50, "millimeter"),
        ("veinticinco no, veinte litros", "es", 20, "liter"),
        ("twenty-five litres", "en", 25, "liter"),
        ("two hundred and fifty litres", "en", 250, "liter"),
        ("5 x 10^5 rad", "en", 5e5, "rads"),
        ("1.1 × 10⁶ N·s", "en", 1.1e6, "newton * second"),
        ("10⁻⁶ Pa", "en", 1e-6, "pascal"),
        ("60 mpa", "en", 60, "megapascal"),
        ("3 million rad", "en", 3e6, "rads"),
        ("50 kg of ice in 24 hours", "en", 50, "kilogram / day"),
        ("производительность 50 кг льда за сутки", "ru", 50, "kilogram / day"),
        ("100 ± 0.5 mm", "en", 100, "millimeter"),
        ("диаметром 100±0,5 мм", "ru", 100, "millimeter"),
        ("±4 µm", "en", 4, "micrometer"),
        ("3/8 inch", "en", 0.375, "inch"),
        ("1 1/2 pulgadas", "es", 1.5, "inch"),
        ("½ дюйма", "ru", 0.5, "inch"),
        ("a valve of DN 25", "en", 25, "millimeter"),
        ("клапан Ду50", "ru", 50, "millimeter"),
        ("cooled to -250 °C", "en", -250, "degC"),
        ("минус 250 °C", "ru", -250, "degC"),
        ("quatre-vingt-quinze litres", "fr", 95, "liter"),
        ("مئتا لتر", "ar", 200, "liter"),
        ("五百升", "zh", 500, "liter"),
        ("每小时0.02度", "zh", 0.02, "degree / hour"),
        ("每秒拍摄30万幅", "zh", 300_000, "frame / second"),
        ("1.5 x 10^-3 mbar l/s", "en", 1.5e-3, "millibar * liter / second"),
        ("d'une précision de 4 µm", "fr", 4, "micrometer"),
    ],
)
def test_a_quantity_is_read_as_it_is_meant(text: str, language: str, value: float, unit: str) -> None:
    quantity = next(q for q in find_quantities(text, language) if q.units)
    assert (quantity.low, quantity.high) == (pytest.approx(value), pytest.approx(value))
    assert unit in quantity.units


@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [
        ("600 Hz to 2,000 Hz", "en", 600, 2000),
        ("600–2000 Hz", "en", 600, 2000),
        ("от 5 до 3000 Гц", "ru", 5, 3000),
        ("de 5 a 3.000 Hz", "es", 5, 3000),
        ("5至3000赫兹", "zh", 5, 3000),
        ("من 5 إلى 3000 هرتز", "ar", 5, 3000),
        ("entre 10 et 20 kHz", "fr", 10, 20),
        ("10 Hz à 2 kHz", "fr", 0.01, 2),
    ],
)
def test_two_ends_of_a_range_are_one_quantity(text: str, language: str, low: float, high: float) -> None:
    quantity = only(text, language)
    assert (quantity.low, quantity.high, quantity.bound) == (pytest.approx(low), pytest.approx(high), "range")


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("600 Hz or more", "en", "over"),
        ("600赫兹以上", "zh", "over"),
        ("не менее 600 Гц", "ru", "over"),
        ("más de 600 Hz", "es", "over"),
        ("better than 0.2 %", "en", "under"),
        ("0.004 mm or better", "en", "under"),
        ("meilleure que 0,15 %", "fr", "under"),
        ("не превышает 600 Гц", "ru", "under"),
        ("no supera los 600 Hz", "es", "under"),
        ("لا يتعدى 600 هرتز", "ar", "under"),
        ("不到600赫兹", "zh", "under"),
        ("up to 3 kHz", "en", "reach"),
        ("حتى 800 هرتز", "ar", "reach"),
        ("600 Hz", "en", "exactly"),
    ],
)
def test_words_around_a_number_make_a_bound_of_it(text: str, language: str, bound: str) -> None:
    assert only(text, language).bound == bound


@pytest.mark.parametrize("text", ["60 in stock", "$2 million", "grade 7075-T6 of 2026", "resolution 1540 (2004)"])
def test_a_number_without_a_unit_gets_none(text: str) -> None:
    assert not any(q.units for q in find_quantities(text, "en"))


@given(
    st.text(alphabet=st.sampled_from("0123456789.,  MPaГц赫兹هرتزто-–⁶x^°C%"), max_size=40),
    st.sampled_from(["en", "ru", "zh", "ar"]),
)
def test_quantities_lie_in_their_text_and_in_order(text: str, language: str) -> None:
    quantities = find_quantities(text, language)
    assert all(0 <= q.start < q.end <= len(text) for q in quantities)
    assert [q.start for q in quantities] == sorted(q.start for q in quantities)


def test_every_unit_of_the_catalogue_is_one_that_the_unit_library_knows_and_measures_alike() -> None:
    stated = read_yaml(shipped_file("units.yaml"))["units"]
    kinds: dict[str, set[object]] = {}
    for unit, entry in stated.items():
        for prefix in ("", *entry.get("prefixes", ())):
            kinds.setdefault(entry["measures"], set()).add(
                frozenset(registry().Unit(prefix + unit).dimensionality.items())
            )
    assert {kind: found for kind, found in kinds.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("value", "unit", "into", "expected"),
    [
        (2.4, "gigapascal", "MPa", 2400),
        (4, "inch", "mm", 101.6),
        (290, "kilopsi", "MPa", 1999.48),
        (1500, "degC", "K", 1773.15),
    ],
)
def test_units_are_converted_by_the_unit_library(value: float, unit: str, into: str, expected: float) -> None:
    assert convert(value, unit, into) == pytest.approx(expected, rel=1e-4)


def test_what_is_no_unit_is_said_in_one_sentence() -> None:
    with pytest.raises(ValueError, match="'furlongish' is no unit that pint knows"):
        measure("furlongish")
