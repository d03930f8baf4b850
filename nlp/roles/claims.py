"""Which word gives which party its role: the nearest of the words beside it, and prepositions that a verb explains."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from weakref import WeakKeyDictionary

from nlp.folding import folded
from nlp.mention import PARTY_TYPES, PERSON, Mention
from nlp.passage import Passage
from nlp.phrases import Found
from nlp.roles.claim import Claim
from nlp.roles.costs import LATIN, cost_of
from nlp.roles.directions import directed_roles, preposition_before
from nlp.roles.fitness import fitting, may_be
from nlp.roles.scene import MOST, Scene
from nlp.roles.sharing import share
from nlp.roles.words import KINDS, RoleCue, cues_in, role_words

# A party may stand this many words from the word that gives it a role.
REACH = 16
# The longest phrase that gives a role, in words.
LONGEST_CUE = 10
# Whose a giving or taking is.
OWNERS = {"give": "supplier", "take": "consignee"}
# What a preposition costs.
DIRECTED = 0.6
KNOWN_LANGUAGES = frozenset({"ar", "ru", "zh", *LATIN})
# Languages in which the subject often follows its verb.
VERB_FIRST = frozenset({"ar", "es", "fr", "ru"})
# Before a verb these make of its subject what it is done to.
PASSIVE_WORDS = (
    "was were been being be is are ete etait etaient est sont fut furent etant fue fueron sido son siendo eran ser"
    " был была было были быть будет будут"
)
PASSIVE = frozenset(PASSIVE_WORDS.split())
POSSESSIVE_WORDS = "whose its their his her cuyo cuya cuyos cuyas dont su sus son sa ses leur его ее их чеи чья"
POSSESSIVE = frozenset(POSSESSIVE_WORDS.split())
# "X, hereinafter the Seller": contracts name a party's role behind it.
HEREINAFTER = (
    "hereinafter",
    "hereafter",
    "apres",
    "именуем",
    "дальнеишем",
    "adelante",
    "يشار",
    "ويشار",
    "简",
    "denominad",
)
HEREINAFTER_REACH = 7
# An Arabic verb with its object written onto it has its subject behind it.
WITH_OBJECT = ("ها", "هما", "هم")


# Roles, relations and unknown parties look at one passage, often with the same mentions.
_CLAIMS: "WeakKeyDictionary[Passage, dict[Places, Known]]" = WeakKeyDictionary()
Places = tuple[tuple[int, int, str], ...]
Known = tuple[list[Claim], list[Claim]]


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
    return _known(passage, mentions)[0]


def find_told(passage: Passage, mentions: list[Mention]) -> list[Claim]:
    """Return all that the words of *passage* may say of its parties, the nearest first."""
    return _known(passage, mentions)[1]


def _known(passage: Passage, mentions: list[Mention]) -> "Known":
    if not any(mention.type in PARTY_TYPES for mention in mentions):
        return [], []
    places = tuple((mention.start, mention.end, mention.type) for mention in mentions)
    known = _CLAIMS.setdefault(passage, {})
    if places not in known:
        scene = Scene(passage, mentions, role_words())
        cues = _longest(scene)
        told = [*_beside(scene, cues), *_directed(scene, cues), *_owned(scene, cues)]
        claims = sorted((claim for claim in told if may_be(mentions[claim.party], claim.cue.role)), key=_order)
        known[places] = _chosen(scene, claims), claims
    return known[places]


def _chosen(scene: Scene, claims: list[Claim]) -> list[Claim]:
    parties: dict[int, Claim] = {}
    used: set[tuple[int, bool]] = set()
    for claim in claims:
        place = (claim.first, claim.cue.frame == "to")
        if claim.party not in parties and (claim.directed or place not in used):
            parties[claim.party] = claim
            used.add(place)
    share(scene, parties)
    _send(scene, parties)
    return [replace(claim, cue=fitting(claim.cue, scene.mentions[claim.party])) for claim in parties.values()]


def _send(scene: Scene, parties: dict[int, Claim]) -> None:
    """Make a broker of a person who buys where the sentence names another who is to have the goods."""
    received = [claim for claim in parties.values() if claim.cue.role in ("consignee", "end user")]
    pointed = {scene.sentence(claim.first) for claim in received if claim.cue.frame in ("to", "noun")}
    for claim in received:
        buys = claim.cue.frame == "doer" and scene.mentions[claim.party].type == PERSON
        if buys and scene.sentence(claim.first) in pointed:
            cue = replace(claim.cue, role="broker", kind=KINDS["broker"])
            parties[claim.party] = replace(claim, cue=cue)


def _order(claim: Claim) -> tuple[float, bool, int]:
    """Return what puts the nearest claim first; at one distance what a party is called before what it does."""
    return claim.cost, claim.cue.frame != "noun", -claim.first


def _longest(scene: Scene) -> list[Found[RoleCue]]:
    """Return the cues outside party names, without those that lie inside a longer one."""
    outside = [f for f in cues_in(scene.passage) if not any(map(scene.in_party, range(f.first, f.last + 1)))]
    by_start = sorted(outside, key=lambda found: found.first)
    starts = [found.first for found in by_start]
    near = (by_start[bisect_left(starts, f.first - LONGEST_CUE) : bisect_right(starts, f.first)] for f in by_start)
    longest = [f for f, others in zip(by_start, near, strict=True) if not any(_hides(other, f) for other in others)]
    nouns = {f.last: f for f in longest if any(cue.frame == "noun" for cue in f.values)}
    return [f for f in longest if not _is_owner_in_label(scene, f, nouns)]


def _is_owner_in_label(scene: Scene, found: Found[RoleCue], nouns: dict[int, Found[RoleCue]]) -> bool:
    """Return whether a word only says whose the described one is: the seller in "bank of the seller: X"."""
    if not scene.is_label(found.last):
        return False
    texts, known = scene.passage.words.texts, scene.known
    before = found.first - 1
    while before >= 0 and texts[before] in known.articles:
        before -= 1
    return before > 0 and texts[before] in known.owners and before - 1 in nouns


def _hides(longer: Found[RoleCue], one: Found[RoleCue]) -> bool:
    """Return whether *one* is only a part of *longer*; "sold" in "sold to" still has its subject."""
    inside = longer.first <= one.first and one.last <= longer.last and longer.last - longer.first > one.last - one.first
    opens = longer.first == one.first and longer.values[0].frame in ("to", "by")
    return inside and not (opens and one.values[0].frame in ("doer", "deal"))


def _beside(scene: Scene, cues: list[Found[RoleCue]]) -> Iterator[Claim]:
    for found in cues:
        near = list(_near(scene, found))
        for cue in _in_language(scene, found.values) if near else ():
            for party, first, gap, after in near if cue.frame != "deal" else ():
                if _fits(scene, cue, gap, after) and _is_meant(scene, cue, found, first, after):
                    cost = cost_of(scene, cue, gap, after)
                    if cost <= MOST:
                        yield Claim(party, cue, found.first, cost)


def _near(scene: Scene, found: Found[RoleCue]) -> Iterator[tuple[int, int, tuple[int, int], bool]]:
    """Yield the parties near a cue: number, first word, the words before and behind the gap, whether it follows."""
    for party, first, last in scene.parties_near(found.first, found.last, REACH):
        after = first > found.last
        gap = (found.last, first) if after else (last, found.first)
        if gap[0] < gap[1] <= gap[0] + REACH and (after or not scene.is_label(found.last)):
            yield party, first, gap, after


def _is_meant(scene: Scene, cue: RoleCue, found: Found[RoleCue], party: int, after: bool) -> bool:
    """Return whether a cue speaks of a procurement, and of this party as the one who acts."""
    vague = folded(cue.word) in scene.known.vague and not scene.is_label(found.last)
    if vague and not scene.speaks_of_goods(found.first):
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
    if after and cue.frame == "noun" and scene.is_label(gap[1] - 1):
        return True  # "maker of the goods: X"
    if cue.frame == "doer":
        passive = bool(between) and not after and between[-1] in PASSIVE
        turned = not after and cue.language == "ar" and _has_subject_behind(scene, gap[1])
        return not passive and not turned and (not after or cue.language in VERB_FIRST)
    if after and _is_named_before(scene, gap[0]):
        return False
    if after:
        # "supplier of X" says nothing of X's own role; "supplier of steel, X" does.
        return not (between and between[0] in scene.known.owners and all(w in scene.known.fillers for w in between))
    if not between and cue.language == "en" and not scene.gap(gap[0]).strip(" "):
        return False  # "the Tehran agent" is an agent of somebody there
    if between and between[-1] in POSSESSIVE:
        return False  # "X, whose distributor"
    return between not in (["的"], ["s"]) and not _is_of_another(scene, between)


def _is_named_before(scene: Scene, cue: int) -> bool:
    """Return whether a word such as "hereinafter" says that a role is the name of the party before it."""
    texts = scene.passage.words.texts
    for place in range(cue, max(-1, cue - HEREINAFTER_REACH), -1):
        if scene.in_party(place):
            return False
        if texts[place].startswith(HEREINAFTER):
            return True
    return False


def _has_subject_behind(scene: Scene, verb: int) -> bool:
    texts = scene.passage.words.texts
    return texts[verb].endswith(WITH_OBJECT) and verb + 1 < len(texts) and scene.in_party(verb + 1)


def _is_of_another(scene: Scene, between: list[str]) -> bool:
    """Return whether the cue is what something belongs to: "X regrets the words of the consignee"."""
    known = scene.known
    last = next((i for i in range(len(between) - 1, -1, -1) if between[i] not in known.articles), -1)
    return last >= 0 and between[last] in known.owners and not known.capacities & set(between[:last])


def _owned(scene: Scene, cues: list[Found[RoleCue]]) -> Iterator[Claim]:
    """Yield claims of a noun of dealing on whose it is: "Orbis's sale of pumps", and the noun before it in Arabic."""
    arabic = scene.passage.language == "ar"
    for found in cues:
        for cue in found.values:
            if cue.frame != "deal" or cue.role not in OWNERS or cue.language != scene.passage.language:
                continue
            for party, first, last in scene.parties_near(found.first, found.last, 2):
                behind = arabic and first == found.last + 1 and not scene.gap(found.last).strip()
                owns = not arabic and last < found.first and scene.between(last, found.first) == ["s"]
                if behind or owns:
                    owner = RoleCue(OWNERS[cue.role], "doer", "supplied", cue.word, cue.language)
                    yield Claim(party, owner, found.first, DIRECTED, directed=True)


def _directed(scene: Scene, cues: list[Found[RoleCue]]) -> Iterator[Claim]:
    """Yield claims by a preposition before the party and a verb or noun of dealing in its sentence."""
    for party, first, _ in scene.parties:
        for cue, place, distance in directed_roles(scene, first, cues):
            yield Claim(party, cue, place, DIRECTED + distance / 50, directed=True)
