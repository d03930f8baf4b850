"""Count how likely each letter is after the letters before it, by language: the tables that `nlp/language.py` reads.

`python -m nlp.training.letters FOLDER` writes them. It needs the package wordfreq 3.1 beside Watchword; langdetect's
profiles stand in for languages that wordfreq lacks. The model is an interpolated letter model of five letters (Witten
and Bell 1991); a row of a table is an n-gram, a column the probability of its last letter in one language.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy
import regex

LONGEST = 5
# Languages that share a script, in langdetect's choice of languages; a language alone in its script needs no table.
GROUPS: Mapping[str, str] = {
    "latin": "af ca cs cy da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq sv sw tl tr vi",
    "cyrillic": "bg mk ru uk",
    "arabic": "ar fa ur",
    "devanagari": "hi mr ne",
    "han": "ja zh",
}
ROWS = {"latin": 90_000, "cyrillic": 40_000, "arabic": 30_000, "devanagari": 20_000, "han": 40_000}
WORDFREQ_NAMES = {"no": "nb", "hr": "sh", "tl": "fil"}
WITHOUT_WORDFREQ = frozenset({"af", "cy", "et", "mr", "ne", "so", "sq", "sw"})
# A language known by langdetect's three-letter counts alone is scored as far above or below its neighbour as those say.
NEIGHBOURS = {"af": "nl", "mr": "hi", "ne": "hi"}
# What it is set behind its neighbour, in nats a letter; like those below, chosen on the Declaration of Human Rights.
NEIGHBOUR_NATS = {"af": 0.1, "mr": -0.1, "ne": -0.15}
# The others are given what five letters of context explain more than three, in nats a letter.
SHORTER_CONTEXT_NATS = {"cy": 0.45, "et": 0.3, "so": 0.5, "sq": 0.55, "sw": 0.9}
WORDS_A_LANGUAGE = 30_000
# Between counting tokens (1) and counting types (0).
FREQUENCY_POWER = 0.5
ALPHABET = 400
# A byte holds a probability as this many steps a nat below 1.
STEPS = 12
WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
# A Japanese word with kana needs no table.
HAN_WORD = regex.compile(r"^\p{Han}+$")


@dataclass
class Letters:
    """The letter model of one language: `chances[n]` maps an n-gram to the probability of its last letter."""

    counts: list[Counter[str]]
    chances: list[dict[str, float]] = field(default_factory=list)
    spread: list[dict[str, tuple[float, float]]] = field(default_factory=list)
    floor: float = 1e-7

    def __post_init__(self) -> None:
        total = sum(self.counts[1].values()) + ALPHABET / 2
        self.floor = max(self.floor, 0.5 / total)
        self.chances = [{}, {gram: (count + 0.5) / total for gram, count in self.counts[1].items()}]
        self.spread = [{}, {}]
        for length in range(2, LONGEST + 1):
            self._count(length)

    def _count(self, length: int) -> None:
        totals, kinds = Counter[str](), Counter[str]()
        for gram, count in self.counts[length].items():
            totals[gram[:-1]] += count
            kinds[gram[:-1]] += 1
        shorter = self.chances[length - 1]
        self.spread.append({context: (kinds[context], totals[context]) for context in totals})
        self.chances.append(
            {
                gram: (count + kinds[gram[:-1]] * shorter.get(gram[1:], self.floor))
                / (totals[gram[:-1]] + kinds[gram[:-1]])
                for gram, count in self.counts[length].items()
            }
        )

    def chance(self, gram: str) -> float:
        """Return the probability of the last letter of *gram* after the others."""
        result = self.chances[1].get(gram[-1], self.floor)
        for length in range(2, len(gram) + 1):
            part = gram[-length:]
            if part in self.chances[length]:
                result = self.chances[length][part]
            elif part[:-1] in self.spread[length]:
                kinds, total = self.spread[length][part[:-1]]
                result = kinds * result / (total + kinds)
        return result


def grams_of(word: str) -> Iterator[str]:
    """Yield the n-grams of *word*, with a space at its ends, whose last letter is no leading space."""
    padded = f" {word} "
    for end in range(1, len(padded)):
        for length in range(1, min(LONGEST, end + 1) + 1):
            yield padded[end - length + 1 : end + 1]


def from_words(language: str) -> Letters:
    """Return the letters of a language by wordfreq's list of frequent words."""
    from wordfreq import get_frequency_dict  # type: ignore[import-not-found]

    frequencies = Counter[str]()
    for entry, share in get_frequency_dict(WORDFREQ_NAMES.get(language, language), "best").items():
        for word in (HAN_WORD if language in ("ja", "zh") else WORD).findall(entry.lower()):
            for form in {word, _traditional(word)} if language == "zh" else (word,):
                frequencies[form] += share
    counts = [Counter[str]() for _ in range(LONGEST + 1)]
    for word, share in frequencies.most_common(WORDS_A_LANGUAGE):
        weight = (share * 1e7) ** FREQUENCY_POWER
        for gram in grams_of(word):
            counts[len(gram)][gram] += weight
    return Letters(counts)


def _traditional(word: str) -> str:
    return "".join(_traditional_characters().get(character, character) for character in word)


@cache
def _traditional_characters() -> Mapping[str, str]:
    lines = files("opencc").joinpath("dictionary/STCharacters.txt").read_text("utf-8").splitlines()
    return {simple: forms.split()[0] for simple, _, forms in (line.partition("\t") for line in lines) if forms}


def from_profile(language: str) -> Letters:
    """Return the letters of a language by langdetect's profile, which has n-grams of up to three letters."""
    profile = json.loads(files("langdetect").joinpath("profiles", language).read_text("utf-8"))
    counts = [Counter[str]() for _ in range(LONGEST + 1)]
    for gram, count in profile["freq"].items():
        counts[len(gram)][gram.lower()] += count
    counts[1][" "] = sum(count for gram, count in counts[2].items() if gram[1] == " ")
    return Letters(counts)


def table(languages: tuple[str, ...], rows: int) -> tuple[list[str], Any]:
    """Return the n-grams that tell *languages* apart best, and for each a row of their scores in bytes."""
    models = {name: from_profile(name) if name in WITHOUT_WORDFREQ else from_words(name) for name in languages}
    profiles = {name: from_profile(name) for name in NEIGHBOURS.values() if name in languages}
    grams = sorted({gram for model in models.values() for chances in model.chances for gram in chances})
    weights = {gram: _weight(gram, models) for gram in grams}
    chosen = sorted(sorted(grams, key=lambda gram: (-weights[gram], gram))[:rows])
    scores = numpy.array([[_score(gram, name, models, profiles) for name in languages] for gram in chosen])
    return chosen, numpy.clip(numpy.rint(-scores * STEPS), 0, 255).astype(numpy.uint8)


def _weight(gram: str, models: Mapping[str, Letters]) -> float:
    """Return how much *gram* says that its shorter form does not, over the words that have it."""
    if len(gram) == 1:
        return math.inf
    weight = 0.0
    for model in models.values():
        count = model.counts[len(gram)].get(gram, 0)
        if count:
            gain = math.log(model.chances[len(gram)][gram] / model.chance(gram[1:]))
            weight += count / model.counts[1].total() * abs(gain)
    return weight


def _score(gram: str, name: str, models: Mapping[str, Letters], profiles: Mapping[str, Letters]) -> float:
    score = math.log(models[name].chance(gram))
    if name in NEIGHBOURS:
        neighbour = NEIGHBOURS[name]
        floor = max(models[name].floor, profiles[neighbour].floor)
        gap = math.log(max(models[name].chance(gram), floor) / max(profiles[neighbour].chance(gram), floor))
        return math.log(models[neighbour].chance(gram)) + gap - NEIGHBOUR_NATS[name]
    return score + SHORTER_CONTEXT_NATS.get(name, 0)


def write(folder: Path, groups: Iterable[str] = GROUPS) -> None:
    """Write the tables of *groups* to *folder*."""
    import marisa_trie

    folder.mkdir(parents=True, exist_ok=True)
    for group in groups:
        languages = tuple(GROUPS[group].split())
        grams, scores = table(languages, ROWS[group])
        trie = marisa_trie.Trie(grams)
        ordered = numpy.zeros_like(scores)
        ordered[[trie[gram] for gram in grams]] = scores
        trie.save(str(folder / f"{group}.marisa"))
        numpy.save(folder / f"{group}.npy", ordered)
        (folder / f"{group}.txt").write_text(" ".join(languages) + "\n", "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2:] or GROUPS)
