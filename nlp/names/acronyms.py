"""Acronyms: whether a short word is made of the first letters of a name, in the language of either."""

from functools import cache, lru_cache
from typing import Final

from anyascii import anyascii

from nlp.folding import folded
from nlp.names.parts import NAME, Part
from nlp.names.scripts import CYRILLIC, LATIN, script_of
from nlp.names.vocabulary import FORMS, PARTICLES, vocabulary_lines

SHORTEST: Final = 3
LONGEST: Final = 8
# Letters that a word of the name explains, as a share; the rest comes from words that a translation leaves out.
EXPLAINED: Final = 0.7
# Shorter acronyms must be explained whole.
WHOLE: Final = 4
LIKENESS: Final = 0.86
SMALL: Final = frozenset({FORMS, PARTICLES})


def letters_of(part: Part) -> str:
    """Return the letters of a part that may be an acronym, romanised; nothing where it cannot be one."""
    short = part.kind == NAME and part.script in {LATIN, CYRILLIC} and SHORTEST <= len(part.written) <= LONGEST
    return "".join(anyascii(letter).lower() for letter in part.written) if short else ""


def acronyms(name: tuple[Part, ...]) -> tuple[str, ...]:
    """Return the first letters of a name's words, as they are and as their first translations have them."""
    if not len(name) >= SHORTEST or not any(part.meanings for part in name):
        return ()
    said = tuple(part for part in name if part.kind not in SMALL)
    if not SHORTEST <= len(said) <= LONGEST or not any(part.meanings for part in said):
        return ()
    own = "".join(part.latin[:1] for part in said)
    translated = "".join(_first_translation(part) for part in said)
    return tuple(dict.fromkeys((own, translated)))


@lru_cache(50_000)
def _first_translation(part: Part) -> str:
    letters = (letter for key in sorted(part.meanings, key=len) for letter in _first_letters().get(key, ())[:1])
    return next(letters, part.latin[:1])


@cache
def _first_letters() -> dict[str, tuple[str, ...]]:
    """Return for each meaning the romanised first letters of its Cyrillic words, in their order."""
    found: dict[str, dict[str, None]] = {}
    for _, key, words in vocabulary_lines():
        cyrillic = (word for word in words.split() if script_of(word) == CYRILLIC)
        found.setdefault(key, {}).update(dict.fromkeys(anyascii(folded(word[0])).lower() for word in cyrillic))
    return {key: tuple(letters) for key, letters in found.items()}


def acronym_likeness(short: Part, name: tuple[Part, ...]) -> float:
    """Return how well *short* abbreviates *name*: 0, or up to `LIKENESS`."""
    if short.kind != NAME or short.script not in {LATIN, CYRILLIC} or not SHORTEST <= len(short.written) <= LONGEST:
        return 0.0
    said = tuple(part for part in name if part.kind not in SMALL)
    if len(said) < SHORTEST - 1 or not any(part.meanings for part in said):
        return 0.0
    letters = tuple(anyascii(letter).lower() for letter in short.written)
    if not any(_begins(part, letters[0]) for part in said[:2]):
        return 0.0
    explained = _explained(letters, said)
    share = explained / len(letters)
    enough = 1.0 if len(letters) < WHOLE else EXPLAINED
    return LIKENESS * share if share >= enough and explained >= len(said) * EXPLAINED else 0.0


def _explained(letters: tuple[str, ...], name: tuple[Part, ...]) -> int:
    """Return how many of *letters* begin words of *name*, in the order of both (longest common subsequence)."""
    row = [0] * (len(name) + 1)
    for letter in letters:
        previous = row
        row = [0]
        for place, part in enumerate(name):
            met = previous[place] + 1 if _begins(part, letter) else 0
            row.append(max(row[-1], previous[place + 1], met))
    return row[-1]


def _begins(part: Part, letter: str) -> bool:
    if part.latin.startswith(letter):
        return True
    translated = part.script in {LATIN, CYRILLIC}
    return translated and any(letter in _first_letters().get(key, ()) for key in part.meanings)
