"""Whether the items of a text are found with the control-list entries that an examiner expects, held to floors.

The texts of `codes/` were written by somebody who had not seen the catalogue. `[i:1C216,1C116>met|maraging steel]` is
an item of which any entry may begin with one of these codes, whose parameter meets its limit; `[t|centrifuge]` is an
everyday sense. In a trap nothing is an item.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from re import compile as regex

import pytest

from nlp.items import find_items
from nlp.mention import Mention
from nlp.passage import Passage

FOLDER = Path(__file__).parent / "codes"
PINNED = json.loads((Path(__file__).parent / "floors" / "item_codes.json").read_text("utf-8"))
MARK = regex(r"\[([a-z])(?:[:.]([^|\]>]+))?(?:>(met|not))?\|([^\]]+)\]")
LANGUAGES = ("en", "es", "fr")


@dataclass(frozen=True)
class Label:
    """A marked stretch of an item: the entries it may fall under, and whether its limit is met."""

    start: int
    end: int
    codes: tuple[str, ...]
    met: str


@dataclass(frozen=True)
class Read:
    """A labelled text with what was found in it."""

    trap: bool
    labels: tuple[Label, ...]
    mentions: tuple[Mention, ...]


def unmark(marked: str) -> tuple[str, tuple[Label, ...]]:
    text, labels, at = "", [], 0
    for match in MARK.finditer(marked):
        kind, codes, met, surface = match.groups()
        text += marked[at : match.start()]
        if kind == "i":
            labels.append(Label(len(text), len(text) + len(surface), tuple(codes.split(",")), met or ""))
        text, at = text + surface, match.end()
    return text + marked[at:], tuple(labels)


@cache
def read(language: str) -> tuple[Read, ...]:
    return tuple(_read(language))


def _read(language: str) -> Iterator[Read]:
    for line in (FOLDER / f"{language}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        text, labels = unmark(record["marked"])
        yield Read(record["trap"], labels, find_items(Passage(text, language)).mentions)


def agrees(mention: Mention, label: Label) -> bool:
    overlaps = mention.start < label.end and label.start < mention.end
    return overlaps and any(entry.startswith(code) for entry in mention.codes for code in label.codes)


def f1(language: str) -> float:
    right = wrong = missed = 0
    for one in read(language):
        found = sum(any(agrees(m, label) for m in one.mentions) for label in one.labels)
        right, missed = right + found, missed + len(one.labels) - found
        wrong += sum(not any(agrees(m, label) for label in one.labels) for m in one.mentions)
    return 2 * right / (2 * right + wrong + missed)


def false_alarms(language: str) -> float:
    traps = [one for one in read(language) if one.trap]
    return sum(bool(one.mentions) for one in traps) / len(traps)


def thresholds_right(language: str) -> float:
    verdicts = list(chain.from_iterable(map(_verdicts, read(language))))
    return sum(verdicts) / len(verdicts)


def _verdicts(one: Read) -> Iterator[bool]:
    for label in one.labels:
        if label.met:
            limits = [m.threshold for m in one.mentions if agrees(m, label)]
            yield any(limit is not None and limit.met == (label.met == "met") for limit in limits)


def test_the_floors_belong_to_these_texts() -> None:
    content = b"".join((FOLDER / f"{language}.jsonl").read_bytes() for language in LANGUAGES)
    assert hashlib.sha256(content).hexdigest()[:16] == PINNED["digest"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_are_found_with_the_entries_that_an_examiner_expects(language: str) -> None:
    assert f1(language) >= PINNED["f1"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_bands_programs_kitchens_and_stadiums_raise_few_false_alarms(language: str) -> None:
    assert false_alarms(language) <= PINNED["trap_false_alarms"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_limits_are_decided_in_texts_by_another_hand(language: str) -> None:
    assert thresholds_right(language) >= PINNED["threshold_accuracy"][language]
