"""Skeletons: the consonants of a word in few classes, which survive other spellings, other scripts and wrong vowels.

`a` stands for a beginning without a consonant. Classes are `b p`, `f v`, `t d`, `k g q`, sibilants, `l`, `r`, `m`, `n`.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from math import exp, log
from typing import Final

from nlp.names.parts import Part
from nlp.names.readings import SOUNDED, units
from nlp.names.scripts import CYRILLIC, HAN
from nlp.names.sounds import characters, table

OPEN: Final = re.compile(r"^[aeiouyhw]")
DIGRAPHS: Final = (
    ("ngh", "nh"),
    ("tsch", "s"), ("sch", "s"), ("tch", "s"), ("shch", "s"), ("dzh", "s"), ("sh", "s"), ("ch", "s"), ("zh", "s"),
    ("ts", "s"), ("tz", "s"), ("cz", "s"), ("dj", "s"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "t"),
    ("ck", "k"), ("dge", "s"), ("dgi", "s"), ("tech", "tk"), ("ng", "n"), ("x", "ks"),
    ("ce", "s"), ("ci", "s"), ("cy", "s"),
)  # fmt: skip
CLASSES: Final = str.maketrans("bpfvtdkgqcszjlrmn", "bbffttkkkkssslrmn")
DROPPED: Final = re.compile(r"[^bftkslrmn]")
DOUBLED: Final = re.compile(r"(.)\1+")
# Letters that are read in two ways: `Christos`, `Charles`; `Jan`, `John`; `Wilhelm`, `Walid`; `Xu`, `Alexei`.
AMBIGUOUS: Final = (
    ("ch", "kh"), ("j", "y"), ("w", "v"), ("x", "s"), ("c", "s"), ("ts", "t"), ("gh", ""), ("kh", ""), ("ng", "nk"),
)  # fmt: skip
MAX_READINGS: Final = 6
# What a unit stands for is kept down to this share of its likeliest reading.
LEAST_SHARE: Final = 0.12
LETTERS: Final = "bftkslrmn"
# A skeleton of fewer letters has too many neighbours.
MIN_MISTAKEN: Final = 3


@lru_cache(60_000)
def skeleton(latin: str) -> str:
    """Return the skeleton of a word in Latin letters."""
    if latin.isdecimal():
        return latin
    word = "s" + latin[1:] if latin[:1] == "x" else latin
    for old, new in DIGRAPHS:
        if old in word:
            word = word.replace(old, new)
    bones = DOUBLED.sub(r"\1", DROPPED.sub("", word.translate(CLASSES)))
    return ("a" if OPEN.match(latin) else "") + bones or latin[:1]


@cache
def unit_bones(script: str) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return for each unit of *script* the consonants that it may stand for, with their costs."""
    chunks_of = table(script)[0]
    if script == HAN:  # the `x` of Pinyin is a sibilant
        chunks_of = {u: {c.replace("x", "sh"): cost for c, cost in chunks.items()} for u, chunks in chunks_of.items()}
    return {unit: _bones(chunks) for unit, chunks in chunks_of.items()}


def _bones(chunks: dict[str, float]) -> tuple[tuple[str, float], ...]:
    chances: dict[str, float] = {}
    for chunk, cost in chunks.items():
        bones = skeleton(chunk).removeprefix("a") if DROPPED.sub("", chunk.translate(CLASSES)) else ""
        chances[bones] = chances.get(bones, 0.0) + exp(-cost)
    limit = LEAST_SHARE * max(chances.values())
    return tuple((bones, -log(chance)) for bones, chance in chances.items() if chance >= limit)


@lru_cache(60_000)
def readings(word: str, script: str, latin: str) -> tuple[str, ...]:
    """Return the skeletons that a word may have, the likeliest first."""
    if script not in SOUNDED:
        spelt = (latin, *(latin.replace(old, new) for old, new in AMBIGUOUS if old in latin))
        return tuple(dict.fromkeys(skeleton(s) for s in spelt if s))[:MAX_READINGS]
    known = unit_bones(script)
    if script == CYRILLIC:
        word = word.replace("дж", "ж")
    steps = [known.get(unit, (("", 0.0),)) for unit in units(word)]
    if script == HAN and len(steps) == len(word):
        steps = [(*step, *_other_bones(letter)) for letter, step in zip(word, steps, strict=True)]
    beam: dict[str, float] = {"": 0.0}
    for step in steps:
        # A letter that stands for no consonant changes nothing once a skeleton has begun.
        if len(step) > 1 or step[0][0] or "" in beam:
            beam = _grown(beam, step)
    return tuple(bones or "a" for bones in beam)


@cache
def _other_bones(letter: str) -> tuple[tuple[str, float], ...]:
    return _bones(characters()[letter]) if letter in characters() else ()


def _grown(beam: dict[str, float], step: tuple[tuple[str, float], ...]) -> dict[str, float]:
    """Return the likeliest skeletons after one unit more, the likeliest first."""
    longer: dict[str, float] = {}
    for bones, cost in beam.items():
        for more, extra in step:
            added = more or ("" if bones else "a")
            whole = bones + (added[1:] if bones[-1:] == added[:1] else added)
            if cost + extra < longer.get(whole, 1e9):
                longer[whole] = cost + extra
    return dict(sorted(longer.items(), key=lambda entry: entry[1])[:MAX_READINGS])


def readings_of(part: Part) -> tuple[str, ...]:
    """Return the skeletons of a part of a name."""
    return readings(part.written, part.script, part.latin)


@lru_cache(20_000)
def mistaken(bones: str) -> tuple[str, ...]:
    """Return the skeletons that one wrong, missing or added consonant makes of *bones*; none where it is short."""
    return tuple(dict.fromkeys(_mistaken(bones))) if len(bones) >= MIN_MISTAKEN else ()


def _mistaken(bones: str) -> Iterator[str]:
    for place in range(len(bones) + 1):
        yield from (bones[:place] + letter + bones[place:] for letter in LETTERS)
    for place in range(len(bones)):
        yield bones[:place] + bones[place + 1 :]
        yield from (bones[:place] + letter + bones[place + 1 :] for letter in LETTERS if letter != bones[place])


def joined(parts: tuple[Part, ...], readings: int = MAX_READINGS) -> tuple[str, ...]:
    """Return the skeletons of a name written as one: in its order, and with the last part first."""
    if len(parts) == 1:
        return readings_of(parts[0])[:readings]
    orders = (parts, parts[-1:] + parts[:-1])
    return tuple(dict.fromkeys(_run_together([readings_of(part)[0] for part in order]) for order in orders))


def _run_together(bones: list[str]) -> str:
    return DOUBLED.sub(r"\1", bones[0] + "".join(b.removeprefix("a") for b in bones[1:]))


def filed_readings(part: Part) -> tuple[str, ...]:
    """Return the skeletons under which a part is filed: one in Latin letters, where only `x` is read in two ways."""
    found = readings_of(part)
    if part.script in SOUNDED:
        return found[:2]
    return tuple(dict.fromkeys((found[0], skeleton(part.latin.replace("x", "s"))))) if "x" in part.latin else found[:1]
