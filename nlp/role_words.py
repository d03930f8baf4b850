"""The words that say what a party does, from `catalogue/roles.yaml`, as one book of phrases."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache
from typing import Any, Literal

from nlp.catalogue import read_yaml, shipped_file
from nlp.compiled import compiled
from nlp.folding import folded
from nlp.phrases import PhraseBook

Frame = Literal["noun", "doer", "by", "to"]


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


@cache
def role_words() -> RoleWords:
    """Return the words of the catalogue that ships."""
    file = shipped_file("roles.yaml")
    state, fillers, breakers = compiled("roles", [file], lambda: _build(read_yaml(file)))
    return RoleWords(PhraseBook(state, lambda row: RoleCue(*row)), fillers, breakers)


def _build(stated: dict[str, Any]) -> tuple[tuple[Any, ...], frozenset[str], frozenset[str]]:
    book: PhraseBook[RoleCue] = PhraseBook()
    for cue in _cues(stated["roles"]):
        book.add(cue.word, cue.language, cue)
    return book.state(astuple), _folded(stated["fillers"]), _folded(stated["breakers"])


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
