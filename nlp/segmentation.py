"""Chinese words: where a text without spaces parts into them, and which of them are names.

The words and their frequencies are those of `nlp/wordlists/chinese.tsv.gz`.
"""

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

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

    packed = files("nlp.wordlists").joinpath("chinese.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
    words = {word: (int(steps) / LOG_STEPS, kind) for word, steps, kind in rows}
    return words | {name: (LIKELY, "ns") for name in Locale("zh").territories.values() if len(name) <= LONGEST_WORD}


def segmented(text: str) -> list[tuple[str, str, str]]:
    """Return for each character the word that it stands in, its place there, and the word's part of speech.

    The words are those whose frequencies together are likeliest.
    """
    words = chinese_words()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        starts = range(max(0, end - LONGEST_WORD), end)
        known = [(best[s][0] + words[text[s:end]][0] - TOTAL, s) for s in starts if text[s:end] in words]
        best.append(max(known, default=(best[end - 1][0] - TOTAL, end - 1)))
    found: list[tuple[str, str, str]] = []
    end = len(text)
    while end:
        start = best[end][1]
        word = text[start:end]
        kind = words.get(word, (0.0, UNKNOWN))[1]
        found += [(word, _place(i, start, end), kind) for i in range(end - 1, start - 1, -1)]
        end = start
    return found[::-1]


def _place(index: int, start: int, end: int) -> str:
    if end - start == 1:
        return "S"
    return "B" if index == start else "E" if index == end - 1 else "M"


def name_places(text: str) -> list[str]:
    """Return where each character of *text* may stand in names of the list, whatever words they cut."""
    words = chinese_words()
    places: list[set[str]] = [set() for _ in text]
    for start in range(len(text)):
        for end in range(start + 2, min(len(text), start + LONGEST_WORD) + 1):
            kind = words.get(text[start:end], (0.0, ""))[1]
            if kind in NAMES:
                for index in range(start, end):
                    places[index].add(f"{_place(index, start, end)}{kind}")
    return [" ".join(sorted(found)) for found in places]
