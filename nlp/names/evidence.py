"""Evidence: what the links between two names say for and against one party, as numbers that `weights.json` weighs."""

from dataclasses import dataclass, field
from math import log1p
from typing import Final

from nlp.names.pairing import Link
from nlp.names.parts import COMMON, INITIAL, NAME, NUMBER, Part
from nlp.names.scripts import LATIN
from nlp.names.told import Told
from nlp.names.vocabulary import BRANDS, FORMS, GENERIC, GIVEN, PARTICLES, PLACES, TITLES, WORDS

GROUPS: Final = {
    NAME: "name",
    BRANDS: "name",
    COMMON: "common",
    GIVEN: "common",
    WORDS: "words",
    PLACES: "words",
    GENERIC: "generic",
    NUMBER: "number",
    INITIAL: "small",
    TITLES: "small",
    PARTICLES: "small",
    FORMS: "small",
}
KINDS: Final = ("name", "common", "words", "generic", "number", "small")
# Of these, what only one name has, or what differs, counts beside what differs in all.
DIFFERING: Final = ("common", "words", "generic", "number")
INSTITUTIONAL: Final = ("words", "generic")
LONGEST_SYLLABLE: Final = 6
MAX_SYLLABLES: Final = 4
# A syllable that is met this badly is another one.
TOLERATED: Final = 0.2
# A likeness of this much or less says nothing.
CHANCE: Final = 0.5


@dataclass
class Side:
    """Of one name, by group of parts: the weight that is met in the other name, and that is not."""

    met: dict[str, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 0.0))
    unmet: dict[str, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 0.0))

    @property
    def lacking(self) -> float:
        """The weight of what is not met."""
        return sum(self.unmet.values())

    @property
    def whole(self) -> float:
        """The weight of all parts."""
        return sum(self.met.values()) + self.lacking


def side(parts: tuple[Part, ...], likeness: dict[int, float]) -> Side:
    """Return the weights of *parts*, where *likeness* has how well a part is met, by its place."""
    found = Side()
    for place, part in enumerate(parts):
        share = max(0.0, (likeness.get(place, 0.0) - CHANCE) / (1 - CHANCE))
        group = GROUPS[part.kind]
        found.met[group] += part.weight * share
        found.unmet[group] += part.weight * (1 - share)
    return found


def evidence(one: Told, other: Told, links: list[Link]) -> dict[str, float]:
    """Return the evidence of two names that *links* join, by its name in `weights.json`."""
    first = side(one.parts, {i: link.likeness for link in links for i in range(link.start, link.end)})
    second = side(other.parts, {j: link.likeness for link in links for j in range(link.other_start, link.other_end)})
    met = {kind: (first.met[kind] + second.met[kind]) / 2 for kind in KINDS}
    total = sum(met.values())
    shorter, longer = (total / max(whole, 1e-6) for whole in sorted((first.whole, second.whole)))
    conflict = min(first.lacking, second.lacking)
    institution = any(s.met[group] + s.unmet[group] > 0 for s in (first, second) for group in INSTITUTIONAL)
    return {
        **{f"met {kind}": met[kind] for kind in KINDS if kind not in {"name", "common"}},
        **_differences(first, second),
        "of shorter": shorter**2,
        "of longer": longer**2,
        "conflict": conflict,
        "met rare": log1p(met["name"]),
        "institution": float(institution),
        "institution of shorter": institution * shorter,
        "single": float(len(links) < 2),
        "short": sum(link.likeness for link in links if link.short),
        "names told": _told(first, second),
        "across": float(_latin(one) != _latin(other)),
        "conflict syllables": float(_syllabic(one) and _syllabic(other) and conflict > TOLERATED),
        "conflict of institutions": conflict if met["name"] + met["common"] < TOLERATED else 0.0,
    }


def _latin(name: Told) -> bool:
    """Say whether all of a name is in Latin letters."""
    return all(part.script == LATIN for part in name.parts)


def _told(first: Side, second: Side) -> float:
    """Return how much of the proper names of either is met, the worse of the two; 0 where one has none."""
    shares = (s.met["name"] / max(s.met["name"] + s.unmet["name"], 1e-6) for s in (first, second))
    return min(shares)


def _syllabic(name: Told) -> bool:
    """Say whether *name* is made of syllables, as Chinese and Korean ones are: there each syllable tells."""
    return 1 < len(name.parts) <= MAX_SYLLABLES and all(len(part.latin) <= LONGEST_SYLLABLE for part in name.parts)


def _differences(first: Side, second: Side) -> dict[str, float]:
    found = {}
    for kind in DIFFERING:
        low, high = sorted((first.unmet[kind], second.unmet[kind]))
        found[f"conflict {kind}"], found[f"missing {kind}"] = low, high - low
    return found
