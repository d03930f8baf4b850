"""Analysis: text to tokens, once and in Python, so that both engines index the same streams.

A token is one Chinese, Japanese or Korean character, or a run of other letters, marks and digits. The `exact` stream
is lower case and folded; in the `stem` stream a token is stemmed first and folded then, since folding first loses
French and Russian conflations.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex
import Stemmer

EAST_ASIAN = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"
TOKEN = regex.compile(rf"{EAST_ASIAN}|[[\p{{L}}\p{{M}}\p{{N}}]--{EAST_ASIAN}]+", regex.V1)
SINGLE = regex.compile(rf"{EAST_ASIAN}+", regex.V1)
ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None})
STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
)
# Words repeat: a cache of this many serves nearly every token of a harvest.
CACHED_WORDS = 200_000

STEMMED_LANGUAGES = {
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


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands; offsets count characters of the text."""

    start: int
    end: int
    exact: str
    stem: str


@cache
def _simplified() -> dict[int, str]:
    """Return traditional to simplified Chinese characters (OpenCC's TSCharacters)."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(traditional): simple.split()[0] for traditional, simple in pairs if len(traditional) == 1}


@lru_cache(CACHED_WORDS)
def fold(word: str) -> str:
    """Return *word* in lower case, without accents, with one form of each Arabic letter and Chinese character."""
    if SINGLE.fullmatch(word):
        return unicodedata.normalize("NFKC", word).lower().translate(_simplified())
    pieces = unicodedata.normalize("NFKD", word.lower())
    bare = "".join(piece for piece in pieces if not unicodedata.combining(piece))
    return bare.translate(ARABIC).translate(STROKES)


@cache
def _stemmer(algorithm: str) -> "Stemmer.Stemmer | None":
    return Stemmer.Stemmer(algorithm, 0) if algorithm in Stemmer.algorithms() else None


@lru_cache(CACHED_WORDS)
def stem(word: str, language: str | None) -> str:
    """Return the folded stem of *word* in *language*; its folded form where no stemmer is known."""
    stemmer = _stemmer(STEMMED_LANGUAGES.get(language or "", ""))
    return fold(stemmer.stemWord(word.lower()) if stemmer else word)


def tokens(text: str, language: str | None = None) -> Iterator[Token]:
    """Yield the tokens of *text*, stemmed by *language*."""
    for match in TOKEN.finditer(text):
        word = match.group()
        yield Token(match.start(), match.end(), fold(word), stem(word, language))


def stems(word: str, languages: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return what *word* may be stemmed to in *languages*, or in all that are known: what a query looks for."""
    known = languages or tuple(STEMMED_LANGUAGES)
    return tuple(dict.fromkeys([fold(word), *(stem(word, language) for language in known)]))
