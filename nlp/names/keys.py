"""Keys: the short strings under which a name is filed and looked up."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from nlp.names.acronyms import acronyms, letters_of, reordered
from nlp.names.likeness import places
from nlp.names.parts import COMMON, INITIAL, NAME, NUMBER, Part, latin_of, parts
from nlp.names.scripts import CYRILLIC, HAN, HANGUL, KANA
from nlp.names.skeletons import MAX_READINGS, filed_readings, joined, mistaken, readings, readings_of, skeleton
from nlp.names.variants import variants
from nlp.names.vocabulary import BRANDS, FORMS, GIVEN, PARTICLES, TITLES

SOUND, MEANING, DIGITS, WHOLE, INITIALS, ACRONYM = "k", "m", "d", "j", "i", "a"
UNKEYED: Final = frozenset({FORMS, PARTICLES, TITLES})
PERSONAL: Final = frozenset({NAME, COMMON, GIVEN})
# Parts that another name may have in their own language: a firm's `Energiya` is not always translated.
SPELT: Final = frozenset({NAME, COMMON, GIVEN, BRANDS})
UNSPACED: Final = frozenset({HAN, HANGUL, KANA})
# Longer names are found by their first parts.
MAX_JOINED: Final = 4
# Of the readings of a name that is written as one, so many are filed; all are looked for.
FILED_READINGS: Final = 3
EXACT, OTHERWISE, MISTAKEN, TRANSLATED = 1.0, 0.9, 0.6, 0.8


def screening_keys(name: str) -> set[str]:
    """Return the keys under which *name* is filed for screening, and each name that stands in it."""
    return {key for variant in variants(name) for key in filed(parts(variant))}


def filed(found: tuple[Part, ...]) -> set[str]:
    """Return the keys under which a name with the parts *found* is filed."""
    keys = set(chain.from_iterable(map(_filed_part, _telling(found))))
    return (
        keys
        | {WHOLE + bones for bones in wholes(found, FILED_READINGS)}
        | {ACRONYM + reordered(short) for short in acronyms(found)}
    )


@lru_cache(60_000)
def _filed_part(part: Part) -> tuple[str, ...]:
    return tuple(key for key, _ in _keys(part, filed_readings(part)) if key[0] != ACRONYM)


def wholes(found: tuple[Part, ...], readings: int) -> tuple[str, ...]:
    """Return the skeletons of the whole name, where it may be written as one word."""
    told = tuple(part for part in found if part.kind not in {FORMS, TITLES} or part.script in UNSPACED)
    return joined(told, readings) if 0 < len(told) <= MAX_JOINED else ()


def sought(found: tuple[Part, ...]) -> Iterator[list[tuple[str, float]]]:
    """Yield for each part of a name the keys to look under, each with what a find is worth; then for the whole."""
    for part in _telling(found):
        keys = list(_keys(part, readings_of(part)))
        if part.kind in PERSONAL:
            keys += [(SOUND + bones, MISTAKEN) for bones in mistaken(readings_of(part)[0])]
            keys += [(SOUND + bones, OTHERWISE) for bones in _places(part)]
        yield keys
    yield [(WHOLE + bones, EXACT) for bones in wholes(found, MAX_READINGS)]
    yield [(SOUND + skeleton(short), OTHERWISE) for short in acronyms(found)]


def _places(part: Part) -> Iterator[str]:
    """Yield the skeletons of the places that an adjective may be made of."""
    for place in places(part.written) if part.script == CYRILLIC else ():
        yield readings(place, CYRILLIC, latin_of(place, CYRILLIC))[0]


def _telling(found: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part for part in found if part.kind not in UNKEYED) or found


def _keys(part: Part, bones: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    if part.kind == NUMBER:
        yield DIGITS + part.written, EXACT
    elif part.kind == INITIAL:
        yield INITIALS + part.latin, MISTAKEN
    else:
        yield from ((MEANING + key, TRANSLATED) for key in part.meanings)
        if part.kind in SPELT or not part.meanings:
            for place, reading in enumerate(bones):
                yield SOUND + reading, EXACT if place == 0 else OTHERWISE
        if short := letters_of(part):
            yield ACRONYM + reordered(short), EXACT
