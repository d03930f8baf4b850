"""Events: which stories tell the same happening in other words, also in another language.

Stories are compared by the words that say something, weighted by how rare they are (TF-IDF), the title's and the first
lines' more; names and numbers count more than other words. Groups are joined by average linkage while they are alike
enough, within a window of days. Groups of different languages are then joined by what they share in any language:
countries, cities, sites, numbers and Latin spellings of names. Events may change with every new text.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy

from nlp.anchors import Anchors, anchors
from nlp.folding import folded
from nlp.language import identify

if TYPE_CHECKING:
    from nlp.stories import StoryText

# Stories further apart in time than this are of different happenings.
EVENT_DAYS = 7
# Groups join while their stories are as alike as this on average. Chosen on long articles cut into parts that share no
# sentence, and on news of one day by several publishers.
EVENT_LIKENESS = 0.16
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
# Even in a batch of two a word that both have is not rare: counts are taken as part of this many texts more.
BACKGROUND = 20
# A component of stories linked by likeness is compared as one matrix up to this size: 64 MB of numbers.
MAX_COMPONENT = 4000


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
    groups: list[list[int]] = []
    by_language: dict[str | None, list[int]] = defaultdict(list)
    for index, story in enumerate(told):
        by_language[story.language].append(index)
    for _, members in sorted(by_language.items(), key=lambda item: str(item[0])):
        groups += [[members[i] for i in group] for group in _groups([told[i] for i in members])]
    if len(by_language) > 1:
        groups = _across(groups, told, [stories[story.name] for story in told])
    return {told[i].name: told[min(group)].name for group in groups for i in group}


def _tell(name: str, story: "StoryText") -> _Told:
    from nlp.stories import words

    language = identify(f"{story.title}\n{story.text}"[:LANGUAGE_CHARACTERS]).language
    weights: Counter[str] = Counter()
    for term in _terms(words(story.title)):
        weights[term] += TITLE_WEIGHT
    found = words(story.text)[:MAX_WORDS]
    for place, term in enumerate(_terms(found)):
        weights[term] += LEAD_WEIGHT if place < LEAD_WORDS else 1
    names = _names(story.text)
    terms = {
        term: (1 + math.log(weight)) * (NAME_WEIGHT if term in names or term[0].isdigit() else 1)
        for term, weight in weights.items()
    }
    return _Told(name, terms, _day(story.published), language)


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


@dataclass(frozen=True)
class _Vectors:
    """Unit vectors of stories: for each term the stories that have it, with their weights."""

    postings: Mapping[str, tuple[Any, Any]]
    rows: Sequence[Mapping[str, float]]

    def likeness(self, row: int) -> Any:
        """Return the cosine of story *row* with every story."""
        found = numpy.zeros(len(self.rows), dtype=numpy.float32)
        for term, weight in self.rows[row].items():
            holders, weights = self.postings[term]
            found[holders] += weight * weights
        return found


def _vectors(told: Sequence[Mapping[str, float]]) -> _Vectors:
    seen = Counter(term for terms in told for term in terms)
    total = len(told) + BACKGROUND
    rows: list[dict[str, float]] = []
    holders: dict[str, list[int]] = defaultdict(list)
    weights: dict[str, list[float]] = defaultdict(list)
    for index, terms in enumerate(told):
        row = {term: weight * math.log(total / (seen[term] + 0.5)) for term, weight in terms.items()}
        length = math.sqrt(sum(weight * weight for weight in row.values())) or 1.0
        rows.append({term: weight / length for term, weight in row.items()})
        for term, weight in rows[-1].items():
            holders[term].append(index)
            weights[term].append(weight)
    postings = {
        term: (numpy.array(those), numpy.array(weights[term], numpy.float32)) for term, those in holders.items()
    }
    return _Vectors(postings, rows)


def _groups(told: Sequence[_Told]) -> list[list[int]]:
    """Return the events of stories in one language: average linkage inside the sets that likeness connects."""
    vectors = _vectors([story.terms for story in told])
    days = _days(told)
    groups: list[list[int]] = []
    for component in _components(vectors, days, EVENT_LIKENESS):
        alike = _matrix(vectors, component, days)
        groups += [[component[i] for i in group] for group in average_linkage(alike, EVENT_LIKENESS)]
    return groups


def _days(told: Sequence[_Told]) -> Any:
    """Return the days of stories as numbers; one without a date is near every other (not a number)."""
    return numpy.array([numpy.nan if story.day is None else story.day for story in told], dtype=numpy.float64)


def _apart(days: Any, row: int, others: Any) -> Any:
    return numpy.abs(days[others] - days[row]) > EVENT_DAYS


def _components(vectors: _Vectors, days: Any, least: float) -> list[list[int]]:
    """Return the sets of stories that likeness of at least *least* connects, with a higher bar where one is too large."""
    leaders = list(range(len(vectors.rows)))

    def find(index: int) -> int:
        while leaders[index] != index:
            leaders[index] = leaders[leaders[index]]
            index = leaders[index]
        return index

    every = numpy.arange(len(leaders))
    for row in range(len(leaders)):
        close = (vectors.likeness(row) >= least) & ~_apart(days, row, every)
        for other in numpy.flatnonzero(close[:row]):
            first, second = sorted((find(row), find(int(other))))
            leaders[second] = first
    sets: dict[int, list[int]] = defaultdict(list)
    for index in range(len(leaders)):
        sets[find(index)].append(index)
    if len(sets) > 1 or len(leaders) <= MAX_COMPONENT:
        small = [those for those in sets.values() if len(those) <= MAX_COMPONENT]
        large = [those for those in sets.values() if len(those) > MAX_COMPONENT]
        return small + [part for those in large for part in _parted(vectors, days, those, least)]
    return _parted(vectors, days, list(range(len(leaders))), least)


def _parted(vectors: _Vectors, days: Any, members: list[int], least: float) -> list[list[int]]:
    part = _Vectors(*_restricted(vectors, members))
    return [[members[i] for i in those] for those in _components(part, days[members], least * 1.25)]


def _restricted(
    vectors: _Vectors, members: list[int]
) -> tuple[Mapping[str, tuple[Any, Any]], list[Mapping[str, float]]]:
    rows = [vectors.rows[member] for member in members]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for term in row:
            holders[term].append(index)
    postings = {
        term: (numpy.array(those), numpy.array([rows[i][term] for i in those], numpy.float32))
        for term, those in holders.items()
    }
    return postings, rows


def _matrix(vectors: _Vectors, members: list[int], days: Any) -> Any:
    alike = numpy.zeros((len(members), len(members)), dtype=numpy.float32)
    for place, member in enumerate(members):
        alike[place] = vectors.likeness(member)[members]
        alike[place][_apart(days, member, members)] = 0
    return alike


def average_linkage(likeness: Any, least: float) -> list[list[int]]:
    """Join the two groups that are most alike on average, until none are as alike as *least*."""
    groups = {i: [i] for i in range(len(likeness))}
    alike = numpy.array(likeness, dtype=numpy.float32)
    numpy.fill_diagonal(alike, -numpy.inf)
    while len(groups) > 1:
        best = alike.max(axis=1)
        first = int(best.argmax())
        if best[first] < least:
            break
        second = int(alike[first].argmax())
        share = len(groups[first]) / (len(groups[first]) + len(groups[second]))
        joined = share * alike[first] + (1 - share) * alike[second]
        joined[first] = -numpy.inf
        alike[first] = alike[:, first] = joined
        alike[second] = alike[:, second] = -numpy.inf
        groups[first] += groups.pop(second)
    return [sorted(group) for group in groups.values()]


def _across(groups: list[list[int]], told: Sequence[_Told], stories: Sequence["StoryText"]) -> list[list[int]]:
    """Join events of different languages by the anchors that they share."""
    named = [_anchors_of(group, told, stories) for group in groups]
    days = _days([_Told("", {}, _first_day(group, told), None) for group in groups])
    vectors = _vectors([{anchor: 1 + math.log(count) for anchor, count in those.items()} for those in named])
    alike = _matrix(vectors, list(range(len(groups))), days)
    for one, first in enumerate(groups):
        for other, second in enumerate(groups):
            if told[first[0]].language == told[second[0]].language:
                alike[one, other] = 0
    return [[i for place in joined for i in groups[place]] for joined in average_linkage(alike, ACROSS_LANGUAGES)]


def _anchors_of(group: list[int], told: Sequence[_Told], stories: Sequence["StoryText"]) -> Anchors:
    found: Anchors = Counter()
    for index in group:
        found |= anchors(f"{stories[index].title}\n{stories[index].text}")
    return found


def _first_day(group: list[int], told: Sequence[_Told]) -> int | None:
    return min((day for index in group if (day := told[index].day) is not None), default=None)
