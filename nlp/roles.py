"""Roles: what a party does in a procurement, by the words that stand beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp.mention import ITEM, PARTY_TYPES, PLACE, Mention
from nlp.passage import Passage
from nlp.phrases import Found
from nlp.role_words import RoleCue, RoleWords, role_words
from nlp.words import IS_HAN

# A party may stand this many words from the word that gives it a role.
REACH = 14
# What stands between them may cost this much; a word that is neither filler nor breaker costs 1.
MOST = 2.0
FILLER, UNKNOWN, BREAKER, OTHER_PARTY = 0.1, 1.0, 2.5, 4.0
HAN_SHARE = 0.4
PUNCTUATION = {",": 0.3, "،": 0.3, "，": 0.3, ";": 2.0, "；": 2.0, "؛": 2.0, "(": 0.1, ":": 0.0}
SENTENCE_END = re.compile(r"[.!?؟]\s|[。！？]|\n\s*\n")
COLON = re.compile(r"\s*[:：]\s*")
ABBREVIATED = re.compile(r"\b(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r|St|No|[Ss]r|[Ss]ra|[гГ]|[Mm])\.\s")


@dataclass(frozen=True, slots=True)
class Claim:
    """A cue that may describe a party, and what stands between them costs."""

    party: int
    cue: RoleCue
    first: int
    last: int
    cost: float


@dataclass(frozen=True)
class _Scene:
    """A passage with its mentions laid over its words: `owner[i]` is the mention that word `i` lies in."""

    passage: Passage
    mentions: list[Mention]
    owner: dict[int, int]
    spans: dict[int, tuple[int, int]]
    known: RoleWords


def assign_roles(passage: Passage, mentions: list[Mention]) -> list[Mention]:
    """Return *mentions*, those of parties with the role that the text gives them."""
    best = {claim.party: claim for claim in find_claims(passage, mentions)}
    return [_with_role(mention, best.get(index)) for index, mention in enumerate(mentions)]


def find_claims(passage: Passage, mentions: list[Mention]) -> list[Claim]:
    """Return the claim that describes each party best, at most one a party and one a cue."""
    if not any(mention.type in PARTY_TYPES for mention in mentions):
        return []
    scene = _scene(passage, mentions)
    claims = sorted(_claims(scene), key=lambda claim: (claim.cost, claim.first - claim.last))
    parties: dict[int, Claim] = {}
    cues: set[int] = set()
    for claim in claims:
        if claim.party not in parties and claim.first not in cues:
            parties[claim.party] = claim
            cues.add(claim.first)
    return list(parties.values())


def _with_role(mention: Mention, claim: Claim | None) -> Mention:
    if claim is None:
        return mention
    reason = f"{mention.reason}; {claim.cue.role} by the word '{claim.cue.word}'"
    return replace(mention, role=claim.cue.role, reason=reason)


def _scene(passage: Passage, mentions: list[Mention]) -> _Scene:
    words, folded = passage.words, passage.folded
    owner: dict[int, int] = {}
    spans: dict[int, tuple[int, int]] = {}
    relevant = [(i, m) for i, m in enumerate(mentions) if m.type in PARTY_TYPES or m.type in (ITEM, PLACE)]
    for number in range(len(words)):
        start, end = folded.span(words.starts[number], words.ends[number])
        for index, mention in relevant:
            if mention.start < end and start < mention.end and (index in spans or mention.start >= start - 4):
                if mention.type in PARTY_TYPES or number not in owner:
                    owner[number] = index
                first, _ = spans.get(index, (number, number))
                spans[index] = (first, number)
    return _Scene(passage, mentions, owner, spans, role_words())


def _claims(scene: _Scene) -> Iterator[Claim]:
    for found in _longest(scene):
        for cue in found.values:
            yield from _claims_of(scene, found, cue)


def _longest(scene: _Scene) -> list[Found[RoleCue]]:
    """Return the cues outside party names, without those that lie inside a longer one."""
    everything = list(scene.known.book.find(scene.passage.words))
    outside = [f for f in everything if not any(_is_party(scene, n) for n in range(f.first, f.last + 1))]
    return [f for f in outside if not any(_inside(f, other) for other in outside)]


def _inside(one: Found[RoleCue], other: Found[RoleCue]) -> bool:
    longer = other.last - other.first > one.last - one.first
    return longer and other.first <= one.first and one.last <= other.last


def _is_party(scene: _Scene, number: int) -> bool:
    owner = scene.owner.get(number)
    return owner is not None and scene.mentions[owner].type in PARTY_TYPES


def _claims_of(scene: _Scene, found: Found[RoleCue], cue: RoleCue) -> Iterator[Claim]:
    for index, (first, last) in scene.spans.items():
        if scene.mentions[index].type not in PARTY_TYPES:
            continue
        after = first > found.last
        between = (found.last, first) if after else (last, found.first)
        if between[1] - between[0] > REACH or between[1] <= between[0] or not _fits(cue, after):
            continue
        cost = _cost(scene, *between) + _order(cue, after)
        if cost <= MOST:
            yield Claim(index, cue, found.first, found.last, cost)


def _fits(cue: RoleCue, after: bool) -> bool:
    """Return whether the party may stand on this side of the cue."""
    if cue.frame in ("by", "to"):
        return after
    return cue.frame == "noun" or not after or cue.language == "ar"


def _order(cue: RoleCue, after: bool) -> float:
    """Return what the less usual order costs."""
    return 0.05 if cue.frame == "noun" and not after else 0.0


def _cost(scene: _Scene, before: int, behind: int) -> float:
    """Return what stands between word *before* and word *behind* costs."""
    total = 0.0
    for number in range(before, behind):
        total += _gap_cost(scene, number)
        if number > before:
            total += _word_cost(scene, number)
        if total > MOST:
            break
    return total


def _gap_cost(scene: _Scene, number: int) -> float:
    folded, words = scene.passage.folded, scene.passage.words
    start, end = folded.origin[words.ends[number] - 1] + 1, folded.origin[words.starts[number + 1]]
    gap = scene.passage.text[start:end]
    if SENTENCE_END.search(gap) and not ABBREVIATED.search(scene.passage.text[max(0, start - 4) : end]):
        return MOST + 1
    return sum(PUNCTUATION.get(character, 0.0) for character in gap)


def _word_cost(scene: _Scene, number: int) -> float:
    text = scene.passage.words.texts[number]
    owner = scene.owner.get(number)
    if owner is not None:
        return OTHER_PARTY if scene.mentions[owner].type in PARTY_TYPES else FILLER / 2
    share = HAN_SHARE if IS_HAN.match(text) else 1.0
    if text in scene.known.fillers:
        return FILLER * share
    return share * (BREAKER if text in scene.known.breakers else UNKNOWN)
