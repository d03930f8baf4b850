"""Site names in running text: names that stand for a site by themselves, and names that context decides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.gazetteer import Gazetteer, Hit, Name, by_script
from nlp.mention import SITE, Mention
from nlp.passage import Passage
from nlp.sites import context
from nlp.sites.catalogue import Grade, Site, all_sites

SURE, LIKELY, POSSIBLE = 1.0, 0.9, 0.75


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a name is taken for a site, how sure that is, and why."""

    accepted: bool
    score: float
    why: str


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


@lru_cache(maxsize=2)
def _read(passage: Passage) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    hits = sorted(gazetteer().find(passage), key=lambda hit: (hit.start, -hit.end))
    accepted: list[Mention] = []
    rejected: list[Mention] = []
    named = _named(hits)
    for hit in hits:
        mention, judgement = _best(passage, hit, named)
        if not judgement.accepted:
            rejected.append(mention)
        elif not accepted or mention.start >= accepted[-1].end:
            accepted.append(mention)
    return tuple(accepted), tuple(rejected)


def _named(hits: Iterable[Hit[Sense]]) -> frozenset[str]:
    """Return the ids of sites that a text names by a strong name, or by two weak ones of one language."""
    strong: set[str] = set()
    weak: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in (name for hit in hits for name in hit.names):
        if name.value.grade == "strong":
            strong.add(name.value.site.id)
        elif name.value.grade == "weak":
            weak[name.value.site.id, name.language].add(name.text)
    return frozenset({*strong, *(site for (site, _), names in weak.items() if len(names) > 1)})


def _best(passage: Passage, hit: Hit[Sense], named: frozenset[str]) -> tuple[Mention, Judgement]:
    """Return the reading of *hit* that its context supports most."""
    around = context.surroundings(passage.folded.text, hit.folded_start, hit.folded_end)
    judged = [(judge(name, around, named), name) for name in hit.names]
    judgement, name = max(judged, key=lambda pair: (pair[0].accepted, pair[0].score))
    return _mention(passage, hit, name, judgement), judgement


def judge(name: Name[Sense], around: context.Surroundings, named: frozenset[str]) -> Judgement:
    """Decide whether *name* stands for its site; *named* are the sites that the text names beyond doubt."""
    site, grade = name.value.site, name.value.grade
    support, area = around.nearest(context.own_words(site)), around.nearest(context.area_words(site.area))
    opposed = around.nearest(context.opposing_words(site))
    if opposed and not (support and support.distance < opposed.distance):
        return Judgement(False, 0.0, f"'{opposed.word}' speaks against the site")
    if grade == "strong":
        return Judgement(True, SURE, "")
    near, beside = support or area, context.designator(around)
    if grade == "town" and not (beside and near):
        return Judgement(False, 0.0, f"a town's name, and no {site.area} plant or the like stands beside it")
    if near:
        return Judgement(True, LIKELY if support or beside else POSSIBLE, f"'{beside or near.word}' stands by it")
    if site.id in named:
        return Judgement(True, POSSIBLE, "the text names the site in other words too")
    return Judgement(False, 0.0, f"no word of {site.area} matters stands near")


def _mention(passage: Passage, hit: Hit[Sense], name: Name[Sense], judgement: Judgement) -> Mention:
    site = name.value.site
    text = passage.text[hit.start : hit.end]
    return Mention(
        hit.start, hit.end, text, SITE, site.entity, site.name, _reason(name, judgement), score=judgement.score
    )


def _reason(name: Name[Sense], judgement: Judgement) -> str:
    site = name.value.site
    where = f" at {site.at[0]}, {site.at[1]}" if site.at else ""
    why = f"; {judgement.why}" if judgement.why else ""
    return f"site name '{name.text}' ({name.language}): {site.kind}, {site.country}{where}{why}"
