"""Exports from Elasticsearch hold the same as those from the embedded index."""

import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from watchword.export import Selection, exported
from watchword.searching import Desk, Question

ELASTICSEARCH = os.environ.get("ELASTICSEARCH_URL", "")
Export = Callable[..., bytes]


@pytest.fixture(scope="module")
def other_desk(desk: Desk, collected: Any) -> Iterator[Desk]:
    """A desk over the same documents in Elasticsearch."""
    if not ELASTICSEARCH:
        pytest.skip("ELASTICSEARCH_URL is not set")
    from elasticsearch import Elasticsearch

    alias = f"test-{uuid.uuid4().hex[:8]}"
    chosen = {"elasticsearch_url": ELASTICSEARCH, "elasticsearch_index": alias}
    other = Desk(collected.settings.model_copy(update=chosen), desk.database)
    assert other.engine.add(list(desk.documents(Question()))) == ()
    other.engine.refresh()
    yield other
    other.close()
    client = Elasticsearch(ELASTICSEARCH).options(ignore_status=404)
    for name in client.indices.get(index=f"{alias}-*"):
        client.indices.delete(index=name)
    client.indices.delete_index_template(name=f"{alias}-*")
    client.close()


@pytest.mark.parametrize("query", ["*", "maraging", "list:panel AND NOT language:ar"])
@pytest.mark.parametrize("name", ["csv", "jsonl", "ftm"])
def test_both_engines_export_the_same_lines(export: Export, other_desk: Desk, name: str, query: str) -> None:
    lines = b"".join(exported(Selection(other_desk, Question(query)), name)).splitlines()
    assert sorted(lines) == sorted(export(name, query).splitlines())


def test_both_engines_export_the_same_records(export: Export, other_desk: Desk) -> None:
    content = b"".join(exported(Selection(other_desk, Question("maraging")), "warc"))
    first = content.index(b"\x1f\x8b", 2)
    assert content[first:] in export("warc", "maraging")
