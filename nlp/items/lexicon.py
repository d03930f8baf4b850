"""What the item finder looks for: names, contexts and the everyday words that speak against them, in one book."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nlp.catalogue import read_yaml, shipped_file
from nlp.items.catalogue import Item, Phrases, catalogue
from nlp.phrases import PhraseBook

Strength = Literal["strong", "trade", "weak"]
# Acronyms and symbols of so few letters are found only as they are written.
MAX_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an item; `cased` ones are found only in the case that they are written in."""

    item: int
    text: str
    language: str
    strength: Strength
    cased: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of context: `sense` is an area or an everyday domain, or an item's own where `item` is given."""

    sense: str
    word: str
    supports: bool
    item: int | None = None


@dataclass(frozen=True)
class Lexicon:
    """All items, with the book of their names and cues."""

    items: tuple[Item, ...]
    book: PhraseBook[Name | Cue]
    by_cas: dict[str, int]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the catalogue that ships."""
    return compile_lexicon(catalogue())


def compile_lexicon(items: tuple[Item, ...]) -> Lexicon:
    """Return the lexicon of *items* with the shared words of context."""
    book: PhraseBook[Name | Cue] = PhraseBook()
    for number, item in enumerate(items):
        for name in _names(number, item):
            book.add(name.text, "" if name.strength == "trade" else name.language, name)
        for phrases, supports in ((item.context, True), (item.against, False)):
            for language, phrase in _pairs(phrases):
                book.add(phrase, language, Cue(item.name, phrase, supports, number))
    for cue, language in _shared_cues():
        book.add(cue.word, language, cue)
    return Lexicon(items, book, {cas: number for number, item in enumerate(items) for cas in item.cas})


def _names(number: int, item: Item) -> Iterator[Name]:
    strengths: tuple[tuple[Strength, Phrases], ...] = (
        ("strong", item.names),
        ("trade", (("", item.trade),)),
        ("weak", item.weak),
    )
    for strength, phrases in strengths:
        for language, text in _pairs(phrases):
            yield Name(number, text, language, strength, is_acronym(text))


def is_acronym(text: str) -> bool:
    """Return whether *text* is a short run of capitals and digits."""
    return len(text) <= MAX_ACRONYM and text.isupper() and text.upper() != text.lower()


def _pairs(phrases: Phrases) -> Iterator[tuple[str, str]]:
    for language, texts in phrases:
        for text in texts:
            yield language, text


def _shared_cues() -> Iterator[tuple[Cue, str]]:
    stated = read_yaml(shipped_file("context.yaml"))
    for side, supports in (("supports", True), ("everyday", False)):
        for sense, by_language in stated[side].items():
            for language, words in by_language.items():
                for word in words:
                    yield Cue(sense, word, supports), language
