"""A name as it is told: its parts, and the runs of neighbours that another spelling may write as one."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from nlp.names.parts import COMMON, INITIAL, NAME, WEIGHTS, Part, parts
from nlp.names.variants import variants
from nlp.names.vocabulary import ARTICLE, BRANDS, FORMS, GENERIC, GIVEN, PARTICLES, PLACES, TITLES, WORDS

MAX_PARTS: Final = 14
MAX_JOINED: Final = 3
MIN_JOINED_LETTERS: Final = 5
# Words that are translated are not joined.
JOINABLE: Final = frozenset({NAME, BRANDS, COMMON, GIVEN, INITIAL, TITLES, PARTICLES})
PERSONAL: Final = frozenset({NAME, COMMON, GIVEN})
INSTITUTIONAL: Final = frozenset({GENERIC, WORDS, FORMS})
PROPER: Final = frozenset({*PERSONAL, BRANDS})
EVERYDAY: Final = frozenset({BRANDS, GENERIC, WORDS, PLACES})
TELLING: Final = frozenset({WORDS, PLACES})
SEVERAL: Final = 3
ALLAH, HEARD_OF_ALLAH = "الله", "له"
UNSAID: Final = frozenset({FORMS, PARTICLES})


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring parts written as one; `spellings` are with and without articles between them."""

    start: int
    end: int
    script: str
    latin: str
    spellings: tuple[str, ...]
    names_only: bool


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One name that an entry states; `joined` are its telling parts in Latin letters, written as one."""

    parts: tuple[Part, ...]
    runs: tuple[Run, ...]
    joined: str


@lru_cache(50_000)
def told(name: str, *, personal: bool = False) -> tuple[Told, ...]:
    """Return *name* as told, and each name in it that stands on its own; a *personal* one has no everyday words."""
    whole, *others = (parts(variant) for variant in variants(name))
    if personal:
        whole, others = as_personal(whole), [as_personal(other) for other in others]
    if others:  # `Instrument Plant (JSC Instrument Plant)` says a word twice
        whole = tuple({part.written: part for part in reversed(whole)}.values())[::-1]
    kept = (other for other in others if _may_stand_alone(other))
    return tuple(_told(found) for found in (whole, *kept) if found)


def _may_stand_alone(found: tuple[Part, ...]) -> bool:
    """Say whether parts are a name of their own: they have a proper name, or several words that tell."""
    kinds = [part.kind for part in found]
    return any(kind in PROPER for kind in kinds) or sum(kind in TELLING for kind in kinds) >= SEVERAL


def as_personal(found: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts of a person's name: what is an everyday word elsewhere is a name here."""
    return tuple(replace(p, kind=NAME, weight=WEIGHTS[NAME]) if p.kind in EVERYDAY else p for p in found)


def _told(found: tuple[Part, ...]) -> Told:
    found = found[:MAX_PARTS]
    joined = "".join(part.latin for part in found if part.kind not in UNSAID)
    return Told(found, tuple(_runs(found)), joined)


def _without_article(word: str) -> str:
    """Return *word* as it is said behind another: `الدين` in `Shamsuddin`, `الله` in `Saifullah`."""
    return HEARD_OF_ALLAH if word == ALLAH else ARTICLE.sub("", word)


def _runs(found: tuple[Part, ...]) -> list[Run]:
    runs = []
    for start in range(len(found)):
        for end in range(start + 2, min(len(found), start + MAX_JOINED) + 1):
            part = found[start:end]
            latin = "".join(p.latin for p in part)
            if len({p.script for p in part}) == 1 and len(latin) >= MIN_JOINED_LETTERS:
                bare = part[0].written + "".join(_without_article(p.written) for p in part[1:])
                spellings = tuple(dict.fromkeys(("".join(p.written for p in part), bare)))
                names_only = {p.kind for p in part} <= JOINABLE
                runs.append(Run(start, end, part[0].script, latin, spellings, names_only))
    return runs
