"""Chinese words: where a text without spaces parts into them, and which of them are names.

The words and their frequencies are those of `nlp/wordlists/chinese.tsv.gz`.
"""

import gzip
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from nlp.compiled import compiled

# Words of the list that are longer than this are left alone.
LONGEST_WORD = 6
# Parts of speech of persons, places, organisations, other names and abbreviations.
NAMES = frozenset({"nr", "ns", "nt", "nz", "j"})
UNKNOWN = "x"
# The list holds logarithms of frequencies in steps of a quarter; that of all words, and of a country's name.
LOG_STEPS, TOTAL, LIKELY = 4, 18.0, 6.0


@cache
def chinese_words() -> Mapping[str, tuple[float, str]]:
    """Return Chinese words with the logarithm of their frequency and their part of speech, names of places added."""
    from babel import Locale

    file = files("nlp.wordlists").joinpath("chinese.tsv.gz")
    words: dict[str, tuple[float, str]] = compiled("chinese-frequencies", [file], lambda: _rows(file.read_bytes()))
    return words | {name: (LIKELY, "ns") for name in Locale("zh").territories.values() if len(name) <= LONGEST_WORD}


def _rows(packed: bytes) -> dict[str, tuple[float, str]]:
    rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
    return {word: (int(steps) / LOG_STEPS, kind) for word, steps, kind in rows}


@cache
def _names() -> Mapping[str, str]:
    return {word: kind for word, (_, kind) in chinese_words().items() if kind in NAMES and len(word) > 1}


@cache
def _longest(*, names: bool) -> Mapping[str, int]:
    """Return how long the longest word is that begins with a character."""
    words = _names() if names else chinese_words()
    by_length = sorted(words, key=len)
    return {word[0]: min(len(word), LONGEST_WORD) for word in by_length}


def segmented(text: str) -> list[tuple[str, str, str]]:
    """Return for each character the word that it stands in, its place there, and the word's part of speech.

    The words are those whose frequencies together are likeliest.
    """
    found: list[tuple[str, str, str]] = []
    begins = _beginnings(text)
    end = len(text)
    words: list[str] = []
    while end:
        words.append(text[begins[end] : end])
        end = begins[end]
    for word in reversed(words):
        found += _characters(word)
    return found


def _beginnings(text: str) -> list[int]:
    """Return for each place in *text* where the word begins that ends there, in the likeliest row of words up to it."""
    words, longest, size = chinese_words(), _longest(names=False), len(text)
    best: list[float | None] = [0.0, *[None] * size]
    begins = [0] * (size + 1)
    for start, first in enumerate(text):
        here = best[start]
        if here is None:
            here, begins[start] = (best[start - 1] or 0.0) - TOTAL, start - 1
            best[start] = here
        for end in range(start + 1, min(size, start + longest.get(first, 0)) + 1):
            known = words.get(text[start:end])
            if known is None:
                continue
            score, other = here + known[0] - TOTAL, best[end]
            if other is None or score >= other:
                best[end], begins[end] = score, start
    if size and best[size] is None:
        begins[size] = size - 1
    return begins


@lru_cache(100_000)
def _characters(word: str) -> tuple[tuple[str, str, str], ...]:
    kind = chinese_words().get(word, (0.0, UNKNOWN))[1]
    return tuple((word, _place(i, 0, len(word)), kind) for i in range(len(word)))


def _place(index: int, start: int, end: int) -> str:
    if end - start == 1:
        return "S"
    return "B" if index == start else "E" if index == end - 1 else "M"


def name_places(text: str) -> list[str]:
    """Return where each character of *text* may stand in names of the list, whatever words they cut."""
    names, longest = _names(), _longest(names=True)
    places: dict[int, set[str]] = {}
    for start, first in enumerate(text):
        for end in range(start + 2, min(len(text), start + longest.get(first, 0)) + 1):
            kind = names.get(text[start:end])
            if kind:
                for index, place in enumerate(_labels(kind, end - start), start):
                    places.setdefault(index, set()).add(place)
    found = [""] * len(text)
    for index, kinds in places.items():
        found[index] = " ".join(sorted(kinds))
    return found


@cache
def _labels(kind: str, length: int) -> tuple[str, ...]:
    return tuple(f"{_place(i, 0, length)}{kind}" for i in range(length))
