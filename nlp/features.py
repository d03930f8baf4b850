"""What a token looks like to a trained pipeline: its stem, its neighbours, and what word lists know of it.

A component of the pipelines trained here: it fills attributes of a token that the tok2vec layer hashes. What it writes
is a feature and no analysis: TAG holds the class that a list gives, DEP the position in a word of a lexicon.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from spacy.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc

STEMMED = {"en": "english", "ru": "russian", "fr": "french", "es": "spanish", "ar": "arabic"}
# Words of a lexicon that are longer than this name nothing.
LONGEST_WORD = 6


def by_stem(doc: "Doc") -> "Doc":
    """Write the stem of each token as its lemma, and the class that word lists give as its tag."""
    language = doc.vocab.lang
    stem = _stemmer(language)
    classify = _russian_class if language == "ru" else _word_class(language)
    for token in doc:
        token.lemma_ = stem(token.lower_)
        token.tag_ = classify(token.lower_)
    return doc


def by_neighbours(doc: "Doc") -> "Doc":
    """Write the pairs that a Chinese character makes with its neighbours, and its places in words of a lexicon."""
    characters = [token.text for token in doc]
    before = ["", *characters[:-1]]
    after = [*characters[1:], ""]
    places = lexicon_places("".join(c if len(c) == 1 else "x" for c in characters))
    for token, left, right, place in zip(doc, before, after, places, strict=True):
        token.norm_ = f"{token.text}{right}"
        token.lemma_ = f"{left}{token.text}"
        token.tag_ = place
    return doc


@Language.factory("watchword_features")
def make_features(nlp: Language, name: str) -> Callable[["Doc"], "Doc"]:  # noqa: ARG001
    """Return the component for the language of *nlp*."""
    return by_neighbours if nlp.lang == "zh" else by_stem


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import Stemmer

    return lru_cache(50_000)(Stemmer.Stemmer(STEMMED[language]).stemWord)


def _word_class(language: str) -> Callable[[str], str]:
    stem, classes = _stemmer(language), _word_classes(language)
    return lambda word: classes.get(word) or classes.get(stem(word)) or "-"


KINDS_OF_NAME = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Trad")


@lru_cache(100_000)
def _russian_class(word: str) -> str:
    parses = _morphology().parse(word)
    kinds = [kind for kind in KINDS_OF_NAME if any(kind in parse.tag for parse in parses)]
    best = parses[0].tag
    return " ".join((str(best.POS), str(best.case), "known" if parses[0].is_known else "", *kinds))


@cache
def _morphology() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _word_classes(language: str) -> Mapping[str, str]:
    """Return words of the names of countries, languages and currencies, by class (CLDR)."""
    from babel import Locale

    stem = _stemmer(language)
    classes: dict[str, str] = {}
    locale = Locale(language)
    for kind, names in (("language", locale.languages), ("territory", locale.territories)):
        for name in names.values():
            for word in name.lower().split():
                if len(word) > 3:
                    classes[word] = classes[stem(word)] = kind
    return classes


@cache
def _lexicon() -> frozenset[str]:
    """Return Chinese words of two characters and more: pypinyin's phrases and the territories of CLDR."""
    from babel import Locale
    from pypinyin.phrases_dict import phrases_dict

    words = {word for word in phrases_dict if len(word) <= LONGEST_WORD}
    return frozenset(words | set(Locale("zh").territories.values()))


def lexicon_places(text: str) -> list[str]:
    """Return where each character of *text* may stand in words of the lexicon: B, M, E and the longest length."""
    known = _lexicon()
    places: list[set[str]] = [set() for _ in text]
    for start in range(len(text)):
        for length in range(2, min(LONGEST_WORD, len(text) - start) + 1):
            if text[start : start + length] in known:
                places[start].add(f"B{min(length, 4)}")
                places[start + length - 1].add("E")
                for inside in range(start + 1, start + length - 1):
                    places[inside].add("M")
    return ["".join(sorted(found)) for found in places]
