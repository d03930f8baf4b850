"""How well parties, their roles and relations are read in texts labelled before anybody looked at the rules.

`parties/` has three rounds of texts in six languages. `[o.supplier|…]` is a party with a role (any of several, with
commas; with a question mark it may go without), `[p|…]` one without. A tilde inside parts a noun that may be left out
of the name: `[o|фирмой ~«Вакуумтех»]`. A relation `supplied 1 2` says that the first marked party supplied the second.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from nlp.mention import PARTY_TYPES, Mention, Relation
from nlp.reading import Reader
from nlp.training.scoring import Counts

FOLDER = Path(__file__).parent / "parties"
PINNED = json.loads((Path(__file__).parent / "floors" / "parties.json").read_text("utf-8"))
MARK = re.compile(r"\[([opv])(?:\.([^|\]?]+)(\?)?)?\|([^\]]+)\]")
ARTICLE = re.compile(r"(?:the|le|la|les|el|los|las|del|al)\s+|l['’]", re.IGNORECASE)
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
ROUNDS = (1, 2, 3)
# Whether a broker, a bank or a carrier served the receiver or the sender is for no label to decide.
OPEN_KINDS = ("brokered", "financed", "shipped")


@dataclass(frozen=True)
class Label:
    """A marked party; its name may begin anywhere from `start` to `latest`."""

    start: int
    latest: int
    end: int
    roles: frozenset[str]
    optional: bool

    def meets(self, mention: Mention) -> bool:
        return mention.start < self.end and self.start < mention.end

    def bounds(self, mention: Mention) -> bool:
        return mention.end == self.end and self.start <= mention.start <= self.latest


@dataclass(frozen=True)
class Example:
    """A labelled text and what is read in it."""

    id: str
    text: str
    trap: bool
    labels: tuple[Label, ...]
    stated: tuple[str, ...]
    parties: tuple[Mention, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]

    def found(self, relation: Relation) -> str:
        ends = (relation.source, relation.target)
        return " ".join([relation.kind, *(self._number(end) for end in ends)])

    def _number(self, index: int | None) -> str:
        if index is None:
            return "_"
        met = (n for n, label in enumerate(self.labels, 1) if label.meets(self.mentions[index]))
        return str(next(met, "?"))


def unmark(marked: str) -> tuple[str, tuple[Label, ...]]:
    text, labels, at = "", [], 0
    for match in MARK.finditer(marked):
        _, values, optional, surface = match.groups()
        text += marked[at : match.start()]
        roles = frozenset((values or "").split(",")) - {""}
        labels.append(_label(len(text), surface, roles, optional=bool(optional)))
        text, at = text + surface.replace("~", ""), match.end()
    return text + marked[at:], tuple(labels)


def _label(start: int, surface: str, roles: frozenset[str], *, optional: bool) -> Label:
    article = ARTICLE.match(surface)
    latest = max(surface.find("~"), article.end() if article else 0)
    return Label(start, start + latest, start + len(surface.replace("~", "")), roles, optional)


@cache
def read(language: str, number: int) -> tuple[Example, ...]:
    return tuple(_examples(language, number))


def _examples(language: str, number: int) -> Iterator[Example]:
    reader = Reader()
    for line in (FOLDER / f"{language}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["round"] != number:
            continue
        text, labels = unmark(record["marked"])
        known = reader.read(text, language)
        parties = tuple(m for m in known.mentions if m.type in PARTY_TYPES)
        stated = tuple(record["relations"])
        yield Example(record["id"], text, record["trap"], labels, stated, parties, known.mentions, known.relations)


def roles(language: str, number: int) -> Counts:
    right = wrong = missed = 0
    for example in read(language, number):
        due = [label for label in example.labels if label.roles]
        held = [any(k.meets(m) and m.role in k.roles for m in example.parties) for k in due]
        right += sum(held)
        missed += sum(not label.optional and not met for label, met in zip(due, held, strict=True))
        wrong += sum(not any(k.meets(m) and m.role in k.roles for k in due) for m in example.parties if m.role)
    return Counts(right, wrong, missed)


def relations(language: str, number: int) -> Counts:
    right = wrong = missed = 0
    for example in read(language, number):
        found = {example.found(relation) for relation in example.relations if relation.target is not None}
        right += len(found & set(example.stated))
        wrong += sum(not told.startswith(OPEN_KINDS) for told in found - set(example.stated))
        missed += len(set(example.stated) - found)
    return Counts(right, wrong, missed)


def found_share(language: str, number: int, *, exact: bool) -> float:
    labels = [(example, label) for example in read(language, number) for label in example.labels]
    found = sum(any(k.bounds(m) if exact else k.meets(m) for m in e.parties) for e, k in labels)
    return found / len(labels)


def test_the_floors_belong_to_these_texts() -> None:
    content = b"".join((FOLDER / f"{language}.jsonl").read_bytes() for language in LANGUAGES)
    assert hashlib.sha256(content).hexdigest()[:16] == PINNED["digest"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", ROUNDS)
def test_parties_get_the_role_that_the_text_gives_them(language: str, number: int) -> None:
    assert roles(language, number).f1 >= PINNED["role_f1"][language][number - 1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", ROUNDS)
def test_who_supplied_whom_is_read(language: str, number: int) -> None:
    assert relations(language, number).f1 >= PINNED["relation_f1"][language][number - 1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", ROUNDS)
def test_names_are_found_from_their_first_word_to_their_last(language: str, number: int) -> None:
    assert found_share(language, number, exact=True) >= PINNED["exact"][language][number - 1]
