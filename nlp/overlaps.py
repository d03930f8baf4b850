"""Which of overlapping mentions stay: what is known by an id before what is not, then the longer, then the surer."""

from collections.abc import Iterable

from nlp.mention import ITEM, ORGANISATION, PARTY_TYPES, PERSON, PLACE, SITE, Mention

# One stretch of text names one of these at most; items and identifiers may stand inside them.
NAMES = frozenset({*PARTY_TYPES, SITE, PLACE})


def settle(mentions: Iterable[Mention]) -> list[Mention]:
    """Return *mentions* in text order, without those that a better mention of the same kind of thing overlaps."""
    kept: list[Mention] = []
    taken: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=_rank):
        layer = _layer(mention)
        rivals = taken.setdefault(layer, [])
        if not any(_overlap(mention, rival) for rival in rivals):
            rivals.append(mention)
            kept.append(mention)
    return sorted(kept, key=lambda m: (m.start, -m.end, m.type))


def _layer(mention: Mention) -> str:
    """Return the layer of *mention*: within one, nothing overlaps; a model's finer type is a layer of its own."""
    return "name" if mention.type in NAMES else mention.type


def _rank(mention: Mention) -> tuple[bool, bool, int, float, int]:
    known = mention.entity is not None and mention.type != PLACE
    listed_or_site = known and mention.type in {PERSON, ORGANISATION, SITE, ITEM}
    return (not listed_or_site, not known, mention.start - mention.end, -mention.score, mention.start)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
