"""How a word is spelled: its shape, its beginning and end, its stem."""

import re
from functools import cache
from typing import Any

SHAPES = (
    (re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ]+"), "X"),
    (re.compile(r"[^\W\dX_]+"), "x"),
    (re.compile(r"\d+"), "d"),
)
AFFIXES = (2, 3, 4)


def shape(word: str) -> str:
    """Return *word* with a run of capitals as X, of other letters as x, of digits as d."""
    for pattern, sign in SHAPES:
        word = pattern.sub(sign, word)
    return word


def affixes(lower: str) -> dict[str, str]:
    """Return the first and the last letters of a word."""
    return {f"prefix{n}": lower[:n] for n in AFFIXES} | {f"suffix{n}": lower[-n:] for n in AFFIXES}


@cache
def stemmer(language: str) -> Any:
    """Return the stemmer of a language, by its English name."""
    import Stemmer

    return Stemmer.Stemmer(language)
