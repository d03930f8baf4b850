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
# One misspelling is borne in a part of more letters than this, two in one of so many.
ONE_EDIT = 5
TWO_EDITS = 9
MISSPELT = 0.92
# One vowel that differs, while all consonants are the same, is another way to spell the name.
VOWEL = 0.93
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
    inflected = bool(CYRILLIC.match(word.written) or CYRILLIC.match(part.written))
    ones, others = _sounds(word, inflected), _sounds(part, inflected)
    if not ones.isdisjoint(others):
        return BY_SOUND if min(len(word.latin), len(part.latin)) > 2 else 0.0
    return max(_misspelt(word, part, one, other) for one in ones for other in others)


def _misspelt(word: Part, part: Part, one: str, other: str) -> float:
    length = min(len(word.latin), len(part.latin))
    if length <= SHORT or one[:1] != other[:1] or abs(len(word.skeleton) - len(part.skeleton)) > 1:
        return 0.0
    edits = min(OSA.distance(word.latin, part.latin, score_cutoff=2), OSA.distance(one, other, score_cutoff=2))
    if edits == 1 and word.skeleton == part.skeleton:
        return VOWEL
    return MISSPELT if edits <= (2 if length >= TWO_EDITS else 1 if length > ONE_EDIT else 0) else 0.0


def _by_consonants(word: Part, part: Part) -> float:
    """Compare parts of which one is written without vowels."""
    if word.skeleton != part.skeleton:
        return 0.0
    if VOWELLESS.match(word.written):
        return BY_CONSONANTS if len(word.skeleton) >= MIN_CONSONANTS else BY_CONSONANTS - 0.06
    # A name that is listed in Arabic letters has nearly always a Latin form too; this one must be telling.
    return BY_CONSONANTS if len(word.skeleton) > MIN_CONSONANTS else 0.0


@lru_cache(200_000)
def _sounds(part: Part, inflected: bool) -> frozenset[str]:
    """Return *part* in Latin letters as it sounds; where it may be *inflected*, also without the ending of a case."""
    sound = part.latin
    for old, new in SPELLINGS:
        sound = sound.replace(old, new)
    sound = DOUBLES.sub(r"\1", sound)
    bare = ENDING.sub("", sound) if inflected and len(sound) > SHORT else sound
    return frozenset((sound, bare))
