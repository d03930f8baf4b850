"""Measure the embedded index: filling, size, queries with facets and snippets, memory of a reader; and its peers.

    python -m benchmarks.search --documents 200000
    python -m benchmarks.search --documents 1000000 --folder /var/tmp/million --cluster-documents 200000

SQLite's FTS5 gets the same texts and words in the same run; Elasticsearch too, where ELASTICSEARCH_URL is set. What was
filled in a folder that is named stays there, and is asked again by the next run.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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
PERCENTS = (50, 95, 99)
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


@dataclass
class Clock:
    """The seconds that each of some blocks took: on the wall, and of this process's processors.

    On a machine that others use too, the second says what the first would be without them.
    """

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Add the seconds that the block takes."""
        started, begun = time.perf_counter(), time.process_time()
        yield
        self.wall.append(time.perf_counter() - started)
        self.processor.append(time.process_time() - begun)


def fill(engine: Engine, number: int) -> tuple[Clock, int]:
    """Index *number* documents; return what it took, and the bytes of their text."""
    clock = Clock()
    size = done = 0
    rest = documents(number)
    while batch := list(islice(rest, BATCH)):
        size += sum(len(d.title.encode()) + len(d.text.encode()) for d in batch)
        with clock.timed():
            engine.add(batch)
        done += len(batch)
        print(f"{done:,} documents; {rates(done, clock)}", file=sys.stderr)
    with clock.timed():
        engine.refresh()
    return clock, size


def streamed(folder: Path, number: int) -> Clock:
    """Return what it takes to index *number* documents that come as finished streams."""
    ready = [(streams_of(d), packed(d)) for d in documents(number, seed=11)]
    folder.mkdir()
    clock = Clock()
    with clock.timed(), embedded_folder.writing(folder) as writer:
        for streams, stored in ready:
            writer.add_document(embedded_folder.built(streams, stored))
    return clock


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


def latencies(search: Callable[[str], int], queries: Sequence[str]) -> list[float]:
    """Return median, 95th and 99th percentile on the wall, then those of the processor, in milliseconds."""
    for query in queries[:20]:
        search(query)
    clock = Clock()
    for query in queries:
        with clock.timed():
            search(query)
    cuts = [quantiles(took, n=100) for took in (clock.wall, clock.processor)]
    return [cut[percent - 1] * 1000 for cut in cuts for percent in PERCENTS]


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
        [sys.executable, "-c", code, str(folder / "index")],
        input="\n".join(queries),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / 1024


class FullText:
    """SQLite's FTS5 over the same texts: the peer that needs no server either."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.base = sqlite3.connect(path)
        self.base.execute("pragma journal_mode=off")
        self.base.execute("create virtual table if not exists found using fts5(title, text, tokenize='unicode61')")

    def fill(self, number: int) -> Clock:
        """Index *number* documents; return what it took."""
        clock = Clock()
        rest = documents(number)
        while batch := list(islice(rest, BATCH)):
            with clock.timed(), self.base:
                self.base.executemany("insert into found values (?, ?)", [(d.title, d.text) for d in batch])
        return clock

    def ask(self, query: str) -> int:
        """Return the exact count; fetch a page by BM25 with snippets."""
        asked = " ".join(f'"{word}"' for word in words(query.partition(":")[0] or query)) or '"x"'
        self.base.execute(
            "select rowid, snippet(found, 1, '<', '>', '…', 20) from found where found match ? order by rank limit 20",
            (asked,),
        ).fetchall()
        return int(self.base.execute("select count(*) from found where found match ?", (asked,)).fetchone()[0])


def rates(number: int, clock: Clock) -> str:
    """Return documents a second, and a second of a processor."""
    return f"{number / sum(clock.wall):>12.0f}{number / sum(clock.processor):>12.0f}"


def sizes(size: int, text: int) -> str:
    """Return a size in MB and as a part of that of the text."""
    return f"{size / MEGABYTE:>8.0f}{size / text:>9.2f}"


def times(asked: Sequence[float]) -> str:
    """Return latencies as cells."""
    return "".join(f"{milliseconds:>10.1f}" for milliseconds in asked)


def measure_embedded(folder: Path, number: int, queries: Sequence[str]) -> int:
    """Print what the embedded index reaches; return the bytes of the text."""
    engine = EmbeddedEngine(folder / "index")
    filled = folder / "filled.json"
    if not filled.exists():
        clock, text = fill(engine, number)
        filled.write_text(json.dumps([clock.wall, clock.processor, text]))
    wall, processor, text = json.loads(filled.read_text())
    clock = Clock(wall, processor)
    path = engine.folder / engine.status().generation
    stored = sum(file.stat().st_size for file in path.glob("*.store"))
    whole = engine.status().size
    asked = latencies(lambda q: ask(engine, q), queries)
    print(f"{'embedded':<22}{rates(number, clock)}{sizes(whole - stored, text)}{times(asked)}")
    plain = latencies(lambda q: engine.search(SearchRequest(parse(q), limit=HITS)).total, queries)
    print(f"{'  hits alone':<22}{'':>41}{times(plain)}")
    with tempfile.TemporaryDirectory() as other:
        print(f"{'  finished streams':<22}{rates(STREAMED, streamed(Path(other) / 'streams', STREAMED))}")
    print(f"{'  stored documents':<22}{'':>24}{sizes(stored, text)}")
    print(f"  {engine.status().parts} segments; private memory of a reader {private_memory(folder, queries):.0f} MB")
    return text


def measure_full_text(folder: Path, number: int, text: int, queries: Sequence[str]) -> None:
    """Print what SQLite reaches."""
    fresh = not (folder / "fts5.sqlite").exists()
    peer = FullText(folder / "fts5.sqlite")
    clock = peer.fill(number) if fresh else Clock([float("nan")], [float("nan")])
    size = peer.path.stat().st_size
    print(f"{'SQLite FTS5':<22}{rates(number, clock)}{sizes(size, text)}{times(latencies(peer.ask, queries))}")


def measure_cluster(number: int, queries: Sequence[str]) -> None:
    """Print what Elasticsearch reaches; of its processors nothing is known here."""
    alias = f"benchmark-{os.getpid()}"
    engine = ClusterEngine(Settings(elasticsearch_url=os.environ["ELASTICSEARCH_URL"], elasticsearch_index=alias))
    try:
        clock, text = fill(engine, number)
        size = engine.status().size
        asked = latencies(lambda q: ask(engine, q), queries)
        print(f"{f'Elasticsearch, {number:,}':<22}{rates(number, clock)}{sizes(size, text)}{times(asked)}")
    finally:
        engine.drop()
        engine.close()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the indices stay")
    parser.add_argument("--cluster-documents", type=int, help="how many of them Elasticsearch gets; by default all")
    asked = parser.parse_args()
    queries = list(drawn(QUERIES, list(islice(documents(asked.documents), 0, 20_000, 7))))
    print(f"{asked.documents:,} documents, {QUERIES} queries; times in ms, 'cpu' is time of a processor")
    header = (("docs/s", 12), ("docs/cpu s", 12), ("MB", 8), ("of text", 9))
    header += tuple((name, 10) for name in ("median", "95 %", "99 %", "cpu med.", "cpu 95 %", "cpu 99 %"))
    print(f"{'':<22}" + "".join(f"{name:>{width}}" for name, width in header))
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        text = measure_embedded(folder, asked.documents, queries)
        if asked.no_peers:
            return
        measure_full_text(folder, asked.documents, text, queries)
        if os.environ.get("ELASTICSEARCH_URL"):
            measure_cluster(asked.cluster_documents or asked.documents, queries)


if __name__ == "__main__":
    main()
