"""Names written in Chinese or Korean letters in running text, and foreign names written in Chinese by their sound."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from nlp.names.artifact import Artifact, coarse_key
from nlp.names.compare import alike
from nlp.names.forms import Part, part_of
from nlp.names.words import Match, parts_of

HAN_NAME = re.compile(r"[㐀-鿿]{1,12}(?:[·•・‧][㐀-鿿]{1,12})+")
MIN_HAN_NAME = 3
# A foreign name written in Chinese by its sound shares at least so many of its letters.
MIN_LETTERS_ALIKE = 0.6
TEXT_MATCH = 0.86


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
    start, first = runs[0]
    end_start, last = runs[-1]
    middle = [part_of(run) for _, run in runs[1:-1]]
    found: list[tuple[float, float, Match]] = []
    for head in range(len(first)):
        for tail in range(len(last), 0, -1):
            stretch = [part_of(first[head:]), *middle, part_of(last[:tail])]
            numbers = {n for a, b in pairwise(stretch) for n in artifact.names_of(coarse_key(a, b))}
            for number in numbers:
                wanted = parts_of(artifact.name(number).text)
                score = _sounds_like(stretch, wanted)
                if score >= TEXT_MATCH and min(len(part.coarse) for part in stretch) > 1:
                    letters = Levenshtein.normalized_similarity(
                        *("".join(p.latin for p in side) for side in (stretch, wanted))
                    )
                    if letters < MIN_LETTERS_ALIKE:
                        continue
                    match_found = Match(start + head, end_start + tail, score, number, "by its sound in Chinese")
                    found.append((round(score, 2), letters, match_found))
    if found:
        yield max(found, key=lambda entry: entry[:2])[2]


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
