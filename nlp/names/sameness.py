"""Is this word of a running text that part of a listed name? Stricter than screening: a text has thousands of words."""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from nlp.names.likeness import sounded
from nlp.names.parts import NUMBER, Part
from nlp.names.scripts import ARABIC, CYRILLIC, HEBREW, LATIN
from nlp.names.skeletons import readings, skeleton
from nlp.names.vocabulary import ARTICLE, stem

# Letters that romanisations of one sound write differently, brought to one form.
SPELLINGS: Final = tuple(
    pair.split(">")
    for pair in re.split(
        r"\s+",
        "shch>s tsch>s tch>s sch>s sh>s ch>s zh>s dzh>s dj>s kh>h gh>g ph>f th>t dh>d ts>s tz>s cz>s ck>k qu>k ks>x "
        "ou>u oo>u ee>i ie>i iy>i yi>i ya>a ia>a yu>u iu>u ye>e yo>o io>o j>s y>i w>v q>k c>k",
    )
)
DIGRAPH: Final = re.compile("|".join(old for old, _ in SPELLINGS if len(old) > 1))
LETTER: Final = str.maketrans({old: new for old, new in SPELLINGS if len(old) == 1})
DOUBLES: Final = re.compile(r"(.)\1+")
VOWELLESS: Final = frozenset({ARABIC, HEBREW})
# Romanised endings of Russian and Ukrainian cases: a part of a name in a text may carry one.
ENDING: Final = re.compile(r"(?:ogo|omu|imi|ami|oiu|oi|ei|em|om|im|uiu|aia|a|u|i|e|o)$")
# A word as short as this is the part itself, or another word.
SHORT: Final = 4
# One misspelling is borne in a part of more letters than this, two in one of so many.
ONE_EDIT: Final = 5
TWO_EDITS: Final = 11
MISSPELT: Final = 0.92
# One vowel that differs, while all consonants are the same, is another way to spell the name.
VOWEL: Final = 0.93
BY_SOUND: Final = 0.94
INFLECTED: Final = 0.97
BY_MEANING: Final = 0.9
BY_CONSONANTS: Final = 0.9
# A word that is written without vowels must sound like the part by its consonants and by what stands for vowels.
SOUNDS_ENOUGH: Final = 0.6
SOUNDS_MUCH: Final = 0.75


@lru_cache(60_000)
def same(word: Part, part: Part) -> float:
    """Return how surely *word* of a text is *part* of a name: 1 as written, 0 for another word."""
    if word.written == part.written or (word.script == part.script and word.latin == part.latin):
        return 1.0
    if NUMBER in {word.kind, part.kind} or min(len(word.latin), len(part.latin)) <= 1:
        return 0.0
    if word.script == part.script:
        return _in_one_script(word, part)
    if word.meanings & part.meanings:
        return BY_MEANING
    if word.script in VOWELLESS or part.script in VOWELLESS:
        return _by_consonants(word, part)
    if {word.script, part.script} <= {LATIN, CYRILLIC}:
        return _by_letters(word, part)
    likeness = sounded(word.written, word.script, word.latin, part.written, part.script, part.latin)
    return BY_SOUND if likeness >= SOUNDS_MUCH else 0.0


def _in_one_script(word: Part, part: Part) -> float:
    if word.script == CYRILLIC and stem(word.written) == stem(part.written):
        return INFLECTED
    if word.script == ARABIC:
        one, other = (ARTICLE.sub("", w.written) for w in (word, part))
        return INFLECTED if one == other else 0.0
    return _by_letters(word, part)


def _by_letters(word: Part, part: Part) -> float:
    inflected = CYRILLIC in {word.script, part.script}
    ones, others = (sounds(latin, inflected=inflected) for latin in (word.latin, part.latin))
    if not ones.isdisjoint(others):
        return BY_SOUND if min(len(word.latin), len(part.latin)) > (2 if inflected else SHORT - 1) else 0.0
    return max(_misspelt(word.latin, part.latin, one, other) for one in ones for other in others)


def _misspelt(word: str, part: str, one: str, other: str) -> float:
    length = min(len(word), len(part))
    if length <= SHORT or one[:1] != other[:1]:
        return 0.0
    bones, other_bones = skeleton(word), skeleton(part)
    if abs(len(bones) - len(other_bones)) > 1:
        return 0.0
    edits = min(OSA.distance(word, part, score_cutoff=2), OSA.distance(one, other, score_cutoff=2))
    if edits == 1 and bones == other_bones:
        return VOWEL
    return MISSPELT if edits <= (2 if length >= TWO_EDITS else 1 if length > ONE_EDIT else 0) else 0.0


def _by_consonants(word: Part, part: Part) -> float:
    """Compare parts of which one is written without vowels."""
    bones = {b for form in _forms(word) for b in readings(form, word.script, word.latin)}
    if bones.isdisjoint(b for form in _forms(part) for b in readings(form, part.script, part.latin)):
        return 0.0
    likeness = max(
        sounded(form, word.script, word.latin, part.written, part.script, part.latin) for form in _forms(word)
    )
    return BY_CONSONANTS * likeness**0.25 if likeness >= SOUNDS_ENOUGH else 0.0


def _forms(part: Part) -> tuple[str, ...]:
    bare = ARTICLE.sub("", part.written) if part.script == ARABIC else part.written
    return (part.written, bare) if bare != part.written else (part.written,)


@lru_cache(60_000)
def sounds(latin: str, *, inflected: bool) -> frozenset[str]:
    """Return a romanised word as it sounds; where it may be *inflected*, also without the ending of a case."""
    sound = latin
    for old, new in SPELLINGS if DIGRAPH.search(latin) else ():
        sound = sound.replace(old, new)
    sound = DOUBLES.sub(r"\1", sound.translate(LETTER))
    bare = ENDING.sub("", sound) if inflected and len(sound) > SHORT else sound
    return frozenset((sound, bare))
