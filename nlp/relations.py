"""Relations: who supplied, shipped, brokered, financed or manufactured what for whom, where one sentence says it."""

from collections.abc import Iterator

from nlp.mention import ITEM, Mention, Relation
from nlp.passage import Passage
from nlp.roles import KINDS, Claim, find_claims

RECEIVERS = ("end user", "consignee")


def find_relations(passage: Passage, mentions: list[Mention]) -> list[Relation]:
    """Return the relations that sentences of *passage* state between *mentions*."""
    if not any(mention.role for mention in mentions):
        return []
    claims = {claim.party: claim for claim in find_claims(passage, mentions)}
    by_sentence: dict[int, list[int]] = {}
    for index, mention in enumerate(mentions):
        by_sentence.setdefault(passage.sentences.index(mention.start), []).append(index)
    return [
        relation
        for sentence, inside in by_sentence.items()
        for relation in _relations(passage, mentions, claims, (sentence, inside))
    ]


def _relations(
    passage: Passage, mentions: list[Mention], claims: dict[int, Claim], where: tuple[int, list[int]]
) -> Iterator[Relation]:
    sentence, inside = where
    start, end = passage.sentences.span(sentence)
    text = passage.text[start:end].rstrip()
    receivers = [i for i in inside if mentions[i].role in RECEIVERS]
    items = [i for i in inside if mentions[i].type == ITEM]
    for source in inside:
        role = mentions[source].role
        if role is None or role in RECEIVERS:
            continue
        target = _nearest(mentions, source, receivers)
        item = _nearest(mentions, source, items)
        if target is None and item is None:
            continue
        claim = claims.get(source)
        kind = claim.cue.kind if claim else KINDS[role]
        words = [f"'{claims[i].cue.word}'" for i in (source, target) if i is not None and i in claims]
        yield Relation(start, start + len(text), text, kind, source, target, item, f"by {' and '.join(words)}")


def _nearest(mentions: list[Mention], source: int, others: list[int]) -> int | None:
    return min(others, key=lambda other: abs(mentions[other].start - mentions[source].start), default=None)
