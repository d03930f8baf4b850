"""Site names in running text: names that stand for a site by themselves, and names that context decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.gazetteer import Gazetteer, Hit, Name
from nlp.mention import SITE, Mention
from nlp.passage import Passage
from nlp.sites import context
from nlp.sites.catalogue import Site, all_sites

SURE, LIKELY, POSSIBLE = 1.0, 0.9, 0.75


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a name is taken for a site, how sure that is, and why."""

    accepted: bool
    score: float
    why: str


@cache
def gazetteer() -> Gazetteer[Site]:
    """Return the names of all sites, ready to be found."""
    return Gazetteer(
        Name(text, language, site, weak) for site in all_sites() for text, language, weak in site.all_names()
    )


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
    named = frozenset(name.value.id for hit in hits for name in hit.names if not name.weak)
    for hit in hits:
        mention, judgement = _best(passage, hit, named)
        if not judgement.accepted:
            rejected.append(mention)
        elif not accepted or mention.start >= accepted[-1].end:
            accepted.append(mention)
    return tuple(accepted), tuple(rejected)


def _best(passage: Passage, hit: Hit[Site], named: frozenset[str]) -> tuple[Mention, Judgement]:
    """Return the reading of *hit* that its context supports most."""
    around = context.surroundings(passage.folded.text, hit.folded_start, hit.folded_end)
    judged = [(judge(name, around, named), name) for name in hit.names]
    judgement, name = max(judged, key=lambda pair: (pair[0].accepted, pair[0].score))
    return _mention(passage, hit, name, judgement), judgement


def judge(name: Name[Site], around: context.Surroundings, named: frozenset[str]) -> Judgement:
    """Decide whether *name* stands for its site; *named* are the sites that the text names beyond doubt."""
    site = name.value
    against = context.opposing_words(site)
    opposed = against and against.search(around.both)
    _, _, designator = context.designator(site, around)
    own = context.own_words(site)
    support = own and own.search(around.both)
    area = context.area_words(site.area).search(around.both)
    if designator:
        return Judgement(True, LIKELY if name.weak else SURE, f"beside '{designator}'")
    if opposed and not support:
        return Judgement(False, 0.0, f"'{opposed.group()}' speaks against the site")
    if not name.weak:
        return Judgement(True, SURE, "")
    if support or area:
        found = support or area
        return Judgement(True, LIKELY if support else POSSIBLE, f"'{found.group() if found else ''}' stands near")
    if site.id in named:
        return Judgement(True, POSSIBLE, "the text names the site in full elsewhere")
    return Judgement(False, 0.0, f"no word of {site.area} matters stands near")


def _mention(passage: Passage, hit: Hit[Site], name: Name[Site], judgement: Judgement) -> Mention:
    site = name.value
    text = passage.text[hit.start : hit.end]
    return Mention(
        hit.start, hit.end, text, SITE, site.entity, site.name, _reason(name, judgement), score=judgement.score
    )


def _reason(name: Name[Site], judgement: Judgement) -> str:
    site = name.value
    where = f" at {site.at[0]}, {site.at[1]}" if site.at else ""
    why = f"; {judgement.why}" if judgement.why else ""
    return f"site name '{name.text}' ({name.language}): {site.kind}, {site.country}{where}{why}"
