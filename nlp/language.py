"""Which language is this? Script first, then letter n-grams of langdetect's profiles, then words that only one has.

langdetect draws n-grams at random and needs 8 ms a text. Its profiles (n-gram counts of 55 Wikipedias) are kept here as
one table of log-probabilities, and every n-gram of a text is counted: the same text gives the same answer, in a fraction
of the time. The six languages of the United Nations weigh a little more, as texts of this trade are mostly in them.
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import Any

import numpy

from nlp.mention import LanguagePart

UN_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
# A word of a UN language is this many times as likely before it is looked at: chosen on held-out words.
UN_WEIGHT = 10.0
# A frequent word of a language is this many times as likely in it as its letters alone say.
WORD_WEIGHT = 30.0
# N-grams that a profile lacks are as rare as this.
UNSEEN = 1e-5
# More text than this does not change the answer.
MAX_CHARACTERS = 1_500
# Below this the best language is a guess, and none is named.
MIN_CONFIDENCE = 0.3
LETTERS = re.compile(r"[^\W\d_]+")
NOT_PROSE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|[\ud800-\udfff]")
PARAGRAPH = re.compile(r"[^\n]+")
# A shorter paragraph takes the language of the text around it.
MIN_PART_LETTERS = 40
SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "BENGALI": "bn",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}


@dataclass(frozen=True, slots=True)
class Identified:
    """An ISO 639-1 code, or None where it cannot be known, and how sure that is, 0 to 1."""

    language: str | None
    confidence: float


UNKNOWN = Identified(None, 0.0)


@dataclass(frozen=True)
class _Profiles:
    """Log-probabilities: a row an n-gram, a column a language."""

    languages: tuple[str, ...]
    rows: dict[str, int]
    table: Any
    words: dict[str, tuple[int, ...]]


@cache
def _profiles() -> _Profiles:
    folder = files("langdetect").joinpath("profiles")
    loaded = {path.name: json.loads(path.read_text("utf-8")) for path in folder.iterdir() if "." not in path.name}
    codes = [name for name in sorted(loaded) if name != "zh-tw"]
    rows: dict[str, int] = {}
    for name in codes:
        for gram in loaded[name]["freq"]:
            rows.setdefault(gram, len(rows))
    table = numpy.full((len(rows), len(codes)), math.log(UNSEEN), dtype=numpy.float32)
    for column, name in enumerate(codes):
        counts, totals = loaded[name]["freq"], numpy.array(loaded[name]["n_words"], dtype=numpy.float64)
        sizes = numpy.fromiter(map(len, counts), dtype=numpy.intp)
        shares = numpy.fromiter(counts.values(), dtype=numpy.float64) / totals[sizes - 1]
        places = numpy.fromiter((rows[gram] for gram in counts), dtype=numpy.intp)
        table[places, column] = numpy.log(numpy.maximum(shares, UNSEEN))
    languages = tuple(name.partition("-")[0] for name in codes)
    return _Profiles(languages, rows, table, _frequent_words(languages))


def _frequent_words(languages: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Return spaCy's stop words with the languages that have them; the files are run alone, without all of spaCy."""
    spec = find_spec("spacy")
    folder = Path(spec.origin).parent / "lang" if spec and spec.origin else Path()
    words: dict[str, list[int]] = {}
    for column, language in enumerate(languages):
        file = folder / language / "stop_words.py"
        if file.exists():
            for word in run_path(str(file))["STOP_WORDS"]:
                words.setdefault(word, []).append(column)
    return {word: tuple(columns) for word, columns in words.items()}


def identify(text: str) -> Identified:
    """Return the language of *text*; None for what holds no words, such as numbers and addresses."""
    prose = NOT_PROSE.sub(" ", text[:MAX_CHARACTERS])
    words = LETTERS.findall(unicodedata.normalize("NFC", prose).lower())
    if not words:
        return UNKNOWN
    sure = _by_script("".join(words))
    return Identified(sure, 1.0) if sure else _by_letters(words)


def _by_script(letters: str) -> str | None:
    """Return the language whose script most of *letters* are in, where a script decides."""
    counts: dict[str, int] = {}
    for letter in letters[:400]:
        name = _script(letter)
        counts[name] = counts.get(name, 0) + 1
    best = max(counts, key=lambda name: counts[name])
    han, kana = counts.get("CJK", 0), counts.get("HIRAGANA", 0) + counts.get("KATAKANA", 0)
    if han + kana > len(letters[:400]) / 2:
        return "ja" if kana * 8 > han + kana else "zh"
    return SCRIPTS.get(best)


@lru_cache(20_000)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]


def _by_letters(words: list[str]) -> Identified:
    known = _profiles()
    ids = [row for word in words for gram in _grams(word) if (row := known.rows.get(gram)) is not None]
    if not ids:
        return UNKNOWN
    scores = known.table[ids].sum(axis=0)
    for word in words:
        for column in known.words.get(word, ()):
            scores[column] += math.log(WORD_WEIGHT)
    for column in _un_columns(known.languages):
        scores[column] += math.log(UN_WEIGHT)
    chances = numpy.exp(scores - scores.max())
    best = int(chances.argmax())
    confidence = float(chances[best] / chances.sum())
    return Identified(known.languages[best], confidence) if confidence >= MIN_CONFIDENCE else UNKNOWN


@cache
def _un_columns(languages: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(column for column, language in enumerate(languages) if language in UN_LANGUAGES)


@lru_cache(50_000)
def _grams(word: str) -> tuple[str, ...]:
    """Return the n-grams of *word* of one to three letters, with a space for its ends, as langdetect has them."""
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in (1, 2, 3) for i in range(len(padded) - n + 1) if padded[i : i + n].strip())


def parts(text: str) -> Iterator[LanguagePart]:
    """Yield the stretches of *text* that are in one language each; one stretch where it has only one."""
    start, language = 0, None
    for paragraph in PARAGRAPH.finditer(text):
        letters = sum(map(len, LETTERS.findall(paragraph.group())))
        east_asian = letters * 3 >= MIN_PART_LETTERS and _by_script(paragraph.group()[:80]) in ("zh", "ja", "ko")
        if letters < MIN_PART_LETTERS and not east_asian:
            continue
        found = identify(paragraph.group()).language
        if found is None or found == language:
            continue
        if language is not None:
            yield LanguagePart(start, paragraph.start(), language)
            start = paragraph.start()
        language = found
    if text:
        yield LanguagePart(start, len(text), language)
