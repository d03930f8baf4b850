"""Measure the embedded index beside its peers: filling, size, queries with facets and snippets, memory of a reader.

    python -m benchmarks.search --documents 200000
    ELASTICSEARCH_URL=http://127.0.0.1:9200 python -m benchmarks.search --documents 1000000 --elasticsearch

The peers get the same documents and the same queries in the same run: SQLite's FTS5, and Elasticsearch on demand. What
the embedded index and SQLite hold in a folder that is named stays there, and is asked again by the next run.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from benchmarks.clock import Clock, Row, header, latencies
from benchmarks.corpus import documents
from benchmarks.peers import cluster, full_text
from benchmarks.questions import HITS, Question, ask, drawn, fill
from watchword.index import SearchRequest, embedded_folder, parse
from watchword.index.embedded import EmbeddedEngine
from watchword.index.streams import packed, streams_of

QUERIES = 300
STREAMED = 20_000


def streamed(folder: Path, number: int) -> Clock:
    """Return what it takes to index *number* documents that come as finished streams."""
    ready = [(streams_of(d), packed(d)) for d in documents(number, seed=11)]
    clock = Clock()
    with clock.timed(), embedded_folder.writing(folder) as writer, embedded_folder.committing(writer):
        for streams, stored in ready:
            writer.add_document(embedded_folder.built(streams, stored))
    return clock


def private_memory(folder: Path, queries: Sequence[str]) -> tuple[int, int]:
    """Return what a reader process has written after *queries*, and the pages of the index that it alone maps, in MB.

    The system takes the second back where memory is short, and other readers share them.
    """
    code = (
        "import sys\nfrom pathlib import Path\nfrom benchmarks.questions import ask\n"
        "from watchword.index.embedded import EmbeddedEngine\n"
        "engine = EmbeddedEngine(Path(sys.argv[1]))\n"
        "for query in sys.stdin.read().splitlines(): ask(engine, query)\n"
        "lines = Path('/proc/self/smaps_rollup').read_text().splitlines()\n"
        "sizes = {line.split(':')[0]: int(line.split()[1]) for line in lines if line.startswith('Private_')}\n"
        "print(sizes['Private_Dirty'], sizes['Private_Clean'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "index")],
        input="\n".join(queries),
        capture_output=True,
        text=True,
        check=True,
    )
    written, mapped = (int(size) // 1024 for size in done.stdout.split())
    return written, mapped


def embedded(folder: Path, number: int, questions: Sequence[Question]) -> tuple[Row, Row]:
    """Return what the embedded index reaches as a screen asks it, and for the hits alone."""
    engine = EmbeddedEngine(folder / "index")
    filled = folder / "filled.json"
    if not filled.exists():
        clock, text = fill(engine, number)
        filled.write_text(json.dumps([clock.wall, clock.processor, text]))
    wall, processor, text = json.loads(filled.read_text())
    path = engine.folder / engine.status().generation
    whole = engine.status().size
    sizes = (whole - sum(file.stat().st_size for file in path.glob("*.store")), whole, text)
    asked = latencies(lambda q: ask(engine, q.query), questions)
    plain = latencies(lambda q: engine.search(SearchRequest(parse(q.query), limit=HITS)).total, questions)
    name = f"embedded, {engine.status().parts} segments"
    return Row(name, number, Clock(wall, processor), sizes, asked), Row("  hits alone", latencies=plain)


def from_streams() -> Row:
    """Return how fast documents come in whose analysis is done."""
    with tempfile.TemporaryDirectory() as folder:
        return Row("  finished streams", STREAMED, streamed(Path(folder), STREAMED))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--elasticsearch", action="store_true", help="ask the server at ELASTICSEARCH_URL too")
    parser.add_argument("--folder", type=Path, help="where the indices stay")
    asked = parser.parse_args()
    if asked.elasticsearch and not os.environ.get("ELASTICSEARCH_URL"):
        parser.error("set ELASTICSEARCH_URL to the server that --elasticsearch is to ask")
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        measure(folder, asked.documents, peers=not asked.no_peers, server=asked.elasticsearch)


def measure(folder: Path, number: int, *, peers: bool, server: bool) -> None:
    """Print a row an index, as soon as it is known."""
    questions = list(drawn(QUERIES, list(islice(documents(number), 0, 20_000, 7))))
    print(f"{number:,} documents, {QUERIES} queries; times in ms, 'cpu' is time of this process's processors")
    print(header(), flush=True)
    rows = embedded(folder, number, questions)
    for row in rows:
        print(row, flush=True)
    print(from_streams(), flush=True)
    text = rows[0].sizes[2] if rows[0].sizes else 0
    if peers:
        print(full_text(folder, number, text, questions), flush=True)
    if server:
        print(cluster(number, questions), flush=True)
    written, mapped = private_memory(folder, [question.query for question in questions])
    print(f"a reader of the embedded index has {written} MB of its own, and maps {mapped} MB of the index")


if __name__ == "__main__":
    main()
