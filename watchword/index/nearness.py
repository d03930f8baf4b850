"""Nearness in a stored document: which mentions and words stand as near each other as a query asks."""

from collections.abc import Iterator
from functools import singledispatch

from index_mappings.analysis import TOKEN, Span, places_of, starts_at, words
from index_mappings.mentions import mention_tokens
from nlp.mention import Mention
from watchword.document import Document
from watchword.index.streams import named
from watchword.index.tree import MentionNear, MentionsNear
from watchword.index.wanted import Atom, Wanted


@singledispatch
def near_spans(leaf: MentionsNear | MentionNear, _document: Document) -> Iterator[Span]:
    """Yield start and end, in characters of the text, of what *leaf* finds near each other."""
    raise TypeError(f"{type(leaf).__name__} is no nearness of mentions")


@near_spans.register
def _two_mentions(leaf: MentionsNear, document: Document) -> Iterator[Span]:
    firsts, seconds = (_told(document, token) for token in (leaf.first, leaf.second))
    near = {
        mention
        for first in firsts
        for second in seconds
        if words_between(document.text, first, second) <= leaf.between
        for mention in (first, second)
    }
    yield from ((m.start, m.end) for m in near)


@near_spans.register
def _word_and_mention(leaf: MentionNear, document: Document) -> Iterator[Span]:
    found, mentions = words(document.text), _told(document, leaf.mention)
    meant = sorted(Wanted([Atom(word=leaf.word)], document.language).meant(found))
    spans = [(m.start, m.end) for m in mentions]
    told: set[int] = set()
    for span, (first, last) in zip(spans, places_of(document.text, found, spans), strict=True):
        near = [place for place in meant if first - leaf.between - 1 <= place <= last + leaf.between]
        yield from [span] if near else ()
        told.update(near)
    starts = zip(meant, starts_at(document.text, found, meant), strict=True)
    yield from ((start, start + len(found[place])) for place, start in starts if place in told)


def _told(document: Document, token: str) -> list[Mention]:
    return [mention for mention in document.mentions if token in mention_tokens(named(mention))]


def words_between(text: str, one: Mention, other: Mention) -> int:
    """Return how many words lie between two mentions; fewer than none where they overlap."""
    first, second = sorted((one, other), key=lambda m: m.start)
    if second.start < first.end:
        return -1
    return sum(1 for _ in TOKEN.finditer(text, first.end, second.start))
