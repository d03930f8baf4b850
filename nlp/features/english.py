"""Features of English tokens: form, stem, shape, Brown cluster, leaning to capitals, and the rest of the document."""

import gzip
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from nlp.compiled import compiled
from nlp.features.spelling import affixes, shape, stemmer
from nlp.features.templates import around, rows

# A word leans to capitals or away from them by at most this many steps.
CAPITAL_STEPS = 3
# The branches of the tree of Brown clusters: the first are kinds of words, the further ones meanings.
BRANCHES = (4, 6, 8, 10, 12, 16)
# A word is counted in a document up to here.
OFTEN = 2
TEMPLATES = (
    *around("word", 2),
    *around("shape", 2),
    *around("suffix3", 1),
    *around("stem", 1),
    *around("leaning", 1),
    *around("place", 1),
    *around("cluster4", 2),
    *around("cluster6", 2),
    *around("cluster8", 1),
    *around("cluster12", 1),
    *("cluster10", "cluster16", "prefix2", "prefix3", "suffix2", "suffix4", "elsewhere"),
    *("word-1 word", "word word+1", "cluster6-1 cluster6", "cluster6 cluster6+1", "cluster10-1 cluster10"),
    *("cluster10 cluster10+1", "shape-1 shape", "shape shape+1", "shape-1 shape shape+1"),
    "cluster6-1 cluster6 cluster6+1",
)


def english_features(document: Sequence[Sequence[str]]) -> list[list[list[str]]]:
    """Return the features of the tokens of each sequence of a document."""
    inside, small = Counter[str](), Counter[str]()
    for sequence in document:
        inside.update(word for word in sequence[1:] if word[0].isupper())
        small.update(word for word in sequence if word.islower())
    found = []
    for sequence in document:
        known = [word_columns(word) for word in sequence]
        columns = {name: [columns[name] for columns in known] for name in (known[0] if known else ())}
        columns["elsewhere"] = [_elsewhere(word, inside, small) for word in sequence]
        found.append(rows(columns, TEMPLATES) if known else [])
    return found


def _elsewhere(word: str, inside: Counter[str], small: Counter[str]) -> str:
    """Return how often a capitalised word stands with a capital inside sequences, and in small letters."""
    if not word[0].isupper():
        return ""
    return f"{min(inside[word], OFTEN)} {min(small[word.lower()], OFTEN)}"


@lru_cache(50_000)
def word_columns(word: str) -> Mapping[str, str]:
    """Return the attributes of a word that do not depend on where it stands."""
    lower, words = word.lower(), english_words()
    cluster, leaning = words.get(word) or words.get(lower) or ("", "")
    columns = {
        "word": lower,
        "stem": stemmer("english").stemWord(lower),
        "shape": shape(word),
        "leaning": words.get(lower, ("", ""))[1] or leaning or "?",
        "place": _place_words().get(lower, ""),
    }
    columns |= {f"cluster{branch}": cluster[:branch] for branch in BRANCHES}
    return columns | affixes(lower)


@cache
def english_words() -> Mapping[str, tuple[str, str]]:
    """Return words with their Brown cluster as bits and their leaning to capitals, either empty where not known."""
    file = files("nlp.wordlists").joinpath("english.tsv.gz")
    words: Mapping[str, tuple[str, str]] = compiled("english-words", [file], lambda: _english_rows(file.read_bytes()))
    return words


def _english_rows(packed: bytes) -> dict[str, tuple[str, str]]:
    lines = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
    return {word: (cluster, capitals) for word, cluster, capitals in lines}


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
