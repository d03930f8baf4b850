"""How well texts are read that were labelled before anybody looked at what the catalogue knows, held to floors.

`first_looks/` has rounds of texts in Russian, Chinese and Arabic, and in English, French and Spanish, where items
alone are marked. `[i:1C116,1C216>met|…]` is an item that falls under any of these entries, `[o.supplier|…]` a party
with a role (any of several, with commas), `[s|…]` a site, `[x|…]` an identifier, `[c|…]` coordinates,
`[t|…]` an everyday sense, `[n|…]` what may be found or not.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from nlp.mention import IDENTIFIER, ITEM, PARTY_TYPES, PLACE, SITE, Mention
from nlp.reading import Reader
from nlp.training.scoring import Counts

FOLDER = Path(__file__).parent / "first_looks"
PINNED = json.loads((Path(__file__).parent / "floors" / "first_looks.json").read_text("utf-8"))
MARK = re.compile(r"\[([iopvsxctn])(?:[:.]([^|\]>]+))?(?:>(met|not))?\|([^\]]+)\]")
TYPES = {"s": {SITE}, "x": {IDENTIFIER}, "c": {PLACE}, "o": PARTY_TYPES, "p": PARTY_TYPES, "v": PARTY_TYPES}
ENTRY = re.compile(r"\d[A-E]\d{3}|ML\d+|CWC|AG|MTCR|NSG")
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
WITH_PARTIES = ("ar", "ru", "zh")


@dataclass(frozen=True)
class Label:
    """A marked stretch; `values` are control-list entries or roles."""

    start: int
    end: int
    kind: str
    values: frozenset[str]
    met: bool | None

    def meets(self, mention: Mention) -> bool:
        return mention.start < self.end and self.start < mention.end


@dataclass(frozen=True)
class Example:
    """A labelled text and what is read in it."""

    trap: bool
    labels: tuple[Label, ...]
    mentions: tuple[Mention, ...]

    def of(self, kinds: str) -> list[Label]:
        return [label for label in self.labels if label.kind in kinds]


def unmark(marked: str) -> tuple[str, tuple[Label, ...]]:
    text, labels, at = "", [], 0
    for match in MARK.finditer(marked):
        kind, values, met, surface = match.groups()
        text += marked[at : match.start()]
        stated = frozenset(value.strip() for value in (values or "").split(",") if value)
        verdict = {"met": True, "not": False}.get(met)
        labels.append(Label(len(text), len(text) + len(surface), kind, stated, verdict))
        text, at = text + surface, match.end()
    return text + marked[at:], tuple(labels)


@cache
def read(language: str) -> tuple[Example, ...]:
    return tuple(_examples(language))


def _examples(language: str) -> Iterator[Example]:
    reader = Reader()
    for line in (FOLDER / f"{language}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        text, labels = unmark(record["marked"])
        yield Example(record["trap"], labels, reader.read(text, language).mentions)


def entries(codes: Iterable[str]) -> set[str]:
    return {found.group() for code in codes if (found := ENTRY.search(code))}


def agrees(mention: Mention, label: Label) -> bool:
    return mention.type == ITEM and label.meets(mention) and bool(entries(label.values) & entries(mention.codes))


def items_f1(language: str) -> float:
    right = wrong = missed = 0
    for example in read(language):
        items = [m for m in example.mentions if m.type == ITEM and not _is_number(m)]
        found = sum(any(agrees(m, label) for m in items) for label in example.of("i"))
        right, missed = right + found, missed + len(example.of("i")) - found
        wrong += sum(not any(agrees(m, k) for k in example.of("i")) for m in items if not _is_open(example, m))
    return Counts(right, wrong, missed).f1


def _is_number(mention: Mention) -> bool:
    return mention.reason.startswith("CAS number")


def _is_open(example: Example, mention: Mention) -> bool:
    return any(label.meets(mention) for label in example.of("n"))


def false_alarms(language: str) -> float:
    traps = [example for example in read(language) if example.trap]
    return sum(any(m.type == ITEM for m in example.mentions) for example in traps) / len(traps)


def found_share(language: str, kinds: str) -> float:
    labels = [(example, label) for example in read(language) for label in example.of(kinds)]
    found = sum(any(m.type in TYPES[k.kind] and k.meets(m) for m in e.mentions) for e, k in labels)
    return found / max(1, len(labels))


def roles_f1(language: str) -> float:
    right = wrong = missed = 0
    for example in read(language):
        parties = [m for m in example.mentions if m.type in PARTY_TYPES]
        with_role = [label for label in example.of("opv") if label.values]
        found = sum(any(label.meets(m) and m.role in label.values for m in parties) for label in with_role)
        right, missed = right + found, missed + len(with_role) - found
        wrong += sum(not any(k.meets(m) and m.role in k.values for k in with_role) for m in parties if m.role)
    return Counts(right, wrong, missed).f1


def test_the_floors_belong_to_these_texts() -> None:
    content = b"".join((FOLDER / f"{language}.jsonl").read_bytes() for language in LANGUAGES)
    assert hashlib.sha256(content).hexdigest()[:16] == PINNED["digest"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_are_found_in_texts_that_nobody_tuned(language: str) -> None:
    assert items_f1(language) >= PINNED["item_f1"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everyday_senses_raise_no_more_alarms(language: str) -> None:
    assert false_alarms(language) <= PINNED["trap_false_alarms"][language]


@pytest.mark.parametrize("language", WITH_PARTIES)
@pytest.mark.parametrize(("what", "kinds"), [("parties", "opv"), ("sites", "s"), ("identifiers", "x")])
def test_parties_sites_and_identifiers_are_found(language: str, what: str, kinds: str) -> None:
    assert found_share(language, kinds) >= PINNED[what][language]


@pytest.mark.parametrize("language", WITH_PARTIES)
def test_parties_get_the_role_that_the_text_gives_them(language: str) -> None:
    assert roles_f1(language) >= PINNED["role_f1"][language]
