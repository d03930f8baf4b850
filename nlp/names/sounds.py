"""Sounds: how well a Latin word spells what a word of another script sounds like, by the tables that training wrote."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from typing import Final

from nlp.names.readings import SOUNDED, spelling, units
from nlp.names.scripts import HAN, script_of

# What a unit costs that a table does not have, and each Latin letter that it would stand for.
UNKNOWN_UNIT: Final = 6.0
UNKNOWN_LETTER: Final = 1.3
# What a Latin letter costs that no unit stands for: it was added by mistake, or the other spelling lacks it.
ADDED_LETTER: Final = 6.0
# A misfit of this many nats a letter is no likeness; it is not looked into further.
WORST_MISFIT: Final = 1.7
# At this misfit, true and false pairs are as likely as each other; measured on pairs that were held out.
EVEN_MISFIT: Final = 1.35
SPREAD: Final = 0.35
# What it costs that a Chinese character is read in another language than Mandarin.
OTHER_READING: Final = 1.2
OTHER_VOWEL: Final = 1.8
VOWELS: Final = "aeiou"
VOWEL_RUN: Final = re.compile(r"[aeiou]+")
IMPOSSIBLE: Final = 1e9
RENDERINGS: Final = 6
BEAM: Final = 24

Costs = dict[str, dict[str, float]]


@cache
def table(script: str) -> tuple[Costs, int]:
    """Return the table of *script*, and how many letters its longest entry has."""
    costs: Costs = {}
    text = files("nlp.names").joinpath(f"sounds/{script}.tsv").read_text("utf-8")
    for line in text.splitlines():
        unit, chunk, cost = line.split("\t")
        costs.setdefault(unit, {})[chunk] = float(cost)
    if script == HAN:
        costs = {unit: _with_other_vowels(chunks) for unit, chunks in costs.items()}
    return costs, max(len(chunk) for chunks in costs.values() for chunk in chunks)


def _with_other_vowels(chunks: dict[str, float]) -> dict[str, float]:
    """Return the costs of a syllable of Chinese with those of other vowels: it has few syllables for many sounds."""
    others: dict[str, float] = {}
    for chunk, cost in chunks.items():
        for vowel in VOWELS if len(VOWEL_RUN.findall(chunk)) == 1 else ():
            other = VOWEL_RUN.sub(vowel, chunk)
            others[other] = min(others.get(other, IMPOSSIBLE), cost + OTHER_VOWEL)
    return {**others, **chunks}


@cache
def characters() -> Costs:
    """Return what Chinese characters are read as in other languages than Mandarin."""
    text = files("nlp.names").joinpath("sounds/characters.txt").read_text("utf-8")
    costs: Costs = {}
    for letter, *spelt in (line.split() for line in text.splitlines() if line and line[0] != "#"):
        costs.setdefault(letter, {}).update(dict.fromkeys((spelling(s, HAN) for s in spelt), OTHER_READING))
    return costs


@lru_cache(60_000)
def _prepared(word: str) -> tuple[tuple[dict[str, float], ...], tuple[float, ...], int]:
    """Return the costs of each unit of *word*, the least cost of what follows each, and the longest entry."""
    script = script_of(word)
    costs, longest = table(script)
    steps = tuple(costs.get(unit, {}) for unit in units(word))
    if script == HAN and len(steps) == len(word):
        steps = tuple({**characters().get(letter, {}), **step} for letter, step in zip(word, steps, strict=True))
    least = [0.0]
    for step in reversed(steps):
        least.append(least[-1] + min(step.values(), default=UNKNOWN_UNIT))
    return steps, tuple(reversed(least)), longest


@lru_cache(100_000)
def misfit(word: str, latin: str) -> float:
    """Return how many nats a letter less likely *latin* spells *word* than its likeliest spelling does.

    What is worse than `WORST_MISFIT` is that.
    """
    steps, least, longest = _prepared(word)
    spelt = spelling(latin, script_of(word))
    size = max(len(spelt), len(steps), 3)
    limit = least[0] + WORST_MISFIT * size
    row = {0: 0.0}
    for step, rest in zip(steps, least[1:], strict=True):
        row = _next_row(row, step, spelt, longest, limit - rest)
        if not row:
            return WORST_MISFIT
    return min(WORST_MISFIT, (row.get(len(spelt), limit) - least[0]) / size)


def _next_row(
    row: dict[int, float], step: dict[str, float], spelt: str, longest: int, limit: float
) -> dict[int, float]:
    """Return the least cost of having spelt each number of letters after one unit more, where it is below *limit*."""
    following: dict[int, float] = {}
    letters = len(spelt)
    for start, cost in row.items():
        for end in range(start, min(letters, start + longest) + 1):
            more = step.get(spelt[start:end])
            if more is None:
                if end > start + 1:
                    continue
                more = UNKNOWN_UNIT + UNKNOWN_LETTER * (end - start)
            if cost + more < following.get(end, limit):
                following[end] = cost + more
    for end in range(letters):
        if following.get(end, limit) + ADDED_LETTER < following.get(end + 1, limit):
            following[end + 1] = following[end] + ADDED_LETTER
    return following


def sounds_alike(word: str, latin: str) -> float:
    """Return 0 to 1: how well *latin* spells *word*, which is of a script that has a table of sounds."""
    return 1 / (1 + exp((misfit(word, latin) - EVEN_MISFIT) / SPREAD))


@lru_cache(60_000)
def renderings(word: str) -> tuple[str, ...]:
    """Return the likeliest Latin spellings of *word*, the likeliest first; none where its script has no table."""
    if script_of(word) not in SOUNDED:
        return ()
    steps = _prepared(word)[0]
    beam: dict[str, float] = {"": 0.0}
    for step in steps:
        beam = dict(sorted(_grown(beam, step), key=lambda entry: entry[1])[:BEAM])
    return tuple(spelt for spelt in beam if spelt)[:RENDERINGS]


def _grown(beam: dict[str, float], step: dict[str, float]) -> Iterator[tuple[str, float]]:
    best: dict[str, float] = {}
    for spelt, cost in beam.items():
        for chunk, more in step.items() or (("", UNKNOWN_UNIT),):
            longer = spelt + chunk
            if cost + more < best.get(longer, IMPOSSIBLE):
                best[longer] = cost + more
    yield from best.items()
