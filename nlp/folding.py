"""Folding: one lower-case, accent-free copy of a text for matching, with a map back to the text's own characters.

Case, accents, compatibility forms (ligatures, full-width letters), hyphen and apostrophe variants, white space, Arabic
letter forms and vowel signs, and traditional Chinese characters are folded; soft hyphens and zero-width characters go.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

HYPHENS = "‐‑‒–—―−﹘﹣-"
# From here on characters are Chinese, Japanese or Korean, whose marks and syllables must stay composed.
FIRST_EAST_ASIAN = 0x2E80
# Hebrew and Arabic letters in the form that they have within a word lie among the compatibility characters.
FIRST_PRESENTATION_FORM, LAST_PRESENTATION_FORM = 0xFB1D, 0xFEFC
APOSTROPHES = "’‘ʼʻ`´ʹ′"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ARABIC_LETTERS = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ة": "ه",
    "ہ": "ه",
    "ۀ": "ه",
    "ـ": "",
}
# Letters that Unicode does not decompose, and that people type without their stroke.
STROKED_LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ß": "ss",
    "ŧ": "t",
}


@dataclass(frozen=True)
class Folded:
    """A folded copy: `origin[i]` is the index in the original of the character that `text[i]` came from."""

    text: str
    origin: Sequence[int]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's span of `text[start:end]`, *end* exclusive, its combining marks included."""
        first = self.origin[start]
        last = self.origin[end] if end < len(self.origin) else self.length
        return first, max(last, self.origin[end - 1] + 1)


@cache
def _simplified() -> dict[str, str]:
    """Return traditional to simplified Chinese characters, one to one (OpenCC's TSCharacters)."""
    from importlib.resources import files

    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {traditional: simple.split()[0] for traditional, simple in pairs if len(traditional) == 1}


@cache
def fold_character(character: str) -> str:
    """Return what *character* folds to: nothing, one character, or a few."""
    if character.isspace():
        return " "
    if character in HYPHENS:
        return "-"
    if character in APOSTROPHES:
        return "'"
    if character in INVISIBLE:
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if ord(character) >= FIRST_EAST_ASIAN and not FIRST_PRESENTATION_FORM <= ord(character) <= LAST_PRESENTATION_FORM:
        return "".join(_simplified().get(p, p) for p in unicodedata.normalize("NFKC", character).lower())
    pieces = unicodedata.normalize("NFKD", character)
    kept = "".join(p for p in pieces if not unicodedata.combining(p)).lower()
    return "".join(STROKED_LETTERS.get(p, ARABIC_LETTERS.get(p, p)) for p in kept)


class _Table(dict[str, str]):
    """What each character folds to, found once."""

    def __missing__(self, character: str) -> str:
        found = self[character] = fold_character(character)
        return found


TABLE = _Table()
# PDF text often has a space after these, inside a word: "ﬁ bre".
PARTED_LIGATURE = re.compile("[ﬁﬂﬃﬄ] (?=[a-zà-ÿ])")
SPACES = re.compile("  +")


def fold(text: str) -> Folded:
    """Return *text* folded, runs of white space as one space, with the map back."""
    pieces = [TABLE[character] for character in text]
    for match in PARTED_LIGATURE.finditer(text):
        pieces[match.end() - 1] = ""
    joined = "".join(pieces)
    # Mostly a character folds to a character, and the map back is plain.
    plain = len(joined) == len(text) and all(pieces)
    origin: Sequence[int] = range(len(text)) if plain else [i for i, piece in enumerate(pieces) for _ in piece]
    if "  " not in joined:
        return Folded(joined, origin, len(text))
    kept: list[int] = []
    start = 0
    for run in SPACES.finditer(joined):
        kept += origin[start : run.start() + 1]
        start = run.end()
    kept += origin[start:]
    return Folded(SPACES.sub(" ", joined), tuple(kept), len(text))


@lru_cache(100_000)
def folded(text: str) -> str:
    """Return *text* folded, without the map."""
    return fold(text).text.strip()
