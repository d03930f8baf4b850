"""Index: one query language and one set of verbs, on an embedded engine or on Elasticsearch.

engine = open_engine(settings)
engine.add(documents)
page = engine.search(SearchRequest(parse('list:panel AND "maraging steel"')))
"""

from watchword.index.base import Engine, Hit, Page, SearchRequest, Status
from watchword.index.query import Node, parse
from watchword.settings import Settings

__all__ = ["Engine", "Hit", "Node", "Page", "SearchRequest", "Status", "check_query", "open_engine", "parse"]


def open_engine(settings: Settings) -> Engine:
    """Return the engine that the settings choose."""
    if settings.elasticsearch_url:
        from watchword.index.cluster import ClusterEngine

        key = settings.elasticsearch_api_key.get_secret_value()
        return ClusterEngine(
            settings.elasticsearch_url, settings.elasticsearch_index, api_key=key, ca=settings.elasticsearch_ca
        )
    from watchword.index.embedded import EmbeddedEngine

    return EmbeddedEngine(settings.folder / "index")


def check_query(text: str) -> None:
    """Raise UsageError where *text* is no query."""
    parse(text)
