"""What stands around a site's name: words of its area, its own context, words against it, and designators beside it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nlp.alternation import any_word
from nlp.declension import ARABIC
from nlp.folding import folded
from nlp.gazetteer import EAST_ASIAN
from nlp.sites.catalogue import Site

# Context speaks for a name within about two sentences on either side.
WINDOW = 300
# A designator of four long words is shorter than this.
MAX_DESIGNATOR = 60
# What another sentence says weighs less than what the same one does.
SENTENCE = 80
SENTENCE_END = re.compile(r"[.!?;]\s|[。！？；]")
CLITICS = "[وف]?[بكل]?(?:ال|ل)?"


Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the surroundings and how far it stands, in letters."""

    word: str
    distance: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The folded text before and after a name, within a window."""

    before: str
    after: str

    def nearest(self, words: Patterns) -> "Near | None":
        """Return the one of *words* that stands nearest; a sentence end between counts as `SENTENCE` letters."""
        near = [
            *(Near(m.group(), _distance(self.before[m.end() :])) for m in _matches(words, self.before)),
            *(Near(m.group(), _distance(self.after[: m.start()])) for m in _matches(words, self.after)),
        ]
        nearest = min(near, key=lambda near: near.distance, default=None)
        return nearest if nearest and nearest.distance <= WINDOW else None


def surroundings(text: str, start: int, end: int, width: int = WINDOW) -> Surroundings:
    """Return what is around `text[start:end]`."""
    return Surroundings(text[max(0, start - width) : start], text[end : end + width])


def _distance(between: str) -> int:
    return len(between) + SENTENCE * len(SENTENCE_END.findall(between))


@cache
def _words() -> Any:
    text = (files("nlp") / "catalogue" / "site-words.yaml").read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _matches(words: Patterns, text: str) -> Iterator[re.Match[str]]:
    for kind, pattern in words.items():
        if kind != "arabic" or ARABIC.search(text):
            yield from pattern.finditer(text)


def patterns(words: Iterable[str]) -> Patterns:
    """Return patterns by the kind of script that find what begins with one of *words* in folded text."""
    by_kind: dict[str, list[str]] = {}
    for word in sorted({folded(word) for word in words}, key=len, reverse=True):
        escaped = re.escape(word).replace("\\ ", "[ -]")
        arabic = "\u0600" <= word[0] <= "\u06ff"
        kind = "east asian" if EAST_ASIAN.search(word) else "arabic" if arabic else "spaced"
        # A short acronym must not begin longer words.
        by_kind.setdefault(kind, []).append(rf"{escaped}\b" if kind == "spaced" and len(word) <= 3 else escaped)
    return {kind: _pattern(kind, parts) for kind, parts in by_kind.items()}


def _pattern(kind: str, parts: list[str]) -> re.Pattern[str]:
    if kind == "arabic":
        return re.compile(rf"(?<!\w){CLITICS}(?:{'|'.join(parts)})")
    return re.compile(any_word(parts, r"\b" if kind == "spaced" else ""))


def _flat(words: Mapping[str, Iterable[str]]) -> list[str]:
    return [word for of_language in words.values() for word in of_language]


@cache
def area_words(area: str) -> Patterns:
    """Return the patterns of an area's words."""
    return patterns(_flat(_words()["areas"][area]))


@cache
def everyday_words() -> Patterns:
    """Return the patterns of the words of matters in which a town is meant."""
    return patterns(_flat(_words()["everyday"]))


@cache
def own_words(site: Site) -> Patterns:
    """Return the patterns of the words that support *site* in particular."""
    return patterns(_flat(site.context))


@cache
def opposing_words(site: Site) -> Patterns:
    """Return the patterns of the words against *site*."""
    return patterns(_flat(site.against))


@cache
def _designators() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what stands before a name, up to it, and after it."""
    words = _words()["designators"]
    before, after = "|".join(_flat(words["before"])), "|".join(_flat(words["after"]))
    return re.compile(rf"(?<!\w)(?:{before})[ «\"“'-]{{0,2}}$"), re.compile(rf"[ »\"”-]{{0,2}}(?:{after})(?![a-zа-я])")


def designator(around: Surroundings) -> str:
    """Return the words beside a name that say what kind of thing it is; nothing where there are none."""
    before, after = _designators()
    left = before.search(around.before[-MAX_DESIGNATOR:])
    right = after.match(around.after[:MAX_DESIGNATOR])
    return " … ".join(found.group().strip() for found in (left, right) if found)
