"""Fixtures: a state database, documents with mentions, settings of a home of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nlp.mention import Mention
from watchword.document import Document, page_id, version_id
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.schema import DocumentRow

MakeDocument = Callable[..., Document]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings.database)
    yield opened
    opened.close()


@pytest.fixture
def document(database: Database) -> MakeDocument:
    """Return a function that makes a document with mentions and enters it into the registry's table."""

    def make(url: str, *mentions: Mention, story: str = "story-1", run: str = "run-1") -> Document:
        made = Document(
            id=version_id(url, url, ""),
            page=page_id(url),
            url=url,
            source="gazette",
            publisher="Ministry",
            country=None,
            kind="feed",
            run=run,
            capture="c",
            captured="2026-03-01T00:00:00Z",
            media_type="text/html",
            title=f"Title of {url}",
            text="",
            story=story,
            mentions=mentions,
        )
        with database.session() as session:
            columns = {c.name: getattr(made, c.name, None) for c in DocumentRow.__table__.columns}
            session.merge(DocumentRow(**{**columns, "sketch": b"", "previous": None, "indexed": False}))
        return made

    return make


def mention(text: str, entity: str | None, *codes: str, kind: str = "organisation", name: str = "") -> Mention:
    return Mention(0, len(text), text, kind, entity, name or text, f"found {text}", codes)
