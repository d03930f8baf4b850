"""Which language is this? Script first, then the chance of each letter after those before it.

The tables of `nlp/letters` (made by `nlp/training/letters.py`) hold, for the languages that share a script, how likely
a letter is after up to four others. langdetect draws letter triples at random and needs 8 ms a text; here every letter
counts, the same text gives the same answer, and a table is mapped into memory when its script is first met.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy

from nlp.mention import LanguagePart
from nlp.scripts import HAN, OWN_SCRIPT, prevailing, script_of

TABLES = Path(__file__).parent / "letters"
GROUPS = {"LATIN": "latin", "CYRILLIC": "cyrillic", "ARABIC": "arabic", "DEVANAGARI": "devanagari", "CJK": "han"}
UN_LANGUAGES = frozenset({"ar", "en", "es", "fr", "ru", "zh"})
# Texts of this trade are in a language of the United Nations this many times as often as in another.
UN_WEIGHT = 6.0
LONGEST = 5
# The tables hold a probability as this many steps a nat below 1.
STEPS = 12
# More text than this does not change the answer.
MAX_CHARACTERS = 1_500
# A longer run of letters is no word; its beginning is enough.
MAX_WORD = 60
# A table of the costs of so many words takes a few megabytes; a text has at most `MAX_CHARACTERS` of them.
MAX_REMEMBERED_WORDS = 20_000
# Below this the best language is a guess, and none is named.
MIN_CONFIDENCE = 0.2
# A letter with its marks; the marks of Indian scripts are no letters to `\w`.
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0900-\u0d7f\u0e31-\u0e4e\u200c\u200d])*")
NOT_PROSE = re.compile(r"(?:https?|ftp)://\S+|www\.\S+|\S+@\S+\.\S+")
NOT_PROSE_MARKS = ("://", "www.", "@")
PARAGRAPH = re.compile(r"[^\n]+")
LATIN_LETTERS, OTHER_LETTERS = re.compile("[A-Za-z]{4}"), re.compile("[\u0370-\u1fff\u2e80-\uffdc]")
# A longer paragraph may hold a quotation in another language that is a part of its own.
LONG_PARAGRAPH = 700
SENTENCE = re.compile(r"[^\n]+?(?:[.!?؟](?=\s)|[。！？]|$|(?=\n))")
# A shorter stretch takes the language of the text around it.
MIN_PART_LETTERS = 40
MIN_EAST_ASIAN_LETTERS = 14
# A stretch starts a new part only where its language is this sure.
PART_CONFIDENCE = 0.98
# The beginning of a stretch decides.
PART_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Identified:
    """An ISO 639-1 code, or None where it cannot be known, and how sure that is, 0 to 1."""

    language: str | None
    confidence: float


UNKNOWN = Identified(None, 0.0)


@dataclass(frozen=True)
class _Table:
    """A row an n-gram, a column a language: the cost in steps of the last letter."""

    languages: tuple[str, ...]
    rows: Any
    costs: Any
    weights: Any


@cache
def _table(group: str) -> _Table:
    languages = tuple((TABLES / f"{group}.txt").read_text("utf-8").split())
    rows = marisa_trie.Trie()
    rows.mmap(str(TABLES / f"{group}.marisa"))
    costs = numpy.load(TABLES / f"{group}.npy", mmap_mode="r")
    weights = numpy.array([math.log(UN_WEIGHT) if name in UN_LANGUAGES else 0.0 for name in languages])
    return _Table(languages, rows, costs, weights)


def identify(text: str) -> Identified:
    """Return the language of *text*; None for what holds no words, such as numbers and addresses."""
    return _of_words(_words(text[:MAX_CHARACTERS]))


def _words(prose: str) -> list[str]:
    if any(mark in prose for mark in NOT_PROSE_MARKS):
        prose = NOT_PROSE.sub(" ", prose)
    return WORD.findall(unicodedata.normalize("NFC", prose).lower())


def _of_words(words: list[str]) -> Identified:
    if not words:
        return UNKNOWN
    script = prevailing("".join(words))
    if script in OWN_SCRIPT:
        return Identified(OWN_SCRIPT[script], 1.0)
    group = GROUPS.get(script)
    return _by_letters([word for word in words if script_of(word[0]) == script], group) if group else UNKNOWN


def _by_letters(words: list[str], group: str) -> Identified:
    table = _table(group)
    scores = table.weights - _costs(group).of([word[:MAX_WORD] for word in words]) / STEPS
    best = int(scores.argmax())
    confidence = 1 / float(numpy.exp(scores - scores[best]).sum())
    return Identified(table.languages[best], confidence) if confidence >= MIN_CONFIDENCE else UNKNOWN


class _Costs:
    """What words cost in each language of a group, a row a word, as many as were asked for last."""

    def __init__(self, group: str) -> None:
        self._group = group
        self._rows: dict[str, int] = {}
        self._costs = numpy.zeros((MAX_REMEMBERED_WORDS, len(_table(group).languages)), dtype=numpy.int32)

    def of(self, words: list[str]) -> Any:
        """Return what all of *words*, which are fewer than are remembered, cost together."""
        if len(self._rows) + len(words) > MAX_REMEMBERED_WORDS:
            self._rows.clear()
        rows = self._rows
        for word in words:
            if word not in rows:
                self._costs[len(rows)] = _cost(word, self._group)
                rows[word] = len(rows)
        return self._costs[[rows[word] for word in words]].sum(axis=0)


@cache
def _costs(group: str) -> _Costs:
    return _Costs(group)


def _cost(word: str, group: str) -> Any:
    """Return what *word* costs in each language of *group*: a sum over its letters and the end of the word."""
    table = _table(group)
    padded = f" {word} "
    found = (_row(table, padded, end) for end in range(2, len(padded) + 1))
    return table.costs[[row for row in found if row >= 0]].sum(axis=0, dtype=numpy.int32)


def _row(table: _Table, padded: str, end: int) -> int:
    """Return the row of the longest known n-gram of *padded* that ends before *end*, or -1."""
    for start in range(max(0, end - LONGEST), end):
        row = table.rows.get(padded[start:end], -1)
        if row >= 0:
            return int(row)
    return -1


def parts(text: str) -> Iterator[LanguagePart]:
    """Yield the stretches of *text* that are in one language each; one stretch where it has only one."""
    start, language = 0, None
    for begins, stretch in _stretches(text):
        found = _sure(stretch)
        if found is None or found == language:
            continue
        if language is not None:
            yield LanguagePart(start, begins, language)
            start = begins
        language = found
    if text:
        yield LanguagePart(start, len(text), language)


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of *text* and where they start; a long one, or one in several scripts, by sentences."""
    for paragraph in PARAGRAPH.finditer(text):
        written = paragraph.group()
        if len(written) <= LONG_PARAGRAPH and not (OTHER_LETTERS.search(written) and LATIN_LETTERS.search(written)):
            yield paragraph.start(), written
        else:
            yield from ((paragraph.start() + s.start(), s.group()) for s in SENTENCE.finditer(written))


def _sure(sentence: str) -> str | None:
    """Return the language of a sentence that is long enough and sure enough to start a part."""
    words = _words(sentence[:PART_CHARACTERS])
    length = sum(map(len, words))
    if length < MIN_EAST_ASIAN_LETTERS:
        return None
    if length < MIN_PART_LETTERS and prevailing("".join(words)) not in (HAN, "HIRAGANA", "HANGUL"):
        return None
    found = _of_words(words)
    return found.language if found.confidence >= PART_CONFIDENCE else None
