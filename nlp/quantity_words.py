"""The words around a number that make a bound, a range or a rate of it, as patterns.

What stands before a number is matched backwards, from the number on, so that a pattern is tried at one place only.
"""

import re
from functools import cache
from typing import Literal

from nlp.units import unit_forms

Bound = Literal["exactly", "over", "under", "reach", "range"]
# What may stand between an amount and its time: "of ice".
OF = r"(?:\s?(?:of|de|d'|من)?\s?[^\W\d_]{2,12})?[\s,]*"


@cache
def bounds() -> tuple[tuple[Bound, re.Pattern[str], re.Pattern[str]], ...]:
    """Return the kinds of bound, each with what stands before a number, backwards, and behind it."""
    stated = unit_forms().words_of_number["bounds"]
    return tuple((kind, _before(words["before"]), _after(words["after"])) for kind, words in stated.items())


@cache
def range_marks() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return what joins the ends of a range, and what announces one, backwards."""
    stated = unit_forms().words_of_number
    return frozenset(stated["ranges"]), re.compile(rf"\s*(?:{_backwards(stated['between'])})", re.IGNORECASE)


@cache
def rates() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Return the units of time, each with what makes a rate before an amount, backwards, and behind it."""
    stated = unit_forms().words_of_number["rates"]
    return tuple(
        (
            time,
            re.compile(rf"\w{{0,8}}(?:{_backwards(words['before'])})"),
            re.compile(rf"{OF}(?:{_either(words['after'])})"),
        )
        for time, words in stated.items()
    )


def _before(words: list[str]) -> re.Pattern[str]:
    """Return the pattern of what stands right before a number, for text that is read from its end."""
    between = "|".join(
        word[::-1] for word in ("the", "un", "une", "el", "la", "los", "las", "les", "de", "of", "d'", "about", "около")
    )
    return re.compile(rf"[\s:]*(?:(?:{between})\s)?(?:{_backwards(words)})", re.IGNORECASE)


def _backwards(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    edge = r"(?!\w)"
    return "|".join(re.escape(w[::-1]) + (edge if w[0].isalpha() and w.isascii() else "") for w in longest_first)


def _after(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"[\s,(]*(?:{_either(words)})", re.IGNORECASE)


def _either(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(
        rf"(?<!\w){re.escape(w)}" if w[0].isalpha() and w.isascii() else re.escape(w) for w in longest_first
    )
