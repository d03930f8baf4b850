"""Names that a text uses again: what a pipeline named once is the same name wherever else it stands.

News gives a person's whole name once and the surname after that; a pipeline that sees a sentence at a time misses some.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A shorter string is a name by accident too often.
MIN_LETTERS = 3
CAPITALISED = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’'\-]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch that a pipeline named: characters `start` to `end`, its label."""

    start: int
    end: int
    label: str


def repeated(text: str, found: Sequence[Named], persons: frozenset[str]) -> Iterator[Named]:
    """Yield the other places of *text* where the names of *found* stand, with the label that each has most often."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for named in found:
        for name in _forms(text[named.start : named.end], named.label in persons):
            labels[name][named.label] += 1
    taken = bytearray(len(text))
    for named in found:
        taken[named.start : named.end] = b"\x01" * (named.end - named.start)
    for name in sorted(labels, key=len, reverse=True):
        for start in _places(name, text):
            end = start + len(name)
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * len(name)
                yield Named(start, end, labels[name].most_common(1)[0][0])


def _forms(name: str, person: bool) -> Iterable[str]:
    """Return the forms in which a name comes back: itself, and a person's last word."""
    words = name.split()
    forms = {name} if all(CAPITALISED.fullmatch(word) for word in words) and len(name) >= MIN_LETTERS else set()
    if person and len(words) > 1 and CAPITALISED.fullmatch(words[-1]) and len(words[-1]) > MIN_LETTERS:
        forms.add(words[-1])
    return forms


def _places(name: str, text: str) -> Iterator[int]:
    yield from (match.start() for match in re.finditer(rf"(?<![\w\-]){re.escape(name)}(?![\w\-])", text))
