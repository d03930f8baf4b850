"""What the item finder looks for: names, contexts and the everyday words that speak against them, in one book."""

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from typing import Any, Literal

from nlp.catalogue import read_yaml, shipped, shipped_file
from nlp.compiled import compiled
from nlp.items.catalogue import Item, Limit, Phrases, catalogue
from nlp.items.variants import variants
from nlp.phrases import PhraseBook

Strength = Literal["strong", "trade", "weak"]
# `own` speaks for or against one item; `bearer` carries a name; `cover` announces a false description.
CueKind = Literal["supports", "everyday", "own", "against", "bearer", "half-bearer", "cover"]
# Acronyms and symbols of so few letters are found only as they are written.
MAX_ACRONYM = 5
# Symbols of elements, one of them with a small letter.
FORMULA = re.compile("(?=.*[a-z])[A-Z][a-z]?(?:[A-Z][a-z]?)+")
DECLINED_ACRONYM = re.compile("[А-ЯЁ]{2,}[БВГДЖЗКЛМНПРСТФХЦЧШЩ]")
# How Russian grades and types are written in Latin letters: ТРДД-50 is TRDD-50, УМТ49 is UMT49.
GRADES = str.maketrans(
    dict(zip("АБВГДЕЗИЙКЛМНОПРСТУФЫЭ", "ABVGDEZIYKLMNOPRSTUFYE", strict=True))
    | {"Ж": "Zh", "Х": "Kh", "Ц": "Ts", "Ч": "Ch", "Ш": "Sh", "Щ": "Shch", "Ю": "Yu", "Я": "Ya", "Ь": "", "Ъ": ""}
)
# Capitals that an ordinary word has nowhere.
MIXED = re.compile(r"(?:[a-z]{1,2}[A-Z]{2}\w*|[A-Z][a-z][A-Z]{2}\w*)$")
PLURAL_ACRONYM = re.compile(r"(?<=[A-Z\d]{2})s$")
BEARERS: tuple[tuple[str, CueKind], ...] = (("only", "bearer"), ("also", "half-bearer"))


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
    """A word of context: `sense` is an area, `trade` or an everyday domain; an `own` or `against` cue has its item."""

    kind: CueKind
    word: str
    sense: str = ""
    item: int | None = None
    cased: bool = False
    language: str = ""


@dataclass(frozen=True)
class Lexicon:
    """All items, with the book of their names and cues."""

    items: tuple[Item, ...]
    book: PhraseBook[Name | Cue]

    @cached_property
    def by_cas(self) -> dict[str, int]:
        """CAS numbers, each with the number of its item."""
        return {cas: number for number, item in enumerate(self.items) for cas in item.cas}


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the catalogue that ships."""
    rows, state = compiled("items", _catalogues(), lambda: _plain(compile_lexicon(catalogue())))
    return Lexicon(tuple(map(_item, rows)), PhraseBook(state, _decode))


def _catalogues() -> Iterator[Traversable]:
    yield from shipped("items")
    yield shipped_file("context.yaml")


def _plain(known: Lexicon) -> tuple[list[tuple[Any, ...]], tuple[Any, ...]]:
    """Return *known* as plain values."""
    return [astuple(item) for item in known.items], known.book.state(_encode)


def _item(row: tuple[Any, ...]) -> Item:
    stated = dict(zip((field.name for field in fields(Item)), row, strict=True))
    return Item(**{**stated, "limits": tuple(Limit(*limit) for limit in stated["limits"])})


def _encode(value: Name | Cue) -> tuple[Any, ...]:
    return (isinstance(value, Name), *astuple(value))


def _decode(row: tuple[Any, ...]) -> Name | Cue:
    is_name, *stated = row
    return Name(*stated) if is_name else Cue(*stated)


def compile_lexicon(items: tuple[Item, ...]) -> Lexicon:
    """Return the lexicon of *items* with the shared words of context."""
    book: PhraseBook[Name | Cue] = PhraseBook()
    for number, item in enumerate(items):
        for name in _names(number, item):
            _add(book, name.text, "" if name.strength == "trade" else name.language, name)
        for language, phrase in _pairs(item.context):
            cue = Cue("own", phrase, item=number, cased=is_acronym(phrase), language=language)
            _add(book, phrase, language, cue)
        for language, phrase in _pairs(item.against):
            cue = Cue("against", phrase, item=number, cased=is_acronym(phrase), language=language)
            _add(book, phrase, language, cue)
    for cue, language in _shared_cues():
        _add(book, cue.word, language, cue)
    return Lexicon(items, book)


def _add(book: PhraseBook[Name | Cue], phrase: str, language: str, value: Name | Cue) -> None:
    """Add *phrase* and other spellings of it; of acronyms only Russian ones in a consonant have cases: РИТЭГов."""
    if is_acronym(phrase) and phrase.isascii() and not phrase.endswith("s"):
        book.add(f"{phrase}s", "", value)
    declined = not is_cased(phrase) or (language == "ru" and DECLINED_ACRONYM.fullmatch(phrase) is not None)
    book.add(phrase, language if declined else "", value)
    for other in variants(phrase, language):
        book.add(other, language, value)


def _names(number: int, item: Item) -> Iterator[Name]:
    strengths: tuple[tuple[Strength, Phrases], ...] = (
        ("strong", item.names),
        ("trade", (("", item.trade),)),
        ("weak", item.weak),
    )
    for strength, phrases in strengths:
        for language, text in _pairs(phrases):
            yield Name(number, text, language, strength, is_cased(text))
            if strength == "trade" and (latin := text.translate(GRADES)) != text:
                yield Name(number, latin, language, strength, is_acronym(latin))


def is_cased(text: str) -> bool:
    """Return whether *text* is an acronym, a short formula without a number, NaF, or such as sUAS and BoNT/A."""
    closed = text.replace("-", "").replace("/", "")
    formula = len(closed) <= MAX_ACRONYM and FORMULA.fullmatch(closed) is not None
    return is_acronym(text) or formula or MIXED.match(closed) is not None


def is_acronym(text: str) -> bool:
    """Return whether *text* is a short run of capitals and digits, also in the plural: FPGAs."""
    text = PLURAL_ACRONYM.sub("", text)
    return len(text) <= MAX_ACRONYM and text.isupper() and text.upper() != text.lower()


def _pairs(phrases: Phrases) -> Iterator[tuple[str, str]]:
    for language, texts in phrases:
        for text in texts:
            yield language, text


def _shared_cues() -> Iterator[tuple[Cue, str]]:
    stated = read_yaml(shipped_file("context.yaml"))
    groups: list[tuple[CueKind, str, dict[str, list[str]]]] = [("cover", "", stated["cover"])]
    groups += [("supports", area, words) for area, words in stated["supports"].items()]
    groups += [("everyday", domain, words) for domain, words in stated["everyday"].items()]
    groups += [(kind, "", stated["bearers"][key]) for key, kind in BEARERS]
    for kind, sense, by_language in groups:
        for language, words in by_language.items():
            for word in words:
                yield Cue(kind, word, sense, cased=is_acronym(word), language=language), language
