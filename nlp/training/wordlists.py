"""Make the English word list that the features of a trained pipeline read: `nlp/wordlists/english.tsv.gz`.

`python -m nlp.training.wordlists FILE` writes it. It needs the package spacy-lookups-data 1.0 beside Watchword, whose
tables give each word's frequency and its Brown cluster (Brown and others 1992).
"""

import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from nlp.features import CAPITAL_STEPS

FREQUENT = 60_000
# Words whose capitals are counted, beside those that have a cluster.
COUNTED = 150_000
# The logarithm of a frequency that the table does not have.
ABSENT = -20.0
# So many nats of difference are a step.
NATS_A_STEP = 1.5


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield word, cluster as bits, and how much rather it is written with a capital; one of the two may be empty."""
    chances = _table("en_lexeme_prob")
    frequent = sorted(chances, key=lambda word: (-chances[word], word))
    clusters = _clusters(frequent[:FREQUENT])
    capitals = {word.lower(): _capital_steps(word.lower(), chances) for word in frequent[:COUNTED] if word.isalpha()}
    for word in sorted(clusters.keys() | capitals.keys()):
        yield word, clusters.get(word, ""), capitals.get(word, "")


def _clusters(words: list[str]) -> dict[str, str]:
    from spacy.strings import hash_string

    numbers = _table("en_lexeme_cluster")
    found = {word: numbers.get(str(hash_string(word))) or numbers.get(word) for word in words}
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


def write(file: Path) -> None:
    """Write the list to *file*."""
    lines = "".join("\t".join(row) + "\n" for row in rows())
    file.write_bytes(gzip.compress(lines.encode(), mtime=0))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
