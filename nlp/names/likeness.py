"""How alike two parts of names are, 0 to 1: by meaning, by letters within a script, by sound across scripts."""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from nlp.names.parts import COMMON, INITIAL, NAME, NUMBER, Part, keyed
from nlp.names.readings import SOUNDED
from nlp.names.scripts import CYRILLIC, GREEK, HAN, KANA, LATIN
from nlp.names.slavic import one_name
from nlp.names.sounds import renderings, sounds_alike
from nlp.names.vocabulary import ARTICLE, GIVEN

SAME_MEANING: Final = 0.95
SAME_INITIAL: Final = 0.8
# What an initial may stand for; a word of an institution is not one.
INITIALLED: Final = frozenset({INITIAL, NAME, COMMON, GIVEN})
# Words that mean different things are one word only where hardly a letter differs.
MISPRINT: Final = 0.86
# Prefixes that are written or left out: `Alfawwaz`, `Fawwaz`.
PREFIX: Final = re.compile(r"^(?:al|el)(?=\w{4})")
WITHOUT_PREFIX: Final = 0.97
# `Abdelnour` is kept as `abdnour`; other scripts write the vowel and the article.
SERVANT, SERVANT_WHOLE = "abd", "abdul"
# Endings that make a place's name an adjective: `Муромский завод` is the Murom Plant.
ADJECTIVE: Final = re.compile(r"(?P<suffix>(?:ов|ев|ин)?с?)(?P<k>к)(?:ии|ая|ое|ие|ого|ому|ом|их|ои|и)$")
# Scripts of which a romanisation keeps all that is said.
ALPHABETS: Final = frozenset({CYRILLIC, GREEK, LATIN})
SHORTEST_PLACE: Final = 3
ROMANISED_ADJECTIVE: Final = re.compile(r"(?<=\w{3})(?:ov|ev)?sk(?:iy|ii|ij|y|i|aya|aia|oe|oye|ogo)$")
# Words whose usual spellings are the same, and syllables that some romanisation of Chinese or Korean spells so.
SAME_KEY: Final = 0.95
SAME_SYLLABLE: Final = 0.9
# One name in Russian, Ukrainian or Belarusian.
SAME_SLAVIC: Final = 0.9
# Words of so few letters are the same or not; in longer ones a wrong letter may stand.
SHORT: Final = 4
LONGEST_SYLLABLE: Final = 6
# Another beginning makes another word, unless the word is long.
OTHER_BEGINNING: Final = 0.7
LONG: Final = 7
# Words whose likeliest spellings have less than this in common are not compared in full.
ROUGH: Final = 0.45
SYLLABLES: Final = (
    *(("hs", "s"), ("sh", "s"), ("zh", "j"), ("ch", "j"), ("ts", "z"), ("tz", "z"), ("yeo", "yo"), ("eo", "o")),
    *(("eu", "u"), ("oo", "u"), ("ou", "u"), ("woo", "u"), ("ae", "e"), ("ien", "ian"), ("ung", "ong"), ("ueh", "ue")),
    *(("ih", "i"), ("q", "j"), ("x", "s"), ("c", "z"), ("k", "g"), ("p", "b"), ("t", "d"), ("r", "l"), ("ee", "i")),
    *(("w", "u"), ("y", "i")),
)


def alike(one: Part, other: Part) -> float:
    """Return how alike two parts are."""
    if one.written == other.written:
        return 1.0
    if one.meanings and other.meanings:
        if one.meanings & other.meanings:
            return SAME_MEANING
        likeness = _sounded(one, other)
        return likeness if likeness >= MISPRINT else 0.0
    if NUMBER in {one.kind, other.kind}:
        return 0.0
    if INITIAL in {one.kind, other.kind}:
        personal = {one.kind, other.kind} <= INITIALLED
        return SAME_INITIAL if personal and one.latin[:1] == other.latin[:1] else 0.0
    return _sounded(one, other)


def _sounded(one: Part, other: Part) -> float:
    return sounded(one.written, one.script, one.latin, other.written, other.script, other.latin)


def sounded(word: str, script: str, latin: str, other: str, other_script: str, other_latin: str) -> float:
    """Return how alike two written words are, whatever they mean."""
    if script == other_script:
        romanised = letters_alike(latin, other_latin) if script in ALPHABETS else 0.0
        if romanised < SAME_SLAVIC and script == CYRILLIC and one_name(latin, other_latin):
            romanised = SAME_SLAVIC
        return romanised if script == LATIN else max(letters_alike(word, other), SAME_KEY * romanised)
    if other_script == LATIN and script in SOUNDED:
        return _across(word, script, latin, other_latin)
    if script == LATIN and other_script in SOUNDED:
        return _across(other, other_script, other_latin, latin)
    if script in SOUNDED and other_script in SOUNDED:
        # The script that loses more is spelt by the other one.
        if script in {HAN, KANA}:
            return max((_across(word, script, latin, spelt) for spelt in renderings(other)), default=0.0)
        return max((_across(other, other_script, other_latin, spelt) for spelt in renderings(word)), default=0.0)
    return letters_alike(latin, other_latin)


@lru_cache(100_000)
def _across(word: str, script: str, rough: str, latin: str) -> float:
    """Return how well *latin* spells *word*, whose likeliest spelling is *rough*."""
    if script != HAN and JaroWinkler.similarity(keyed(rough), keyed(latin)) < ROUGH:
        return 0.0
    bare, bare_latin = ARTICLE.sub("", word), PREFIX.sub("", latin)
    likeness = sounds_alike(word, latin)
    if likeness < SAME_SLAVIC and script == CYRILLIC and one_name(rough, latin):
        likeness = SAME_SLAVIC
    if latin.startswith(SERVANT) and len(latin) > len(SERVANT) + 1:
        likeness = max(likeness, sounds_alike(word, SERVANT_WHOLE + latin[len(SERVANT) :]))
    forms = [form for form in (bare, *places(word)) if form != word]
    if not forms and bare_latin == latin:
        return likeness
    return max(likeness, WITHOUT_PREFIX * max(sounds_alike(f, x) for f in (*forms, bare) for x in (bare_latin, latin)))


@lru_cache(60_000)
def places(word: str) -> tuple[str, ...]:
    """Return what places a Cyrillic adjective may be made of: `омское` of `омск`, `саратовскии` of `саратов`."""
    found = ADJECTIVE.search(word)
    if found is None:
        return ()
    stems = (word[: found.end("k")], word[: found.end("suffix")].removesuffix("с"), word[: found.start()])
    return tuple(dict.fromkeys(stem for stem in stems if len(stem) >= SHORTEST_PLACE))


@lru_cache(100_000)
def letters_alike(one: str, other: str) -> float:
    """Return how alike two words of one script are in their letters, or in the letters of their usual variants."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    likeness = max(_edited(one, other), _as_variants(one, other))
    bare, other_bare = (ROMANISED_ADJECTIVE.sub("", PREFIX.sub("", word)) for word in (one, other))
    if (bare == one) != (other_bare == other):
        likeness = max(likeness, WITHOUT_PREFIX * _edited(bare, other_bare))
    return likeness


def _as_variants(one: str, other: str) -> float:
    key, other_key = keyed(one), keyed(other)
    if not key or not other_key:  # letters of another script
        return 0.0
    if min(len(key), len(other_key)) > 1:
        if key == other_key:
            return SAME_KEY
        if max(len(one), len(other)) <= LONGEST_SYLLABLE and syllable(one) == syllable(other):
            return SAME_SYLLABLE
    return SAME_KEY * _edited(key, other_key)


@lru_cache(60_000)
def syllable(latin: str) -> str:
    """Return a syllable of Chinese or Korean as all romanisations have it: `chung` and `jung`, `hsueh` and `xue`."""
    for old, new in SYLLABLES:
        latin = latin.replace(old, new)
    return latin


def _edited(one: str, other: str) -> float:
    """Return how alike two different words are by the letters that would have to change."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SHORT:
        return 0.0 if one != other else 1.0
    letters = 1 - OSA.distance(one, other) / longer
    if shorter > SHORT:
        letters = 0.5 * letters + 0.5 * JaroWinkler.similarity(one, other) if letters > 0.3 else letters
    return float(letters if one[0] == other[0] or longer >= LONG else OTHER_BEGINNING * letters)
