"""Numbers as texts write them: separators by language, exponents, and numbers in words."""

import re
from functools import cache

from nlp.catalogue import read_yaml, shipped_file
from nlp.folding import folded

# These languages write 1.950,5 for what others write 1,950.5.
COMMA_CODES = "bg cs da de el es fi fr hr hu id it lt lv nb nl no pl pt ro ru sk sl sr sv tr uk vi"
COMMA_LANGUAGES = frozenset(COMMA_CODES.split())
GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
HAN_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "兩": 2, **{c: n for n, c in enumerate("三四五六七八九", 3)}}
HAN_POWERS = {"十": 10, "百": 100, "千": 1000}
HAN_GROUPS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
HAN_NUMBER = re.compile("[零〇一二两兩三四五六七八九十百千万萬亿]+")
SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
SPACES = re.compile(r"[ \u00a0\u202f\u2009'’]")


def parse_number(written: str, language: str | None) -> float:
    """Return the value of digits with separators, by the custom of *language*."""
    digits = SPACES.sub("", written)
    if "," in digits and "." in digits:
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
    elif digits.count(",") + digits.count(".") > 1:
        decimal = ""
    else:
        decimal = _decimal(digits, language)
    thousands = {",": ".", ".": ",", "": ".,"}[decimal]
    for separator in thousands:
        digits = digits.replace(separator, "")
    return float(digits.replace(",", "."))


def _decimal(digits: str, language: str | None) -> str:
    """Return which separator of *digits*, of which there is one kind at most, parts the decimals."""
    separator = "," if "," in digits else "."
    if not GROUPED.fullmatch(digits) or digits.startswith("0"):
        return separator
    grouping = "." if language in COMMA_LANGUAGES else ","
    return "" if separator == grouping else separator


def parse_exponent(written: str) -> int:
    """Return the exponent that digits or superscript digits write."""
    return int(written.translate(SUPERSCRIPT_DIGITS).replace("−", "-"))


@cache
def numerals(language: str | None) -> dict[str, int]:
    """Return the folded number words of *language*; of English where it has none."""
    stated = read_yaml(shipped_file("numerals.yaml"))
    return {folded(word): value for word, value in stated.get(language, stated["en"]).items()}


def follows(before: int, value: int) -> bool:
    """Return whether *value* goes on with the number of *before*: twenty-five, two hundred; not one, five."""
    if value in (100, 1000):
        return before < value
    # French counts in scores: quatre-vingts, soixante-dix, quatre-vingt-quinze.
    if (before, value) == (4, 20) or (before in (20, 60) and 10 <= value < 20):
        return True
    return before >= 100 > value or (before >= 20 and before % 10 == 0 and value < 10) or before == 1000 > value


def add_up(values: list[int]) -> int:
    """Return what number words say together: two hundred and fifty, خمسة وعشرون, mil doscientos."""
    total, current = 0, 0
    for value in values:
        if value == 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100 and 0 < current < 10:
            current *= value
        elif value == 20 and current % 10 == 4:
            current += 76
        else:
            current += value
    return total + current


def parse_han(written: str) -> int:
    """Return the value of Chinese numerals: 三百二十 is 320, 两万五千 is 25,000, 二〇二五 is 2025."""
    if not any(character in HAN_POWERS or character in HAN_GROUPS for character in written):
        return int("".join(str(HAN_DIGITS[character]) for character in written))
    total, section, digit = 0, 0, 0
    for character in written:
        if character in HAN_GROUPS:
            total, section, digit = total + max(section + digit, 1) * HAN_GROUPS[character], 0, 0
        elif character in HAN_POWERS:
            section, digit = section + max(digit, 1) * HAN_POWERS[character], 0
        else:
            digit = HAN_DIGITS[character]
    return total + section + digit
