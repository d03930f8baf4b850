"""Which sense of a name its neighbourhood speaks for: cues weighed by how near they stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from nlp.chinese import cut_word
from nlp.items.candidate import Candidate, Evidence, Measured, Verdict
from nlp.items.lexicon import Cue
from nlp.items.proper import is_part_of_name, is_proper
from nlp.items.surroundings import MAX_CUES, Surroundings
from nlp.words import IS_HAN

# A cue counts in full beside the name and nothing this many words away.
SUPPORT_REACH = 60
EVERYDAY_REACH = 40
# Weights of cues. An everyday word in the same noun phrase decides: "laundry centrifuge".
OWN, AREA, TRADE, EVERYDAY, AGAINST = 1.2, 1.0, 0.35, 1.0, 1.2
BESIDE, BESIDE_WEIGHT = 1.0, 2.5
# What names that certainly mean their item lend: of the same item, of the same area, of any.
SAME_ITEM, SAME_AREA, ANY_ITEM = 2.5, 0.8, 0.5
# What two weak names of one item lend each other: "carbon fibre T800"; and one that context has proved, elsewhere.
PAIR, PAIR_REACH, PROVED = 0.6, 5, 1.5
# What weak names of two items of one area lend each other: "gyroscopes and accelerometers".
COMPANIONS = 0.3
MAX_TRADE = 0.6
# A weak name needs this much more for it than against it.
ENOUGH = 0.45
# An abbreviation of two or three letters stands for many things.
FEW_LETTERS, ENOUGH_FOR_LETTERS = 3, 1.2
# A strong name falls to words against it that stand in its sentence, this near.
NEAR = 10
# A name in quotes or with an unusual capital is a proper name where so much of everyday life stands around it.
PROPER = 1.0
BEARER, HALF_BEARER = 1.2, 0.4
BEARER_REACH = 3
# Where so many words of the stage or the stadium stand around a name and none of its area, it is a figure of speech.
SHOW, ENOUGH_SHOW = frozenset({"music", "entertainment", "sport"}), 2
# The like for the kitchen; for illness and its treatment, of a disease; for computing, of a name with a capital.
HOME, ENOUGH_HOME = frozenset({"household", "food", "beauty"}), 3
MEDICINE, ENOUGH_MEDICINE = frozenset({"medicine"}), 2
SOFTWARE, ENOUGH_SOFTWARE = frozenset({"software", "entertainment"}), 2
# Words of computing stand in every technical text; they count only against proper names.
SOFTWARE_ONLY = frozenset({"software"})
# A capital on the next word too.
LONGER_NAME = 0.5
# The longest name of an item, in words.
LONGEST_NAME = 12


def judge_strong(candidate: Candidate, around: Surroundings, text: str) -> Verdict:
    """Return whether a name that usually means its item does so here."""
    if held := _held_by(candidate, around):
        return held
    proper = is_proper(candidate, text)
    scenery = _scenery(candidate, around, proper)
    if everyday := _overwhelming(candidate, scenery, text):
        return Verdict(False, 0.2, f"everyday sense: {everyday.listed()}")
    against = scenery.against
    if proper and is_part_of_name(candidate, text):
        against.add("a longer name", LONGER_NAME)
    support = scenery.plain if scenery.everyday else scenery.support
    if against.total >= PROPER and against.total > support.total:
        sense = "a proper name" if proper else "everyday sense"
        return Verdict(False, 0.2, f"{sense}: {against.listed()}")
    return Verdict(True, 1.0, "")


def is_spoken_for(candidate: Candidate, around: Surroundings) -> bool:
    """Return whether any plain word near a proper name speaks for its item."""
    return bool(_scenery(candidate, around, True).plain)


@dataclass(frozen=True, slots=True)
class Scenery:
    """What stands around a name: words for and against its item, and words of everyday life by domain.

    `plain` is support by words that are no names themselves; `trade` is whether trade in controlled goods is spoken of.
    """

    support: Evidence
    plain: Evidence
    against: Evidence
    everyday: dict[str, Evidence]
    trade: list[str]


def _scenery(candidate: Candidate, around: Surroundings, proper: bool) -> Scenery:
    scenery = Scenery(Evidence(), Evidence(), Evidence(), {}, [])
    named = proper or not around.has_case
    for placed, distance in around.near(candidate, EVERYDAY_REACH):
        cue, fade = placed.cue, 1 - distance / EVERYDAY_REACH
        if cue.kind == "everyday":
            scenery.everyday.setdefault(cue.sense, Evidence()).add(cue.word, 1.0)
        if cue.kind == "against" and cue.item == candidate.name.item and distance <= NEAR:
            scenery.against.add(cue.word, AGAINST)
        elif cue.kind in ("bearer", "half-bearer") and distance <= BEARER_REACH and named:
            scenery.against.add(cue.word, BEARER if cue.kind == "bearer" else HALF_BEARER)
        elif cue.kind == "everyday" and proper:
            scenery.against.add(cue.word, EVERYDAY * fade)
        elif cue.kind == "supports" and cue.sense == "trade":
            scenery.trade.append(cue.word)
        elif weight := _support(cue, candidate):
            scenery.support.add(cue.word, weight * fade)
            if not placed.named:
                scenery.plain.add(cue.word, weight * fade)
    return scenery


def _support(cue: Cue, candidate: Candidate) -> float:
    if cue.kind == "own" and cue.item == candidate.name.item:
        return OWN
    return AREA if cue.kind == "supports" and cue.sense == candidate.area else 0.0


def _overwhelming(candidate: Candidate, scenery: Scenery, text: str) -> Evidence | None:
    """Return the words of everyday life that leave no other sense, where nothing speaks for the item."""
    if scenery.plain:
        return None
    for senses, enough in _domains(candidate, text):
        if scenery.trade and senses is not SHOW:
            continue
        words = [word for sense in senses for word in scenery.everyday.get(sense, ())]
        if len(words) >= enough:
            return Evidence(dict.fromkeys(words, 1.0))
    return None


def _domains(candidate: Candidate, text: str) -> Iterator[tuple[frozenset[str], int]]:
    """Yield the domains of life that a name of this kind may belong to, with how many of their words are enough."""
    yield SHOW, ENOUGH_SHOW
    yield HOME, ENOUGH_HOME
    if candidate.area == "biological":
        yield MEDICINE, ENOUGH_MEDICINE
    if text[candidate.start].isupper() and not candidate.name.text[:1].isupper():
        yield SOFTWARE, ENOUGH_SOFTWARE


def _held_by(candidate: Candidate, around: Surroundings) -> Verdict | None:
    """Return the verdict on a name inside a longer phrase that means something else."""
    for placed in around.holding(candidate.first, candidate.last):
        if placed.cue.kind == "against" and placed.cue.item == candidate.name.item:
            return Verdict(False, 0.1, f"part of '{placed.cue.word}'")
    folded = around.words.folded
    start, end = around.words.starts[candidate.first], around.words.ends[candidate.last]
    cut = cut_word(folded, start, end) if IS_HAN.match(folded, start) else None
    return Verdict(False, 0.2, f"cuts the word '{cut}'") if cut else None


@dataclass(frozen=True)
class Company:
    """The other names of the text: those that certainly mean their item, those that may, items that context proved."""

    certain: Sequence[Candidate]
    possible: Sequence[Candidate]
    proved: frozenset[int] = frozenset()

    @cached_property
    def certain_items(self) -> dict[int, str]:
        """The items that the text certainly names, each with a name that it uses."""
        return {candidate.name.item: candidate.name.text for candidate in self.certain}

    def certain_near(self, candidate: Candidate) -> Sequence[Candidate]:
        """Return the certain names that stand near *candidate*."""
        return _near(self.certain, self._certain_starts, candidate, SUPPORT_REACH)

    def possible_near(self, candidate: Candidate) -> Sequence[Candidate]:
        """Return the possible names beside *candidate*."""
        return _near(self.possible, self._possible_starts, candidate, PAIR_REACH)

    @cached_property
    def _certain_starts(self) -> list[int]:
        return [candidate.first for candidate in self.certain]

    @cached_property
    def _possible_starts(self) -> list[int]:
        return [candidate.first for candidate in self.possible]


def _near(sorted_ones: Sequence[Candidate], starts: list[int], candidate: Candidate, reach: int) -> Sequence[Candidate]:
    here = bisect_left(starts, candidate.first)
    begin = max(bisect_left(starts, candidate.first - reach - LONGEST_NAME), here - MAX_CUES // 2)
    return sorted_ones[begin : min(bisect_right(starts, candidate.last + reach), here + MAX_CUES // 2)]


def judge_weak(candidate: Candidate, around: Surroundings, company: Company, measured: Measured, text: str) -> Verdict:
    """Return whether a name with an everyday sense means its item here; *measured* is what its parameters say."""
    if held := _held_by(candidate, around):
        return held
    support, against = _weigh(candidate, around, is_proper(candidate, text))
    if candidate.name.item in company.certain_items:
        support.add(company.certain_items[candidate.name.item], SAME_ITEM)
    for other in company.certain_near(candidate):
        _lend(candidate, other, support)
    for other in company.possible_near(candidate):
        if other.name.item == candidate.name.item and _is_pair(candidate, other):
            support.add(other.name.text, PAIR)
        elif other.name.item != candidate.name.item and other.area == candidate.area:
            support.add(other.name.text, COMPANIONS)
    if candidate.name.item in company.proved:
        support.add("the same item elsewhere", PROVED)
    if measured.support():
        support.add("its parameters", measured.support())
    balance = support.total - against.total
    if balance >= (ENOUGH_FOR_LETTERS if len(candidate.name.text) <= FEW_LETTERS and candidate.name.cased else ENOUGH):
        return Verdict(True, min(0.9, 0.5 + balance / 4), f"supported by {support.listed()}")
    if against:
        return Verdict(False, 0.1, f"everyday sense: {against.listed()}")
    return Verdict(False, 0.2, "a word with everyday senses that nothing near supports")


def _weigh(candidate: Candidate, around: Surroundings, proper: bool) -> tuple[Evidence, Evidence]:
    support, plain, against, trade = Evidence(), Evidence(), Evidence(), Evidence()
    for placed, distance in around.near(candidate, SUPPORT_REACH):
        cue, fade = placed.cue, 1 - distance / SUPPORT_REACH
        if weight := _support(cue, candidate):
            support.add(cue.word, weight * fade)
            if not placed.named:
                plain.add(cue.word, weight * fade)
        elif cue.kind == "supports" and cue.sense == "trade":
            trade.add(cue.word, TRADE * fade)
        elif cue.kind == "against" and cue.item == candidate.name.item:
            against.add(cue.word, _beside(distance, AGAINST * fade))
        elif cue.kind == "everyday" and distance <= EVERYDAY_REACH and (proper or cue.sense not in SOFTWARE_ONLY):
            against.add(cue.word, _beside(distance, EVERYDAY * (1 - distance / EVERYDAY_REACH)))
    # Among proper names of everyday life, a proper name supports none.
    support = plain if proper and against else support
    if trade:
        support.add(next(iter(trade)), min(MAX_TRADE, trade.total))
    return support, against


def _beside(distance: float, weight: float) -> float:
    return BESIDE_WEIGHT if distance <= BESIDE else weight


def _lend(candidate: Candidate, other: Candidate, support: Evidence) -> None:
    """Let a name that certainly means its item speak for *candidate*."""
    fade = 1 - _apart(candidate, other) / SUPPORT_REACH
    if fade > 0 and other.name.item != candidate.name.item:
        support.add(other.name.text, (SAME_AREA if other.area == candidate.area else ANY_ITEM) * fade)


def _apart(one: Candidate, other: Candidate) -> int:
    return max(other.first - one.last, one.first - other.last)


def _is_pair(one: Candidate, other: Candidate) -> bool:
    return one.name.text != other.name.text and 0 < _apart(one, other) <= PAIR_REACH
