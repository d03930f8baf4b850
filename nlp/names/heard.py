"""What a part of a name, or a word of a text, is heard as: hashes of its consonants or of what it means, and signs.

A sign is a number for how a part is spelt, or which consonants it has: names that differ in both words are passed over.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from nlp.names.breaths import breath, breaths
from nlp.names.parts import COMMON, NAME, NUMBER, Part, keyed, latin_of
from nlp.names.scripts import ARABIC, CYRILLIC, GREEK, LATIN, script_of
from nlp.names.skeletons import filed_readings, readings
from nlp.names.vocabulary import ARTICLE, GIVEN, meaning

SOUNDED: Final = frozenset({NAME, COMMON, GIVEN})
MAX_IDS: Final = 3
# A name of two parts is also filed with a consonant missing in one of them, for words that are misspelt.
MIN_MISSPELT: Final = 3
MIN_LETTERS_MISSPELT: Final = 5
SPELT_WITH_VOWELS: Final = frozenset({LATIN, CYRILLIC, GREEK})
# Endings of Russian and Ukrainian cases, folded, that add a consonant to a word.
ENDING: Final = re.compile(r"(?<=[а-яіґє]{3})(?:ого|ому|ими|ыми|ами|ями|ах|ях|ых|их|ым|им|ом|ем|ам|ям|ов|ев)$")
UNKNOWN_SIGN: Final = 0
# Signs have 32 bits.
LAST_SIGN: Final = 2**32 - 1
CASE_ENDING_ROMANISED: Final = re.compile(r"(?<=\w{3})(?:ogo|omu|imi|ami|oiu|oi|ei|em|om|im|uiu|aia|akh|a|u|i|e|o|y)$")
# Of a mask so many bits are for the parts.
BITS: Final = 58


@lru_cache(60_000)
def hashed(key: str) -> int:
    """Return the hash of what a part is known by, 64 bits."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


def bit_of(known: int) -> int:
    """Return the bit of a part in a mask."""
    return 1 << (known % BITS)


@lru_cache(60_000)
def known_by(part: Part) -> tuple[int, ...]:
    """Return the hashes by which a part of a listed name is known; the first has its bit in the mask."""
    if part.kind in SOUNDED or part.kind == NUMBER:
        return tuple(hashed(f"k{bones}") for bones in filed_readings(part))
    return tuple(hashed(f"m{key}") for key in sorted(part.meanings))[:MAX_IDS]


@lru_cache(60_000)
def heard_as(word: str) -> tuple[int, ...]:
    """Return the hashes of what a folded word of a text may be: its readings, and what it means."""
    script = script_of(word)
    forms = dict.fromkeys((word, ENDING.sub("", ARTICLE.sub("", word) if script == ARABIC else word)))
    heard = (bones for form in forms for bones in readings(form, script, latin_of(form, script))[:MAX_IDS])
    known = meaning(word)
    keys = sorted(known.keys) if known else ()
    return tuple(dict.fromkeys((*(hashed(f"k{bones}") for bones in heard), *(hashed(f"m{key}") for key in keys))))


@lru_cache(60_000)
def _spelt(latin: str) -> str:
    """Return a word in Latin letters so that usual ways to spell its sounds are one."""
    return keyed(latin.replace("ee", "i").replace("oo", "u")).replace("ts", "s").replace("c", "k") or latin


def sign_of(spelt: str) -> int:
    """Return the sign of a spelling, which is not `UNKNOWN_SIGN`."""
    return 1 + hashed(spelt) % LAST_SIGN


@lru_cache(60_000)
def sign_of_part(part: Part) -> int:
    """Return the sign of a part of a listed name."""
    if part.kind in SOUNDED or part.kind == NUMBER:
        return sign_of(_spelt(part.latin))
    return sign_of(min(part.meanings)) if part.meanings else UNKNOWN_SIGN


@lru_cache(60_000)
def breath_of_part(part: Part) -> int:
    """Return the sign of the consonants of a part of a listed name, where it is known by them."""
    sounded = part.kind in SOUNDED and part.script in {LATIN, ARABIC}
    return sign_of(breath(part.written, part.script, part.latin)) if sounded else UNKNOWN_SIGN


@lru_cache(60_000)
def signs_of_word(word: str) -> tuple[int, ...]:
    """Return the signs that a folded word of a text may have: of its spelling, in Arabic of its consonants.

    None where its script says nothing of either.
    """
    script = script_of(word)
    if script == ARABIC:
        return (UNKNOWN_SIGN, *map(sign_of, breaths(word)))
    if script not in SPELT_WITH_VOWELS:
        return ()
    latin, known = latin_of(word, script), meaning(word)
    spelt = {_spelt(latin), *(known.keys if known else ())}
    if script != LATIN:
        spelt.add(_spelt(CASE_ENDING_ROMANISED.sub("", latin)))
    return tuple(map(sign_of, spelt))


@lru_cache(60_000)
def with_one_missing(word: str) -> tuple[int, ...]:
    """Return the hashes of a word with one consonant missing, and as it is; none for a short word."""
    script = script_of(word)
    if script not in SPELT_WITH_VOWELS or len(word) < MIN_LETTERS_MISSPELT:
        return ()
    bones = readings(word, script, latin_of(word, script))[0]
    return tuple(map(hashed, shortened(bones)))


def shortened(bones: str) -> Iterator[str]:
    """Yield what a word of these *bones*, and one with one consonant more, are both known by."""
    if len(bones) >= MIN_MISSPELT:
        yield f"x{bones}"
        yield from dict.fromkeys(f"x{bones[:place]}{bones[place + 1 :]}" for place in range(len(bones)))


@lru_cache(60_000)
def bits_of_word(word: str) -> int:
    """Return the bits of what a folded word may be, in a mask."""
    mask = 0
    for known in heard_as(word):
        mask |= bit_of(known)
    return mask
