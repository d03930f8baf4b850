"""Names written in Chinese or Korean letters in running text, and foreign names written in Chinese by their sound."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final

from nlp.names.artifact import Artifact
from nlp.names.leads import Asked
from nlp.names.likeness import alike
from nlp.names.parts import Part
from nlp.names.words import Match, part_of_word

EAST_ASIAN_LETTER: Final = re.compile(r"[㐀-鿿가-힣]")
HAN_RUN: Final = re.compile(r"[㐀-鿿]+")
HAN_NAME: Final = re.compile(r"[㐀-鿿]{1,12}(?:[·•・‧][㐀-鿿]{1,12})+")
MIN_HAN_NAME: Final = 3
# A part of a foreign name has at most so many characters.
MAX_PART: Final = 8
# Each part must sound alike by so much, and all of them on average by more.
PART_ALIKE: Final = 0.5
NAME_ALIKE: Final = 0.72
MIN_CHARACTERS: Final = 4
LACKING: Final = 0.05
LONGEST: Final = 24


def find_east_asian(text: str, artifact: Artifact) -> Iterator[Match]:
    """Find names written in Chinese or Korean letters, and foreign names written by sound."""
    for match in EAST_ASIAN_LETTER.finditer(text):
        name, numbers = artifact.longest(text[match.start() : match.start() + LONGEST])
        if len(name) >= MIN_HAN_NAME:
            yield from (
                Match(match.start(), match.start() + len(name), 1.0, number, "as written") for number in numbers[:1]
            )
    for match in HAN_NAME.finditer(text):
        yield from _by_sound(match, artifact)


def _by_sound(match: re.Match[str], artifact: Artifact) -> Iterator[Match]:
    """Find the name whose parts sound like the runs between the dots; the outer runs may hold other words too."""
    runs = [(found.start() + match.start(), found.group()) for found in HAN_RUN.finditer(match.group())]
    (start, first), (end_start, last) = runs[0], runs[-1]
    heads = [first[place:] for place in range(max(0, len(first) - MAX_PART), len(first))]
    tails = [last[:size] for size in range(min(MAX_PART, len(last)), 0, -1)]
    middle = [run for _, run in runs[1:-1]]
    found: list[tuple[float, Match]] = []
    for head, tail in product(heads, tails):
        stretch = [head, *middle, tail]
        for number, score in _heard(stretch, artifact):
            span = start + len(first) - len(head), end_start + len(tail)
            found.append((round(score, 2), Match(*span, score, number, "by its sound in Chinese")))
    if found:
        yield max(found, key=lambda entry: (entry[0], entry[1].end - entry[1].start))[1]


def _heard(stretch: list[str], artifact: Artifact) -> Iterator[tuple[int, float]]:
    """Yield the names that sound like *stretch*, each with how alike it is."""
    pairs = [(place, place + 1) for place in range(len(stretch) - 1)]
    if len(stretch) > 2:
        pairs.append((0, len(stretch) - 1))
    said = [part_of_word(word) for word in stretch]
    for number in {number for _, number in artifact.leads.named_by(Asked(stretch, pairs), _is_alike, common=True)}:
        wanted = artifact.name(number).parts
        score = _sounds_like(said, wanted)
        short = len("".join(stretch)) < (MIN_CHARACTERS if len(said) == len(wanted) else MIN_CHARACTERS + 1)
        if score >= NAME_ALIKE and not short:
            yield number, score


@lru_cache(60_000)
def _is_alike(word: str, part: Part) -> bool:
    return alike(part_of_word(word), part) >= PART_ALIKE


def _sounds_like(said: list[Part], wanted: tuple[Part, ...]) -> float:
    """Return how alike in sound the parts are, each paired once; every part of the text must pair."""
    left = list(wanted)
    total = 0.0
    for part in said if len(said) <= len(wanted) else ():
        likeness, index = max((alike(part, other), -i) for i, other in enumerate(left))
        if likeness < PART_ALIKE:
            return 0.0
        total += likeness
        left.pop(-index)
    return total / len(said) - LACKING * len(left)
