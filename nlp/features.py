"""What a token looks like to a trained pipeline: its stem, its neighbours, and what word lists know of it.

A component of the pipelines trained here: it fills attributes of a token that the tok2vec layer hashes. What it writes
is a feature and no analysis: LEMMA holds a stem or a pair of characters, TAG the class that a list gives.
"""

import gzip
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.language import Language

from nlp.compiled import compiled
from nlp.segmentation import name_places, segmented

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

STEMMED = {"en": "english", "ru": "russian"}
# A word leans to capitals or away from them by at most this many steps.
CAPITAL_STEPS = 3
# The first branches of the tree of Brown clusters: kinds of words; the further ones: their meaning.
KIND_BITS, MEANING_BITS = 6, 12
NAME_KINDS = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Trad")


class Look(NamedTuple):
    """A token's text and what it looks like, by the attributes that hold it; an empty one is not written."""

    text: str
    norm: str
    lemma: str
    tag: str
    dep: str = ""
    morph: str = ""


@Language.factory("watchword_features")  # type: ignore[untyped-decorator]
def make_features(nlp: Language, name: str) -> Callable[["Doc"], "Doc"]:  # noqa: ARG001
    """Return the component for the language of *nlp*."""
    looks = BY_LANGUAGE[nlp.lang]

    def component(doc: "Doc") -> "Doc":
        for token, look in zip(doc, looks(doc), strict=True):
            write(token, look)
        return doc

    return component


def write(token: "Token", look: Look) -> None:
    """Write into *token* what it looks like."""
    token.norm_, token.lemma_, token.tag_ = look.norm, look.lemma, look.tag
    if look.dep:
        token.dep_ = look.dep
    if look.morph:
        token.set_morph(look.morph)


def for_english(doc: "Doc") -> list[Look]:
    """Return stem, class and Brown cluster of each token."""
    return [_english(token.text, token.norm_) for token in doc]


@lru_cache(100_000)
def _english(text: str, norm: str) -> Look:
    words, lower = english_words(), text.lower()
    cluster, leaning = words.get(text) or words.get(lower) or ("", "")
    kind = _place_words().get(lower) or f"capital {words.get(lower, ('', ''))[1] or leaning or '?'}"
    bits, meaning = cluster[:KIND_BITS] or "-", f"Cluster={cluster[:MEANING_BITS] or '-'}"
    return Look(text, norm, _stemmer("en")(lower), kind, bits, meaning)


def for_russian(doc: "Doc") -> list[Look]:
    """Return the stem of each token, its part of speech and case, and the kinds of names that it may be."""
    stem = _stemmer("ru")
    return [Look(token.text, token.norm_, stem(token.lower_), _russian_class(token.lower_)) for token in doc]


def for_chinese(doc: "Doc") -> list[Look]:
    """Return the pairs that a Chinese character makes, the word that it stands in, and the names that it may be of."""
    characters = [token.text for token in doc]
    text = "".join(c if len(c) == 1 else "x" for c in characters)
    rows = zip(characters, [*characters[1:], ""], segmented(text), name_places(text), strict=True)
    return [Look(c, c + after, word, place + kind, names or "-") for c, after, (word, place, kind), names in rows]


BY_LANGUAGE: Mapping[str, Callable[["Doc"], list[Look]]] = {"en": for_english, "ru": for_russian, "zh": for_chinese}


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import Stemmer

    return lru_cache(50_000)(Stemmer.Stemmer(STEMMED[language]).stemWord)


@cache
def english_words() -> Mapping[str, tuple[str, str]]:
    """Return words with their Brown cluster as bits and their leaning to capitals, either empty where not known."""
    file = files("nlp.wordlists").joinpath("english.tsv.gz")
    words: Mapping[str, tuple[str, str]] = compiled("english-words", [file], lambda: _english_rows(file.read_bytes()))
    return words


def _english_rows(packed: bytes) -> dict[str, tuple[str, str]]:
    rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
    return {word: (cluster, capitals) for word, cluster, capitals in rows}


@cache
def _place_words() -> Mapping[str, str]:
    """Return words of the names of languages, countries and cities, by class."""
    from babel import Locale

    from nlp.cities import cities

    locale = Locale("en")
    cities_named = (name.lstrip("?~") for city in cities().values() for name in city.in_script("latin"))
    classes: dict[str, str] = {}
    for kind, names in (
        ("city", cities_named),
        ("language", locale.languages.values()),
        ("territory", locale.territories.values()),
    ):
        classes |= {word: kind for name in names for word in name.lower().split() if len(word) > 3}
    return classes


@cache
def _morphology() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(100_000)
def _russian_class(word: str) -> str:
    parses = _morphology().parse(word)
    kinds = [kind for kind in NAME_KINDS if any(kind in parse.tag for parse in parses)]
    best = parses[0].tag
    return " ".join((str(best.POS), str(best.case), "known" if parses[0].is_known else "", *kinds))
