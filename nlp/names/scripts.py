"""Scripts: which one a word is written in, as far as names need to know."""

import re
from functools import lru_cache
from typing import Final

LATIN: Final = "latin"
CYRILLIC: Final = "cyrillic"
GREEK: Final = "greek"
ARABIC: Final = "arabic"
HEBREW: Final = "hebrew"
HAN: Final = "han"
KANA: Final = "kana"
HANGUL: Final = "hangul"
OTHER: Final = "other"

# First and last code points; Latin is what is left below the Greek block.
RANGES: Final = (
    (0x0370, 0x03FF, GREEK),
    (0x1F00, 0x1FFF, GREEK),
    (0x0400, 0x052F, CYRILLIC),
    (0x0590, 0x05FF, HEBREW),
    (0x0600, 0x06FF, ARABIC),
    (0x0750, 0x077F, ARABIC),
    (0xFB50, 0xFDFF, ARABIC),
    (0xFE70, 0xFEFC, ARABIC),
    (0x3040, 0x30FF, KANA),
    (0x31F0, 0x31FF, KANA),
    (0x3400, 0x4DBF, HAN),
    (0x4E00, 0x9FFF, HAN),
    (0xF900, 0xFAFF, HAN),
    (0x20000, 0x323AF, HAN),
    (0x1100, 0x11FF, HANGUL),
    (0x3130, 0x318F, HANGUL),
    (0xAC00, 0xD7A3, HANGUL),
)
FIRST_GREEK: Final = 0x0370
HAN_RUN: Final = re.compile(r"[㐀-鿿\uf900-\ufaff\U00020000-\U000323af]+")
UNSPACED: Final = frozenset({HAN, KANA})


@lru_cache(8192)
def script_of_letter(letter: str) -> str:
    """Return the script of one character."""
    code = ord(letter)
    if code < FIRST_GREEK or 0x1E00 <= code <= 0x1EFF:
        return LATIN
    return next((script for first, last, script in RANGES if first <= code <= last), OTHER)


@lru_cache(60_000)
def script_of(word: str) -> str:
    """Return the script of *word*: that of its last letter, since a clitic or a number may stand before it."""
    letters = (letter for letter in reversed(word) if letter.isalpha())
    return next(map(script_of_letter, letters), LATIN)
