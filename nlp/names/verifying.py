"""Whether a stretch of words is a listed name: each word is one of its parts, and what is said is enough to tell."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from nlp.mention import PERSON
from nlp.names.extents import CUE_REACH, FIRM, form_behind
from nlp.names.parts import COMMON, NAME, NUMBER, Part, is_frequent
from nlp.names.sameness import BY_MEANING, MISSPELT, VOWELLESS, same
from nlp.names.scripts import CYRILLIC, script_of
from nlp.names.vocabulary import FORMS, GENERIC, GIVEN, PARTICLES, PLACES, TITLES, WORDS
from nlp.names.words import Word, part_of_word, parts_of

# Characters between two parts of a name: spaces, a comma, a hyphen, a dot, a particle; never the end of a sentence.
GAP: Final = re.compile(r"[\s,.\-·•・'\"«»]{0,4}")
SENTENCE_END: Final = re.compile(r"[.!?]\s|\n\s*\n|[;:。！？]")
DASH: Final = re.compile(r"\s-\s")
CONJUNCTION: Final = re.compile(r"(?<!\w)(?:and|und|et|y|e|i|и|و|和|及)(?!\w)|&")
# What may stand between two parts of a name, in whichever spelling a list leaves it out.
BETWEEN: Final = frozenset({PARTICLES, TITLES})
MIN_LETTERS: Final = 7
MIN_VOWELLESS: Final = 6
# A dot behind so short a word abbreviates it.
ABBREVIATION: Final = 3
# What each part that the text lacks takes from the likeness.
LACKING: Final = 0.05
# A part that tells has so many letters.
MIN_TELLING: Final = 5
ENOUGH_TRANSLATED: Final = 2
# Without vowels two parts must be heard well; three tell by their number.
ENOUGH_HEARD: Final = 3
HEARD_WELL: Final = 0.85
# Names and words that very many parties have; so many of them together are a name, also where they are misspelt.
SHARED: Final = frozenset({COMMON, GIVEN, GENERIC, PLACES})
MIN_SHARED: Final = 4
# So many everyday words tell a body; fewer need a legal form: ООО «Современные технологии».
ENOUGH_WORDS: Final = 3
EVERYDAY: Final = frozenset({WORDS, GENERIC, TITLES})
# Of everyday words a religion tells: Islamic State.
TELLING: Final = frozenset({"islamic", "islamique", "islamico", "исламское", "исламского", "исламским", "islamiya"})
SILENT: Final = frozenset({FORMS, PARTICLES})


def verified(stretch: Sequence[Word], wanted: tuple[Part, ...], name: str, kind: str | None, text: str) -> float:
    """Return how surely *stretch* is the *name* of parts *wanted*, of a party of this *kind*; 0 where it is not."""
    if not 1 < len(stretch) <= len(wanted) or not stretch[0].capital or not _together(stretch, text):
        return 0.0
    paired = _paired(stretch, wanted)
    if paired is None or not _agrees(stretch, name, [place for place, _ in paired], kind, text):
        return 0.0
    sureness = [sure for _, sure in paired]
    left = sorted(set(range(len(wanted))) - {place for place, _ in paired})
    if sureness.count(MISSPELT) > (0 if left else 1) or (left and not may_lack(wanted, left, name)):
        return 0.0
    if all(sure == BY_MEANING for sure in sureness) and not _tells_translated(wanted):
        return 0.0
    if len(sureness) == ENOUGH_HEARD - 1 and _vowelless(stretch[0]) and min(sureness) < HEARD_WELL:
        return 0.0
    if _says_a_trade(wanted) and not _is_a_firm(stretch, text):
        return 0.0
    exact = not left and all(sure == 1.0 for sure in sureness)
    if not _tells([wanted[place] for place, _ in paired], whole=not left, exact=exact):
        return 0.0
    return sum(sureness) / len(stretch) - LACKING * len(left)


def _says_a_trade(wanted: tuple[Part, ...]) -> bool:
    """Say whether a name is two everyday words, as Modern Technologies and Ministry of Defence are."""
    said = [part for part in wanted if part.kind not in SILENT]
    return len(said) < ENOUGH_WORDS and all(part.kind in EVERYDAY and part.written not in TELLING for part in said)


def _is_a_firm(stretch: Sequence[Word], text: str) -> bool:
    """Say whether a legal form or the word for a firm stands before *stretch*, or a form behind it."""
    start, end = stretch[0].start, stretch[-1].end
    return FIRM.search(text[max(0, start - CUE_REACH) : start]) is not None or form_behind(text, end) is not None


def _together(stretch: Sequence[Word], text: str) -> bool:
    if sum(len(word.text) for word in stretch) < (MIN_VOWELLESS if _vowelless(stretch[0]) else MIN_LETTERS):
        return False
    return all(_adjoin(one, text[one.end : other.start]) for one, other in pairwise(stretch))


def _adjoin(before: Word, gap: str) -> bool:
    """Say whether the text between two words may stand within a name; a dot ends a sentence, but not an initial."""
    if SENTENCE_END.search(f"{gap} ") and len(before.text) > ABBREVIATION:
        return False
    return GAP.fullmatch(_without_particles(gap)) is not None and not DASH.search(gap)


def _without_particles(gap: str) -> str:
    if len(gap) <= ABBREVIATION or DASH.search(gap):
        return gap
    return " ".join(word for word in gap.split() if part_of_word(word.strip(".,-'")).kind not in BETWEEN)


def _vowelless(word: Word) -> bool:
    return script_of(word.text) in VOWELLESS


def _paired(stretch: Sequence[Word], wanted: tuple[Part, ...]) -> list[tuple[int, float]] | None:
    """Return for each word the place of its part and how surely it is that; None where a word is none of the parts."""
    left = list(range(len(wanted)))
    paired: list[tuple[int, float]] = []
    for word in stretch:
        sureness, index = max((same(word.part, wanted[i]), -i) for i in left)
        if not sureness or not _fits(word, sureness):
            return None
        paired.append((-index, sureness))
        left.remove(-index)
    return paired


def _fits(word: Word, sureness: float) -> bool:
    """Say whether *word* may stand in a name: with a capital letter, or just as it is listed, cases apart."""
    if len(word.text) == 1:
        return word.capital
    return word.capital or sureness == 1.0 or script_of(word.text) == CYRILLIC


def _agrees(stretch: Sequence[Word], name: str, places: list[int], kind: str | None, text: str) -> bool:
    """Say whether *stretch* may name a party of this *kind*: only a person's name has a comma or lacks a part."""
    commas = [place for place, (one, other) in enumerate(pairwise(stretch), 1) if "," in text[one.end : other.start]]
    if kind != PERSON:
        return len(stretch) == len(parts_of(name)) and not commas and places == sorted(places)
    if CONJUNCTION.search(text, stretch[0].end, stretch[-1].start):
        return False
    return not commas or (len(commas) == 1 and _is_surname(places[: commas[0]], name))


def _is_surname(places: list[int], name: str) -> bool:
    """Say whether the parts at *places*, which stand before a comma, are the surname: its words, or first or last."""
    return set(places) <= set(_surname(name)) or places in ([0], [len(parts_of(name)) - 1])


def _surname(name: str) -> range:
    """Return the places of the surname among the parts of a person's *name*: what is before a comma, or the last."""
    size = len(parts_of(name))
    return range(min(size, len(parts_of(name.partition(",")[0])))) if "," in name else range(size - 1, size)


def may_lack(wanted: tuple[Part, ...], left: list[int], name: str) -> bool:
    """Say whether a text may leave out the parts *left* of a name: neither surname nor given name, nor what tells."""
    surname = _surname(name)
    said = [place for place in range(len(wanted)) if place not in left]
    both = any(place in surname for place in said) and any(place not in surname for place in said)
    telling = any(wanted[p].kind == NAME and len(wanted[p].latin) >= MIN_TELLING for p in said)
    first = "," in name or 0 in said
    return both and telling and first and len(said) > 1 and not any(part.kind == GENERIC for part in wanted)


def _tells_translated(wanted: tuple[Part, ...]) -> bool:
    """Say whether words that are all translated tell a name: three of them, or a place's and a body's that tells."""
    if len(wanted) > ENOUGH_TRANSLATED:
        return True
    kinds = {part.kind for part in wanted}
    return PLACES in kinds and GENERIC not in kinds


def _tells(said: Sequence[Part], *, whole: bool, exact: bool) -> bool:
    """Say whether the parts that a text says are enough to know a party by."""
    if sum(len(part.latin) > 2 and part.kind != NUMBER for part in said) < 2 and not exact:
        return False
    if not all(part.kind in SHARED for part in said):
        return True
    return (exact and _has_a_rarer(said)) or (whole and len(said) >= MIN_SHARED)


def may_tell(wanted: Sequence[Part]) -> bool:
    """Say whether a text may tell a name of the parts *wanted* at all: three very common ones are anybody's."""
    return len(wanted) >= MIN_SHARED or not all(part.kind in SHARED for part in wanted) or _has_a_rarer(wanted)


def _has_a_rarer(parts: Sequence[Part]) -> bool:
    return any(part.kind == PLACES or not _is_frequent(part) for part in parts if part.kind != GENERIC)


_is_frequent = lru_cache(60_000)(is_frequent)
