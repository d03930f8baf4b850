"""Peers of the embedded index on the same documents and queries: SQLite's FTS5, and Elasticsearch."""

import os
import sqlite3
import warnings
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from elasticsearch.exceptions import GeneralAvailabilityWarning

from benchmarks.clock import Clock, Row, latencies
from benchmarks.corpus import documents
from benchmarks.questions import Question, ask, fill
from watchword.index.cluster import ClusterEngine
from watchword.settings import Settings

BATCH = 10_000


class FullText:
    """SQLite's FTS5 over the same texts: the peer that needs no server either.

    It is asked for the count and a page by BM25 with snippets; it has no facets, no folding and no inflected forms.
    """

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

    def ask(self, question: Question) -> int:
        """Return the exact count; fetch a page by BM25 with snippets."""
        self.base.execute(
            "select rowid, snippet(found, 1, '<', '>', '…', 20) from found where found match ? order by rank limit 20",
            (question.match,),
        ).fetchall()
        return int(self.base.execute("select count(*) from found where found match ?", (question.match,)).fetchone()[0])

    def sizes(self, text: int) -> tuple[int, int, int]:
        """Return the bytes of the index, of the file with the stored text, and of the text."""
        (index,) = self.base.execute("select sum(length(block)) from found_data").fetchone()
        return int(index), self.path.stat().st_size, text


def full_text(folder: Path, number: int, text: int, questions: Sequence[Question]) -> Row:
    """Return what SQLite reaches; it is filled where *folder* does not hold it yet."""
    fresh = not (folder / "fts5.sqlite").exists()
    peer = FullText(folder / "fts5.sqlite")
    clock = peer.fill(number) if fresh else None
    return Row("SQLite FTS5", number, clock, peer.sizes(text), latencies(peer.ask, questions))


def cluster(number: int, questions: Sequence[Question]) -> Row:
    """Return what Elasticsearch reaches; of the time of processors only the client's part is seen."""
    alias = f"benchmark-{os.getpid()}"
    engine = ClusterEngine(Settings(elasticsearch_url=os.environ["ELASTICSEARCH_URL"], elasticsearch_index=alias))
    try:
        clock, text = fill(engine, number)
        sizes = (*cluster_sizes(engine), text)
        return Row("Elasticsearch", number, clock, sizes, latencies(lambda q: ask(engine, q.query), questions))
    finally:
        engine.drop()
        engine.close()


def cluster_sizes(engine: ClusterEngine) -> tuple[int, int]:
    """Return the bytes of the index without the stored documents, and with them."""
    patient = engine.connection.client.options(request_timeout=600)
    with warnings.catch_warnings(action="ignore", category=GeneralAvailabilityWarning):
        found = patient.indices.disk_usage(index=engine.alias, run_expensive_tasks=True)
    told = [usage for name, usage in found.items() if name != "_shards"]
    whole = sum(usage["store_size_in_bytes"] for usage in told)
    return whole - sum(usage["all_fields"]["stored_fields_in_bytes"] for usage in told), whole
