"""The state database: migrations, runs, coverage; on SQLite, and on PostgreSQL where a URL is given."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import TextClause, text
from sqlalchemy.exc import IntegrityError

from watchword.coverage import coverage_note
from watchword.errors import UnavailableError, UsageError
from watchword.store.database import HEAD, MIGRATIONS, Database
from watchword.store.runs import Outcome, close_run, last_seen, now, open_run, outcomes, runs, unfinished_run
from watchword.store.schema import Base


def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.session() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_one_that_is_opened() -> None:
    assert max(path.name[:4] for path in (MIGRATIONS / "versions").glob("*.py")) == HEAD


def test_a_run_is_unfinished_until_it_is_closed(database: Database) -> None:
    open_run(database, "r1", ["b", "a"])
    open_run(database, "r1", ["b", "a"])
    assert unfinished_run(database, ["a", "b"]) == "r1"
    assert unfinished_run(database, ["a"]) is None
    close_run(
        database, "r1", [Outcome("a", True, due=1, fetched=1, documents=1), Outcome("b", False, reasons={"away": 1})]
    )
    assert unfinished_run(database, ["a", "b"]) is None
    assert [run.id for run in runs(database)] == ["r1"]
    assert [outcome.source for outcome in outcomes(database, "r1")] == ["a", "b"]


def test_a_source_that_was_not_seen_is_in_the_coverage_note(database: Database) -> None:
    open_run(database, "r1", ["a", "b"])
    close_run(database, "r1", [Outcome("a", True), Outcome("b", False, reasons={"not seen: timed out": 1})])
    note = coverage_note(database, ["a", "b", "c"])
    assert note.seen == ("a",)
    assert note.never == ("b", "c")
    assert "b: not seen in 1 run" in note.as_text()
    assert "not seen at some time: b, c" in note.sentence
    assert set(last_seen(database)) == {"a"}


def test_coverage_of_another_period_does_not_count(database: Database) -> None:
    open_run(database, "r1", ["a"])
    close_run(database, "r1", [Outcome("a", True)])
    note = coverage_note(database, ["a"], since=now() + timedelta(days=1))
    assert note.seen == ()


def execute(database: Database, *statements: TextClause) -> None:
    with database.session() as session:
        for statement in statements:
            session.execute(statement)


def test_an_error_rolls_the_transaction_back(database: Database) -> None:
    insert = text("insert into watch values ('w', '2026-01-01', '[]', '[]', '', '[]', null)")
    with pytest.raises(IntegrityError):
        execute(database, insert, insert)
    with database.session() as session:
        assert session.execute(text("select count(*) from watch")).scalar() == 0


@pytest.mark.parametrize("url", ["nonsense", "nosuch://host/db"])
def test_a_url_that_is_none_is_said_in_a_sentence(url: str) -> None:
    with pytest.raises(UsageError, match="WATCHWORD_DATABASE_URL"):
        Database(url)


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnavailableError, match="cannot be made"):
        Database(f"sqlite:///{tmp_path / 'file' / 'state.sqlite'}")
