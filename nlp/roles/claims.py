"""Which word gives which party its role: the nearest of the words beside it, and prepositions that a verb explains."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from weakref import WeakKeyDictionary

from nlp.folding import folded
from nlp.mention import PARTY_TYPES, VESSEL, Mention
from nlp.passage import Passage
from nlp.phrases import Found
from nlp.roles.directions import directed_roles, preposition_before
from nlp.roles.scene import MOST, Scene
from nlp.roles.words import RoleCue, role_words
from nlp.words import IS_HAN

# A party may stand this many words from the word that gives it a role.
REACH = 16
# The longest phrase that gives a role, in words.
LONGEST_CUE = 10
# What the less usual order, a verb after its subject's place, and a preposition cost.
NOUN_AFTER, INVERTED, RECEIVED, DIRECTED = 0.05, 0.4, 0.4, 0.6
# Languages in which the subject often follows its verb.
LATIN = frozenset({"en", "es", "fr"})
KNOWN_LANGUAGES = frozenset({"ar", "ru", "zh", *LATIN})
VERB_FIRST = frozenset({"ar", "es", "fr", "ru"})
# Before a verb these make of its subject what it is done to.
PASSIVE = frozenset({"was", "were", "been", "being", "be", "is", "are"})
# After these Chinese words the object stands between subject and verb.
OBJECT_FIRST = frozenset("将把向对以从为给未无曾已于在经由")
OBJECT_COST = 0.3
# "and the company" joins two parties.
MAX_JOINING = 3


# Roles, relations and unknown parties each look at the same words of one passage, often with the same mentions.
_FOUND: "WeakKeyDictionary[Passage, list[Found[RoleCue]]]" = WeakKeyDictionary()
_CLAIMS: "WeakKeyDictionary[Passage, dict[Places, list[Claim]]]" = WeakKeyDictionary()
Places = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A cue that may describe a party, where it stands, and what stands between them costs."""

    party: int
    cue: RoleCue
    first: int
    cost: float
    directed: bool = False


def assign_roles(passage: Passage, mentions: list[Mention]) -> list[Mention]:
    """Return *mentions*, those of parties with the role that the text gives them."""
    best = {claim.party: claim for claim in find_claims(passage, mentions)}
    return [_with_role(mention, best.get(index)) for index, mention in enumerate(mentions)]


def _with_role(mention: Mention, claim: Claim | None) -> Mention:
    if claim is None:
        return mention
    reason = f"{mention.reason}; {claim.cue.role} by the word '{claim.cue.word}'"
    return replace(mention, role=claim.cue.role, reason=reason)


def find_claims(passage: Passage, mentions: list[Mention]) -> list[Claim]:
    """Return the claim that describes each party best: one a party, and a cue describes one party."""
    if not any(mention.type in PARTY_TYPES for mention in mentions):
        return []
    places = tuple((mention.start, mention.end, mention.type) for mention in mentions)
    known = _CLAIMS.setdefault(passage, {})
    if places not in known:
        known[places] = _find_claims(passage, mentions)
    return known[places]


def _find_claims(passage: Passage, mentions: list[Mention]) -> list[Claim]:
    scene = Scene(passage, mentions, role_words())
    cues = _longest(scene)
    told = [*_beside(scene, cues), *_directed(scene, cues)]
    claims = sorted((claim for claim in told if _may_be(mentions[claim.party], claim.cue.role)), key=_order)
    parties: dict[int, Claim] = {}
    used: set[tuple[int, bool]] = set()
    for claim in claims:
        place = (claim.first, claim.cue.frame == "to")
        if claim.party not in parties and (claim.directed or place not in used):
            parties[claim.party] = claim
            used.add(place)
    _share(scene, parties)
    return list(parties.values())


def _may_be(mention: Mention, role: str) -> bool:
    """Return whether *mention* can have *role*: a ship carries goods, and neither sells nor buys them."""
    return mention.type != VESSEL or role == "forwarder"


def _order(claim: Claim) -> tuple[float, bool, int]:
    """Return what puts the nearest claim first; at one distance what a party is called before what it does."""
    return claim.cost, claim.cue.frame != "noun", -claim.first


def _longest(scene: Scene) -> list[Found[RoleCue]]:
    """Return the cues outside party names, without those that lie inside a longer one."""
    outside = [f for f in _cues(scene) if not any(map(scene.in_party, range(f.first, f.last + 1)))]
    by_start = sorted(outside, key=lambda found: found.first)
    starts = [found.first for found in by_start]
    near = (by_start[bisect_left(starts, f.first - LONGEST_CUE) : bisect_right(starts, f.first)] for f in by_start)
    return [f for f, others in zip(by_start, near, strict=True) if not any(_hides(other, f) for other in others)]


def _cues(scene: Scene) -> list[Found[RoleCue]]:
    """Return all words in the passage that may give a role, found once a passage."""
    found = _FOUND.get(scene.passage)
    if found is None:
        found = _FOUND[scene.passage] = list(scene.known.book.find(scene.passage.words))
    return found


def _hides(longer: Found[RoleCue], one: Found[RoleCue]) -> bool:
    """Return whether *one* is only a part of *longer*; "sold" in "sold to" still has its subject."""
    inside = longer.first <= one.first and one.last <= longer.last and longer.last - longer.first > one.last - one.first
    return inside and not (longer.values[0].frame == "to" and one.values[0].frame == "doer")


def _beside(scene: Scene, cues: list[Found[RoleCue]]) -> Iterator[Claim]:
    for found in cues:
        for cue in _in_language(scene, found.values):
            for party, first, last in scene.parties_near(found.first, found.last, REACH):
                after = first > found.last
                gap = (found.last, first) if after else (last, found.first)
                near = cue.frame != "deal" and gap[0] < gap[1] <= gap[0] + REACH
                near = near and (after or not scene.is_label(found.last))
                if near and _fits(scene, cue, gap, after) and _is_meant(scene, cue, found.first, first, after):
                    cost = _cost(scene, cue, gap, after)
                    if cost <= MOST:
                        yield Claim(party, cue, found.first, cost)


def _is_meant(scene: Scene, cue: RoleCue, place: int, party: int, after: bool) -> bool:
    """Return whether a cue speaks of a procurement, and of this party as the one who acts."""
    if folded(cue.word) in scene.known.vague and not scene.speaks_of_goods(place):
        return False
    return after or not _is_governed(scene, cue, party)


def _is_governed(scene: Scene, cue: RoleCue, first: int) -> bool:
    """Return whether a Chinese preposition before the party keeps it from being the subject of a verb that follows."""
    if cue.frame != "doer" or cue.language != "zh":
        return False
    preposition = preposition_before(scene, first)
    return preposition is not None and "by" not in preposition.ways


def _in_language(scene: Scene, cues: tuple[RoleCue, ...]) -> tuple[RoleCue, ...]:
    """Return those of *cues* that are in the language of the text, or all where none is."""
    if scene.passage.language not in KNOWN_LANGUAGES:
        return cues
    return tuple(cue for cue in cues if cue.language == scene.passage.language or cue.language not in LATIN)


def _fits(scene: Scene, cue: RoleCue, gap: tuple[int, int], after: bool) -> bool:
    """Return whether a party on this side of the cue may be what the cue describes."""
    if cue.frame in ("by", "to"):
        return after
    between = scene.between(*gap)
    if cue.frame == "doer":
        passive = bool(between) and not after and between[-1] in PASSIVE
        return not passive and (not after or cue.language in VERB_FIRST)
    if after:
        # "supplier of X" says nothing of X's own role; "supplier of steel, X" does.
        return not (between and between[0] in scene.known.owners and all(w in scene.known.fillers for w in between))
    if not between and cue.language == "en" and not scene.gap(gap[0]).strip(" "):
        return False  # "the Tehran agent" is an agent of somebody there
    return between not in (["的"], ["s"]) and not _is_of_another(scene, between)


def _is_of_another(scene: Scene, between: list[str]) -> bool:
    """Return whether the cue is what something belongs to: "X regrets the words of the consignee"."""
    known = scene.known
    last = next((i for i in range(len(between) - 1, -1, -1) if between[i] not in known.articles), -1)
    return last >= 0 and between[last] in known.owners and not known.capacities & set(between[:last])


def _cost(scene: Scene, cue: RoleCue, gap: tuple[int, int], after: bool) -> float:
    between = scene.between(*gap)
    if (
        cue.frame == "doer"
        and not after
        and between
        and between[0] in OBJECT_FIRST
        and "，" not in _written(scene, gap)
    ):
        return OBJECT_COST
    cost = scene.cost(*gap)
    if cue.frame == "noun":
        return cost + (0.0 if after else NOUN_AFTER)
    if cue.frame == "doer":
        return cost * 2 + (0.0 if cue.language == "ar" else INVERTED) if after else cost
    return cost + (RECEIVED if cue.frame == "to" else 0.0)


def _written(scene: Scene, gap: tuple[int, int]) -> str:
    words = scene.passage.words
    origin = scene.passage.folded.origin
    text = scene.passage.text[origin[words.ends[gap[0]] - 1] : origin[words.starts[gap[1]]]]
    return text if IS_HAN.search(text) else "，"


def _directed(scene: Scene, cues: list[Found[RoleCue]]) -> Iterator[Claim]:
    """Yield claims by a preposition before the party and a verb or noun of dealing in its sentence."""
    for party, first, _ in scene.parties:
        for cue, place, distance in directed_roles(scene, first, cues):
            yield Claim(party, cue, place, DIRECTED + distance / 50, directed=True)


def _share(scene: Scene, parties: dict[int, Claim]) -> None:
    """Let the second of "sold by X and Y" have the role of the first."""
    ordered = sorted(scene.parties, key=lambda party: party[1])
    for (before, _, last), (party, first, _) in pairwise(ordered):
        claim = parties.get(before)
        shared = claim is not None and claim.cue.frame != "noun" and claim.first < first
        if claim and shared and party not in parties and _are_joined(scene, scene.between(last, first)):
            parties[party] = replace(claim, party=party)


def _are_joined(scene: Scene, between: list[str]) -> bool:
    joining, fillers = scene.known.joining, scene.known.fillers
    return len(between) <= MAX_JOINING and bool(joining & set(between)) and joining | fillers >= set(between)
