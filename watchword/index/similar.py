"""More like this: the words and names that tell a document apart, as a query for documents that share enough of them.

Names count across languages, since a mention's id does not depend on its spelling; words count by how rare they are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, log

from index_mappings.analysis import FIRST_EAST_ASIAN, exact_stream, fold_keyword, words
from watchword.document import Document
from watchword.index.base import Engine
from watchword.index.tree import All, AnyKeyword, Boost, Exact, Keyword, Node, Not, Or, Phrase, all_of

# What is looked at of a document, asked about of the index, and put into the query.
READ_WORDS = 2_000
CANDIDATES = 40
CHOSEN_WORDS = 20
CHOSEN_NAMES = 10
# Shorter words are articles and the like in most languages; of Chinese characters two in a row are looked at.
MIN_CHARACTERS = 4
# A document must share this part of the words, or of the names.
SHARED_WORDS, SHARED_NAMES = 0.3, 0.5
NAME_WEIGHT = 3.0


def similar_to(engine: Engine, document: Document) -> Node:
    """Return a query for the documents that resemble *document*, itself left out."""
    counted = Counter(_candidates(document))
    held = engine.count(All())
    weighed = sorted(
        ((_weight(engine, leaf, number, held), leaf) for leaf, number in counted.most_common(CANDIDATES)),
        key=lambda entry: (entry[0], str(entry[1])),
        reverse=True,
    )
    telling = [leaf for weight, leaf in weighed[:CHOSEN_WORDS] if weight > 0]
    named = [Boost(Keyword("entity", fold_keyword(name)), NAME_WEIGHT) for name in _names(document)]
    ways = [_share(telling, SHARED_WORDS), _share(named, SHARED_NAMES)]
    return all_of(Or(tuple(ways)), Not(Keyword("id", document.id)))


def _share(parts: Sequence[Node], share: float) -> Node:
    """Return a query for documents that have that share of *parts*; of no parts, none has any."""
    return Or(tuple(parts), max(1, ceil(len(parts) * share))) if parts else AnyKeyword("id", ())


def _candidates(document: Document) -> Iterator[Exact | Phrase]:
    """Yield the words of *document*, and each two characters in a row where a character is a word by itself."""
    found = exact_stream(words(f"{document.title}\n{document.text}")[:READ_WORDS])
    yield from (Exact("text", token) for token in found if len(token) >= MIN_CHARACTERS and not token.isdigit())
    for one, other in pairwise(found):
        if len(one) == len(other) == 1 and min(one, other) >= FIRST_EAST_ASIAN:
            yield Phrase("text", (one, other))


def _weight(engine: Engine, leaf: Exact | Phrase, number: int, held: int) -> float:
    """Return how well a word tells the document apart; one that no other document has tells nothing."""
    having = engine.count(leaf)
    return (1 + log(number)) * log((held + 1) / having) if having > 1 else 0.0


def _names(document: Document) -> list[str]:
    named = Counter(m.entity for m in document.mentions if m.entity and not m.entity.startswith("place:"))
    return [name for name, _ in named.most_common(CHOSEN_NAMES)]
