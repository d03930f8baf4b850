"""Which of overlapping mentions stay: what is known by an id before what is not, then the longer, then the surer."""

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import replace

from nlp.mention import IDENTIFIER, ITEM, ORGANISATION, PARTY_TYPES, PERSON, PLACE, SITE, Mention

# One stretch of text names one of these at most; items and identifiers may stand inside them.
NAMES = frozenset({*PARTY_TYPES, SITE, PLACE})
# A firm is sure where its own name gives it away, and not where a trained pipeline alone finds it.
SURE_NAME = 0.7


def settle(mentions: Iterable[Mention]) -> list[Mention]:
    """Return *mentions* in text order, without those that a better mention of the same kind of thing overlaps.

    A name that only a pipeline guesses does not reach into an identifier: the N of N1234A is no organisation.
    """
    found = list(mentions)
    numbers = Stretches((m.start, m.end) for m in found if m.type == IDENTIFIER)
    kept: list[Mention] = []
    taken: dict[str, Stretches] = {}
    for mention in sorted(found, key=_rank):
        layer = taken.setdefault(_layer(mention), Stretches())
        free = layer.are_free(mention.start, mention.end)
        if free and not (_is_guess(mention) and not numbers.are_free(mention.start, mention.end)):
            layer.take(mention.start, mention.end)
            kept.append(mention)
    return sorted(kept, key=lambda m: (m.start, -m.end, m.type))


def cut_before_items(mentions: Iterable[Mention]) -> list[Mention]:
    """Return *mentions* with firms that no list knows ended where an item begins that goes on behind them."""
    found = list(mentions)
    items = sorted((m.start, m.end) for m in found if m.type == ITEM)
    return [_cut(m, items) if m.type == ORGANISATION and m.entity is None else m for m in found]


def _cut(firm: Mention, items: list[tuple[int, int]]) -> Mention:
    for start, end in items[bisect_right(items, (firm.start, math.inf)) : bisect_left(items, (firm.end, 0))]:
        text = firm.text[: start - firm.start].rstrip()
        # What is left has to be a name: more than its first word.
        if end > firm.end and " " in text:
            name = text if firm.name == firm.text else firm.name
            return replace(firm, end=firm.start + len(text), text=text, name=name)
    return firm


def _is_guess(mention: Mention) -> bool:
    return mention.type in NAMES and mention.entity is None and mention.score < SURE_NAME


def without_items_in_names(mentions: Iterable[Mention]) -> list[Mention]:
    """Return *mentions* without items that only the name of a firm or site names: "Shenyang UAV Co., Ltd."."""
    found = list(mentions)
    names = Stretches()
    for mention in found:
        sure = mention.entity is not None or mention.score >= SURE_NAME
        if mention.type in (ORGANISATION, SITE) and sure and names.are_free(mention.start, mention.end):
            names.take(mention.start, mention.end)
    return [m for m in found if m.type != ITEM or not m.text[0].isupper() or not names.hold(m.start, m.end)]


class Stretches:
    """Stretches of a text that do not overlap one another."""

    def __init__(self, taken: Iterable[tuple[int, int]] = ()) -> None:
        self._taken = sorted(taken)

    def are_free(self, start: int, end: int) -> bool:
        """Return whether nothing from *start* to *end*, which is exclusive, is taken."""
        after = bisect_left(self._taken, (end, end))
        return after == 0 or self._taken[after - 1][1] <= start

    def hold(self, start: int, end: int) -> bool:
        """Return whether one stretch that is taken holds all from *start* to *end*, and more."""
        before = bisect_right(self._taken, (start, math.inf)) - 1
        if before < 0:
            return False
        first, last = self._taken[before]
        return last >= end and (first, last) != (start, end)

    def take(self, start: int, end: int) -> None:
        """Take a stretch that is free."""
        insort(self._taken, (start, end))


def _layer(mention: Mention) -> str:
    """Return the layer of *mention*: within one, nothing overlaps; a model's finer type is a layer of its own."""
    return "name" if mention.type in NAMES else mention.type


def _rank(mention: Mention) -> tuple[bool, bool, int, float, int]:
    known = mention.entity is not None and mention.type != PLACE
    listed_or_site = known and mention.type in {PERSON, ORGANISATION, SITE, ITEM}
    return (not listed_or_site, not known, mention.start - mention.end, -mention.score, mention.start)
