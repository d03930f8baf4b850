"""Index: one query language and one set of verbs, on an embedded engine or on Elasticsearch.

engine = open_engine(settings)
engine.add(documents)
page = engine.search(SearchRequest(parse('list:panel AND "maraging steel"')))
"""

from watchword.index.base import Counts, Engine, Hit, Page, Refused, SearchRequest, Sort, Status
from watchword.index.query import Node, QueryError, parse
from watchword.settings import Settings

__all__ = [
    "Counts",
    "Engine",
    "Hit",
    "Node",
    "Page",
    "QueryError",
    "Refused",
    "SearchRequest",
    "Sort",
    "Status",
    "check_query",
    "open_engine",
    "parse",
]


def open_engine(settings: Settings) -> Engine:
    """Return the engine that the settings choose."""
    if settings.elasticsearch_url:
        from watchword.index.cluster import ClusterEngine

        return ClusterEngine(settings)
    from watchword.index.embedded import EmbeddedEngine

    return EmbeddedEngine(settings.folder / "index")


def check_query(text: str) -> None:
    """Raise UsageError where *text* is no query."""
    parse(text)
