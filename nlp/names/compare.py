"""Is this name that name? Parts are paired, and what pairs and what does not is weighed as official aliases teach."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Final

from nlp.names.evidence import evidence
from nlp.names.pairing import Link, pair
from nlp.names.parts import COMMON, INITIAL, NAME, NUMBER, WEIGHTS
from nlp.names.reasons import reason_of
from nlp.names.told import PERSONAL, Told, told
from nlp.names.vocabulary import BRANDS, FORMS, GENERIC, GIVEN, PARTICLES, PLACES, TITLES, WORDS

MATCH: Final = 0.4
# What very many parties have in common is no match, however alike it is.
COMMON_ALONE: Final = 0.3
COMMON_ODDS: Final = log(COMMON_ALONE / (1 - COMMON_ALONE))
# Names that may not match keep their order among themselves.
AMONG_COMMON: Final = 1e-4
SHARED: Final = frozenset({COMMON, GIVEN, INITIAL, TITLES, PARTICLES, FORMS})
# What tells one institution from another.
TELLING: Final = frozenset({NAME, COMMON, BRANDS, WORDS, PLACES, NUMBER})
# What one of two institutions has, and the other has not: `Melli` and `Saderat` of two banks.
OWN: Final = frozenset({*TELLING, GENERIC})
PROPER: Final = frozenset({*PERSONAL, BRANDS, NUMBER})
# So many common parts together are a name.
ENOUGH_PARTS: Final = 2
# So many common parts are a name also where one has more.
MANY_PARTS: Final = 3
# The same words are the same name, whatever they are; log odds.
SAME: Final = 7.0
# `Abd al-Rahman` is two words, though it is one name.
SERVANT: Final = "abd"
LONGEST_PLAIN: Final = len("abdullah")
PERSONS: Final = frozenset({"person", "individual"})
# A name longer than this is text; its beginning is compared.
MAX_CHARACTERS: Final = 400


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are, 0 to 1, whether they match, and why."""

    score: float
    match: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """Two names with the links between them, and the log odds that they name one party."""

    one: Told
    other: Told
    links: tuple[Link, ...]
    odds: float


@cache
def weights() -> dict[str, float]:
    """Return evidence to weight; `bias` is the odds without any."""
    text = files("nlp.names").joinpath("weights.json").read_text("utf-8")
    return {str(name): float(weight) for name, weight in json.loads(text).items()}


def compare(a: str, b: str, *, type: str | None = None) -> Comparison:
    """Compare the names *a* and *b* of a *type*; of entries that state several names, the two that are most alike."""
    found = weigh(a, b, personal=(type or "").lower() in PERSONS)
    return judge(found) if found else Comparison(0.0, False, "a name without letters matches nothing")


def judge(found: Weighed, more: float = 0.0, because: str = "") -> Comparison:
    """Return the verdict on two weighed names; *more* are the log odds of other facts, *because* says which."""
    score = round(1 / (1 + exp(-found.odds - more)), 4)
    reason = "; ".join(filter(None, (reason_of(found.one.parts, found.other.parts, found.links), because)))
    if _only_common(found) and more <= 0:
        return Comparison(min(score, COMMON_ALONE), False, f"{reason}; a common name alone does not match")
    if _only_general(found) and more <= 0:
        return Comparison(min(score, COMMON_ALONE), False, f"{reason}; only general words are shared")
    return Comparison(score, score >= MATCH, reason)


def weigh(a: str, b: str, *, personal: bool = False) -> Weighed | None:
    """Return the best comparison of the variants of two names, or None where one has no letters."""
    ones, others = (told(name[:MAX_CHARACTERS], personal=personal) for name in (a, b))
    pairs = ((one, other) for one in ones for other in others)
    return max((_weigh(one, other) for one, other in pairs), key=ranked_odds, default=None)


def ranked_odds(found: Weighed) -> float:
    """Return the log odds by which a comparison is ranked: what may not match ranks below what may."""
    capped = _only_common(found) or _only_general(found)
    return min(found.odds, COMMON_ODDS + AMONG_COMMON * found.odds) if capped else found.odds


def _weigh(one: Told, other: Told) -> Weighed:
    links = pair(one, other)
    known = weights()
    odds = known["bias"] + sum(known[name] * value for name, value in evidence(one, other, links).items())
    return Weighed(one, other, tuple(links), max(odds, SAME) if _same(one, other) else odds)


def _same(one: Told, other: Told) -> bool:
    """Say whether two names have the same words."""
    return sorted(p.written for p in one.parts) == sorted(p.written for p in other.parts)


def _only_common(found: Weighed) -> bool:
    """Say whether all that the names share is common, and too little of it: one part, or some while others differ."""
    shared = [p for link in found.links for p in found.one.parts[link.start : link.end]]
    if not all(part.kind in SHARED for part in shared):
        return False
    telling = [part for part in shared if part.kind in {COMMON, GIVEN}]
    others = max(sum(part.kind in PERSONAL for part in name.parts) for name in (found.one, found.other))
    size = len(telling) + sum(part.latin.startswith(SERVANT) and len(part.latin) > LONGEST_PLAIN for part in telling)
    return size < ENOUGH_PARTS or (len(telling) < others and size < MANY_PARTS)


def _only_general(found: Weighed) -> bool:
    """Say whether two institutions share general words only, while each has a word of its own."""
    met = {place for link in found.links for place in range(link.start, link.end)}
    other_met = {place for link in found.links for place in range(link.other_start, link.other_end)}
    shared = [found.one.parts[place] for place in met]
    telling = sum(part.kind in TELLING and part.weight > WEIGHTS[GENERIC] for part in shared)
    if any(part.kind in PROPER for part in shared) or telling > 1:
        return False
    sides = ((found.one.parts, met), (found.other.parts, other_met))
    return all(any(p.kind in OWN for i, p in enumerate(parts) if i not in places) for parts, places in sides)
