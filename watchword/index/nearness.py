"""Nearness in a stored document: which mentions and words stand as near each other as a query asks."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import singledispatch
from itertools import accumulate

from index_mappings.analysis import Span, exact_stream, places_of, starts_at, starts_of, words
from index_mappings.mentions import mention_tokens
from nlp.mention import Mention
from watchword.document import Document
from watchword.index.streams import named
from watchword.index.tree import MentionNear, MentionsNear, RowNear, RowsNear
from watchword.index.wanted import Atom, Wanted

Nearness = MentionsNear | MentionNear | RowsNear | RowNear


@singledispatch
def near_spans(leaf: Nearness, _document: Document) -> Iterator[Span]:
    """Yield start and end, in characters of the text, of what *leaf* finds near each other."""
    raise TypeError(f"{type(leaf).__name__} is no nearness of mentions")


@near_spans.register
def _two_mentions(leaf: MentionsNear, document: Document) -> Iterator[Span]:
    told = [_told(document, token) for token in (leaf.first, leaf.second)]
    if not all(told):
        return
    spans = list(dict.fromkeys((m.start, m.end) for mentions in told for m in mentions))
    places = dict(zip(spans, places_of(document.text, words(document.text), spans), strict=True))
    firsts, seconds = ({(m.start, m.end): places[m.start, m.end] for m in mentions} for mentions in told)
    yield from dict.fromkeys([*_beside(firsts, seconds, leaf.between), *_beside(seconds, firsts, leaf.between)])


def _beside(spans: Mapping[Span, Span], others: Mapping[Span, Span], between: int) -> Iterator[Span]:
    """Yield those of *spans* that have one of *others* near; both lead to the positions of their words.

    A book names thousands: each is held against the ends of those that begin before it is left behind, not against all.
    """
    begun = sorted(others.values())
    starts, reached = [first for first, _ in begun], list(accumulate((last for _, last in begun), max))
    for span, (first, last) in spans.items():
        before = bisect_right(starts, last + between)
        if before and reached[before - 1] >= first - between:
            yield span


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


@near_spans.register
def _two_rows(leaf: RowsNear, document: Document) -> Iterator[Span]:
    if leaf.field == "text":
        found = words(document.text)
        firsts, seconds = (_rows(found, row) for row in (leaf.first, leaf.second))
        near = [*_beside(firsts, seconds, leaf.between), *_beside(seconds, firsts, leaf.between)]
        yield from _written(document.text, found, near)


@near_spans.register
def _row_and_mention(leaf: RowNear, document: Document) -> Iterator[Span]:
    found, spans = words(document.text), [(m.start, m.end) for m in _told(document, leaf.mention)]
    places = dict(zip(spans, places_of(document.text, found, spans), strict=True))
    rows = _rows(found, leaf.row)
    yield from _beside(places, rows, leaf.between)
    yield from _written(document.text, found, _beside(rows, places, leaf.between))


def _rows(found: Sequence[str], row: tuple[str, ...]) -> dict[Span, Span]:
    """Return where *row* stands among the words of a text: its first position, and the one after its last."""
    tokens, size = exact_stream(found), len(row)
    starts = (place for place, token in enumerate(tokens) if token == row[0])
    rows = [(place, place + size) for place in starts if tuple(tokens[place : place + size]) == row]
    return dict(zip(rows, rows, strict=True))


def _written(text: str, found: Sequence[str], rows: Iterable[Span]) -> Iterator[Span]:
    """Yield start and end, in characters, of stretches of positions."""
    starts = starts_of(text, found)
    for first, last in sorted(set(rows)):
        yield starts[first], starts[last - 1] + len(found[last - 1])


def _told(document: Document, token: str) -> list[Mention]:
    return [mention for mention in document.mentions if token in mention_tokens(named(mention))]
