"""Features of Russian tokens: form, stem, shape, part of speech, case, and the kinds of names that a word may be."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from nlp.features.spelling import affixes, shape, stemmer
from nlp.features.templates import around, rows

NAME_KINDS = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Trad")
TEMPLATES = (
    *around("word", 2),
    *around("stem", 2),
    *around("shape", 2),
    *around("speech", 2),
    *around("names", 1),
    *("prefix2", "prefix3", "prefix4", "suffix2", "suffix3", "suffix4", "case"),
    *("word-1 word", "word word+1", "stem-1 stem", "stem stem+1", "speech-1 speech", "speech speech+1"),
    *("shape-1 shape", "shape shape+1", "shape-1 shape shape+1", "names-1 names", "names names+1"),
    *("case-1 case", "case case+1", "shape names", "shape names shape+1 names+1", "shape-1 names-1 shape names"),
)


def russian_features(document: Sequence[Sequence[str]]) -> list[list[list[str]]]:
    """Return the features of the tokens of each sequence of a document."""
    found = []
    for sequence in document:
        known = [word_columns(word) for word in sequence]
        columns = {name: [columns[name] for columns in known] for name in (known[0] if known else ())}
        found.append(rows(columns, TEMPLATES) if known else [])
    return found


@lru_cache(100_000)
def word_columns(word: str) -> Mapping[str, str]:
    """Return the attributes of a word that do not depend on where it stands."""
    lower = word.lower()
    parses = _morphology().parse(lower)
    best = parses[0]
    kinds = [kind for kind in NAME_KINDS if any(kind in parse.tag for parse in parses)]
    columns = {
        "word": lower,
        "stem": stemmer("russian").stemWord(lower),
        "shape": shape(word),
        "speech": str(best.tag.POS),
        "case": f"{best.tag.POS} {best.tag.case} {best.tag.number}",
        "names": " ".join(("known" if best.is_known else "unknown", *kinds)),
    }
    return columns | affixes(lower)


@cache
def _morphology() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()
