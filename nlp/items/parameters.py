"""Which technical parameter a quantity in a text gives, by the words that announce it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from nlp.catalogue import read_yaml, shipped_file
from nlp.compiled import compiled
from nlp.passage import Passage
from nlp.phrases import PhraseBook
from nlp.quantities import Quantity, find_quantities

# A parameter's words stand this many characters before its quantity at most, or fewer after it.
REACH_BEFORE = 70
REACH_AFTER = 30
SEPARATORS = frozenset(",;，；،؛、。.")


@dataclass(frozen=True, slots=True)
class Given:
    """A quantity and the parameters that the text may mean by it; none where no word announces it."""

    quantity: Quantity
    parameters: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Announced:
    start: int
    end: int
    parameter: str


@dataclass(frozen=True)
class Parameters:
    """Each parameter of the catalogue with itself and those that are named in its stead, and the words for them."""

    near: dict[str, frozenset[str]]
    book: PhraseBook[str]


@cache
def parameters() -> Parameters:
    """Return the parameters of the catalogue that ships."""
    file = shipped_file("parameters.yaml")
    near, state = compiled("parameters", [file], lambda: _build(read_yaml(file)))
    return Parameters(near, PhraseBook(state))


def _build(stated: dict[str, Any]) -> tuple[dict[str, frozenset[str]], tuple[Any, ...]]:
    book: PhraseBook[str] = PhraseBook()
    for name, entry in stated.items():
        for language, words in entry["words"].items():
            for word in words:
                book.add(str(word), language, name)
    return {name: frozenset({name, *entry.get("near", ())}) for name, entry in stated.items()}, book.state(str)


def find_given(text: str, language: str | None, start: int) -> list[Given]:
    """Return the quantities in *text*, which begins at *start* of the document, with their parameters."""
    quantities = find_quantities(text, language)
    if not quantities:
        return []
    announced = _announcements(text, language)
    taken = [(q.start, q.end) for q in quantities if q.units]
    found = (Given(_moved(q, start), _parameters(text, q, announced, taken)) for q in quantities)
    return [given for given in found if given.quantity.units or given.parameters]


def _moved(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by)


def _announcements(text: str, language: str | None) -> list[_Announced]:
    passage = Passage(text, language)
    words, folded = passage.words, passage.folded
    everything = list(parameters().book.find(words))
    longest = [f for f in everything if not any(o.first <= f.first and f.last <= o.last and o != f for o in everything)]
    return [
        _Announced(*folded.span(words.starts[f.first], words.ends[f.last]), parameter)
        for f in longest
        for parameter in f.values
    ]


def _parameters(
    text: str, quantity: Quantity, announced: list[_Announced], taken: Iterable[tuple[int, int]]
) -> frozenset[str]:
    """Return the parameters of the nearest words before *quantity*, else of those right after it."""
    before = [
        a for a in announced if 0 <= quantity.start - a.end <= REACH_BEFORE and _free(a.end, quantity.start, taken)
    ]
    if before:
        nearest = max(a.end for a in before)
        return frozenset(a.parameter for a in before if a.end == nearest)
    after = [a for a in announced if 0 <= a.start - quantity.end <= REACH_AFTER]
    after = [a for a in after if not SEPARATORS & set(text[quantity.end : a.start])]
    nearest = min((a.start for a in after), default=0)
    return frozenset(a.parameter for a in after if a.start == nearest)


def _free(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    """Return whether no other quantity lies between *start* and *end*."""
    return not any(start <= other_start and other_end <= end for other_start, other_end in taken)
