"""Fixtures: an installation with a few documents in its index."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nlp.mention import Mention
from watchword.archive import RunFolder
from watchword.document import Document
from watchword.searching import Desk
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.runs import Outcome, close_run, open_run

RUN = "20260302T010000Z-0001"
BROKER = Mention(0, 12, "Tarek Halimi", "person", "panel:P-001", "Tarek Halimi", "alias", (), "broker")
BLANK = Document(
    id="",
    page="",
    url="",
    source="gazette",
    publisher="Ministry",
    country="FR",
    kind="feed",
    run=RUN,
    capture="c",
    captured="2026-03-02T01:00:00+00:00",
    media_type="text/html",
    title="",
    text="",
)
TEXTS = [
    (
        "a",
        "en",
        "2026-02-24",
        "Tarek Halimi ordered centrifuge tubes of special steel for a customer abroad.",
        (BROKER,),
    ),
    ("b", "en", "2026-02-25", "Inspectors of the agency visited the harbour on Tuesday and found nothing there.", ()),
    ("c", "fr", "2025-06-30", "Les inspecteurs ont visité le port avec la douane et une équipe de la télévision.", ()),
    ("d", "ru", "2026-01-05", "Тарек Халими заказал трубы из стали, сообщил представитель таможни.", (BROKER,)),
    ("e", "en", None, "Steel prices rise in every market of the region, says the bank.", ()),
]
COPY = ("copy", "en", "2026-02-26", TEXTS[0][3], (BROKER,))


def made(identifier: str, language: str, published: str | None, text: str, mentions: tuple[Mention, ...]) -> Document:
    return replace(
        BLANK,
        id=identifier,
        page=identifier,
        url=f"http://host.test/{identifier}",
        language=language,
        published=published,
        title=" ".join(text.split()[:3]),
        text=text,
        mentions=mentions,
        story="a" if identifier == "copy" else identifier,
        source="agency" if identifier in ("c", "copy") else "gazette",
        publisher="Agence" if identifier in ("c", "copy") else "Ministry",
    )


@pytest.fixture(scope="session")
def held() -> list[Document]:
    """The documents of the index."""
    return [made(*text) for text in (*TEXTS, COPY)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of an installation with three sources."""
    catalogue = "".join(
        f"  - {{name: {name}, kind: feed, url: 'https://{name}.example/feed', language: en}}\n"
        for name in ("agency", "gazette", "silent")
    )
    (tmp_path / "sources.yaml").write_text(f"publisher: Ministry\ncountry: FR\nsources:\n{catalogue}")
    return Settings(home=tmp_path / "home", sources=str(tmp_path / "sources.yaml"))


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """The state database, with one run that saw two of the sources."""
    opened = Database(settings.database)
    open_run(opened, RUN, ["agency", "gazette", "silent"])
    close_run(
        opened,
        RUN,
        [Outcome("agency", True), Outcome("gazette", True), Outcome("silent", False, reasons={"no answer": 1})],
    )
    yield opened
    opened.close()


@pytest.fixture
def desk(settings: Settings, database: Database, held: list[Document]) -> Iterator[Desk]:
    """A desk over an index that holds the documents."""
    opened = Desk(settings, database)
    opened.engine.add(held)
    yield opened
    opened.close()


@pytest.fixture
def run(settings: Settings, held: list[Document]) -> RunFolder:
    """A run folder with the documents, as reading leaves them."""
    folder = RunFolder.create(settings.runs / RUN)
    (folder.captures / "all.warc.gz").touch()
    (folder.path / "documents").mkdir()
    with gzip.open(folder.path / "documents/all.jsonl.gz", "wt", encoding="utf-8") as file:
        for document in held:
            file.write(json.dumps(replace(document, story=None).as_json()) + "\n")
    return folder


@pytest.fixture
def document() -> Callable[..., Document]:
    return made
