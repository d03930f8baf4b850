"""Measure how fast documents go into Elasticsearch, beside the official client's own bulk helper.

    ELASTICSEARCH_URL=http://127.0.0.1:9200 python -m benchmarks.elasticsearch_bulk --documents 20000

The helper gets the same documents twice: as finished requests, made before the clock starts, and as documents that it
must have made on the way, which is what Watchword does. Each way is measured several times in turn; the best counts.
"""

import argparse
import os
import time
from collections.abc import Callable
from itertools import islice

from elasticsearch.helpers import bulk

from benchmarks.corpus import documents
from watchword.document import Document
from watchword.index import parse
from watchword.index.cluster import ClusterEngine
from watchword.index.cluster_bulk import as_indexed
from watchword.settings import Settings

ROUNDS = 3
BATCH = 5_000


def opened(name: str) -> ClusterEngine:
    """Return an engine over an index of its own."""
    alias = f"bulk-{name}-{os.getpid()}"
    return ClusterEngine(Settings(elasticsearch_url=os.environ["ELASTICSEARCH_URL"], elasticsearch_index=alias))


def by_watchword(engine: ClusterEngine, given: list[Document]) -> None:
    """Add the documents as a harvest does."""
    rest = iter(given)
    while batch := list(islice(rest, BATCH)):
        refused = engine.add(batch)
        assert not refused, refused


def by_helper(engine: ClusterEngine, given: list[Document]) -> None:
    """Let the helper send what is made on the way."""
    engine.indices.writable()
    bulk(
        engine.connection.client,
        ({"_index": engine.alias, "_id": document.id, "_source": as_indexed(document)} for document in given),
    )


def finished(given: list[Document]) -> Callable[[ClusterEngine, list[Document]], None]:
    """Return what lets the helper send what was made before."""
    made = [(document.id, as_indexed(document)) for document in given]

    def send(engine: ClusterEngine, _: list[Document]) -> None:
        engine.indices.writable()
        bulk(engine.connection.client, ({"_index": engine.alias, "_id": i, "_source": dict(s)} for i, s in made))

    return send


def measured(name: str, way: Callable[[ClusterEngine, list[Document]], None], given: list[Document]) -> float:
    """Return how many documents a second one way reaches, until all can be searched."""
    engine = opened(name)
    try:
        started = time.monotonic()
        way(engine, given)
        engine.refresh()
        took = time.monotonic() - started
        assert engine.count(parse("*")) == len(given)
    finally:
        engine.drop()
        engine.close()
    return len(given) / took


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    given = list(documents(parser.parse_args().documents))
    ways = {"watchword": by_watchword, "helper": by_helper, "helper-finished": finished(given)}
    measured("warm", by_watchword, given[:2_000])
    best = dict.fromkeys(ways, 0.0)
    for _ in range(ROUNDS):
        for name, way in ways.items():
            best[name] = max(best[name], measured(name, way, given))
    for name, rate in best.items():
        print(f"{name:<18}{rate:>8.0f} documents/s{best['watchword'] / rate:>8.2f} of it is what Watchword reaches")


if __name__ == "__main__":
    main()
