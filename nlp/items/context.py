"""Which sense of a name its neighbourhood speaks for: cues weighed by how near they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from nlp.items.lexicon import Cue, Lexicon, Name
from nlp.phrases import Found
from nlp.words import IS_HAN, Words

# A cue counts in full beside the name and nothing this many words away; Chinese has about two characters a word.
REACH = 60
HAN_PER_WORD = 2
# A weak name needs this much support beyond what speaks against it: one cue in the middle distance.
ENOUGH = 0.4
# A strong name falls when an everyday word of its own speaks against it this near, in words.
NEAR = 12
TRADE = "trade"
# The trade in controlled goods supports every area, less than the area's own words do.
TRADE_WEIGHT = 0.5
OWN_WEIGHT = 1.2


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a name is meant as the item, how sure that is, and the words that decided."""

    meant: bool
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A cue and the word where it stands."""

    cue: Cue
    first: int
    last: int


def judge(words: Words, found: Found[Name | Cue], name: Name, cues: Iterable[Placed], lexicon: Lexicon) -> Verdict:
    """Return whether *name* at *found* is meant as its item."""
    item = lexicon.items[name.item]
    support, against = 0.0, 0.0
    heard: dict[bool, list[tuple[float, str]]] = {True: [], False: []}
    for placed in cues:
        weight = _weight(placed, name, item.area, words, found)
        if weight:
            heard[placed.cue.supports].append((weight, placed.cue.word))
    support = sum(weight for weight, _ in _each_once(heard[True]))
    against = sum(weight for weight, _ in _each_once(heard[False]))
    if name.strength == "weak":
        return _weak_verdict(support, against, heard)
    if against > 1.0 and against > support:
        return Verdict(False, 0.2, f"everyday sense: {_listed(heard[False])}")
    return Verdict(True, 1.0, "")


def _weak_verdict(support: float, against: float, heard: dict[bool, list[tuple[float, str]]]) -> Verdict:
    balance = support - against
    if balance >= ENOUGH:
        return Verdict(True, min(0.9, 0.5 + balance / 4), f"supported by {_listed(heard[True])}")
    if against > 0:
        return Verdict(False, 0.1, f"everyday sense: {_listed(heard[False])}")
    return Verdict(False, 0.2, "an everyday word that nothing near supports")


def _weight(placed: Placed, name: Name, area: str, words: Words, found: Found[Name | Cue]) -> float:
    cue = placed.cue
    own = cue.item == name.item
    if cue.item is not None and not own:
        return 0.0
    if placed.first <= found.last and placed.last >= found.first:
        return 0.0
    distance = _distance(placed, found, words)
    if name.strength != "weak" and not cue.supports:
        return 1.1 if own and distance <= NEAR else 0.0
    fade = max(0.0, 1 - distance / REACH)
    if own:
        return OWN_WEIGHT * fade
    if not cue.supports:
        return fade
    return fade if cue.sense == area else TRADE_WEIGHT * fade if cue.sense == TRADE else 0.0


def _distance(placed: Placed, found: Found[Name | Cue], words: Words) -> float:
    gap = max(placed.first - found.last, found.first - placed.last)
    return gap / HAN_PER_WORD if IS_HAN.match(words.texts[placed.first]) else gap


def _each_once(heard: list[tuple[float, str]]) -> Iterable[tuple[float, str]]:
    best: dict[str, float] = {}
    for weight, word in heard:
        best[word] = max(weight, best.get(word, 0.0))
    return ((weight, word) for word, weight in best.items())


def _listed(heard: list[tuple[float, str]]) -> str:
    ranked = sorted(_each_once(heard), reverse=True)
    return ", ".join(f"'{word}'" for _, word in ranked[:3])
