"""The registry: versions and stories stay what they are, whatever is interrupted, repeated or comes at once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select, text

from watchword.document import Document
from watchword.errors import UnavailableError, UsageError
from watchword.store.database import Database
from watchword.store.registry import (
    PageSeen,
    Registered,
    forget_document,
    keep_pages,
    look_up,
    mark_indexed,
    not_indexed,
    page,
    register,
    returns,
    take_place,
    versions,
)
from watchword.store.schema import DocumentRow

Version = Callable[..., Document]
LONG = (
    "Officers of the port opened crate number {} on Monday and found valves, pumps and pipes that no paper named. The "
    "owner said that he knew nothing of them, the agent that he had been told of spare parts for a dairy, and the bank "
    "that it had seen the invoice. The ministry asked its partners abroad for what they know of the buyer."
)


def enter(database: Database, *documents: Document) -> list[Registered]:
    with database.session(alone=True) as session:
        return [register(session, document) for document in documents]


def test_the_same_words_again_are_the_same_version(database: Database, version: Version) -> None:
    first, again = enter(database, version("twelve pumps", run=1), version("twelve pumps", run=2))
    assert (first.new, again.new) == (True, False)
    assert again.document.version == 1
    with database.session() as session:
        assert returns(session, "run-2") == {}


def test_registering_a_document_again_in_its_run_finds_it_new_again(database: Database, version: Version) -> None:
    made = version("twelve pumps")
    assert [r.new for r in enter(database, made, made)] == [True, True]
    assert enter(database, replace(made, capture="run-1/c-2"))[0].new is False


def test_a_page_that_flips_between_two_texts_shows_every_turn(database: Database, version: Version) -> None:
    said = ["A", "B", "A", "A", "B", "C"]
    placed = [enter(database, version(words, run=run))[0] for run, words in enumerate(said, 1)]
    # Each return is a version of its own, so the next new words are the fifth.
    assert [r.document.version for r in placed] == [1, 2, 1, 1, 2, 5]
    name = {words: r.document.id for words, r in zip(said, placed, strict=True)}
    with database.session() as session:
        turns = [returns(session, f"run-{run}") for run in range(1, 7)]
    assert turns == [{}, {}, {name["A"]: name["B"]}, {}, {name["B"]: name["A"]}, {}]
    assert placed[5].previous == name["B"]


def test_what_came_before_is_what_the_page_said_last_and_not_its_newest_version(
    database: Database, version: Version
) -> None:
    placed = [enter(database, version(words, run=run))[0] for run, words in enumerate("ABAC", 1)]
    assert placed[3].previous == placed[0].document.id


def test_a_return_is_noted_once_however_often_its_run_is_registered(database: Database, version: Version) -> None:
    for run, words in ((1, "A"), (2, "B"), (3, "A"), (4, "B"), (3, "A"), (2, "B"), (1, "A")):
        enter(database, version(words, run=run))
    with database.session() as session:
        assert [len(returns(session, f"run-{run}")) for run in (1, 2, 3, 4)] == [0, 0, 1, 1]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_copies_in_any_order_give_one_story_of_one_name(
    database: Database, version: Version, order: tuple[int, ...]
) -> None:
    copies = [version(LONG.format(7) + f" Copy {n}.", path=f"copy-{n}") for n in range(3)]
    enter(database, *(copies[n] for n in order))
    with database.session() as session:
        assert set(session.scalars(select(DocumentRow.story))) == {min(copy.id for copy in copies)}


def test_a_story_that_gets_another_name_is_owed_to_the_index_as_a_whole(database: Database, version: Version) -> None:
    copies = sorted((version(LONG.format(7), path=f"copy-{n}") for n in range(2)), key=lambda d: d.id)
    enter(database, copies[1])
    with database.session() as session:
        mark_indexed(session, [copies[1].id])
    assert enter(database, copies[0])[0].merged == ((copies[1].id, copies[0].id),)
    with database.session() as session:
        assert {identifier for identifier, _ in not_indexed(session)} == {copy.id for copy in copies}


def test_looking_up_registers_nothing(database: Database, version: Version) -> None:
    with database.session() as session:
        assert look_up(session, [version("twelve pumps")]) == []
        assert session.scalar(text("select count(*) from document")) == 0


def test_what_no_database_takes_is_replaced_and_not_lost(database: Database, version: Version) -> None:
    made = version("words")
    long = replace(
        made,
        title="Title\0with rubbish " + "x" * 9000,
        publisher="p" * 900,
        language="en-x-" + "y" * 40,
        url=f"{made.url}\0",
    )
    enter(database, long)
    seen = PageSeen(made.page, f"{made.url}\0", "gazette", 'W/"\0"', "\0", None, "run-1", "c", "2026-03-01")
    with database.session() as session:
        keep_pages(session, [seen])
    with database.session() as session:
        (row,) = versions(session, made.page)
        known = page(session, made.page)
        assert row.title.startswith("Title\ufffdwith rubbish")
        assert len(row.title) > 9000
        assert known is not None
        assert known.etag == 'W/"\ufffd"'


def test_an_older_capture_does_not_replace_what_is_known_of_a_page(database: Database) -> None:
    newer = PageSeen("p", "http://a.test/", "gazette", "new", None, None, "run-2", "c", "2026-03-02T01:00:00+00:00")
    older = replace(newer, etag="old", run="run-1", captured="2026-03-01T01:00:00+00:00")
    with database.session() as session:
        keep_pages(session, [newer])
        keep_pages(session, [older])
        found = page(session, "p")
        assert found is not None
        assert found.etag == "new"


def test_another_reading_takes_the_place_of_the_first_with_all_that_hangs_on_it(
    database: Database, version: Version
) -> None:
    enter(database, version("A", run=1), version("B", run=2), version("A", run=3), version("C", run=4))
    first, better = version("A", run=1), version("A, better read", run=1)
    with database.session(alone=True) as session:
        take_place(session, first.id, better)
    with database.session() as session:
        assert versions(session, better.page)[0].id == better.id
        assert list(returns(session, "run-3")) == [better.id]
        assert versions(session, better.page)[2].previous == better.id


def test_a_forgotten_document_leaves_nothing_behind(database: Database, version: Version) -> None:
    enter(database, version("A", run=1), version("B", run=2), version("A", run=3))
    with database.session() as session:
        forget_document(session, version("A").id)
    with database.session() as session:
        assert session.scalar(text("select count(*) from page_return")) == 0
        held = session.scalars(text("select distinct document from band")).all()
        assert held == [version("B").id]


def test_two_processes_that_register_the_same_pages_at_once_register_them_once(
    database: Database, version: Version
) -> None:
    pages = [version(LONG.format(7), path=f"p-{n}") for n in range(20)]
    problems: list[Exception] = []

    def work() -> None:
        other = Database(database.url)
        try:
            for start in range(0, len(pages), 4):
                enter(other, *pages[start : start + 4])
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            problems.append(error)
        other.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []
    with database.session() as session:
        rows = session.execute(select(DocumentRow.id, DocumentRow.version, DocumentRow.story)).all()
    assert len(rows) == 20
    assert {row.version for row in rows} == {1}
    assert {row.story for row in rows} == {min(made.id for made in pages)}


def test_opening_a_new_database_from_many_processes_at_once_makes_it_once(database_url: str) -> None:
    problems: list[Exception] = []

    def work() -> None:
        try:
            Database(database_url).close()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            problems.append(error)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []


def test_a_migration_that_is_interrupted_leaves_nothing_half_made(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import op

    def stop(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(op, "add_column", stop)
        with pytest.raises(KeyboardInterrupt):
            Database(database_url)
    Database(database_url).close()


def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_text("these are my notes, and no database at all" * 100)
    with pytest.raises(UsageError, match="is no state database"):
        Database(f"sqlite:///{tmp_path / 'state.sqlite'}")


def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.session() as session:
        session.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(UsageError, match="newer version"):
        Database(database.url)


def test_a_server_that_is_away_is_said_in_a_sentence() -> None:
    with pytest.raises(UnavailableError, match="does not answer"):
        Database("postgresql+psycopg://nobody:secret@127.0.0.1:1/none")
