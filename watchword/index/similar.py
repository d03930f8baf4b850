"""More like this: the words and names that tell a document apart, as a query for documents that share enough of them.

Names count across languages, since a mention's id does not depend on its spelling; words count by how rare they are.
"""

from collections import Counter
from math import log

from index_mappings.analysis import exact_stream, fold_keyword, words
from watchword.document import Document
from watchword.index.base import Engine
from watchword.index.tree import AnyKeyword, Boost, Exact, Keyword, Node, Not, Or, all_of

# What is looked at of a document, asked about of the index, and put into the query.
READ_WORDS = 2_000
CANDIDATES = 40
CHOSEN_WORDS = 20
CHOSEN_NAMES = 10
# Shorter words are articles and the like in most languages; a Chinese character is one by itself.
MIN_CHARACTERS = 4
# A document must share this part of what was chosen.
SHARED = 0.3
NAME_WEIGHT = 3.0


def similar_to(engine: Engine, document: Document) -> Node:
    """Return a query for the documents that resemble *document*, itself left out."""
    found = words(f"{document.title}\n{document.text}")[:READ_WORDS]
    counted = Counter(token for token in exact_stream(found) if len(token) >= MIN_CHARACTERS and not token.isdigit())
    held = engine.count(AnyKeyword("language", (document.language,)) if document.language else Not(_nothing()))
    weighed = sorted(
        ((_weight(engine, token, number, held), token) for token, number in counted.most_common(CANDIDATES)),
        reverse=True,
    )
    chosen: list[Node] = [Exact("text", token) for weight, token in weighed[:CHOSEN_WORDS] if weight > 0]
    chosen += [Boost(Keyword("entity", fold_keyword(name)), NAME_WEIGHT) for name in _names(document)]
    if not chosen:
        return _nothing()
    return all_of(Or(tuple(chosen), max(1, round(len(chosen) * SHARED))), Not(Keyword("id", document.id)))


def _weight(engine: Engine, token: str, number: int, held: int) -> float:
    """Return how well a word tells the document apart; one that no other document has tells nothing."""
    having = engine.count(Exact("text", token))
    return (1 + log(number)) * log((held + 1) / having) if having > 1 else 0.0


def _names(document: Document) -> list[str]:
    named = Counter(m.entity for m in document.mentions if m.entity and not m.entity.startswith("place:"))
    return [name for name, _ in named.most_common(CHOSEN_NAMES)]


def _nothing() -> Node:
    return AnyKeyword("id", ())
