"""Site names in running text: names that stand for a site by themselves, and names that context decides."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate

from nlp.folding import folded
from nlp.gazetteer import Gazetteer, Hit, Name, by_script
from nlp.mention import SITE, Mention
from nlp.passage import Passage
from nlp.sites import context
from nlp.sites.catalogue import Grade, Site, all_sites
from nlp.sites.spelling import MIN_LETTERS, sites_sounding_like

SURE, LIKELY, POSSIBLE = 1.0, 0.9, 0.75
# In place of the language of a name that is not listed as it is spelt.
SOUND = "sound"
QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"', "「": "」"}
QUOTE = re.compile("|".join(QUOTES))
# What may stand between two names of one enumeration, in folded text.
BETWEEN = re.compile(
    r"[ ,;/،、(-]*(?:(?:and|or|et|ou|y|e|o|и|или|a|as well as|plus|و|او|和|与|及|以及|或|跟)?[ ,]*)"
    r"(?:(?:in|at|near|en|de|d'|a|в|на|под|في|ب|the|la|el|le) ?){0,2}[«\"“]?"
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a name is taken for a site, how sure that is, and why."""

    accepted: bool
    score: float
    why: str
    opposed: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """A site that a name may stand for, and how surely the name alone says so."""

    site: Site
    grade: Grade


@cache
def gazetteer() -> Gazetteer[Sense]:
    """Return the names of all sites, ready to be found."""
    names = by_script(
        Name(text, language, Sense(site, grade)) for site in all_sites() for text, language, grade in site.all_names()
    )
    return Gazetteer(lambda script: names.get(script, ()))


def find_sites(passage: Passage) -> Iterator[Mention]:
    """Yield the sites that *passage* names, in text order; what context speaks against is left out."""
    yield from _read(passage)[0]


def rejected_sites(passage: Passage) -> tuple[Mention, ...]:
    """Return the names that look like a site's and that context decided against, with the reason."""
    return _read(passage)[1]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name found in the text, its likeliest sense, and what was decided."""

    hit: Hit[Sense]
    name: Name[Sense]
    judgement: Judgement


@lru_cache(maxsize=2)
def _read(passage: Passage) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    hits = sorted((*gazetteer().find(passage), *_respelt(passage)), key=lambda hit: (hit.start, -hit.end))
    named = _named(hits)
    candidates = [_candidate(passage, hit, named) for hit in hits]
    if not all(candidate.judgement.accepted for candidate in candidates):
        # What the text has once named beyond doubt it may go on to name more shortly.
        sure = named | {c.name.value.site.id for c in candidates if c.judgement.accepted}
        candidates = _with_companions(passage.folded.text, [_candidate(passage, hit, sure) for hit in hits])
    accepted: list[Mention] = []
    for candidate in candidates:
        if candidate.judgement.accepted and (not accepted or candidate.hit.start >= accepted[-1].end):
            accepted.append(_mention(passage, candidate))
    rejected = tuple(_mention(passage, candidate) for candidate in candidates if not candidate.judgement.accepted)
    return tuple(accepted), rejected


def _respelt(passage: Passage) -> Iterator[Hit[Sense]]:
    """Yield capitalised words that sound as a listed name; as weak names, since other words may sound so too."""
    words, origin, text = passage.words, passage.folded.origin, passage.text
    for index, word in enumerate(words.texts):
        if len(word) < MIN_LETTERS or not text[origin[words.starts[index]]].isupper():
            continue
        sites = sites_sounding_like(word)
        if sites and words.whole(index, index):
            start, end = words.starts[index], words.ends[index]
            names = tuple(Name(name, SOUND, Sense(site, "weak")) for site, name in sites)
            yield Hit(*passage.folded.span(start, end), start, end, names)


def _candidate(passage: Passage, hit: Hit[Sense], named: frozenset[str]) -> Candidate:
    """Return the sense of *hit* that its context supports most."""
    around = context.surroundings(passage.folded.text, hit.folded_start, hit.folded_end)
    judged = [Candidate(hit, name, judge(name, around, named)) for name in hit.names]
    return max(judged, key=lambda candidate: (candidate.judgement.accepted, candidate.judgement.score))


def _with_companions(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Accept what stands in one enumeration with a site: the Isfahan of "Natanz, Fordow and Isfahan"."""
    forwards = list(accumulate(candidates, lambda left, right: _join(text, left, right)))
    backwards = accumulate(reversed(forwards), lambda right, left: _join(text, right, left))
    return list(backwards)[::-1]


def _join(text: str, companion: Candidate, candidate: Candidate) -> Candidate:
    first, last = sorted((companion.hit, candidate.hit), key=lambda hit: hit.folded_start)
    same_area = companion.name.value.site.area == candidate.name.value.site.area
    if candidate.judgement.opposed or candidate.judgement.accepted or not (companion.judgement.accepted and same_area):
        return candidate
    if first.folded_end > last.folded_start or not BETWEEN.fullmatch(text, first.folded_end, last.folded_start):
        return candidate
    return replace(
        candidate, judgement=Judgement(True, LIKELY, f"named together with {companion.name.value.site.name}")
    )


def _named(hits: Iterable[Hit[Sense]]) -> frozenset[str]:
    """Return the ids of sites that a text names by a strong name, or by two weak ones of one language."""
    strong: set[str] = set()
    weak: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in (name for hit in hits for name in hit.names):
        if name.value.grade == "strong":
            strong.add(name.value.site.id)
        elif name.value.grade == "weak":
            weak[name.value.site.id, name.language].add(folded(name.text))
    return frozenset({*strong, *(site for (site, _), names in weak.items() if len(names) > 1)})


def judge(name: Name[Sense], around: context.Surroundings, named: frozenset[str]) -> Judgement:
    """Decide whether *name* stands for its site; *named* are the sites that the text names beyond doubt."""
    site, grade = name.value.site, name.value.grade
    if grade == "strong" and " " in name.text:
        return Judgement(True, SURE, "")
    support, area = around.nearest(context.own_words(site)), around.nearest(context.area_words(site.area))
    opposed = around.nearest(context.opposing_words(site))
    if opposed and not (support and support.distance < opposed.distance):
        return Judgement(False, 0.0, f"'{opposed.word}' speaks against the site", opposed=True)
    if grade == "strong":
        return Judgement(True, SURE, "")
    near, beside = support or area, context.designator(around)
    everyday = around.nearest(context.everyday_words())
    if everyday and not beside and not (near and near.distance <= everyday.distance):
        return Judgement(False, 0.0, f"'{everyday.word}' stands nearer than any word of {site.area} matters")
    close = support is not None and support.distance <= context.SENTENCE
    if grade == "town" and not (near and (beside or close or site.id in named)):
        return Judgement(False, 0.0, f"a town's name, and no {site.area} plant or the like stands beside it")
    if near:
        return Judgement(True, LIKELY if support or beside else POSSIBLE, f"'{beside or near.word}' stands by it")
    if site.id in named:
        return Judgement(True, POSSIBLE, "the text names the site in other words too")
    return Judgement(False, 0.0, f"no word of {site.area} matters stands near")


def _mention(passage: Passage, candidate: Candidate) -> Mention:
    start, end = candidate.hit.start, _closed(passage.text, candidate.hit.start, candidate.hit.end)
    site, score = candidate.name.value.site, candidate.judgement.score
    return Mention(start, end, passage.text[start:end], SITE, site.entity, site.name, _reason(candidate), score=score)


def _closed(text: str, start: int, end: int) -> int:
    """Return *end*, or where the quotation that opens within the name closes behind it: ПО «Маяк»."""
    opened = QUOTE.search(text, start, end)
    closes = (
        opened
        and text[end : end + 1] == QUOTES[opened.group()]
        and text.find(QUOTES[opened.group()], opened.end(), end) < 0
    )
    return end + 1 if closes else end


def _reason(candidate: Candidate) -> str:
    name, site = candidate.name, candidate.name.value.site
    where = f" at {site.at[0]}, {site.at[1]}" if site.at else ""
    why = f"; {candidate.judgement.why}" if candidate.judgement.why else ""
    form = "spelt differently" if name.language == SOUND else name.language
    return f"site name '{name.text}' ({form}): {site.kind}, {site.country}{where}{why}"
