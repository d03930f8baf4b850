"""A state database on each of the two systems; on PostgreSQL in a schema of its own."""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from watchword.document import Document, page_id, version_id
from watchword.store.database import Database

POSTGRESQL = os.environ.get("WATCHWORD_TEST_POSTGRESQL_URL", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'state.sqlite'}"
        return
    if not POSTGRESQL:
        pytest.skip("WATCHWORD_TEST_POSTGRESQL_URL is not set")
    schema = f"test_{secrets.token_hex(6)}"
    engine = create_engine(POSTGRESQL)
    with engine.begin() as connection:
        connection.execute(text(f"create schema {schema}"))
    own = make_url(POSTGRESQL).update_query_dict({"options": f"-csearch_path={schema}"})
    yield own.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"drop schema {schema} cascade"))
    engine.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def version() -> Callable[..., Document]:
    """Return a function that makes the document of a page that says *said* in a run."""

    def make(said: str, *, run: int = 1, path: str = "page", title: str = "Notice", capture: str = "c-1") -> Document:
        url = f"http://host.test/{path}"
        return Document(
            id=version_id(url, title, said),
            page=page_id(url),
            url=url,
            source="gazette",
            publisher="Ministry",
            country=None,
            kind="feed",
            run=f"run-{run}",
            capture=f"run-{run}/{capture}",
            captured=f"2026-03-{run:02}T01:00:00+00:00",
            media_type="text/html",
            title=title,
            text=said,
        )

    return make
