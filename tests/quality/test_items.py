"""How well items, thresholds and roles are found in the labelled texts of `items/`, held to floors.

A text is marked up: `[i:maraging-steel>met|maraging steel]` is an item whose parameter meets its limit,
`[o.supplier|X]` an organisation in a role, `[s:natanz|Natanz]` a site, `[t|centrifuge]` an everyday sense. In a trap
nothing is an item.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from nlp.items import find_items
from nlp.mention import ORGANISATION, PERSON, VESSEL, Mention
from nlp.passage import Passage
from nlp.roles import assign_roles
from nlp.training.scoring import Counts

FOLDER = Path(__file__).parent / "items"
PINNED = json.loads((Path(__file__).parent / "floors" / "items.json").read_text("utf-8"))
MARK = re.compile(r"\[([a-z]+)(?:[:.]([^|\]>]+))?(?:>(met|not))?\|([^\]]+)\]")
PARTIES = {"o": ORGANISATION, "p": PERSON, "v": VESSEL}
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@dataclass(frozen=True)
class Label:
    """A marked stretch: `kind` is `i`, `s`, `t` or a party's letter; `value` an id or a role."""

    start: int
    end: int
    kind: str
    value: str
    met: str


@dataclass(frozen=True)
class Example:
    """A labelled text."""

    id: str
    language: str
    trap: bool
    text: str
    labels: tuple[Label, ...]


def unmark(marked: str) -> tuple[str, tuple[Label, ...]]:
    text, labels, at = "", [], 0
    for match in MARK.finditer(marked):
        kind, value, met, surface = match.groups()
        text += marked[at : match.start()]
        labels.append(Label(len(text), len(text) + len(surface), kind, value or "", met or ""))
        text, at = text + surface, match.end()
    return text + marked[at:], tuple(labels)


def examples(language: str) -> Iterator[Example]:
    for line in (FOLDER / f"{language}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        text, labels = unmark(record["marked"])
        yield Example(record["id"], language, record["trap"], text, labels)


@cache
def read(language: str) -> tuple[tuple[Example, tuple[Mention, ...]], ...]:
    read_ones = ((e, find_items(Passage(e.text, e.language)).mentions) for e in examples(language))
    return tuple(read_ones)


def compare(example: Example, mentions: tuple[Mention, ...], exact: bool) -> Counts:
    labels = [label for label in example.labels if label.kind == "i"]
    right = sum(any(agrees(m, label, exact) for m in mentions) for label in labels)
    wrong = sum(not any(agrees(m, label, exact) for label in labels) for m in mentions)
    return Counts(right, wrong, len(labels) - right)


def agrees(mention: Mention, label: Label, exact: bool) -> bool:
    if mention.entity != f"item:{label.value}":
        return False
    if exact:
        return (mention.start, mention.end) == (label.start, label.end)
    return mention.start < label.end and label.start < mention.end


def items_score(language: str, exact: bool = False) -> Counts:
    scores = [compare(example, mentions, exact) for example, mentions in read(language)]
    return Counts(sum(s.right for s in scores), sum(s.wrong for s in scores), sum(s.missed for s in scores))


def false_alarms(language: str) -> float:
    traps = [mentions for example, mentions in read(language) if example.trap]
    return sum(bool(mentions) for mentions in traps) / len(traps)


def thresholds_right(language: str) -> float:
    verdicts: Counter[bool] = Counter()
    for example, mentions in read(language):
        for label in example.labels:
            if label.met:
                found = [m.threshold for m in mentions if agrees(m, label, False)]
                verdicts[bool(found and found[0] and found[0].met == (label.met == "met"))] += 1
    return verdicts[True] / max(1, verdicts.total())


def roles_score(language: str) -> Counts:
    right = wrong = missed = 0
    for example, mentions in read(language):
        wanted = {(label.start, label.end): label.value for label in example.labels if label.kind in PARTIES}
        for mention in assign_roles(Passage(example.text, language), [*parties(example), *mentions]):
            if (mention.start, mention.end) in wanted:
                expected = wanted[mention.start, mention.end] or None
                right += mention.role is not None and mention.role == expected
                wrong += mention.role is not None and mention.role != expected
                missed += expected is not None and mention.role != expected
    return Counts(right, wrong, missed)


def parties(example: Example) -> Iterator[Mention]:
    for label in example.labels:
        if label.kind in PARTIES:
            text = example.text[label.start : label.end]
            yield Mention(label.start, label.end, text, PARTIES[label.kind], None, text, "labelled")


def digest() -> str:
    content = b"".join((FOLDER / f"{language}.jsonl").read_bytes() for language in LANGUAGES)
    return hashlib.sha256(content).hexdigest()[:16]


def test_the_floors_belong_to_these_texts() -> None:
    assert digest() == PINNED["digest"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fifth_of_at_least_forty_texts_are_traps(language: str) -> None:
    all_of_them = list(examples(language))
    assert len(all_of_them) >= 40
    assert sum(example.trap for example in all_of_them) >= len(all_of_them) // 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_are_found_as_well_as_before(language: str) -> None:
    assert items_score(language).f1 >= PINNED["item_f1"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_are_found_in_their_exact_place_as_well_as_before(language: str) -> None:
    assert items_score(language, exact=True).f1 >= PINNED["item_exact_f1"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_traps_raise_no_more_false_alarms_than_before(language: str) -> None:
    assert false_alarms(language) <= PINNED["trap_false_alarms"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_thresholds_are_decided_as_well_as_before(language: str) -> None:
    assert thresholds_right(language) >= PINNED["threshold_accuracy"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_roles_are_given_as_well_as_before(language: str) -> None:
    assert roles_score(language).f1 >= PINNED["role_f1"][language]
