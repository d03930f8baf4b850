"""A home of its own with two sources, and runs that are made of pages without a network."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.exchange import Exchange
from watchword.archive import RunFolder, Writer
from watchword.lists import Shelf, read_list
from watchword.process import LEFT_BEHIND_SECONDS, extract_stage, index_stage, plan, watch_stage
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.watch.register import add_watch
from watchword.watch.watches import Watch

SOURCES = """publisher: The Gazette
country: SE
sources:
  - {name: gazette, kind: feed, url: "http://host.test/feed", local: true}
  - {name: agency, kind: feed, url: "http://host.test/other", local: true}
  - {name: paper, kind: feed, url: "http://127.0.0.1:9/paper", local: true}
"""
TEXT = (
    "Customs officers at the port of Almar examined the papers of {} and kept the goods that it had bought abroad. A "
    "spokesman said that the inquiry goes on and that the partners abroad were asked for what they know of the buyer."
)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    (tmp_path / "sources.yaml").write_text(SOURCES, "utf-8")
    (tmp_path / "panel.csv").write_text("id,name,type\nP-2,Levant Meridian Trading FZE,organisation\n", "utf-8")
    given = {"home": tmp_path / "home", "sources": str(tmp_path / "sources.yaml"), "models": "none"}
    settings = Settings(**given, extract_workers=1, _env_file=None)
    Shelf(settings.folder).add(read_list(tmp_path / "panel.csv", "panel"))
    return settings


@pytest.fixture
def database(home: Settings) -> Iterator[Database]:
    opened = Database(home.database)
    add_watch(opened, Watch("listed", lists=("panel",), tell=("file:alerts.jsonl",)))
    yield opened
    opened.close()


def _exchange(path: str, about: str, *, source: str = "gazette", day: int = 1, title: str = "A seizure") -> Exchange:
    """Return the page at *path* that tells *about* somebody, as a crawl hands it over."""
    text = f"<article><h1>{title}</h1><p>{TEXT.format(about)}</p></article>"
    body = f"<html lang=en><head><title>{title}</title></head><body>{text}</body></html>".encode()
    return Exchange(
        url=f"http://host.test{path}",
        source=source,
        started=datetime(2026, 3, day, 1, 0, tzinfo=UTC),
        outcome="complete",
        raw_request=f"GET {path} HTTP/1.1\r\nHost: host.test\r\n\r\n".encode(),
        raw_response=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body,
        status=200,
        media_type="text/html",
        body=body,
        address="127.0.0.1:80",
        robots="allowed",
    )


@pytest.fixture
def crawled(home: Settings, database: Database) -> Callable[..., str]:
    """Return a function that opens a run over *names* and archives *pages* in it; it returns the run's id."""

    def make(*pages: Exchange, names: Sequence[str] = ()) -> str:
        made = plan(home, database, names)
        assert made is not None
        with Writer(RunFolder(home.runs / made.run), "gazette") as archive:
            for page in pages:
                archive.keep(page)
        return made.run

    return make


@pytest.fixture
def ended(home: Settings, database: Database, crawled: Callable[..., str]) -> Callable[..., Any]:
    """Return a function that takes *pages* through a whole run; it returns the report."""

    def make(*pages: Exchange, names: Sequence[str] = ()) -> Any:
        run = crawled(*pages, names=names)
        extract_stage(home, database, run)
        index_stage(home, database, run)
        return watch_stage(home, database, run)

    return make


def _leave_alone(settings: Settings, run: str) -> None:
    """Make the folder of *run* look as if nobody had written into it for long."""
    then = time.time() - LEFT_BEHIND_SECONDS - 60
    for path in (settings.runs / run, *(settings.runs / run).rglob("*")):
        os.utime(path, (then, then))


@pytest.fixture
def exchange() -> Callable[..., Exchange]:
    return _exchange


@pytest.fixture
def leave_alone() -> Callable[[Settings, str], None]:
    return _leave_alone
