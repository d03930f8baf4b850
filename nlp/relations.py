"""Relations: who supplied, shipped, brokered, financed or manufactured what for whom, where one statement says it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.mention import ITEM, Mention, Relation
from nlp.passage import Passage
from nlp.roles import KINDS, Claim, Deal, find_claims, find_deals, find_told

RECEIVERS = ("end user", "consignee")
SELLERS = ("supplier", "broker")
SUPPLIERS = ("supplier", "manufacturer")
PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
LABELLED = re.compile(r"(?:^|(?<=[.;؛。；]))[^\S\n]*[^:：\n.;؛。；]{1,40}[:：]", re.MULTILINE)
SEGMENT = re.compile(r"[^\s][^.;؛。；\n]{3,}(?:[.;؛。；\n]|$)")
# Labels before most of its lines make a record of a paragraph, which is one statement: "exporter: …, consignee: …".
MIN_LABELS, LABELLED_SHARE = 2, 0.6


@dataclass(frozen=True)
class _Statement:
    """A sentence or a record, and the mentions in it."""

    start: int
    end: int
    inside: list[int]


def find_relations(passage: Passage, mentions: list[Mention]) -> list[Relation]:
    """Return the relations that statements of *passage* make between *mentions*."""
    if not any(mention.role for mention in mentions):
        return []
    claims = {claim.party: claim for claim in find_claims(passage, mentions)}
    statements = _statements(passage, mentions)
    deals = list(find_deals(find_told(passage, mentions), claims.values()))
    told = [r for deal in deals for r in _of_deal(passage.text, mentions, deal, statements)]
    known = {(relation.source, relation.target) for relation in told}
    sources, ends = {relation.source for relation in told}, {end for pair in known for end in pair}
    for one in statements:
        for relation in _relations(passage.text, mentions, claims, one):
            supplies = mentions[relation.source].role in SUPPLIERS
            if not (supplies and (relation.source in sources or {relation.source, relation.target} <= ends)):
                told.append(relation)
    return sorted(told, key=lambda relation: (relation.start, relation.source, relation.target or 0))


def _of_deal(text: str, mentions: list[Mention], deal: Deal, statements: list[_Statement]) -> Iterator[Relation]:
    """Yield the relation that one verb tells of."""
    source, target = deal.giver, deal.receiver
    statement = next((one for one in statements if source.party in one.inside), None)
    if statement is None or target.party not in statement.inside:
        return
    items = [index for index in statement.inside if mentions[index].type == ITEM]
    said = text[statement.start : statement.end].rstrip()
    kind = source.cue.kind if source.cue.kind != "manufactured" else target.cue.kind
    item = _nearest(mentions, source.party, items)
    end, reason = statement.start + len(said), f"by '{source.cue.word}' and '{target.cue.word}'"
    yield Relation(statement.start, end, said, kind, source.party, target.party, item, reason)


def _statements(passage: Passage, mentions: list[Mention]) -> list[_Statement]:
    records = list(_records(passage.text))
    starts = [start for start, _ in records]
    found: dict[tuple[int, int], list[int]] = {}
    for index, mention in enumerate(mentions):
        record = records[bisect_right(starts, mention.start) - 1] if starts and starts[0] <= mention.start else (0, 0)
        sentence = passage.sentences.span(passage.sentences.index(mention.start))
        found.setdefault(record if mention.start < record[1] else sentence, []).append(index)
    return [_Statement(*span, inside) for span, inside in found.items()]


def _records(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each paragraph of labelled lines."""
    start = 0
    for end, following in (*(match.span() for match in PARAGRAPH.finditer(text)), (len(text), len(text))):
        labels = sum(1 for _ in LABELLED.finditer(text, start, end))
        segments = sum(1 for _ in SEGMENT.finditer(text, start, end))
        if labels >= max(MIN_LABELS, LABELLED_SHARE * segments):
            yield start, end
        start = following


def _relations(
    text: str, mentions: list[Mention], claims: dict[int, Claim], statement: _Statement
) -> Iterator[Relation]:
    """Yield who did what for the nearest receiver that *statement* names."""
    said = text[statement.start : statement.end].rstrip()
    receivers = [index for index in statement.inside if mentions[index].role in RECEIVERS]
    items = [index for index in statement.inside if mentions[index].type == ITEM]
    for source in statement.inside:
        role = mentions[source].role
        target, item = _nearest(mentions, source, receivers), _nearest(mentions, source, items)
        if role is None or role in RECEIVERS or (target is None and item is None):
            continue
        kind = claims[source].cue.kind if source in claims else KINDS[role]
        if kind == "manufactured" and any(mentions[index].role in SELLERS for index in statement.inside):
            target = None  # who sells is named, and the maker's dealings with the receiver are not told
            if item is None:
                continue
        words = " and ".join(f"'{claims[i].cue.word}'" for i in (source, target) if i is not None and i in claims)
        end = statement.start + len(said)
        yield Relation(statement.start, end, said, kind, source, target, item, f"by {words}")


def _nearest(mentions: list[Mention], source: int, others: list[int]) -> int | None:
    return min(others, key=lambda other: abs(mentions[other].start - mentions[source].start), default=None)
