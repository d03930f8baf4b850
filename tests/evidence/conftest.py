"""A site of a few pages on a local server, and nights on which it is harvested for real."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from watchword.archive import RunFolder
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.runs import newest_run

HARVEST = Path(__file__).with_name("harvest_once.py")
PAGE = """<html><head><title>{title}</title></head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>
<p>{first}</p><p>The customs service of the port examined the papers of the consignment and kept the goods. It said
that the inquiry goes on, and that it asked its partners abroad for what they know of the buyer.</p></article></body>
</html>"""


@dataclass
class Site:
    """Pages by path, served as they are at the moment; `None` breaks the connection off half-way."""

    pages: dict[str, str | None] = field(default_factory=dict)
    port: int = 0

    def article(self, path: str, title: str, first: str) -> None:
        """Put an article at *path*."""
        self.pages[path] = PAGE.format(title=title, first=first)

    def feed(self, *paths: str) -> None:
        """Put a feed of *paths* at `/feed`."""
        items = "".join(f"<item><title>{p}</title><link>{p}</link></item>" for p in paths)
        self.pages["/feed"] = f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"

    def url(self, path: str) -> str:
        """Return the address of *path*."""
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Serve a site."""
    site = Site()

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = site.pages.get(self.path, "")
            self.send_response(200 if self.path in site.pages else 404)
            self.send_header("Content-Type", "text/xml" if self.path == "/feed" else "text/html; charset=utf-8")
            content = (body or "half a page").encode()
            self.send_header("Content-Length", str(len(content) + (1000 if body is None else 0)))
            self.end_headers()
            self.wfile.write(content)
            self.close_connection = body is None

        def log_message(self, format: str, *args: Any) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    site.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Home:
    """A home folder with one source, and what it harvested."""

    settings: Settings

    @property
    def database(self) -> Database:
        """The state database of this home."""
        return Database(self.settings.database)

    def harvest(self) -> RunFolder:
        """Harvest the site once, in a process of its own; return the run."""
        environment = {**os.environ, **self.settings.environment}
        result = subprocess.run(
            [sys.executable, str(HARVEST)], env=environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        return RunFolder(self.settings.runs / newest_run(self.database))


@pytest.fixture(scope="session")
def make_home(site: Site) -> Callable[[Path], Home]:
    """Return a function that makes a home whose one source is the site's feed."""

    def make(folder: Path) -> Home:
        folder.mkdir(exist_ok=True)
        sources = folder / "sources.yaml"
        source = f"{{name: paper, kind: feed, url: '{site.url('/feed')}', local: true, delay: 0}}"
        sources.write_text(f"publisher: The Paper\ncountry: null\nsources:\n  - {source}\n")
        return Home(Settings(home=folder / "home", sources=str(sources), models="none", delay=0, _env_file=None))

    return make


@pytest.fixture(scope="session")
def two_nights(site: Site, make_home: Callable[[Path], Home], tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two runs: on the second night one page says another number, and one is unchanged."""
    home = make_home(tmp_path_factory.mktemp("home"))
    site.pages.clear()
    site.article("/pump", "Pump seized", "A shipment of 12 vacuum pumps was seized on Monday at the port of Almar.")
    site.article("/rotor", "Rotor lost", "A rotor of maraging steel was lost on the way to a works in the mountains.")
    site.pages["/broken"] = None
    site.feed("/pump", "/rotor", "/broken", "/absent")
    home.harvest()
    site.article("/pump", "Pump seized", "A shipment of 34 vacuum pumps was seized on Monday at the port of Almar.")
    home.harvest()
    return home
