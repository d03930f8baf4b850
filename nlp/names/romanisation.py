"""Romanisation by rule: Pinyin as Wade-Giles spells it, and kana in Hepburn with the letters that Japanese merges."""

import re
import unicodedata
from functools import cache
from typing import Final

from anyascii import anyascii

PINYIN_SHARE: Final = 0.72
WADE_GILES_SHARE: Final = 0.18
INITIALS: Final = (
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("p", "p"), ("d", "t"), ("t", "t"), ("g", "k"), ("k", "k"),
    ("j", "ch"), ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"),
)  # fmt: skip
WHOLE: Final = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu", "er": "erh",
    "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "yue": "yueh", "yong": "yung", "e": "o", "he": "ho", "ge": "ko",
    "ke": "ko", "gui": "kuei", "kui": "kuei", "shuo": "shuo", "guo": "kuo", "kuo": "kuo", "huo": "huo",
}  # fmt: skip
FINALS: Final = (("ong", "ung"), ("ian", "ien"), ("uo", "o"), ("ie", "ieh"), ("ue", "ueh"), ("ve", "ueh"))
CONSONANTS: Final = {
    "r": ("r", "l"), "b": ("b", "v"), "sh": ("sh", "s"), "s": ("s", "th"), "z": ("z", "th"), "j": ("j", "z", "g"),
    "h": ("h", "f"), "f": ("f", "h"), "t": ("t", "th"), "ts": ("ts", "tz"), "ch": ("ch", "t", "c"), "k": ("k", "c"),
    "y": ("y", "i", "j"), "w": ("w", "u", "v"),
}  # fmt: skip


def wade_giles(syllable: str) -> str:
    """Return a Pinyin *syllable* in Wade-Giles, without apostrophes."""
    if syllable in WHOLE:
        return WHOLE[syllable]
    for pinyin, other in INITIALS:
        if syllable.startswith(pinyin):
            return other + _final(syllable.removeprefix(pinyin))
    return _final(syllable)


def _final(final: str) -> str:
    for pinyin, other in FINALS:
        if final.endswith(pinyin):
            return final.removesuffix(pinyin) + other
    return final.replace("v", "u")


@cache
def pinyin_syllables() -> tuple[str, ...]:
    """Return the syllables of Mandarin that pypinyin gives for Chinese characters."""
    from pypinyin import lazy_pinyin

    letters = (chr(code) for code in range(0x4E00, 0x9FA6))
    found = {lazy_pinyin(letter)[0].replace("ü", "v") for letter in letters}
    return tuple(sorted(s for s in found if s.isascii() and s.isalpha()))


def pinyin_table() -> dict[str, dict[str, float]]:
    """Return how a syllable of Mandarin is written: in Pinyin mostly, in Wade-Giles sometimes."""
    table: dict[str, dict[str, float]] = {}
    for syllable in pinyin_syllables():
        spread = {syllable.replace("v", "u"): PINYIN_SHARE}
        other = wade_giles(syllable)
        spread[other] = spread.get(other, 0.0) + WADE_GILES_SHARE
        table[syllable] = spread
    return table


def kana_table() -> dict[str, dict[str, float]]:
    """Return how a mora is written: in Hepburn, or as the foreign sound that it stands for; `u` and `o` may go."""
    table: dict[str, dict[str, float]] = {}
    plain = [chr(code) for code in range(ord("ァ"), ord("ヺ") + 1)]
    small = [base + mark for base in "キギシジチヂニヒビピミリ" for mark in "ャュョ"]
    small += [base + mark for base in "フヴテデトドウツチシジクグイ" for mark in "ァィゥェォ"]
    for mora in plain + small:
        if unicodedata.normalize("NFKC", mora) == mora:
            table[mora] = _spellings(anyascii(mora).lower())
    return table


def _spellings(hepburn: str) -> dict[str, float]:
    consonant = re.match(r"[^aeiou]*", hepburn)
    first = consonant.group() if consonant else ""
    vowel = hepburn[len(first) :]
    spread: dict[str, float] = {}
    for place, letters in enumerate(CONSONANTS.get(first, (first,))):
        share = (0.75 if place == 0 else 0.2) / (1 if place < 2 else 2)
        silent = 0.35 if vowel in {"u", "o"} and first else 0.05
        for ending, part in ((vowel, 1 - silent - 0.1), ("", silent), *((v, 0.02) for v in "aeiou" if v != vowel)):
            spread[letters + ending] = spread.get(letters + ending, 0.0) + share * part
    return spread
