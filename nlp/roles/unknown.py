"""Parties that only their role gives away: "Pavel Drozd acted as a broker", "the consignee, Qasim Marine Works"."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from nlp.catalogue import read_yaml, shipped_file
from nlp.folding import folded
from nlp.mention import ITEM, ORGANISATION, PERSON, Mention
from nlp.overlaps import Stretches
from nlp.passage import Passage
from nlp.roles.claims import Claim, find_claims
from nlp.roles.words import role_words
from nlp.words import IS_HAN

UPPER = "A-ZÀ-ÖØ-ÞА-ЯЁ"
PARTICLE = r"(?:de|del|della|di|da|du|des|van|von|bin|ibn|al|el|of|and|&|y|et|и)"
WORD = rf"(?<!\w)[{UPPER}][\w'’.-]{{0,30}}\w(?!\w)"
# What stands before the title of a work or of a product, which is no party; and verbs, which are no part of a name.
TITLED = re.compile(
    r"(?:альбом|фильм|песн|роман|книг|сериал|спектакл|библиотек|утилит|программ|игр|журнал|газет|комплекс|ракет)\w{0,3}\s«",
    re.IGNORECASE,
)
RUSSIAN_VERB = re.compile(r"[А-Яа-яё]{3,}(?:л|ла|ло|ли|ет|ют|ит|ят|ется|лось)\s(?=«)")
# Two to six words with capitals, or a name in Russian quotes after the word for what it is.
CAPITALS = re.compile(rf"{WORD}(?:[ \u00a0](?:{PARTICLE}[ \u00a0])?{WORD}){{1,5}}")
QUOTED = re.compile(rf"(?:\b[а-яё]{{4,16}}[ \u00a0]|[{UPPER}][а-яё]+[ \u00a0])?«[^»\n]{{2,50}}»")
# A claim by a word that describes the party may cost this much, one by a verb or preposition less; any where the name
# itself sounds like an organisation's.
NOUN_COST, VERB_COST, NAMED_COST = 0.7, 0.35, 1.0
SCORE = 0.6
# What may stand between a word for a role and the name, and the shortest name of a company.
COPULAS, MIN_CHINESE_NAME = frozenset({("为",), ("是",), ("系",)}), 4
MAX_PERSON_WORDS = 4
TITLE_REACH = 24
# More words in a line with a capital than this share make it a headline.
HEADLINE = 0.7


@cache
def _words() -> dict[str, Any]:
    stated: dict[str, Any] = read_yaml(shipped_file("party-words.yaml"))
    return stated


@cache
def _transliterated() -> re.Pattern[str]:
    characters = _words()["transliteration"]
    return re.compile(f"[{characters}]{{1,7}}(?:[·•・][{characters}]{{1,7}})+")


@cache
def _chinese() -> re.Pattern[str]:
    """Return a Chinese name of two or three characters that what follows closes."""
    surnames = _words()["surnames"]
    return re.compile(f"(?<![\u4e00-\u9fff])[{surnames}][\u4e00-\u9fff]{{1,2}}(?=作为|担任|[，、。；（,]|为|系|在|向)")


def find_by_role(passage: Passage, mentions: list[Mention]) -> list[Mention]:
    """Return parties beside words that give a role, where none of *mentions* has it."""
    taken = Stretches()
    for mention in mentions:
        if taken.are_free(mention.start, mention.end):
            taken.take(mention.start, mention.end)
    candidates = [c for c in _candidates(passage) if taken.are_free(c.start, c.end)]
    if not candidates:
        return []
    used = {claim.first for claim in find_claims(passage, mentions)}
    together = [*mentions, *candidates]
    claims = (claim for claim in find_claims(passage, together) if claim.party >= len(mentions))
    with_items = {passage.sentences.index(mention.start) for mention in mentions if mention.type == ITEM}
    sure = (c for c in claims if c.first not in used and _is_sure(passage, c, together[c.party], with_items))
    return [_typed(passage, together[claim.party], claim) for claim in sure]


def _is_sure(passage: Passage, claim: Claim, mention: Mention, with_items: set[int]) -> bool:
    """Return whether a claim makes a party of a mere name; a verb does so where goods are named in its sentence."""
    cue_start = passage.folded.origin[passage.words.starts[claim.first]]
    if claim.cue.frame == "noun" and not passage.text[mention.end : cue_start].strip(" ") and mention.end <= cue_start:
        return False  # "Chinese IDM manufacturer" describes no party of this name
    if _sounds_like_organisation(mention.text):
        return claim.cost <= NAMED_COST
    if claim.cue.frame == "noun":
        return claim.cost <= NOUN_COST
    return claim.cost <= VERB_COST and passage.sentences.index(mention.start) in with_items


def _sounds_like_organisation(name: str) -> bool:
    return "«" in name or any(word.startswith(_beginnings()) for word in re.findall(r"\w+", folded(name)))


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(folded(word) for words in _words()["organisation"].values() for word in words)


def _candidates(passage: Passage) -> Iterator[Mention]:
    text = passage.text
    patterns = [CAPITALS, QUOTED] if passage.language != "zh" else [_chinese(), _transliterated()]
    taken = Stretches()
    for pattern in reversed(patterns):
        for match in pattern.finditer(text):
            if TITLED.match(match.group()):
                continue
            verb = RUSSIAN_VERB.match(match.group())
            start, end = _trimmed(text, match.start() + (verb.end() if verb else 0), match.end())
            if end - start > 1 and taken.are_free(start, end) and not _in_headline(text, start, end):
                taken.take(start, end)
                yield Mention(start, end, text[start:end], ORGANISATION, None, text[start:end], "", score=SCORE)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without words in front that have their capital from the beginning of a sentence."""
    while start < end:
        word = re.match(r"[\w'’.-]+", text[start:end])
        if not word or folded(word.group()) not in _no_names():
            break
        start += word.end()
        start += len(text[start:end]) - len(text[start:end].lstrip())
    several = " " in text[start:end] or "\u00a0" in text[start:end] or not text[start:end].isascii()
    return (start, end) if several else (end, end)


@cache
def _no_names() -> frozenset[str]:
    return frozenset(folded(str(word)) for word in _words()["not_names"])


def _in_headline(text: str, start: int, end: int) -> bool:
    line_end = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : line_end if line_end >= 0 else len(text)][:400]
    words = re.findall(r"[^\W\d_]{4,}", line)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 6 and capitals / len(words) > HEADLINE


def _typed(passage: Passage, mention: Mention, claim: Claim) -> Mention:
    kind = PERSON if _is_person(passage, mention, claim) else ORGANISATION
    return replace(mention, type=kind, reason=f"stands where the word '{claim.cue.word}' names a party")


def _is_person(passage: Passage, mention: Mention, claim: Claim) -> bool:
    if _sounds_like_organisation(mention.text):
        return False
    before = folded(passage.text[max(0, mention.start - TITLE_REACH) : mention.start])
    titles = tuple(folded(str(w)) for words in _words()["titles"].values() for w in words)
    if before.rstrip(" .,").endswith(titles) or passage.language == "zh":
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
