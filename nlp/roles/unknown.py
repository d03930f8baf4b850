"""Parties that only their role gives away: "Pavel Drozd acted as a broker", "the consignee, Qasim Marine Works"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from nlp.folding import folded
from nlp.mention import ITEM, ORGANISATION, PERSON, PLACE, Mention
from nlp.overlaps import Stretches
from nlp.passage import Passage
from nlp.roles.candidates import SCORE, find_candidates, party_words, title_words
from nlp.roles.claim import Claim
from nlp.roles.claims import find_claims
from nlp.roles.scene import Scene
from nlp.roles.words import role_words
from nlp.words import IS_HAN, split_words

# A claim by a word that describes the party may cost this much, one by a verb or preposition less; any where the name
# itself sounds like an organisation's.
NOUN_COST, VERB_COST, DIRECTED_COST, NAMED_COST = 0.7, 0.45, 0.9, 1.0
# A single word with a capital is a name right behind what it is.
ADJACENT_COST = 0.35
# What may stand between a word for a role and the name, and the shortest name of a company.
COPULAS, MIN_CHINESE_NAME = frozenset({("为",), ("是",), ("系",)}), 4
MAX_PERSON_WORDS = 4
SEVERAL_WORDS = re.compile(r" |[\u4e00-\u9fff]{4}")
FROM_PLACE = re.compile(r"\s(?:of|de|d['’])\s?$")
INSTITUTION = re.compile(r"(?i:bank|ban[qc][ou]|universi|minist|institut|academ|republic|government|office|centr)")
TITLE_REACH = 24


def find_by_role(passage: Passage, mentions: list[Mention]) -> list[Mention]:
    """Return parties beside words that give a role, where none of *mentions* has it."""
    candidates = [c for c in _free(find_candidates(passage), mentions) if not _is_role_word(c)]
    if not candidates:
        return []
    used = {(claim.first, _use(claim)) for claim in find_claims(passage, mentions)}
    together = [*mentions, *candidates]
    claims = [claim for claim in find_claims(passage, together) if claim.party >= len(mentions)]
    scene = Scene(passage, together, role_words())
    sure = (c for c in claims if (c.first, _use(c)) not in used and _is_sure(scene, c, together[c.party]))
    return [_typed(passage, together[claim.party], claim) for claim in sure]


def _is_role_word(candidate: Mention) -> bool:
    """Return whether *candidate* is no more than a word for a role: "the opening bank"."""
    words = split_words(folded(candidate.text)).texts
    return any(cue.frame == "noun" for cue in role_words().book.values_of(words))


def _use(claim: Claim) -> str:
    """Return what a cue is used for: a verb gives roles to its subject and to what each preposition points at."""
    return claim.cue.role if claim.directed else claim.cue.frame


def _free(candidates: Iterator[Mention], mentions: list[Mention]) -> Iterator[Mention]:
    """Yield the *candidates* that overlap none of *mentions*, but for places and goods in the name."""
    taken, items = Stretches(), [mention for mention in mentions if mention.type == ITEM]
    for mention in mentions:
        if mention.type not in (PLACE, ITEM) and taken.are_free(mention.start, mention.end):
            taken.take(mention.start, mention.end)
    places = sorted((m.start, m.end) for m in mentions if m.type == PLACE)
    goods = sorted((m.start, m.end) for m in items)
    for one in candidates:
        if taken.are_free(one.start, one.end):
            named, sold = _within(places, one), _within(goods, one)
            holds = all(_is_inside(start, end, one) for start, end in (*named, *sold))
            if holds and (not sold or one.score > SCORE):
                yield _without_place(one, named)


def _within(spans: list[tuple[int, int]], candidate: Mention) -> list[tuple[int, int]]:
    """Return those of the sorted *spans*, which do not overlap one another, that meet *candidate*."""
    first = bisect_right(spans, candidate.start, key=lambda span: span[1])
    return spans[first : bisect_left(spans, candidate.end, key=lambda span: span[0])]


def _without_place(candidate: Mention, places: list[tuple[int, int]]) -> Mention:
    """Return *candidate* without the place that it is from: "Delmar Precision of Toronto"."""
    for start, end in places:
        from_place = FROM_PLACE.search(candidate.text[: max(0, start - candidate.start)])
        if end == candidate.end and from_place and candidate.score == SCORE and not INSTITUTION.match(candidate.text):
            name = candidate.text[: from_place.start()]
            return replace(candidate, end=candidate.start + len(name), text=name, name=name)
    return candidate


def _is_inside(start: int, end: int, candidate: Mention) -> bool:
    return candidate.start <= start and end <= candidate.end and (start, end) != (candidate.start, candidate.end)


def _is_sure(scene: Scene, claim: Claim, mention: Mention) -> bool:
    """Return whether a claim makes a party of a mere name; a verb does so where goods are named in its sentence."""
    passage = scene.passage
    cue_start = passage.folded.origin[passage.words.starts[claim.first]]
    before_cue = mention.end <= cue_start
    if claim.cue.frame == "noun" and before_cue and not passage.text[mention.end : cue_start].strip(" "):
        return False  # "Chinese IDM manufacturer" describes no party of this name
    if mention.score < SCORE:
        close = claim.cue.frame in ("noun", "by") and not claim.directed
        return close and not before_cue and claim.cost <= ADJACENT_COST and scene.speaks_of_goods(claim.first)
    if mention.score > SCORE:
        return claim.cost <= NAMED_COST
    if _sounds_like_organisation(mention.text):
        told = claim.cue.frame != "doer" or claim.directed or scene.names_goods(claim.first)
        return claim.cost <= NAMED_COST and told
    acts = claim.cue.role == "broker" and not claim.directed and SEVERAL_WORDS.search(claim.cue.word)
    if claim.cue.frame == "noun" or acts:
        return claim.cost <= NOUN_COST  # "acted as a broker" describes as "broker" does
    limit = DIRECTED_COST if claim.directed else VERB_COST
    return claim.cost <= limit and scene.names_goods(claim.first)


def _sounds_like_organisation(name: str) -> bool:
    return "«" in name or any(word.startswith(_beginnings()) for word in re.findall(r"\w+", folded(name)))


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(folded(word) for words in party_words()["organisation"].values() for word in words)


def _typed(passage: Passage, mention: Mention, claim: Claim) -> Mention:
    kind = PERSON if _is_person(passage, mention, claim) else ORGANISATION
    return replace(mention, type=kind, reason=f"stands where the word '{claim.cue.word}' names a party")


def _is_person(passage: Passage, mention: Mention, claim: Claim) -> bool:
    if mention.score > SCORE or _sounds_like_organisation(mention.text):
        return False
    before = folded(passage.text[max(0, mention.start - TITLE_REACH) : mention.start])
    if before.rstrip(" .,").endswith(title_words()) or passage.language == "zh":
        return True
    return claim.cue.role == "broker" and mention.text.count(" ") < MAX_PERSON_WORDS


def without_role_words(passage: Passage, mentions: list[Mention]) -> list[Mention]:
    """Return *mentions*, Chinese names without the word for a role that was taken for their beginning."""
    return [_shortened(passage, mention) if _may_be_too_long(mention) else mention for mention in mentions]


def _may_be_too_long(mention: Mention) -> bool:
    return mention.type == ORGANISATION and mention.entity is None and IS_HAN.match(mention.text) is not None


def _shortened(passage: Passage, mention: Mention) -> Mention:
    words, folded_text = passage.words, passage.folded
    first = bisect_left(words.starts, bisect_left(folded_text.origin, mention.start))
    found = role_words().book.find(words, first, first + 1)
    ends = [f.last for f in found if any(cue.frame == "noun" and cue.language == "zh" for cue in f.values)]
    if not ends:
        return mention
    last = max(ends) + (words.texts[max(ends) + 1 : max(ends) + 2] in COPULAS)
    start = folded_text.span(words.starts[last], words.ends[last])[1]
    if mention.end - start < MIN_CHINESE_NAME:
        return mention
    return replace(mention, start=start, text=passage.text[start : mention.end], name=passage.text[start : mention.end])
