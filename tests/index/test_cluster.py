"""The Elasticsearch index: aliases, templates, rollover, refusals, rebuilding with a way back."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from index_mappings.fields import VERSION
from watchword.document import Document
from watchword.errors import DamagedError, UnavailableError, UsageError
from watchword.index import SearchRequest, parse
from watchword.index.cluster import ClusterEngine
from watchword.index.cluster_indices import next_generation
from watchword.index.paging import Start

Cluster = Callable[..., AbstractContextManager[ClusterEngine]]


@pytest.fixture
def engine(a_cluster: Cluster) -> Iterator[ClusterEngine]:
    with a_cluster() as made:
        yield made


def test_the_index_stands_behind_an_alias_and_is_made_from_a_strict_template(
    engine: ClusterEngine, documents: list[Document]
) -> None:
    engine.add(documents)
    name = f"{engine.alias}-v{VERSION}.1-000001"
    client = engine.connection.client
    assert list(client.indices.get_alias(name=engine.alias)) == [name]
    mapping = client.indices.get_mapping(index=name)[name]["mappings"]
    assert mapping["dynamic"] == "strict"
    assert mapping["properties"]["text"] == {"type": "text", "analyzer": "standard"}
    assert mapping["properties"]["entity"] == {"type": "keyword"}
    assert client.indices.get_index_template(name=f"{engine.alias}-v{VERSION}")["index_templates"]


def test_what_is_stored_is_the_text_once(engine: ClusterEngine, documents: list[Document]) -> None:
    engine.add(documents)
    engine.refresh()
    source = engine.connection.client.search(index=engine.alias, query={"ids": {"values": ["en1"]}})["hits"]["hits"]
    assert str(source).count("Customs officers seized") == 1
    assert "exact" not in source[0]["_source"]


def test_a_bad_document_is_set_aside_by_name_and_the_rest_is_taken(
    engine: ClusterEngine, documents: list[Document]
) -> None:
    broken = replace(documents[0], id="broken", version=2**40)
    refused = engine.add([*documents, broken])
    assert [refusal.identifier for refusal in refused] == ["broken"]
    assert refused[0].reason
    engine.refresh()
    assert engine.count(parse("*")) == len(documents)


def test_an_index_rolls_over_and_a_document_stays_where_it_is(engine: ClusterEngine, documents: list[Document]) -> None:
    engine.add(documents)
    engine.connection.client.indices.rollover(alias=engine.alias)
    changed = replace(documents[0], title="Changed entirely", story="elsewhere")
    new = replace(documents[1], id="new", story="new")
    assert engine.add([changed, new]) == ()
    engine.refresh()
    status = engine.status()
    assert (status.parts, status.documents) == (2, len(documents) + 1)
    assert engine.count(parse("id:en1")) == 1
    assert engine.count(parse("title:entirely")) == 1
    engine.remove(["en1", "new"])
    engine.refresh()
    assert engine.count(parse("*")) == len(documents) - 1


def test_the_next_index_begins_by_age(a_cluster: Cluster, documents: list[Document]) -> None:
    with a_cluster() as engine:
        engine.add(documents[:1])
        engine.indices.limits = replace(engine.indices.limits, days=0)
        engine.add(documents[1:])
        engine.refresh()
        assert engine.status().parts == 2
        assert engine.count(parse("*")) == len(documents)


def test_a_rebuild_begins_the_next_index_where_it_is_time(a_cluster: Cluster, documents: list[Document]) -> None:
    with a_cluster() as engine:
        engine.indices.limits = replace(engine.indices.limits, days=0)
        assert engine.rebuild(iter(documents)) == len(documents)
        assert (engine.status().parts, engine.status().generation) == (2, f"v{VERSION}.1")
        assert engine.add([replace(documents[0], title="Changed entirely")]) == ()
        engine.refresh()
        assert engine.count(parse("*")) == len(documents)


def test_more_than_the_window_can_be_walked_and_scanned(engine: ClusterEngine, documents: list[Document]) -> None:
    small = replace(documents[1], text="tubes", mentions=())
    engine.add([replace(small, id=f"d{n}", story=f"s{n // 2}") for n in range(10_400)])
    engine.refresh()
    assert sum(1 for _ in engine.scan(parse("tubes"))) == 10_400
    page = engine.search(SearchRequest(parse("tubes"), limit=10, offset=5_190))
    assert (page.total, len(page.hits)) == (10_400, 10)
    assert {hit.copies for hit in page.hits} == {2}
    last = engine.search(SearchRequest(parse("tubes"), fold=False, limit=600, offset=9_600, sort="newest"))
    rest = engine.search(SearchRequest(parse("tubes"), fold=False, limit=300, sort="newest", cursor=last.next))
    assert len({hit.document.id for hit in (*last.hits, *rest.hits)}) == 800


def test_a_rebuild_that_lost_something_is_rolled_back(
    engine: ClusterEngine, documents: list[Document], document: Callable[..., Document]
) -> None:
    engine.add(documents)
    engine.refresh()
    same = [document("one", "en", "Steel", "tubes")] * 2
    with pytest.raises(UnavailableError, match="the old one is in force"):
        engine.rebuild(iter(same))
    assert engine.count(parse("*")) == len(documents)
    assert engine.status().generation == f"v{VERSION}.1"
    assert engine.rebuild(iter(documents)) == len(documents)
    assert engine.status().generation == f"v{VERSION}.2"
    assert list(engine.connection.client.indices.get(index=f"{engine.alias}-*")) == [
        f"{engine.alias}-v{VERSION}.2-000001"
    ]


def test_an_unfinished_rebuild_is_thrown_away(engine: ClusterEngine, documents: list[Document]) -> None:
    engine.add(documents)
    engine.indices.begin()
    assert engine.rebuild(iter(documents)) == len(documents)
    assert engine.count(parse("*")) == len(documents)


def test_searches_are_answered_while_the_index_is_rebuilt(engine: ClusterEngine, documents: list[Document]) -> None:
    engine.add(documents)
    engine.refresh()
    counted = []

    def slowly() -> Iterator[Document]:
        for document in documents:
            counted.append(engine.count(parse("*")))
            yield document

    engine.rebuild(slowly())
    assert set(counted) == {len(documents)}


def test_an_index_of_another_version_is_told_from_an_empty_one(
    engine: ClusterEngine, documents: list[Document]
) -> None:
    client = engine.connection.client
    client.indices.create(index=f"{engine.alias}-v1.1-000001", aliases={engine.alias: {"is_write_index": True}})
    assert engine.status().stale
    for verb in (lambda: engine.count(parse("*")), lambda: engine.add(documents)):
        with pytest.raises(DamagedError, match="index migrate"):
            verb()
    assert engine.rebuild(iter(documents)) == len(documents)
    assert not engine.status().stale
    assert not client.indices.exists(index=f"{engine.alias}-v1.1-000001")


def test_a_query_that_is_too_much_for_the_cluster_is_refused_in_a_sentence(
    engine: ClusterEngine, documents: list[Document]
) -> None:
    engine.add(documents)
    with pytest.raises(UsageError, match="cannot answer this"):
        engine.count(parse("/((a|b|c){1,90}d){1,90}.*e.{90}/"))


def test_the_next_generation_follows_the_last() -> None:
    assert next_generation("w", []) == f"w-v{VERSION}.1-000001"
    assert next_generation("w", ["w-v1.9-000003", f"w-v{VERSION}.10-000001"]) == f"w-v{VERSION}.11-000001"


@pytest.mark.parametrize("cursor", ["x", "o", "o-1", "a1;2", "a1,2,3,4", "o99999999999"])
def test_a_cursor_that_none_gave_is_refused(cursor: str) -> None:
    with pytest.raises(UsageError, match="is no cursor"):
        Start.of(cursor, 0)
