"""Is this word of a running text that part of a listed name? Stricter than screening: a text has thousands of words."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from nlp.names.forms import Part

# Letters that romanisations of one sound write differently, brought to one form.
SPELLINGS = tuple(
    pair.split(">")
    for pair in re.split(
        r"\s+",
        "shch>s tsch>s tch>s sch>s sh>s ch>s zh>s dzh>s dj>s kh>h gh>g ph>f th>t dh>d ts>s tz>s cz>s ck>k qu>k ks>x "
        "ou>u oo>u ee>i ie>i iy>i yi>i ya>a ia>a yu>u iu>u ye>e yo>o io>o j>s y>i w>v q>k c>k",
    )
)
DOUBLES = re.compile(r"(.)\1+")
VOWELLESS = re.compile(r"[؀-ۿ֐-׿ݐ-ݿ]")
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
# Romanised endings of Russian and Ukrainian cases: a part of a name in a text may carry one.
ENDING = re.compile(r"(?:ogo|omu|imi|ami|oiu|oi|ei|em|om|im|uiu|aia|a|u|i|e|o)$")
# A word as short as this is the part itself, or another word.
SHORT = 4
# One misspelling is borne in a part of so many letters, two in one of so many.
ONE_EDIT = 5
TWO_EDITS = 9
MISSPELT = 0.92
BY_SOUND = 0.94
BY_CONSONANTS = 0.9
MIN_CONSONANTS = 3


@lru_cache(200_000)
def same(word: Part, part: Part) -> float:
    """Return how surely *word* of a text is *part* of a name: 1 as written, 0 for another word."""
    if word.latin == part.latin or word.written == part.written:
        return 1.0
    if word.latin.isdigit() or part.latin.isdigit() or min(len(word.latin), len(part.latin)) <= 1:
        return 0.0
    if VOWELLESS.match(word.written) or VOWELLESS.match(part.written):
        return _by_consonants(word, part)
    one, other = _sound(word), _sound(part)
    if one == other:
        return BY_SOUND if len(one) > 2 else 0.0
    return _misspelt(word, part, one, other)


def _misspelt(word: Part, part: Part, one: str, other: str) -> float:
    if min(len(word.latin), len(part.latin)) <= SHORT or one[:1] != other[:1]:
        return 0.0
    length = min(len(word.latin), len(part.latin))
    edits = OSA.distance(word.latin, part.latin, score_cutoff=2)
    heard = OSA.distance(one, other, score_cutoff=2)
    borne = 2 if length >= TWO_EDITS else 1 if length >= ONE_EDIT else 0
    return MISSPELT if min(edits, heard) <= borne and abs(len(word.skeleton) - len(part.skeleton)) <= 1 else 0.0


def _by_consonants(word: Part, part: Part) -> float:
    """Compare parts of which one is written without vowels."""
    if word.skeleton != part.skeleton:
        return 0.0
    if VOWELLESS.match(word.written):
        return BY_CONSONANTS if len(word.skeleton) >= MIN_CONSONANTS else BY_CONSONANTS - 0.06
    # A name that is listed in Arabic letters has nearly always a Latin form too; this one must be telling.
    return BY_CONSONANTS if len(word.skeleton) > MIN_CONSONANTS else 0.0


@lru_cache(200_000)
def _sound(part: Part) -> str:
    """Return *part* in Latin letters as it sounds, without the ending of a case."""
    sound = part.latin
    for old, new in SPELLINGS:
        sound = sound.replace(old, new)
    sound = DOUBLES.sub(r"\1", sound)
    return ENDING.sub("", sound) if len(sound) > SHORT else sound
