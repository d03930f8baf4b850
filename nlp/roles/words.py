"""The words that say what a party does, from `catalogue/roles.yaml`, as one book of phrases."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache, lru_cache
from typing import Any, Literal
from weakref import WeakKeyDictionary

from nlp.catalogue import read_yaml, shipped_file
from nlp.compiled import compiled
from nlp.folding import folded
from nlp.passage import Passage
from nlp.phrases import Found, PhraseBook
from nlp.roles.verbs import KINDS as VERB_KINDS
from nlp.roles.verbs import Form, verb_forms

# `deal` is a noun such as "sale", which gives no role itself but says which way a preposition points.
Frame = Literal["noun", "doer", "by", "to", "deal"]
Direction = Literal["to", "from", "by", "through"]


@dataclass(frozen=True, slots=True)
class RoleCue:
    """A word that gives a party a role; `kind` is the relation that it tells of."""

    role: str
    frame: Frame
    kind: str
    word: str
    language: str


@dataclass(frozen=True)
class RoleWords:
    """The book of cues, and the words that may and may not stand between a cue and its party."""

    book: PhraseBook[RoleCue]
    fillers: frozenset[str]
    breakers: frozenset[str]
    owners: frozenset[str]
    capacities: frozenset[str]
    articles: frozenset[str]
    joining: frozenset[str]
    vague: frozenset[str]
    goods: frozenset[str]
    common: frozenset[str]
    prepositions: dict[str, dict[str, list[str]]]


WORD_LISTS = ("fillers", "breakers", "owners", "capacities", "articles", "joining", "vague", "goods", "common")
# What a noun of each role tells of.
KINDS = {
    "supplier": "supplied",
    "manufacturer": "manufactured",
    "broker": "brokered",
    "forwarder": "shipped",
    "consignee": "supplied",
    "end user": "supplied",
    "financier": "financed",
}


# Roles, relations and unknown parties each look at the same words of one passage.
_FOUND: "WeakKeyDictionary[Passage, list[Found[RoleCue]]]" = WeakKeyDictionary()


@cache
def role_words() -> RoleWords:
    """Return the words of the catalogue that ships."""
    nouns, verbs = shipped_file("roles.yaml"), shipped_file("role-verbs.yaml")
    state, lists, prepositions = compiled("roles", [nouns, verbs], lambda: _build(read_yaml(nouns), read_yaml(verbs)))
    return RoleWords(PhraseBook(state, lambda row: RoleCue(*row)), **lists, prepositions=prepositions)


@lru_cache(20_000)
def is_role(word: str) -> bool:
    """Return whether a folded *word* is what a party is called by its role: a broker, le fournisseur."""
    return any(cue.frame == "noun" for cue in role_words().book.values_of((word,)))


def cues_in(passage: Passage) -> list[Found[RoleCue]]:
    """Return all words in *passage* that may give a role, found once a passage."""
    found = _FOUND.get(passage)
    if found is None:
        found = _FOUND[passage] = list(role_words().book.find(passage.words))
    return found


def _build(stated: dict[str, Any], verbs: dict[str, Any]) -> tuple[Any, ...]:
    book: PhraseBook[RoleCue] = PhraseBook()
    vague = set()
    for language, form, cue in _forms(verbs):
        book.add(form.text, language, cue)
        if form.vague:
            vague.add(folded(form.text))
    for cue in _cues(stated["roles"]):
        book.add(cue.word, cue.language, cue)
    for direction, by_language in stated["deals"].items():
        for language, words in by_language.items():
            for word in words:
                book.add(word, language, RoleCue(direction, "deal", "supplied", word, language))
    lists = {name: _folded(stated[name]) for name in WORD_LISTS}
    lists["vague"] |= vague
    prepositions = {
        direction: {language: [folded(word) for word in words] for language, words in by_language.items()}
        for direction, by_language in stated["prepositions"].items()
    }
    return book.state(astuple), lists, prepositions


def _forms(verbs: dict[str, Any]) -> Iterator[tuple[str, Form, RoleCue]]:
    """Yield the language by whose rules a form of a verb inflects, the form, and what it says."""
    for language, kind, form in verb_forms(verbs):
        role, relation, deal = VERB_KINDS[kind]
        frame: Frame = form.use
        if form.use == "deal" and deal is None:
            continue
        if form.use == "by" and role == "consignee":
            frame = "to"
        role = deal if form.use == "deal" and deal else role
        yield language if form.inflected else "", form, RoleCue(role, frame, relation, form.text, language)


def _folded(by_language: dict[str, list[str]]) -> frozenset[str]:
    return frozenset(folded(str(word)) for words in by_language.values() for word in words)


def _cues(roles: dict[str, Any]) -> Iterator[RoleCue]:
    for role, frames in roles.items():
        for language, words in frames.get("noun", {}).items():
            yield from (RoleCue(role, "noun", KINDS[role], word, language) for word in words)
        for frame in ("doer", "by", "to"):
            for kind, by_language in frames.get(frame, {}).items():
                for language, words in by_language.items():
                    yield from (RoleCue(role, frame, kind, word, language) for word in words)
