"""East Slavic names: Russian, Ukrainian and Belarusian ways to write one name, in Cyrillic or romanised, as one key."""

import re
from functools import lru_cache
from typing import Final

from nlp.names.parts import keyed

# What Belarusian and Ukrainian letters, romanised, are in Russian; in this order.
TO_RUSSIAN: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"dz(?=[eiyj]|$)", "d"),
        (r"ts(?=[eiyj]|$)", "t"),
        (r"(?<=\w)[ao]u(?=$|a$|s)", "ov"),
        (r"(?<=\w)e?[eyi]?[eo]u(?=$|a$|s)", "ev"),
        (r"(?<=\w)[aeo]u(?=[bcdfgklmnprstz])", "av"),
        (r"(?<=[^aeiouy])[iy]?o(?=[vu]$)", "e"),
        (r"tch|cz", "ch"),
        (r"kh|ch(?=r)", "h"),
        (r"[gh]+", "g"),
        (r"(?<=[^aeiouy])[iyj](?=[aeou])", ""),
        (r"j", "y"),
        (r"w", "v"),
        (r"(?:ii|iy|yi|yy|ij|yj|iji|y|i)$", "i"),
    )
)
SHORTEST: Final = 4


@lru_cache(60_000)
def in_russian(latin: str) -> str:
    """Return a romanised word as the same name in Russian is spelt, in few letters; `o` and `a` are one."""
    for pattern, new in TO_RUSSIAN:
        latin = pattern.sub(new, latin)
    return keyed(latin.replace("o", "a"))


def one_name(latin: str, other: str) -> bool:
    """Say whether two romanised words are one name in two of the languages."""
    return min(len(latin), len(other)) >= SHORTEST and in_russian(latin) == in_russian(other)
