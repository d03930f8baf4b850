"""Measure the embedded index: filling, size, queries with facets and snippets, memory of a reader; and its peers.

    python -m benchmarks.search --documents 200000

SQLite's FTS5 gets the same texts and words in the same run; Elasticsearch too, where ELASTICSEARCH_URL is set.
"""

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import quantiles

from benchmarks.corpus import documents
from index_mappings.analysis import words
from watchword.document import Document
from watchword.index import Engine, SearchRequest, embedded_folder, parse
from watchword.index.cluster import ClusterEngine
from watchword.index.embedded import EmbeddedEngine
from watchword.index.highlights import Highlighter
from watchword.index.snippets import snippet_of, title_of
from watchword.index.streams import packed, streams_of
from watchword.settings import Settings

BATCH = 10_000
QUERIES = 300
STREAMED = 20_000
HITS = 20
FACETS = ("language", "source", "country", "kind", "type", "list")
MEGABYTE = 2**20


def drawn(number: int, sample: Sequence[Document]) -> Iterator[str]:
    """Yield queries as analysts ask them: words of the texts, some with a phrase, a filter or a pattern."""
    dice = random.Random(5)
    for index in range(number):
        found = [w for w in words(dice.choice(sample).text) if len(w) > 3] or ["steel"]
        one, other = dice.choice(found), dice.choice(found)
        start = dice.randrange(max(len(found) - 1, 1))
        forms = (
            one,
            f"{one} {other}",
            f"{one} OR {other}",
            f'"{" ".join(found[start : start + 2])}"',
            f"{one} language:en",
            f"list:un {one}",
            f"{one[:5]}*",
            f"{one}~1",
            f'"{one} {other}"~10' if one.lower() != other.lower() else one,
            f"published:[2024 TO 2025] {one}",
        )
        yield forms[index % len(forms)]


@contextmanager
def timed(told: list[float]) -> Iterator[None]:
    """Add the seconds that the block takes to *told*."""
    started = time.perf_counter()
    yield
    told.append(time.perf_counter() - started)


def fill(engine: Engine, number: int) -> tuple[float, int]:
    """Index *number* documents; return the seconds that it took, and the bytes of their text."""
    took: list[float] = []
    size = 0
    rest = documents(number)
    while batch := list(islice(rest, BATCH)):
        size += sum(len(d.title.encode()) + len(d.text.encode()) for d in batch)
        with timed(took):
            engine.add(batch)
    with timed(took):
        engine.refresh()
    return sum(took), size


def streamed(folder: Path, number: int) -> float:
    """Return how many documents a second the index takes as finished streams."""
    ready = [(streams_of(d), packed(d)) for d in documents(number, seed=11)]
    folder.mkdir()
    took: list[float] = []
    with timed(took), embedded_folder.writing(folder) as writer:
        for streams, stored in ready:
            writer.add_document(embedded_folder.built(streams, stored))
    return number / took[0]


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


def latencies(search: Callable[[str], int], queries: Sequence[str]) -> tuple[float, float, float]:
    """Return the median, the 95th percentile and the longest of the *queries*, in milliseconds."""
    for query in queries[:20]:
        search(query)
    took: list[float] = []
    for query in queries:
        with timed(took):
            search(query)
    cuts = quantiles(took, n=20)
    return cuts[9] * 1000, cuts[18] * 1000, max(took) * 1000


def private_memory(folder: Path, queries: Sequence[str]) -> float:
    """Return the private memory of a reader process after *queries*, in MB."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom benchmarks.search import ask\n"
        "from watchword.index.embedded import EmbeddedEngine\n"
        "engine = EmbeddedEngine(Path(sys.argv[1]))\n"
        "for query in sys.stdin.read().splitlines(): ask(engine, query)\n"
        "lines = Path('/proc/self/smaps_rollup').read_text().splitlines()\n"
        "print(sum(int(line.split()[1]) for line in lines if line.startswith('Private_')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], input="\n".join(queries), capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024


class FullText:
    """SQLite's FTS5 over the same texts: the peer that needs no server either."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.base = sqlite3.connect(path)
        self.base.execute("pragma journal_mode=off")
        self.base.execute("create virtual table found using fts5(title, text, tokenize='unicode61')")

    def fill(self, number: int) -> float:
        """Index *number* documents; return the seconds that it took."""
        took: list[float] = []
        rest = documents(number)
        while batch := list(islice(rest, BATCH)):
            with timed(took), self.base:
                self.base.executemany("insert into found values (?, ?)", [(d.title, d.text) for d in batch])
        return sum(took)

    def ask(self, query: str) -> int:
        """Return the exact count; fetch a page by BM25 with snippets."""
        asked = " ".join(f'"{word}"' for word in words(query.partition(":")[0] or query)) or '"x"'
        self.base.execute(
            "select rowid, snippet(found, 1, '<', '>', '…', 20) from found where found match ? order by rank limit 20",
            (asked,),
        ).fetchall()
        return int(self.base.execute("select count(*) from found where found match ?", (asked,)).fetchone()[0])


def row(name: str, number: int, took: float, size: float, text: int, asked: tuple[float, float, float]) -> str:
    """Return a line of the table."""
    per_text = f"{size / text:>8.2f}" if size else f"{'':>8}"
    return f"{name:<22}{number / took:>10.0f}{size / MEGABYTE:>10.0f}{per_text}" + "".join(f"{v:>10.1f}" for v in asked)


def measure_embedded(folder: Path, number: int, queries: Sequence[str]) -> int:
    """Print what the embedded index reaches; return the bytes of the text."""
    engine = EmbeddedEngine(folder)
    took, text = fill(engine, number)
    path = folder / (embedded_folder.generation(folder) or "")
    stored = sum(file.stat().st_size for file in path.glob("*.store"))
    whole = engine.status().size
    print(row("embedded", number, took, whole - stored, text, latencies(lambda q: ask(engine, q), queries)))
    plain = latencies(lambda q: engine.search(SearchRequest(parse(q), limit=HITS)).total, queries)
    print(f"  without facets and snippets: median {plain[0]:.1f} ms, 95 % {plain[1]:.1f} ms, longest {plain[2]:.1f} ms")
    print(f"  stored documents {stored / MEGABYTE:.0f} MB beside it ({stored / text:.2f} of the text)")
    print(f"  segments {engine.status().parts}; private memory of a reader {private_memory(folder, queries):.0f} MB")
    return text


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--no-peers", action="store_true")
    asked = parser.parse_args()
    sample = list(islice(documents(asked.documents), 0, 20_000, 7))
    queries = list(drawn(QUERIES, sample))
    header = ("documents/s", "MB", "of text", "median ms", "95 % ms", "longest")
    print(f"{asked.documents:,} documents, {QUERIES} queries\n{'':<22}" + "".join(f"{name:>10}" for name in header))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        text = measure_embedded(folder / "index", asked.documents, queries)
        print(f"  from finished streams: {streamed(folder / 'streams', STREAMED):.0f} documents a second")
        if asked.no_peers:
            return
        peer = FullText(folder / "fts5.sqlite")
        took = peer.fill(asked.documents)
        size = peer.path.stat().st_size
        print(row("SQLite FTS5", asked.documents, took, size, text, latencies(peer.ask, queries)))
        if os.environ.get("ELASTICSEARCH_URL"):
            measure_cluster(asked.documents, text, queries)


def measure_cluster(number: int, text: int, queries: Sequence[str]) -> None:
    """Print what Elasticsearch reaches."""
    alias = f"benchmark-{os.getpid()}"
    engine = ClusterEngine(Settings(elasticsearch_url=os.environ["ELASTICSEARCH_URL"], elasticsearch_index=alias))
    try:
        took, _ = fill(engine, number)
        size = engine.status().size
        print(row("Elasticsearch", number, took, size, text, latencies(lambda q: ask(engine, q), queries)))
    finally:
        engine.drop()
        engine.close()


if __name__ == "__main__":
    main()
