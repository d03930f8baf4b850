"""A real Elasticsearch that is killed in the middle of a bulk, and its snapshots: nodes of the test's own."""

import gzip
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

import pytest

from watchword.archive import RunFolder
from watchword.document import Document
from watchword.errors import UnavailableError, UsageError
from watchword.index import open_engine, parse
from watchword.index.cluster import ClusterEngine
from watchword.settings import Settings
from watchword.stages.indexing import bring_up, index_documents
from watchword.store.database import Database
from watchword.upkeep import index_status, take_snapshot

SHARED = Path(__file__).parents[2] / "../shared/elasticsearch"
RUN = "20260302T010000Z-0001"
DOCUMENTS = 1_200

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@dataclass
class Node:
    """A node of Elasticsearch in a folder of its own, which outlives its process."""

    home: Path
    port: str = "0"

    def start(self) -> None:
        """Start it, on the same port as before."""
        repository = f"path.repo={self.home / 'snapshots'}"
        command = [SHARED / "start", "--heap", "512m", "--home", self.home, "--port", self.port, "--set", repository]
        done = subprocess.run(
            [*map(str, command), "--pid-file", str(self.home / "pid")], capture_output=True, text=True, check=True
        )
        self.port = done.stdout.strip().rpartition(":")[2]

    def kill(self) -> None:
        """End it without a word."""
        os.kill(int((self.home / "pid").read_text()), signal.SIGKILL)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    if not (SHARED / "start").exists():
        pytest.skip("needs ../shared/elasticsearch/start")
    made = Node(tmp_path / "node")
    made.home.mkdir()
    made.start()
    yield made
    subprocess.run([str(SHARED / "stop"), made.port], capture_output=True, check=False)


@pytest.fixture
def settings(node: Node, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", elasticsearch_url=f"http://127.0.0.1:{node.port}")


@pytest.fixture
def run(settings: Settings, document: Callable[..., Document]) -> RunFolder:
    """A run whose documents were read and not indexed."""
    folder = RunFolder.create(settings.runs / RUN)
    (folder.captures / "all.warc.gz").touch()
    (folder.path / "documents").mkdir()
    dice = random.Random(3)
    blank = document("", "en", "Tubes", "", run=RUN)
    with gzip.open(folder.path / "documents/all.jsonl.gz", "wt", encoding="utf-8") as file:
        for n in range(DOCUMENTS):
            words = " ".join(f"{dice.choice('bcdfgklmnprst')}{dice.randrange(5_000)}" for _ in range(200))
            made = replace(blank, id=f"d{n}", page=f"p{n}", url=f"http://host.test/{n}", text=f"tubes {words}")
            file.write(json.dumps(made.as_json()) + "\n")
    return folder


def kill_amid(node: Node, settings: Settings) -> None:
    """Kill the node as soon as some documents are in the index, and before all are."""
    watching = open_engine(settings)
    with suppress(UnavailableError):
        while watching.count(parse("*")) < 100:
            watching.refresh()
            time.sleep(0.02)
    node.kill()
    watching.close()


def test_a_cluster_that_is_killed_amid_a_bulk_loses_and_doubles_nothing(
    node: Node, settings: Settings, run: RunFolder
) -> None:
    database = Database(settings.database)
    engine = open_engine(settings)
    killer = Thread(target=kill_amid, args=(node, settings))
    killer.start()
    with pytest.raises(UnavailableError, match="nothing is lost"):
        index_documents(settings, database, engine, run)
    killer.join()
    state = index_status(settings, database)
    assert (state["engine"], state["collected"]) == ("away", DOCUMENTS)
    assert 0 < state["waiting"] <= DOCUMENTS
    node.start()
    bring_up(settings, database, engine)
    assert index_status(settings, database)["waiting"] == 0
    assert len(set(engine.matching("tubes"))) == engine.count(parse("*")) == DOCUMENTS
    assert len(set(engine.states())) == DOCUMENTS
    engine.close()
    database.close()


def test_snapshots_are_taken_and_the_oldest_deleted(settings: Settings, documents: list[Document]) -> None:
    location = str(Path(settings.home).parent / "node/snapshots/watchword")
    kept = settings.model_copy(
        update={
            "elasticsearch_snapshot_repository": "safe",
            "elasticsearch_snapshot_location": location,
            "elasticsearch_snapshots_kept": 2,
        }
    )
    engine = ClusterEngine(kept)
    engine.add(documents)
    taken = [take_snapshot(kept) for _ in range(3)]
    found = engine.connection.client.snapshot.get(repository="safe", snapshot="*")["snapshots"]
    assert sorted(snapshot["snapshot"] for snapshot in found) == taken[1:]
    assert {snapshot["state"] for snapshot in found} == {"SUCCESS"}
    engine.close()
    with pytest.raises(UsageError, match="no snapshot repository 'other', but safe"):
        take_snapshot(settings.model_copy(update={"elasticsearch_snapshot_repository": "other"}))
    with pytest.raises(UsageError, match="SNAPSHOT_REPOSITORY"):
        take_snapshot(settings)
