"""Acronyms: whether a short word is made of the first letters of a name or of a run in it, in either language."""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import Final

from anyascii import anyascii

from nlp.folding import folded
from nlp.names.parts import NAME, Part
from nlp.names.scripts import CYRILLIC, LATIN, script_of
from nlp.names.vocabulary import FORMS, GENERIC, PARTICLES, WORDS, vocabulary_lines

SHORTEST: Final = 3
# Two letters are an acronym only of two general words: `ПЗ`, instrument plant.
SHORTEST_GENERAL: Final = 2
LONGEST: Final = 8
# Words of the name that may stand between two that give a letter.
MAX_SKIPPED: Final = 1
LIKENESS: Final = 0.86
# A name is filed under so many acronyms beside the likeliest two, with so many translations of a word.
MOST_ACRONYMS, MOST_TRANSLATIONS = 6, 3
# So many Cyrillic words of a meaning, the first of its line, may stand in an acronym.
USUAL: Final = 2
# What each such word costs.
UNEXPLAINED: Final = 0.12
ALPHABETS: Final = frozenset({LATIN, CYRILLIC})
SMALL: Final = frozenset({FORMS, PARTICLES})
INSTITUTIONAL: Final = frozenset({GENERIC, WORDS})
# Beginnings of compound words, which give a letter of their own: `радиотехнический` is РТ.
COMPOUND: Final = ("radio", "elektro", "electro", "avia", "aero", "gidro", "hydro", "nano", "mikro", "micro", "mashino",
                   "pribor", "nauchno", "opytno", "khim", "petro", "agro", "tele", "bio", "foto", "photo")  # fmt: skip
# `Научно-` stands before these words more often than translations say so.
OFTEN_SCIENTIFIC: Final = {"research": "ni", "production": "np"}
# A translation may order the words of a name anew; an acronym of so many letters can be told then.
REORDERED: Final = 4


def letters_of(part: Part) -> str:
    """Return the letters of a part that may be an acronym, romanised; nothing where it cannot be one."""
    shortest = SHORTEST_GENERAL if part.script == CYRILLIC else SHORTEST
    short = part.kind == NAME and part.script in ALPHABETS and shortest <= len(part.written) <= LONGEST
    return "".join(anyascii(letter).lower()[:1] for letter in part.written) if short else ""


def acronyms(name: tuple[Part, ...]) -> tuple[str, ...]:
    """Return the first letters of a name's words, as they are and as translations have them, likeliest first."""
    said = tuple(part for part in name if part.kind not in SMALL)
    if not SHORTEST <= len(said) <= LONGEST or not any(part.kind in INSTITUTIONAL for part in said):
        return ()
    own = [part.latin[:1] for part in said]
    choices = [_translations(part) for part in said]
    usual = [letters[0] for letters in choices]
    others = (
        [*usual[:place], other, *usual[place + 1 :]]
        for place, letters in enumerate(choices)
        for other in letters[1:MOST_TRANSLATIONS]
    )
    return tuple(dict.fromkeys("".join(letters) for letters in (own, usual, *islice(others, MOST_ACRONYMS))))


def reordered(letters: str) -> str:
    """Return *letters* as they are filed, since a translation may have the words in another order."""
    return "".join(sorted(letters))


@lru_cache(50_000)
def _translations(part: Part) -> tuple[str, ...]:
    """Return the letters that translations of a word give, the likeliest first."""
    letters = (each for key in sorted(part.meanings, key=len) for each in _first_letters().get(key, ()))
    return tuple(dict.fromkeys(letters)) or (part.latin[:1],)


@cache
def _first_letters() -> dict[str, tuple[str, ...]]:
    """Return for each meaning the romanised first letters of its Cyrillic words, in their order."""
    found: dict[str, dict[str, None]] = {}
    for _, key, words in vocabulary_lines():
        cyrillic = [anyascii(folded(word)).lower() for word in words.split() if script_of(word) == CYRILLIC]
        found.setdefault(key, {}).update(dict.fromkeys(word[:1] for word in cyrillic[:USUAL]))
        found[key].update(dict.fromkeys(letters for word in cyrillic for letters in _of_compound(word)))
    return {key: tuple(letters) for key, letters in found.items()}


def _of_compound(latin: str) -> Iterator[str]:
    """Yield the two letters of a compound word."""
    for start in COMPOUND:
        if latin.startswith(start) and len(latin) > len(start) + 1:
            yield start[0] + latin[len(start) :].lstrip("o-_")[:1]


@lru_cache(50_000)
def _beginnings(part: Part) -> frozenset[str]:
    """Return the letters that a word may give to an acronym: its own, those of its translations, two of a compound."""
    found = {part.latin[:1]}
    found |= {letter for key in part.meanings for letter in _first_letters().get(key, ())}
    found.update(_of_compound(part.latin))
    found |= {letters for key, letters in OFTEN_SCIENTIFIC.items() if key in part.meanings}
    if part.latin.startswith("c"):
        found.add("k")
    if " " in part.written:  # a phrase gives a letter a word
        found.add("".join(word[0] for word in anyascii(part.written).lower().split()))
    return frozenset(found - {""})


def abbreviated(short: Part, name: tuple[Part, ...]) -> Iterator[tuple[int, int, float]]:
    """Yield the runs of *name* that *short* abbreviates, each as its start, its end and how well, up to `LIKENESS`."""
    letters = letters_of(short)
    spelt = letters and all(part.script in ALPHABETS for part in name)
    said = [place for place, part in enumerate(name) if part.kind not in SMALL] if spelt else []
    if len(said) < 2 or not any(name[place].kind in INSTITUTIONAL for place in said):
        return
    found = [run for first in range(len(said)) if (run := _run(letters, name, said[first : first + LONGEST]))]
    if (
        not found
        and short.script == CYRILLIC
        and len(letters) >= REORDERED
        and len(said) >= SHORTEST
        and _reordered(letters, [name[p] for p in said])
    ):
        found.append((said[0], said[-1] + 1, LIKENESS - UNEXPLAINED))
    yield from found


def _run(letters: str, name: tuple[Part, ...], places: list[int]) -> tuple[int, int, float] | None:
    """Return the run of *name* that *letters* abbreviate, if it begins at the first of *places*."""
    used = _explained(letters, [name[place] for place in places])
    parts = [name[places[u]] for u in used]
    general = sum(part.kind in INSTITUTIONAL for part in parts)
    if len(parts) < 2 or general < (1 if len(letters) >= SHORTEST else SHORTEST_GENERAL):
        return None
    skipped = sum(later - before - 1 for before, later in pairwise(used))
    if skipped > MAX_SKIPPED:
        return None
    return places[0], places[used[-1]] + 1, LIKENESS - UNEXPLAINED * skipped


def _reordered(letters: str, name: list[Part]) -> bool:
    """Say whether each word gives one of *letters*, in any order, and each letter is given."""
    if not letters or not name:
        return not letters and not name
    givers = [(place, given) for place, part in enumerate(name) for given in _beginnings(part)]
    return any(
        _reordered(letters[len(given) :], name[:place] + name[place + 1 :])
        for place, given in givers
        if letters.startswith(given)
    )


def _explained(letters: str, name: list[Part]) -> list[int]:
    """Return which words of *name* give all of *letters* in order, the first of them first; none where none do."""
    reached: dict[int, list[int]] = {0: []}
    for place, part in enumerate(name):
        longer = {
            done + len(given): [*used, place]
            for done, used in reached.items()
            for given in _beginnings(part)
            if letters.startswith(given, done)
        }
        reached = {**longer, **(reached if place else {})}
        if len(letters) in reached or not reached:
            break
    return reached.get(len(letters), [])
