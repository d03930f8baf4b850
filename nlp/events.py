"""Events: which stories tell the same happening in other words, also in another language.

Stories are compared by the words that say something, weighted by how rare they are (TF-IDF), the title's and the first
lines' more; names and numbers count more than other words. Groups are joined by average linkage while they are alike
enough, within a window of days. Groups of different languages are then joined by what they share in any language:
countries, cities, numbers and Latin spellings of names. Events may change with every new text.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING, Any

import numpy

from nlp.anchors import Anchors, anchors
from nlp.clustering import Vectors, clusters, weighted
from nlp.folding import folded
from nlp.language import identify

if TYPE_CHECKING:
    from nlp.stories import StoryText

# Stories further apart in time than this are of different happenings.
EVENT_DAYS = 7
# Groups join while their stories are as alike as this on average: best on articles cut into parts without a sentence in
# common.
EVENT_LIKENESS = 0.12
# Pairs of characters are shared less than words.
EAST_ASIAN_LIKENESS = 0.09
EAST_ASIAN = frozenset({"zh", "ja", "ko"})
ACROSS_LANGUAGES = 0.4
# Enough to tell the language by.
LANGUAGE_CHARACTERS = 400
# Words beyond these of a story are detail.
MAX_WORDS = 400
LEAD_WORDS = 60
LEAD_WEIGHT = 1.5
TITLE_WEIGHT = 3
NAME_WEIGHT = 1.6
MIN_LETTERS = 3


@dataclass(frozen=True)
class _Told:
    """A story as it is compared: its words with weights, its day, its language."""

    name: str
    terms: Mapping[str, float]
    day: int | None
    language: str | None


def events_of(stories: Mapping[str, "StoryText"]) -> dict[str, str]:
    """Return the event of each story: the smallest name of the stories that tell it."""
    told = [_tell(name, stories[name]) for name in sorted(stories)]
    by_language: dict[str, list[int]] = defaultdict(list)
    for index, story in enumerate(told):
        by_language[story.language or ""].append(index)
    groups: list[list[int]] = []
    for language, members in sorted(by_language.items()):
        least = EAST_ASIAN_LIKENESS if language in EAST_ASIAN else EVENT_LIKENESS
        vectors = Vectors(weighted([told[i].terms for i in members]), _days([told[i].day for i in members]))
        groups += [[members[i] for i in group] for group in clusters(vectors, least, EVENT_DAYS)]
    if len(by_language) > 1:
        groups = _across(groups, told, stories)
    return {told[i].name: told[min(group)].name for group in groups for i in group}


def _tell(name: str, story: "StoryText") -> _Told:
    from nlp.stories import words

    language = identify(f"{story.title}\n{story.text}"[:LANGUAGE_CHARACTERS]).language
    stem, empty = _stemmer(language), _stop_words(language)
    weights: dict[str, float] = defaultdict(float)
    for term in _terms(words(story.title)):
        weights[stem(term)] += TITLE_WEIGHT
    for place, term in enumerate(_terms(words(story.text)[:MAX_WORDS])):
        if term not in empty:
            weights[stem(term)] += LEAD_WEIGHT if place < LEAD_WORDS else 1
    names = frozenset(map(stem, _names(story.text)))
    terms = {
        term: (1 + math.log(weight)) * (NAME_WEIGHT if term in names or term[0].isdigit() else 1)
        for term, weight in weights.items()
    }
    return _Told(name, terms, _day(story.published), language)


@cache
def _stemmer(language: str | None) -> Callable[[str], str]:
    """Return the Snowball stemmer of *language*, or what leaves words as they are where there is none."""
    import Stemmer
    from babel import Locale

    name = Locale("en").languages.get(language or "", "").lower()
    if name not in Stemmer.algorithms():
        return str
    stem = Stemmer.Stemmer(name).stemWord
    # A word that is nothing but an ending stays.
    return lambda word: stem(word) or word


@cache
def _stop_words(language: str | None) -> frozenset[str]:
    """Return spaCy's stop words, folded; their file is run alone, as all of spaCy takes a second to import."""
    spec = find_spec("spacy")
    file = Path(spec.origin or "").parent / "lang" / str(language) / "stop_words.py" if spec else Path()
    return frozenset(map(folded, run_path(str(file))["STOP_WORDS"])) if file.is_file() else frozenset()


def _terms(found: Sequence[str]) -> Iterator[str]:
    """Yield the words that say something: of some length, numbers, and Chinese as pairs of characters."""
    for word, following in pairwise([*found, ""]):
        if len(word) >= MIN_LETTERS or word.isdigit():
            yield word
        elif len(word) == 1 == len(following) and not word.isascii() and not following.isascii():
            yield word + following


def _names(text: str) -> frozenset[str]:
    """Return the folded words that stand with a capital inside a sentence."""
    from nlp.stories import FACT

    return frozenset(folded(fact) for fact in FACT.findall(text))


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None


def _days(days: Sequence[int | None]) -> Any:
    """Return days as numbers; one that is not known is near every other, as comparisons with NaN are false."""
    return numpy.array([numpy.nan if day is None else day for day in days], dtype=numpy.float64)


def _across(groups: list[list[int]], told: Sequence[_Told], stories: Mapping[str, "StoryText"]) -> list[list[int]]:
    """Join events of different languages by the anchors that they share."""
    named = [_anchors_of([stories[told[i].name] for i in group]) for group in groups]
    rows = weighted([{anchor: 1 + math.log(count) for anchor, count in those.items()} for those in named])
    first_days = [min((d for i in group if (d := told[i].day) is not None), default=None) for group in groups]
    languages = numpy.array([told[group[0]].language or "" for group in groups])
    joined = clusters(Vectors(rows, _days(first_days), languages), ACROSS_LANGUAGES, EVENT_DAYS)
    return [[i for place in those for i in groups[place]] for those in joined]


def _anchors_of(stories: Sequence["StoryText"]) -> Anchors:
    found: Anchors = Counter()
    for story in stories:
        found |= anchors(f"{story.title}\n{story.text}")
    return found
