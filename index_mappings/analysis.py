"""Analysis: text to tokens, once and in Python, so that both engines index the same streams.

A token is one character of a script that is written without spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer,
Burmese), or a run of other letters, marks and digits. The `exact` stream is lower case and folded. In the `stem` stream
a token is stemmed first and folded then, since folding first loses French and Russian conflations; it begins with the
language in capitals (`ENseiz`), so that a query's stem in one language never finds a word of another.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final

import regex
import Stemmer

UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
TOKEN = regex.compile(rf"{UNSPACED}\p{{M}}*|[[\p{{L}}\p{{M}}\p{{N}}]--{UNSPACED}]+", regex.V1)
# Where no mark and none of those scripts occurs, the standard library finds the same words three times as fast.
PLAIN_TOKEN = re.compile(r"[^\W_]+")
NOT_PLAIN = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0530-\u1dff\u2080-\u209f\u20d0-\u20ff\u2cef-\u2cf1\u2d30-\U0010ffff]"
)
# Most texts fit a page of 256 characters: Western, Cyrillic, Greek, Central European, Turkish, Baltic, Arabic. Their
# words are found by putting spaces in place of what is no letter, and folded by putting other letters in place of them:
# twice and five times as fast as by an expression and by looking up each word.
CODE_PAGES: Final = ("cp1252", "cp1251", "cp1253", "cp1250", "cp1254", "cp1257", "cp1256")
# A word that is longer is not one; Elasticsearch would cut it into two positions at 255.
MAX_TOKEN_CHARACTERS = 100
# Lucene takes keywords of up to 32,766 bytes.
MAX_KEYWORD_CHARACTERS = 8_000
# From here on characters are Chinese, Japanese or Korean, whose marks and syllables stay composed.
FIRST_EAST_ASIAN = "\u2e80"
LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ـ": None}
    | {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
    | {"ς": "σ"}
)
# Words repeat: this many serve nearly every token of a harvest, in about 40 MB a language.
CACHED_WORDS = 200_000

STEMMED_LANGUAGES: Final = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
# The languages that inflect words of a script; Serbian is written in two.
SCRIPTS: Final = {
    r"\p{Arabic}": ("ar",),
    r"\p{Armenian}": ("hy",),
    r"\p{Cyrillic}": ("ru", "sr"),
    r"\p{Devanagari}": ("hi", "ne"),
    r"\p{Greek}": ("el",),
    r"\p{Hebrew}": ("yi",),
    r"\p{Tamil}": ("ta",),
    r"\p{Latin}": tuple(sorted(set(STEMMED_LANGUAGES) - {"ar", "hy", "ru", "hi", "ne", "el", "yi", "ta"})),
}


# Start and end, the end exclusive.
Span = tuple[int, int]


class _Words(dict[str, str]):
    """What words become, computed once each; the older half goes when it is full."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self.change = change

    def __missing__(self, word: str) -> str:
        if len(self) >= CACHED_WORDS:
            for old in list(islice(self, CACHED_WORDS // 2)):
                self.pop(old, None)
        changed = self[word] = self.change(word)
        return changed


@cache
def _simplified() -> dict[int, str]:
    """Return traditional to simplified Chinese characters (OpenCC's TSCharacters)."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(traditional): simple.split()[0] for traditional, simple in pairs if len(traditional) == 1}


def fold(text: str) -> str:
    """Return *text* in lower case, without accents, with one form of each Arabic letter and Chinese character."""
    if text.isascii():
        return text.lower()
    return "".join(map(FOLDED_CHARACTERS.__getitem__, unicodedata.normalize("NFC", text)))


def _fold_character(character: str) -> str:
    if character >= FIRST_EAST_ASIAN:
        return unicodedata.normalize("NFKC", character).translate(_simplified())
    pieces = unicodedata.normalize("NFKD", character.lower())
    return "".join(piece for piece in pieces if not unicodedata.combining(piece))


FOLDED_CHARACTERS: Final = _Words(lambda character: _fold_character(character).lower().translate(LETTERS))


def fold_word(word: str) -> str:
    """Return a word as a token of the exact stream: never empty, and without white space."""
    return ("".join(fold(word).split()) or word)[:MAX_TOKEN_CHARACTERS]


def fold_keyword(value: str) -> str:
    """Return the value of a keyword field as it is looked up."""
    return " ".join(fold(value[:MAX_KEYWORD_CHARACTERS]).split())


def stem_word(word: str, language: str) -> str:
    """Return a word as a token of the stem stream of a document in *language*, one of `STEMMED_LANGUAGES`."""
    return f"{language.upper()}{fold_word(_stemmer(language).stemWord(word.lower()))}"


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(STEMMED_LANGUAGES[language], 0)


FOLDED_WORDS: Final = _Words(fold_word)


@cache
def _stems_of(language: str) -> _Words:
    return _Words(lambda word: stem_word(word, language))


def words(text: str) -> list[str]:
    """Return the tokens of *text* as they are written; the two streams are made from them."""
    for page, packed in _pages(text):
        return packed.translate(_spaced(page)).decode(page).split()
    found: list[str] = (TOKEN if NOT_PLAIN.search(text) else PLAIN_TOKEN).findall(text)
    return found


def _pages(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield each page of 256 characters that *text* fits, with the text in its bytes."""
    for page in CODE_PAGES:
        with suppress(UnicodeEncodeError):
            yield page, text.encode(page)


@cache
def _spaced(page: str) -> bytes:
    """Return the table that puts a space in place of each character of a code page that belongs to no word."""
    signs = (bytes([code]).decode(page, "replace") for code in range(256))
    in_word = (sign.isalnum() or unicodedata.combining(sign) for sign in signs)
    return bytes(code if held else ord(" ") for code, held in enumerate(in_word))


def starts_of(text: str, found: Iterable[str]) -> list[int]:
    """Return where each of the *found* words of *text* begins, in characters."""
    starts: list[int] = []
    end = 0
    for word in found:
        # Between two words stands no character of a word, so the next occurrence is the word itself.
        start = text.index(word, end)
        starts.append(start)
        end = start + len(word)
    return starts


def starts_at(text: str, found: Sequence[str], positions: Sequence[int]) -> list[int]:
    """Return where the words at *positions* begin, in order; the same word at another position is among them too."""
    if NOT_PLAIN.search(text):
        starts = starts_of(text, found[: positions[-1] + 1]) if positions else []
        return [starts[position] for position in positions]
    starts, end = [], 0
    for position in positions:
        start = _next_word(text, found[position], end)
        starts.append(start)
        end = start + len(found[position])
    return starts


def _next_word(text: str, word: str, start: int) -> int:
    """Return where *word* next stands by itself, and not within another."""
    found = text.index(word, start)
    while text[found - 1 : found].isalnum() or text[found + len(word) : found + len(word) + 1].isalnum():
        found = text.index(word, found + 1)
    return found


def places_of(text: str, found: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """Return the positions of the words that each span of characters touches: the first, and the one after the last."""
    if not NOT_PLAIN.search(text):
        return _plain_places_of(text, spans)
    starts = starts_of(text, found)
    ends = [start + len(word) for start, word in zip(starts, found, strict=True)]
    return [(bisect_right(ends, start), bisect_left(starts, end)) for start, end in spans]


def _plain_places_of(text: str, spans: Sequence[Span]) -> list[Span]:
    begun, cut = {0: 0}, {0: 0}
    last = 0
    for offset in sorted({offset for span in spans for offset in span} - {0}):
        # A word that an offset cuts is found again in what follows; it counts where it begins.
        begun[offset] = begun[last] + len(words(text[last:offset])) - cut[last]
        cut[offset] = text[offset - 1 : offset].isalnum() and text[offset : offset + 1].isalnum()
        last = offset
    return [(begun[start] - cut[start], begun[end]) for start, end in spans]


def exact_stream(found: Sequence[str]) -> list[str]:
    """Return the exact stream of the *found* words."""
    text = " ".join(found)
    if len(max(found, key=len, default="")) > MAX_TOKEN_CHARACTERS:
        return list(map(FOLDED_WORDS.__getitem__, found))
    if text.isascii():
        return text.lower().split()
    return _folded_in_page(text) or list(map(FOLDED_WORDS.__getitem__, found))


def _folded_in_page(text: str) -> list[str]:
    """Return the folded words of *text*; none where they do not fit a page of 256 characters."""
    for page, packed in _pages(text):
        table, others = _folding(page)
        if len(packed.translate(None, others)) == len(packed):
            return packed.translate(table).decode(page).split()
    return []


@cache
def _folding(page: str) -> tuple[bytes, bytes]:
    """Return the table that folds the characters of a code page, and those that do not become one of the same page."""
    signs = [bytes([code]).decode(page, "replace") for code in range(256)]
    folded = [FOLDED_CHARACTERS[sign].encode(page, "ignore") for sign in signs]
    kept = [len(FOLDED_CHARACTERS[sign]) == len(code) == 1 for sign, code in zip(signs, folded, strict=True)]
    others = bytes(code for code, fits in enumerate(kept) if not fits)
    return bytes(folded[code][0] if fits else code for code, fits in enumerate(kept)), others


def stemmed(word: str, language: str) -> str:
    """Return what `stem_word` does, remembered."""
    return _stems_of(language)[word]


def stem_stream(found: Iterable[str], language: str | None) -> list[str]:
    """Return the stem stream of the *found* words; nothing where no stemmer knows *language*: exact serves there."""
    if language not in STEMMED_LANGUAGES:
        return []
    return list(map(_stems_of(language).__getitem__, found))


def languages_of(word: str) -> tuple[str, ...]:
    """Return the languages that may inflect *word*, by its script."""
    return next((languages for script, languages in SCRIPTS.items() if _has(script, word)), ())


@cache
def _script(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern)


def _has(script: str, word: str) -> bool:
    return _script(script).search(word) is not None


def stems(word: str) -> tuple[str, ...]:
    """Return the tokens of the stem stream that a query for *word* looks for: one a language that may inflect it."""
    return tuple(_stems_of(language)[word] for language in languages_of(word))
