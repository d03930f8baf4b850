"""Names written in Chinese or Korean letters in running text, and foreign names written in Chinese by their sound."""

import re
from collections.abc import Iterator
from itertools import pairwise, product

from rapidfuzz.distance import Levenshtein

from nlp.names.artifact import Artifact, coarse_key
from nlp.names.compare import alike
from nlp.names.forms import Part, part_of
from nlp.names.words import Match, parts_of

HAN_NAME = re.compile(r"[㐀-鿿]{1,12}(?:[·•・‧][㐀-鿿]{1,12})+")
MIN_HAN_NAME = 3
# A foreign name written in Chinese by its sound shares at least so many of its letters.
MIN_LETTERS_ALIKE = 0.5
TEXT_MATCH = 0.86
# A part with fewer consonants sounds like too many others.
MIN_CONSONANTS = 2


def find_east_asian(text: str, artifact: Artifact) -> Iterator[Match]:
    """Find names written in Chinese or Korean letters, and foreign names written by sound."""
    for match in re.finditer(r"[㐀-鿿가-힣]", text):
        name, numbers = artifact.longest(text[match.start() : match.start() + 24])
        if len(name) >= MIN_HAN_NAME:
            yield from (
                Match(match.start(), match.start() + len(name), 1.0, number, "as written") for number in numbers[:1]
            )
    for match in HAN_NAME.finditer(text):
        yield from _by_sound(match, artifact)


def _by_sound(match: re.Match[str], artifact: Artifact) -> Iterator[Match]:
    """Find the name whose parts sound like the runs between the dots; the outer runs may hold other words too."""
    runs = [(found.start() + match.start(), found.group()) for found in re.finditer(r"[㐀-鿿]+", match.group())]
    (start, first), (end_start, last) = runs[0], runs[-1]
    middle = [part_of(run) for _, run in runs[1:-1]]
    found: list[tuple[float, float, Match]] = []
    for head, tail in product(range(len(first)), range(len(last), 0, -1)):
        stretch = [part_of(first[head:]), *middle, part_of(last[:tail])]
        for number, score, letters in _heard(stretch, artifact):
            match_found = Match(start + head, end_start + tail, score, number, "by its sound in Chinese")
            found.append((round(score, 2), letters, match_found))
    if found:
        yield max(found, key=lambda entry: entry[:2])[2]


def _heard(stretch: list[Part], artifact: Artifact) -> Iterator[tuple[int, float, float]]:
    """Yield the names that sound like *stretch*, each with how alike it is in sound and in letters."""
    if min(len(part.coarse) for part in stretch) < MIN_CONSONANTS:
        return
    neighbours = [*pairwise(stretch), (stretch[0], stretch[-1])]
    for number in {n for one, other in neighbours for n in artifact.names_of(coarse_key(one, other))}:
        wanted = parts_of(artifact.name(number).text)
        score = _sounds_like(stretch, wanted)
        letters = Levenshtein.normalized_similarity(*("".join(p.latin for p in side) for side in (stretch, wanted)))
        if score >= TEXT_MATCH and letters >= MIN_LETTERS_ALIKE:
            yield number, score, letters


def _sounds_like(stretch: list[Part], wanted: list[Part]) -> float:
    """Return how alike in sound the parts are, each paired once; every part of the text must pair."""
    left = list(wanted)
    total = 0.0
    for part in stretch if len(stretch) <= len(wanted) else ():
        likeness, index = max((alike(part, other), -i) for i, other in enumerate(left))
        if likeness < 0.7:
            return 0.0
        total += likeness
        left.pop(-index)
    return total / len(stretch) - 0.05 * len(left)
