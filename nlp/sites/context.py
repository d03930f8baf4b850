"""What stands around a site's name: words of its area, its own context, words against it, and designators beside it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nlp.folding import folded
from nlp.gazetteer import EAST_ASIAN
from nlp.sites.catalogue import Site

# Context speaks for a name within about two sentences on either side.
WINDOW = 240
# A designator of four long words is shorter than this.
MAX_DESIGNATOR = 60
CLITICS = "[وف]?[بكل]?(?:ال|ل)?"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The folded text before and after a name, within a window."""

    before: str
    after: str

    @property
    def both(self) -> str:
        """Everything around, without the name itself."""
        return f"{self.before} \n {self.after}"


def surroundings(text: str, start: int, end: int, width: int = WINDOW) -> Surroundings:
    """Return what is around `text[start:end]`."""
    return Surroundings(text[max(0, start - width) : start], text[end : end + width])


@cache
def _words() -> Any:
    text = (files("nlp") / "catalogue" / "site-words.yaml").read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds what begins with one of *words* in folded text, or None without words."""
    folded_words = sorted({folded(word) for word in words}, key=len, reverse=True)
    parts = [_part(word) for word in folded_words]
    return re.compile("|".join(parts)) if parts else None


def _part(word: str) -> str:
    escaped = re.escape(word).replace("\\ ", "[ -]")
    if EAST_ASIAN.search(word):
        return escaped
    if "\u0600" <= word[0] <= "\u06ff":
        return rf"(?<!\w){CLITICS}{escaped}"
    # A short acronym must not begin longer words.
    return rf"\b{escaped}\b" if len(word) <= 3 else rf"\b{escaped}"


def _flat(words: Mapping[str, Iterable[str]]) -> list[str]:
    return [word for of_language in words.values() for word in of_language]


@cache
def area_words(area: str) -> re.Pattern[str]:
    """Return the pattern of an area's words."""
    found = pattern(_flat(_words()["areas"][area]))
    assert found is not None
    return found


@cache
def own_words(site: Site) -> re.Pattern[str] | None:
    """Return the pattern of the words that support *site* in particular."""
    return pattern(_flat(site.context))


@cache
def opposing_words(site: Site) -> re.Pattern[str] | None:
    """Return the pattern of the words against *site*."""
    return pattern(_flat(site.against))


@cache
def _designators(area: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what stands before a name, up to it, and after it."""
    words = _words()["designators"][area]
    before = "|".join(sorted(map(_plain, _flat(words["before"])), key=len, reverse=True))
    after = "|".join(sorted(map(_plain, _flat(words["after"])), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:[وفبكل]|ال|لل|وال)*(?:{before}) ?$"), re.compile(
        rf" ?[-(«\"]?(?:{after})(?![a-zа-я])"
    )


def _plain(word: str) -> str:
    return re.escape(folded(word)).replace("\\ ", "[ -]")


def designator(site: Site, around: Surroundings) -> tuple[int, int, str]:
    """Return how far a designator reaches before and after a name, and its words; nothing where there is none."""
    before, after = _designators(site.area)
    left = before.search(around.before[-MAX_DESIGNATOR:])
    right = after.match(around.after[:MAX_DESIGNATOR])
    words = " ".join(found.group().strip() for found in (left, right) if found)
    return len(left.group()) if left else 0, right.end() if right else 0, words
