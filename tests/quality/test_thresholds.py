"""How many ways of writing a parameter are read and held against the limit of an entry, in six languages.

`thresholds/phrasings.tsv` has a phrasing a line: the item, the entry, the value as the text gives it, and the verdict,
which is empty where no limit applies.
"""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from nlp.items import find_items
from nlp.passage import Passage

PHRASINGS = Path(__file__).parent / "thresholds" / "phrasings.tsv"
PINNED = json.loads((Path(__file__).parent / "floors" / "thresholds.json").read_text("utf-8"))
VERDICTS = {"met": True, "not": False, "open": None}


def is_read(row: dict[str, str]) -> bool:
    mentions = find_items(Passage(row["text"], row["language"])).mentions
    limits = [mention.threshold for mention in mentions if mention.entity == f"item:{row['item']}"]
    if not row["verdict"]:
        return not any(limits)
    return any(
        limit is not None
        and limit.code.startswith(row["code"])
        and limit.met == VERDICTS[row["verdict"]]
        and limit.value == pytest.approx(float(row["value"]))
        for limit in limits
    )


def test_the_floor_belongs_to_these_phrasings() -> None:
    assert hashlib.sha256(PHRASINGS.read_bytes()).hexdigest()[:16] == PINNED["digest"]


def test_parameters_are_read_however_they_are_written() -> None:
    with PHRASINGS.open(encoding="utf-8", newline="") as file:
        read = [is_read(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert sum(read) / len(read) >= PINNED["share"]
