"""Reasons: which parts of two names stand for each other, and by which rules, in words for a person."""

from collections.abc import Sequence
from typing import Final

from nlp.names.pairing import Link
from nlp.names.parts import NUMBER, Part
from nlp.names.vocabulary import FORMS, PARTICLES, TITLES

UNTOLD: Final = frozenset({FORMS, PARTICLES, TITLES})
MAX_PAIRS: Final = 6
MISSPELT: Final = 0.93


def reason_of(one: tuple[Part, ...], other: tuple[Part, ...], links: Sequence[Link]) -> str:
    """Return why two names are alike: the pairs of parts, and the rules that the pairs need."""
    if not links:
        return "no part is alike"
    if [part.written for part in one] == [part.written for part in other]:
        return "the same words in the same order"
    told = [link for link in links if not all(part.kind in UNTOLD for part in one[link.start : link.end])] or links
    pairs = [
        f"{_words(one, link.start, link.end)} = {_words(other, link.other_start, link.other_end)}" for link in told
    ]
    said = ", ".join(pairs[:MAX_PAIRS]) + (" …" if len(pairs) > MAX_PAIRS else "")
    rules = list(_rules(one, other, links))
    return f"{said} ({', '.join(rules)})" if rules else said


def _words(parts: tuple[Part, ...], start: int, end: int) -> str:
    return " ".join(part.written for part in parts[start:end])


def _rules(one: tuple[Part, ...], other: tuple[Part, ...], links: Sequence[Link]) -> list[str]:
    single = [
        (one[k.start], other[k.other_start], k) for k in links if k.end - k.start == k.other_end - k.other_start == 1
    ]
    joined = [k for k in links if (k.end - k.start, k.other_end - k.other_start) != (1, 1)]
    places = [k.other_start for k in sorted(links, key=lambda k: k.start)]
    unmet = (
        _unmet(one, [range(k.start, k.end) for k in links]),
        _unmet(other, [range(k.other_start, k.other_end) for k in links]),
    )
    tests = (
        (
            any(p.script != q.script for p, q, _ in single) or any(_crossed(one, other, k) for k in joined),
            "across scripts",
        ),
        (
            any(p.meanings & q.meanings and p.written != q.written and p.kind != NUMBER for p, q, _ in single),
            "translated",
        ),
        (
            any(p.script == q.script and k.likeness < MISSPELT and not p.meanings for p, q, k in single),
            "spelt otherwise",
        ),
        (any(k.short for k in joined), "first letters"),
        (any(not k.short for k in joined), "written as one"),
        (places != sorted(places), "in another order"),
        (bool(unmet[0]) != bool(unmet[1]), f"without {', '.join(unmet[0] or unmet[1])}"),
        (bool(unmet[0] and unmet[1]), f"{' '.join(unmet[0])} differs from {' '.join(unmet[1])}"),
    )
    return [rule for holds, rule in tests if holds]


def _crossed(one: tuple[Part, ...], other: tuple[Part, ...], link: Link) -> bool:
    return one[link.start].script != other[link.other_start].script


def _unmet(parts: tuple[Part, ...], met: list[range]) -> list[str]:
    places = {place for run in met for place in run}
    return [part.written for place, part in enumerate(parts) if place not in places and part.kind not in UNTOLD]
