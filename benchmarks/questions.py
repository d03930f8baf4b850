"""Questions as analysts ask them, drawn from the texts, and what asking them and filling an index is."""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from benchmarks.clock import Clock
from benchmarks.corpus import documents
from index_mappings.analysis import words
from watchword.document import Document
from watchword.index import Engine, SearchRequest, parse
from watchword.index.highlights import Highlighter
from watchword.index.portions import PORTION_DOCUMENTS
from watchword.index.snippets import snippet_of, title_of

HITS = 20
FACETS = ("language", "source", "country", "kind", "type", "list")


@dataclass(frozen=True)
class Question:
    """A query, and what comes nearest to it in SQLite's FTS5: fields and misspellings are left out there."""

    query: str
    match: str


def drawn(number: int, sample: Sequence[Document]) -> Iterator[Question]:
    """Yield questions: words of the texts, some with a phrase, a filter or a pattern."""
    dice = random.Random(5)
    for index in range(number):
        found = [w for w in words(dice.choice(sample).text) if len(w) > 3] or ["steel"]
        one, other = dice.choice(found), dice.choice(found)
        start = dice.randrange(max(len(found) - 1, 1))
        phrase = f'"{" ".join(found[start : start + 2])}"'
        differ = one.lower() != other.lower()
        forms = (
            Question(one, f'"{one}"'),
            Question(f"{one} {other}", f'"{one}" "{other}"'),
            Question(f"{one} OR {other}", f'"{one}" OR "{other}"'),
            Question(phrase, phrase),
            Question(f"{one} language:en", f'"{one}"'),
            Question(f"list:un {one}", f'"{one}"'),
            Question(f"{one[:5]}*", f'"{one[:5]}"*'),
            Question(f"{one}~1", f'"{one}"'),
            Question(f'"{one} {other}"~10' if differ else one, f'NEAR("{one}" "{other}", 10)'),
            Question(f"published:[2024 TO 2025] {one}", f'"{one}"'),
        )
        yield forms[index % len(forms)]


def ask(engine: Engine, query: str) -> int:
    """Search as a screen does: a folded page, facets, snippets; return the exact count."""
    tree = parse(query)
    page = engine.search(SearchRequest(tree, limit=HITS))
    engine.counts(tree, FACETS)
    light = Highlighter(tree)
    for hit in page.hits:
        title_of(light, hit.document)
        snippet_of(light, hit.document)
    return page.total


def fill(engine: Engine, number: int) -> tuple[Clock, int]:
    """Index *number* documents as a run does; return what it took without making them, and the bytes of their text."""
    whole, making = Clock(), Clock()
    size = done = 0
    rest = documents(number)
    with whole.timed():
        with engine.filling():
            while batch := made(rest, making):
                size += sum(len(d.title.encode()) + len(d.text.encode()) for d in batch)
                engine.add(batch)
                done += len(batch)
                print(f"\r{done:,} documents", end="", file=sys.stderr)
        engine.refresh()
    print(file=sys.stderr)
    return whole.without(making), size


def made(rest: Iterator[Document], clock: Clock) -> list[Document]:
    """Return the next documents of *rest*; the clock tells what making them took."""
    with clock.timed():
        return list(islice(rest, PORTION_DOCUMENTS))
