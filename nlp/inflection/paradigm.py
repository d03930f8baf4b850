"""A paradigm: what all forms of a word begin with, and how they end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paradigm:
    """The forms of a word: `base` followed by one of `endings`."""

    base: str
    endings: frozenset[str]


def fixed(word: str) -> Paradigm:
    """Return the paradigm of a word that has one form."""
    return Paradigm(word, frozenset({""}))


def endings(text: str) -> frozenset[str]:
    """Return the endings that *text* lists; `-` stands for none."""
    return frozenset("" if ending == "-" else ending for ending in text.split())
