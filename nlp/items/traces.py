"""Substances that are named only as what another is nearly free of: "zirconium, hafnium content below 0.01 %"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nlp.alternation import any_word
from nlp.items.candidate import Candidate
from nlp.passage import Passage
from nlp.quantities import Quantity, find_quantities
from nlp.units import measure

# A share this small, in percent, with a bound above it is the specification of another material.
MOST_PERCENT = 1.0
PERCENT_OF = {"percent": 1.0, "ppm": 1e-4}
# The share stands this near the substance, in characters.
REACH = 32
SHARES = r"%|‰|٪|％|ppm|per ?cent|pour cent|por ciento|процент|في ال?مئة|في ال?مائة|百分之"
SHARE = re.compile(any_word(SHARES.split("|"), ignore_case=True))
STOPS = re.compile(r"[;。；؛\n]|\.\s")


def find_traces(passage: Passage, candidates: Sequence[Candidate]) -> frozenset[tuple[int, int]]:
    """Return the spans of those of *candidates*, in the order of the text, that are given as a trace."""
    starts = [candidate.start for candidate in candidates]
    found = set()
    for share in _small_shares(passage):
        place = bisect_left(starts, share.start)
        near = candidates[max(0, place - 4) : place + 4]
        spans = [(_distance(passage.text, c, share), (c.start, c.end)) for c in near]
        distance, span = min(spans, default=(REACH + 1, (0, 0)))
        if distance <= REACH:
            found.add(span)
    return frozenset(found)


def _small_shares(passage: Passage) -> Iterator[Quantity]:
    text, seen = passage.text, 0
    for match in SHARE.finditer(text):
        start, end = max(seen, match.start() - REACH), match.end() + REACH
        for quantity in find_quantities(text[start:end], passage.language):
            if quantity.bound == "under" and any(_is_small(unit, quantity.high) for unit in quantity.units):
                yield Quantity(quantity.start + start, quantity.end + start, 0.0, quantity.high, "", ())
        seen = match.end()


def _is_small(unit: str, value: float) -> bool:
    return measure(unit) == "share" and value * PERCENT_OF.get(unit, 1.0) <= MOST_PERCENT


def _distance(text: str, candidate: Candidate, share: Quantity) -> int:
    """Return how many characters lie between the two; too many where a sentence ends there."""
    first, last = sorted(((candidate.start, candidate.end), (share.start, share.end)))
    apart = STOPS.search(text, first[1], max(first[1], last[0]))
    return REACH + 1 if apart else max(0, last[0] - first[1])
