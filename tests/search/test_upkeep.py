"""Upkeep: what the index holds against what was collected, and bringing it to that."""

from dataclasses import replace

import pytest

from watchword.archive import RunFolder
from watchword.document import Document
from watchword.errors import UnavailableError, UsageError
from watchword.index import embedded_folder, open_engine, parse
from watchword.index.base import Refused
from watchword.index.embedded import EmbeddedEngine
from watchword.searching import search_documents
from watchword.settings import Settings
from watchword.stages.indexing import bring_up, index_documents
from watchword.store.database import Database
from watchword.store.registry import forget_document
from watchword.upkeep import index_status, migrate_index, rebuild_index, reconcile, take_snapshot


class Picky(EmbeddedEngine):
    """The embedded engine, which refuses one document as a cluster may."""

    refuses = "b"

    def add(self, documents: list[Document]) -> tuple[Refused, ...]:  # type: ignore[override]
        """Take all but one."""
        super().add([document for document in documents if document.id != self.refuses])
        return tuple(Refused(d.id, "too odd") for d in documents if d.id == self.refuses)


def test_status_says_what_is_held_and_what_waits(settings: Settings, database: Database, run: RunFolder) -> None:
    assert index_status(settings, database)["documents"] == 0
    index_documents(settings, database, open_engine(settings), run)
    state = index_status(settings, database)
    assert (state["engine"], state["documents"], state["collected"], state["waiting"]) == ("embedded", 6, 6, 0)
    assert state["bytes"] > 0


def test_a_refused_document_is_named_and_offered_again(settings: Settings, database: Database, run: RunFolder) -> None:
    engine = Picky(settings.folder / "index")
    index_documents(settings, database, engine, run)
    state = index_status(settings, database)
    assert (state["waiting"], state["refused"]) == (1, {"b": "too odd"})
    engine.refuses = ""
    bring_up(settings, database, engine)
    state = index_status(settings, database)
    assert (state["waiting"], state.get("refused")) == (0, None)


def test_a_lost_index_is_rebuilt_from_the_runs(settings: Settings, database: Database, run: RunFolder) -> None:
    index_documents(settings, database, open_engine(settings), run)
    before = {document.id: document for document in open_engine(settings).scan(parse("*"))}
    (settings.folder / "index" / embedded_folder.POINTER).unlink()
    state = index_status(settings, database)
    assert (state["documents"], state["whole"]) == (0, False)
    assert "6 of 6 documents that were indexed are not there" in state["remark"]
    with pytest.raises(UnavailableError, match="'watchword index rebuild' fills it"):
        search_documents(settings, database, "steel")
    assert rebuild_index(settings, database) == 6
    assert index_status(settings, database)["whole"] is True
    assert {document.id: document for document in open_engine(settings).scan(parse("*"))} == before


def test_what_the_index_lost_is_found_out_and_made_good(
    settings: Settings, database: Database, run: RunFolder, held: list[Document]
) -> None:
    engine = open_engine(settings)
    index_documents(settings, database, engine, run)
    engine.remove(["a"])
    engine.add([replace(held[1], story="elsewhere")])
    assert reconcile(database, engine) == 2
    assert index_status(settings, database)["waiting"] == 2
    bring_up(settings, database, engine)
    assert engine.count(parse("*")) == 6
    assert engine.count(parse("story:elsewhere")) == 0


def test_what_was_forgotten_does_not_come_back_with_a_rebuild(
    settings: Settings, database: Database, run: RunFolder, held: list[Document]
) -> None:
    engine = open_engine(settings)
    index_documents(settings, database, engine, run)
    with database.session() as session:
        forget_document(session, "a")
    assert engine.count(parse("id:a")) == 1
    assert reconcile(database, engine) == 0
    assert engine.count(parse("id:a")) == 0
    assert engine.count(parse("*")) == len(held) - 1


def test_an_index_of_another_version_is_migrated(settings: Settings, database: Database, run: RunFolder) -> None:
    index_documents(settings, database, open_engine(settings), run)
    assert migrate_index(settings, database) is None
    folder = settings.folder / "index"
    (folder / (embedded_folder.generation(folder) or "")).rename(folder / "v1-000001")
    (folder / embedded_folder.POINTER).write_text("v1-000001\n")
    assert "index migrate" in index_status(settings, database)["remark"]
    assert migrate_index(settings, database) == 6
    assert "remark" not in index_status(settings, database)


def test_a_cluster_that_is_away_is_said_to_be(settings: Settings, database: Database) -> None:
    away = settings.model_copy(update={"elasticsearch_url": "http://127.0.0.1:9"})
    state = index_status(away, database)
    assert state["engine"] == "away"
    assert "nothing is lost" in state["remark"]


def test_snapshots_need_a_cluster(settings: Settings) -> None:
    with pytest.raises(UsageError, match="SNAPSHOT_REPOSITORY"):
        take_snapshot(settings)
