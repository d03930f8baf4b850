"""How well sites are found in labelled texts of six languages, held to floors; a quarter of the texts are traps."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlp.passage import Passage
from nlp.sites import find_sites

LABELLED = Path(__file__).parent / "sites"
FLOORS = json.loads((Path(__file__).parent / "floors" / "sites.json").read_text("utf-8"))
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@dataclass(frozen=True)
class Score:
    """What was found right, found wrongly and missed, and how many traps there were and caught."""

    right: int
    wrong: int
    missed: int
    traps: int
    caught: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def texts(language: str) -> list[dict[str, object]]:
    lines = (LABELLED / f"{language}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def labels(text: str, sites: object) -> set[tuple[int, str]]:
    """Return where each labelled name begins, with its site; a name given twice stands twice."""
    assert isinstance(sites, list)
    found: set[tuple[int, str]] = set()
    start: dict[str, int] = {}
    for name, site in sites:
        start[name] = text.index(name, start.get(name, -1) + 1)
        found.add((start[name], site))
    return found


def measure(language: str) -> Score:
    right = wrong = missed = traps = caught = 0
    for entry in texts(language):
        text = str(entry["text"])
        expected = labels(text, entry["sites"])
        spans = [(m.start, m.end, str(m.entity).removeprefix("site:")) for m in find_sites(Passage(text, language))]
        met = {(at, site) for at, site in expected if any(s <= at < e and site == of for s, e, of in spans)}
        surplus = [span for span in spans if not any(span[0] <= at < span[1] and site == span[2] for at, site in met)]
        right, wrong, missed = right + len(met), wrong + len(surplus), missed + len(expected - met)
        traps, caught = traps + (not expected), caught + (not expected and bool(surplus))
    return Score(right, wrong, missed, traps, caught)


def test_the_labelled_texts_are_those_that_the_floors_were_measured_on() -> None:
    content = b"".join((LABELLED / f"{language}.jsonl").read_bytes() for language in LANGUAGES)
    assert hashlib.sha256(content).hexdigest() == FLOORS["sha256"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sites_are_found_as_well_as_they_were(language: str) -> None:
    assert measure(language).f1 >= FLOORS["f1"][language]


def test_traps_catch_nothing() -> None:
    scores = [measure(language) for language in LANGUAGES]
    assert sum(score.traps for score in scores) >= 48
    assert sum(score.caught for score in scores) <= FLOORS["false_alarms"] * sum(score.traps for score in scores)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_forty_texts_and_a_fifth_of_them_are_traps(language: str) -> None:
    entries = texts(language)
    assert len(entries) >= 40
    assert sum(not entry["sites"] for entry in entries) >= len(entries) / 5
