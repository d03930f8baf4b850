"""Measure how fast documents go into Elasticsearch, beside the official client's own bulk helper.

    ELASTICSEARCH_URL=http://127.0.0.1:9200 python -m benchmarks.elasticsearch_bulk --documents 10000 --rounds 5

Both send the same documents twice: as finished requests, made before the clock starts, and as documents that are made
into requests on the way, which is what a harvest needs. The four ways take turns; the table has the median of the
rounds, in seconds on the wall and of this process's processors, and how Watchword stands to the helper in each.
"""

import argparse
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from statistics import median

from elasticsearch.helpers import bulk

from benchmarks.clock import Clock
from benchmarks.corpus import documents
from watchword.document import Document
from watchword.index import parse
from watchword.index.cluster import ClusterEngine
from watchword.index.cluster_bulk import Action, as_indexed, send
from watchword.index.portions import portions
from watchword.settings import Settings

WARMING = 2_000
Way = Callable[[ClusterEngine], None]


def opened() -> ClusterEngine:
    """Return an engine over an index of its own."""
    alias = f"bulk-{os.getpid()}"
    return ClusterEngine(Settings(elasticsearch_url=os.environ["ELASTICSEARCH_URL"], elasticsearch_index=alias))


def actions(given: Iterable[Document]) -> Iterator[Action]:
    """Yield the requests of documents, but for the index."""
    return ({"_id": document.id, "_source": as_indexed(document)} for document in given)


def addressed(engine: ClusterEngine, made: Iterable[Action]) -> Iterator[Action]:
    """Yield finished requests with the index that they go to; the helper takes them apart, so each is a copy."""
    return ({"_index": engine.alias, "_id": action["_id"], "_source": dict(action["_source"])} for action in made)


def sent(engine: ClusterEngine, made: Iterable[Action]) -> None:
    """Let Watchword send requests."""
    engine.indices.writable()
    refused = [refusal for refusal in send(engine.connection, addressed(engine, made)) if refusal]
    assert not refused, refused


def helped(engine: ClusterEngine, made: Iterable[Action]) -> None:
    """Let the helper send requests."""
    engine.indices.writable()
    bulk(engine.connection.client, addressed(engine, made))


def added(engine: ClusterEngine, given: Iterable[Document]) -> None:
    """Add documents as a harvest does."""
    for portion in portions(given):
        refused = engine.add(portion)
        assert not refused, refused


def measure(way: Way, number: int, clock: Clock) -> None:
    """Let the clock tell what one way takes until all can be searched."""
    engine = opened()
    try:
        with clock.timed():
            way(engine)
            engine.refresh()
        assert engine.count(parse("*")) == number
    finally:
        engine.drop()
        engine.close()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    given = list(documents(asked.documents))
    made = list(actions(given))
    ways: dict[tuple[str, str], Way] = {
        ("finished", "Watchword"): lambda engine: sent(engine, made),
        ("finished", "helper"): lambda engine: helped(engine, made),
        ("from documents", "Watchword"): lambda engine: added(engine, given),
        ("from documents", "helper"): lambda engine: helped(engine, actions(given)),
    }
    measure(lambda engine: added(engine, islice(given, WARMING)), min(WARMING, len(given)), Clock())
    clocks = {name: Clock() for name in ways}
    for turn in range(asked.rounds):
        # Who goes first meets a node that has just thrown an index away.
        for name in (list(ways), list(reversed(ways)))[turn % 2]:
            measure(ways[name], len(given), clocks[name])
    tell(len(given), clocks)


def tell(number: int, clocks: dict[tuple[str, str], Clock]) -> None:
    """Print the medians, and the rate of Watchword as a part of that of the helper."""
    print(f"{'requests':<16}{'sent by':<12}{'seconds':>9}{'docs/s':>9}{'of helper':>11}{'cpu s':>9}{'of helper':>11}")
    for (kind, sender), clock in clocks.items():
        helper = clocks[kind, "helper"]
        wall, processor = median(clock.wall), median(clock.processor)
        ratios = median(helper.wall) / wall, median(helper.processor) / processor
        cells = f"{wall:>9.2f}{number / wall:>9.0f}{ratios[0]:>11.2f}{processor:>9.2f}{ratios[1]:>11.2f}"
        print(f"{kind:<16}{sender:<12}{cells}")


if __name__ == "__main__":
    main()
