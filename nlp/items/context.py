"""Which sense of a name its neighbourhood speaks for: cues weighed by how near they stand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nlp.chinese import cut_word
from nlp.items.lexicon import Name
from nlp.items.surroundings import MAX_CUES, Surroundings
from nlp.mention import Threshold
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
MET, GIVEN = 1.2, 0.3
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
# A capital on the next word too.
LONGER_NAME = 0.5
NEXT_CAPITAL = re.compile(r" [^\W\d_a-zа-я]")
OPENING, CLOSING = "«“„\"'‘『「《", "»”“\"'’』」》"
SENTENCE_START = re.compile(r"(?:^|[.!?:…。！？\n•–—-])[\s\"'«“„(\[]*$")
# Where most words of a line have a capital, capitals say nothing.
TITLE_SHARE = 0.6
TITLE_LENGTH = 120
# The longest name of an item, in words.
LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a name is meant as the item, how sure that is, and the words that decided."""

    meant: bool
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name where it stands: words *first* to *last*, characters *start* to *end* of *text*, of an item of *area*."""

    name: Name
    first: int
    last: int
    start: int
    end: int
    area: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A limit that a parameter in the text was held against, and whether a word of the text announces it."""

    limit: Threshold | None
    announced: bool = False

    def support(self) -> float:
        """Return what this says for the item: little where a number has only a fitting unit."""
        if self.limit is None or self.limit.met is False:
            return 0.0
        return MET if self.limit.met and self.announced else GIVEN


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one side: each word with its weight."""

    words: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.words.values())

    def add(self, word: str, weight: float) -> None:
        """Count *word* once, at its greatest weight."""
        self.words[word] = max(weight, self.words.get(word, 0.0))

    def listed(self) -> str:
        """Return the three weightiest words, for a reason."""
        ranked = sorted(self.words.items(), key=lambda pair: -pair[1])
        return ", ".join(f"'{word}'" for word, _ in ranked[:3])


def judge_strong(candidate: Candidate, around: Surroundings, text: str) -> Verdict:
    """Return whether a name that usually means its item does so here."""
    if held := _held_by(candidate, around):
        return held
    against, support = Evidence({}), Evidence({})
    proper = is_proper(candidate, text)
    named = proper or not around.has_case
    show = Evidence({})
    for placed, distance in around.near(candidate.first, candidate.last, EVERYDAY_REACH):
        cue = placed.cue
        if cue.kind == "everyday" and cue.sense in SHOW:
            show.add(cue.word, 1.0)
        if cue.kind == "against" and cue.item == candidate.name.item and distance <= NEAR:
            against.add(cue.word, AGAINST)
        elif cue.kind in ("bearer", "half-bearer") and distance <= BEARER_REACH and named:
            against.add(cue.word, BEARER if cue.kind == "bearer" else HALF_BEARER)
        elif cue.kind == "everyday" and proper:
            against.add(cue.word, EVERYDAY * (1 - distance / EVERYDAY_REACH))
        elif cue.kind == "own" and cue.item == candidate.name.item:
            support.add(cue.word, OWN * (1 - distance / EVERYDAY_REACH))
        elif cue.kind == "supports" and cue.sense == candidate.area:
            support.add(cue.word, AREA * (1 - distance / EVERYDAY_REACH))
    if show.total >= ENOUGH_SHOW and not support.words:
        return Verdict(False, 0.2, f"everyday sense: {show.listed()}")
    if proper and _is_part_of_name(candidate, text):
        against.add("a longer name", LONGER_NAME)
    if against.total >= PROPER and against.total > support.total:
        sense = "a proper name" if proper else "everyday sense"
        return Verdict(False, 0.2, f"{sense}: {against.listed()}")
    return Verdict(True, 1.0, "")


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


def judge_weak(candidate: Candidate, around: Surroundings, company: Company, measured: Measured) -> Verdict:
    """Return whether a name with an everyday sense means its item here; *measured* is what its parameters say."""
    if held := _held_by(candidate, around):
        return held
    support, against = _weigh(candidate, around)
    if candidate.name.item in company.certain_items:
        support.add(company.certain_items[candidate.name.item], SAME_ITEM)
    for other in company.certain_near(candidate):
        _lend(candidate, other, support)
    for other in company.possible_near(candidate):
        if other.name.item == candidate.name.item and _is_pair(candidate, other):
            support.add(other.name.text, PAIR)
    if candidate.name.item in company.proved:
        support.add("the same item elsewhere", PROVED)
    if measured.support():
        support.add("its parameters", measured.support())
    balance = support.total - against.total
    if balance >= (ENOUGH_FOR_LETTERS if len(candidate.name.text) <= FEW_LETTERS and candidate.name.cased else ENOUGH):
        return Verdict(True, min(0.9, 0.5 + balance / 4), f"supported by {support.listed()}")
    if against.words:
        return Verdict(False, 0.1, f"everyday sense: {against.listed()}")
    return Verdict(False, 0.2, "a word with everyday senses that nothing near supports")


def _weigh(candidate: Candidate, around: Surroundings) -> tuple[Evidence, Evidence]:
    support, against, trade = Evidence({}), Evidence({}), Evidence({})
    for placed, distance in around.near(candidate.first, candidate.last, SUPPORT_REACH):
        cue, fade = placed.cue, 1 - distance / SUPPORT_REACH
        if cue.kind == "own" and cue.item == candidate.name.item:
            support.add(cue.word, OWN * fade)
        elif cue.kind == "supports" and cue.sense == candidate.area:
            support.add(cue.word, AREA * fade)
        elif cue.kind == "supports" and cue.sense == "trade":
            trade.add(cue.word, TRADE * fade)
        elif cue.kind == "against" and cue.item == candidate.name.item:
            against.add(cue.word, _beside(distance, AGAINST * fade))
        elif cue.kind == "everyday" and distance <= EVERYDAY_REACH:
            against.add(cue.word, _beside(distance, EVERYDAY * (1 - distance / EVERYDAY_REACH)))
    if trade.words:
        support.add(next(iter(trade.words)), min(MAX_TRADE, trade.total))
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


def is_proper(candidate: Candidate, text: str) -> bool:
    """Return whether *candidate* stands in quotes, or has a capital that neither its name nor its place explains."""
    before, after = text[max(0, candidate.start - 1) : candidate.start], text[candidate.end : candidate.end + 1]
    if before and after and before in OPENING and after in CLOSING:
        return True
    word = text[candidate.start : candidate.end]
    if not word[:1].isupper() or candidate.name.text[:1].isupper() or word.isupper():
        return False
    return not SENTENCE_START.search(text[max(0, candidate.start - 12) : candidate.start]) and not _is_title(
        candidate, text
    )


def _is_part_of_name(candidate: Candidate, text: str) -> bool:
    return NEXT_CAPITAL.match(text, candidate.end) is not None and not _is_title(candidate, text)


def _is_title(candidate: Candidate, text: str) -> bool:
    """Return whether the line around *candidate* is a headline in capitals."""
    before = text[max(0, candidate.start - TITLE_LENGTH) : candidate.start].rpartition("\n")[2]
    after = text[candidate.end : candidate.end + TITLE_LENGTH].partition("\n")[0]
    words = re.findall(r"[^\W\d_]{4,}", f"{before} {after}")
    return bool(words) and sum(word[0].isupper() for word in words) / len(words) > TITLE_SHARE
