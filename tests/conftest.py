"""Fixtures that several areas of the tests use: the exercise, served; a home in which two nights were collected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from crawlers.exchange import Exchange
from watchword.exercise import exercise_folder, serve
from watchword.settings import Settings

SOURCES = """publisher: The Gazette
country: SE
sources:
  - {name: gazette, kind: feed, url: "http://127.0.0.1:9/feed", local: true}
  - {name: agency, kind: feed, url: "http://127.0.0.1:9/other", local: true}
"""
PARTIES = """id,name,type,country,birth_date
P-1,Tarek Abdelnour Halimi,person,AE,1971
P-1,طارق عبدالنور حليمي,person,,
P-2,Levant Meridian Trading FZE,organisation,AE,
P-3,Northern Star,vessel,,
"""
SOLD = (
    "Tarek Halimi sold tubes of maraging steel to Levant Meridian Trading FZE. The vessel Northern Star carried them. "
    "The customs service of the port examined the papers of the consignment and kept the goods. It said that the "
    "inquiry goes on, and that it asked its partners abroad for what they know of the buyer and of who paid for it."
)
PUMP = (
    "A shipment of {} vacuum pumps from Natanz was kept on Monday at the port of Almar. Nobody has come for the boxes "
    "since, according to the harbour master, whose clerks found a second bill of lading in the cabin of the captain. "
    "Vacuum pumps of this size serve laboratories as well as dairies, a professor at the university explained."
)
ARABIC = (
    "ضبطت الجمارك في الميناء يوم الاثنين أنابيب من فولاذ المراجينغ كان طارق عبدالنور حليمي قد باعها إلى شركة أجنبية، "
    "وقالت السلطات إن التحقيق مستمر وإنها طلبت من شركائها في الخارج ما يعرفونه عن المشتري."
)
CHINESE = (
    "海关周一在港口查获一批马氏体时效钢管，货主称这些货物是普通钢管，海关表示调查仍在继续，并已要求国外伙伴提供有关"
    "买方的资料。"
)


@dataclass(frozen=True)
class Page:
    """A page of the site that is collected, and what its article says first."""

    path: str
    language: str
    title: str
    first: str
    source: str = "gazette"

    def exchange(self) -> Exchange:
        """Return the page as a crawl hands it over."""
        title = self.title.replace("&", "&amp;").replace("<", "&lt;")
        article = f"<article><h1>{title}</h1><p>{self.first}</p></article>"
        body = f"<html lang={self.language}><head><title>{title}</title></head><body>{article}</body></html>".encode()
        return Exchange(
            url=f"http://host.test{self.path}",
            source=self.source,
            started=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
            outcome="complete",
            raw_request=f"GET {self.path} HTTP/1.1\r\nHost: host.test\r\n\r\n".encode(),
            raw_response=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body,
            status=200,
            media_type="text/html",
            body=body,
            address="127.0.0.1:80",
            robots="allowed",
        )


FIRST_NIGHT_PAGES = (
    Page("/steel", "en", "Tubes of maraging steel seized", SOLD),
    Page("/steel-again", "en", "Tubes of maraging steel seized", SOLD, "agency"),
    Page("/pump", "en", "Pump, <b>stolen</b> & found", PUMP.format(12)),
    Page("/arabic", "ar", "ضبط أنابيب من فولاذ المراجينغ", ARABIC),
    Page("/chinese", "zh", "海关查获马氏体时效钢管", CHINESE),
)
SECOND_NIGHT_PAGES = (Page("/pump", "en", "Pump, <b>stolen</b> & found", PUMP.format(34)),)


@dataclass(frozen=True)
class Collected:
    """A home with two runs, a list and a watch: five documents and a second version of one."""

    settings: Settings
    runs: tuple[str, ...]


@pytest.fixture
def first_night() -> Iterator[dict[str, str]]:
    """Serve the exercise's first night; yield host name to address and port."""
    with serve(exercise_folder(), 1) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    """Take the pages of two nights through every stage of a harvest that follows the crawl."""
    from watchword.lists import Shelf, read_list
    from watchword.store.database import Database
    from watchword.watch.register import add_watch
    from watchword.watch.watches import Watch

    folder = tmp_path_factory.mktemp("collected")
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    (folder / "panel.csv").write_text(PARTIES, "utf-8")
    given = {"home": folder / "home", "sources": str(folder / "sources.yaml"), "models": "none"}
    settings = Settings(**given, extract_workers=1, _env_file=None)
    Shelf(settings.folder).add(read_list(folder / "panel.csv", "panel"))
    database = Database(settings.database)
    add_watch(database, Watch("listed parties", lists=("panel",)))
    runs = tuple(harvested(settings, database, pages) for pages in (FIRST_NIGHT_PAGES, SECOND_NIGHT_PAGES))
    database.close()
    return Collected(settings, runs)


def harvested(settings: Settings, database: Any, pages: Sequence[Page]) -> str:
    """Archive *pages* as one run and take it through the stages; return its id."""
    from watchword.archive import RunFolder, Writer
    from watchword.process import extract_stage, index_stage, plan, watch_stage

    made = plan(settings, database)
    assert made is not None
    with Writer(RunFolder(settings.runs / made.run), "gazette") as archive:
        for page in pages:
            archive.keep(page.exchange())
    extract_stage(settings, database, made.run)
    index_stage(settings, database, made.run)
    watch_stage(settings, database, made.run)
    return made.run
