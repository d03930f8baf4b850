"""Every kind of service goes through the whole harvest; a list that changes changes what is met."""

import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from watchword.archive import RunFolder
from watchword.lists import Shelf
from watchword.settings import Settings
from watchword.stages.extracting import documents_of
from watchword.store.database import Database
from watchword.store.runs import newest_run

HARVEST = Path(__file__).with_name("harvest_once.py")
FIRST = "id,name,country\nP1,Halimi Trading,AE\nP2,Almar Forwarding,TR\n"
SECOND = "id,name,country\nP1,Halimi Trading,AE\nP3,Orsk Valve Works,RU\n"
FEED = (
    "<rss version='2.0'><channel><item><title>Notice</title><link>/n</link><description>Orsk Valve Works sold a pump."
    "</description></item></channel></rss>"
)
SOURCES = """publisher: Services
country: null
sources:
  - {{name: quakes, kind: events, url: "{base}/quakes", local: true, delay: 0,
      near: [{{name: Punggye-ri Nuclear Test Site, latitude: 41.28, longitude: 129.08, radius: 100}}]}}
  - {{name: images, kind: imagery, url: "{base}/search", local: true, delay: 0, area: [51.6, 33.7, 51.8, 33.8],
      shows: Natanz, clouds: 50}}
  - {{name: trade, kind: trade, url: "{base}/trade", local: true, delay: 0, budget: 2}}
  - {{name: parties, kind: list, url: "{base}/list.csv", local: true, delay: 0}}
  - {{name: notices, kind: feed, follow: false, url: "{base}/feed", local: true, delay: 0}}
"""


def _payloads() -> ModuleType:
    spec = importlib.util.spec_from_file_location("payloads", Path(__file__).parents[1] / "crawl" / "payloads.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


payloads = _payloads()


@pytest.fixture(scope="module")
def service() -> Iterator[dict[str, str]]:
    """Serve answers by path; the base address is among them."""
    answers: dict[str, str] = {}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers.get(self.path.partition("?")[0])
            self.send_response(200 if body else 404)
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    answers["base"] = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield answers
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def nights(service: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, list[RunFolder]]:
    """Two harvests of the services; the list changes between them."""
    home = tmp_path_factory.mktemp("services")
    (home / "sources.yaml").write_text(SOURCES.format(base=service["base"]))
    settings = Settings(home=home / "home", sources=str(home / "sources.yaml"), models="none", delay=0, _env_file=None)
    stac = payloads.stac(service["base"]).replace('"next"', '"none"')
    service.update({"/quakes": payloads.GEOJSON, "/search": stac, "/trade": payloads.COMTRADE, "/feed": FEED})
    runs = []
    for listed in (FIRST, SECOND):
        service["/list.csv"] = listed
        environment = {**os.environ, **settings.environment}
        result = subprocess.run(
            [sys.executable, str(HARVEST)], env=environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        runs.append(RunFolder(settings.runs / newest_run(Database(settings.database))))
    return settings, runs


def test_each_kind_brings_documents_that_name_their_sites_and_goods(nights: tuple[Settings, list[RunFolder]]) -> None:
    documents = {document.source: document for document in documents_of(nights[1][0])}
    assert set(documents) == {"quakes", "images", "trade", "parties", "notices"}
    entities = {source: {m.entity for m in document.mentions} for source, document in documents.items()}
    assert "site:punggye-ri" in entities["quakes"]
    assert "site:natanz" in entities["images"]
    assert documents["quakes"].published == "2017-09-03"
    assert "840120" in documents["trade"].text
    assert "holds 2 parties" in documents["parties"].text


def test_a_list_is_imported_and_what_changed_in_it_is_told(nights: tuple[Settings, list[RunFolder]]) -> None:
    settings, (first, second) = nights
    told = {d.title for d in documents_of(second) if d.source == "parties"}
    assert {title.partition(" the list")[0] for title in told if " the list" in title} == {"Added to", "Removed from"}
    assert any("Orsk Valve Works" in title for title in told)
    (held,) = Shelf(settings.folder).current()
    assert (held.name, held.parties) == ("parties", 2)
    assert not [m for d in documents_of(first) for m in d.mentions if m.entity == "parties:P3"]


def test_services_can_be_tried_and_nothing_of_it_is_kept(nights: tuple[Settings, list[RunFolder]]) -> None:
    settings, runs = nights
    command = [sys.executable, "-P", "-m", "watchword", "sources", "try", "quakes", "trade", "parties", "--json"]
    result = subprocess.run(
        command, env={**os.environ, **settings.environment}, capture_output=True, text=True, check=False
    )
    tried = {trial["source"]: trial for trial in map(json.loads, result.stdout.splitlines())}
    assert {name: (t["documents"], t["works"]) for name, t in tried.items()} == {
        "quakes": (1, True), "trade": (2, True), "parties": (1, True),
    }  # fmt: skip
    assert tried["quakes"]["dated"] == 1
    assert len(list(settings.runs.glob("2*"))) == len(runs)


def test_answers_that_are_the_same_again_are_unchanged_and_nothing_is_left_out_in_silence(
    nights: tuple[Settings, list[RunFolder]],
) -> None:
    from watchword.report import read_report

    one, two = (read_report(folder.path / "report.json") for folder in nights[1])
    assert one.adds_up
    assert two.adds_up
    counts = {outcome.source: (outcome.documents, outcome.unchanged) for outcome in two.sources}
    assert counts == {"quakes": (0, 1), "images": (0, 1), "trade": (0, 1), "parties": (2, 1), "notices": (0, 1)}
    assert "trade: 1 page beyond the source's budget, not fetched" in one.as_text()
