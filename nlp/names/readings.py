"""Readings: a word of any script as the units that sound: letters, syllables of Hangul in their parts, Pinyin, kana."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from nlp.names.scripts import ARABIC, CYRILLIC, GREEK, HAN, HANGUL, HEBREW, KANA, script_of

# Scripts for which there is a table of sounds.
SOUNDED: Final = frozenset({ARABIC, CYRILLIC, GREEK, HAN, HANGUL, HEBREW, KANA})
VOWELLESS: Final = frozenset({ARABIC, HEBREW})
# A doubled consonant sounds as one does; doubled vowels are two syllables in some scripts.
DOUBLED: Final = re.compile(r"([^aeiouyаеиоуыэюяіαεηιουω])\1+")
# A Hangul syllable without a consonant begins with a letter that is silent.
SILENT: Final = "ᄋ"
GREEK_UNITS: Final = re.compile(r"γγ|γκ|μπ|ντ|ου|τσ|αι|ει|οι|αυ|ευ|\w")
SMALL_KANA: Final = frozenset("ァィゥェォャュョヮぁぃぅぇぉゃゅょゎ")
# Hiragana and katakana stand this far apart.
KATAKANA_OFFSET: Final = 0x60


@lru_cache(60_000)
def units(word: str) -> tuple[str, ...]:
    """Return the units of a folded *word* of one script; empty where the script has no table of sounds."""
    script = script_of(word)
    if script == HAN:
        from pypinyin import lazy_pinyin

        return tuple(re.sub(r"[^a-z]", "", syllable.replace("ü", "v").lower()) for syllable in lazy_pinyin(word))
    if script == HANGUL:
        return tuple(part for part in unicodedata.normalize("NFD", word) if part != SILENT)
    if script == KANA:
        return moras(word)
    if script == GREEK:
        return tuple(GREEK_UNITS.findall(word))
    letters = "".join(filter(str.isalpha, word))
    if script in VOWELLESS:  # a vowel that is not written may stand between two letters
        return tuple(letters)
    return tuple(DOUBLED.sub(r"\1", letters)) if script in SOUNDED else ()


def moras(word: str) -> tuple[str, ...]:
    """Return the moras of *word* in katakana, a small letter with the one before it."""
    found: list[str] = []
    for letter in word:
        katakana = chr(ord(letter) + KATAKANA_OFFSET) if "ぁ" <= letter <= "ゖ" else letter
        if letter in SMALL_KANA and found:
            found[-1] += katakana
        else:
            found.append(katakana)
    return tuple(found)


@lru_cache(60_000)
def spelling(latin: str, script: str) -> str:
    """Return a Latin word as the table of sounds of *script* spells it: letters a to z, none doubled."""
    plain = re.sub(r"[^a-z]", "", anyascii(latin).lower()).replace("ck", "k").replace("ph", "f")
    if script != HAN:  # Pinyin has an `x` of its own
        plain = plain.replace("x", "ks")
    return DOUBLED.sub(r"\1", plain)
