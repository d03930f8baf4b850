"""Make the word lists that the features of trained pipelines read: `nlp/wordlists/english.tsv.gz`, `chinese.tsv.gz`.

`python -m nlp.training.wordlists FOLDER` writes them. It needs two packages beside Watchword: spacy-lookups-data 1.0,
whose tables give each English word's frequency and Brown cluster (Brown and others 1992), and jieba 0.42, whose
dictionary gives each Chinese word's frequency and part of speech.
"""

import gzip
import json
import math
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from nlp.features.english import CAPITAL_STEPS
from nlp.segmentation import LOG_STEPS, NAMES

FREQUENT = 60_000
# Words whose capitals are counted, beside those that have a cluster.
COUNTED = 150_000
# The logarithm of a frequency that the table does not have.
ABSENT = -20.0
# So many nats of difference are a step.
NATS_A_STEP = 1.5
CHINESE_WORD = re.compile("[\u3400-\u9fff]{1,6}")
# Rarer words of the dictionary are left out, names less than others.
LEAST_WORD, LEAST_NAME = 20, 3


def english() -> Iterator[tuple[str, str, str]]:
    """Yield word, cluster as bits, and how much rather it is written with a capital; one of the two may be empty."""
    chances = _table("en_lexeme_prob")
    frequent = sorted(chances, key=lambda word: (-chances[word], word))
    clusters = _clusters(frequent[:FREQUENT])
    capitals = {word.lower(): _capital_steps(word.lower(), chances) for word in frequent[:COUNTED] if word.isalpha()}
    for word in sorted(clusters.keys() | capitals.keys()):
        yield word, clusters.get(word, ""), capitals.get(word, "")


def _clusters(words: list[str]) -> dict[str, str]:
    from spacy.strings import get_string_id

    numbers = _table("en_lexeme_cluster")
    found = {word: numbers.get(str(get_string_id(word))) or numbers.get(word) for word in words}
    # The lowest bit of a number is the first branch of the tree.
    return {word: f"{number:b}"[::-1] for word, number in found.items() if number}


def _capital_steps(word: str, chances: Mapping[str, float]) -> str:
    capital = max(chances.get(word.title(), ABSENT), chances.get(word.upper(), ABSENT))
    steps = round((capital - chances.get(word, ABSENT)) / NATS_A_STEP)
    return str(max(-CAPITAL_STEPS, min(CAPITAL_STEPS, steps)))


def _table(name: str) -> dict[str, Any]:
    packed = files("spacy_lookups_data").joinpath("data", f"{name}.json.gz").read_bytes()
    table: dict[str, Any] = json.loads(gzip.decompress(packed))
    return table


def chinese() -> Iterator[tuple[str, str, str]]:
    """Yield word, the logarithm of its frequency in steps, and its part of speech, kinds of names apart."""
    rows = (line.split() for line in files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines())
    for word, count, speech in sorted(rows):
        kind = speech if speech in NAMES else speech[:2] if speech[:2] in NAMES else speech[0]
        if CHINESE_WORD.fullmatch(word) and int(count) >= (LEAST_NAME if kind in NAMES else LEAST_WORD):
            yield word, str(round(math.log(int(count) + 1) * LOG_STEPS)), kind


def write(folder: Path) -> None:
    """Write the lists to *folder*."""
    for name, rows in (("english", english()), ("chinese", chinese())):
        lines = "".join("\t".join(row) + "\n" for row in rows)
        (folder / f"{name}.tsv.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
