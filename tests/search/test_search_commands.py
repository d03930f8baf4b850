"""The commands on the index, as their users run them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from watchword.archive import RunFolder
from watchword.index import open_engine
from watchword.settings import Settings
from watchword.stages.indexing import index_documents
from watchword.store.database import Database

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def watchword(settings: Settings, database: Database, run: RunFolder) -> Command:
    """Return what runs a command over an installation whose run is registered and indexed."""
    index_documents(settings, database, open_engine(settings), run)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WATCHWORD_")}

    def start(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-P", "-m", "watchword", *arguments],
            env={**kept, "WATCHWORD_HOME": str(settings.home), "WATCHWORD_SOURCES": settings.sources},
            capture_output=True,
            text=True,
            check=False,
        )

    return start


def test_a_search_prints_hits_with_marks_and_the_count_with_its_coverage(watchword: Command) -> None:
    done = watchword("search", "centrifuge", "--facet", "language", "--only", "language=en")
    assert done.returncode == 0, done.stderr
    assert "ordered **centrifuge** tubes" in done.stdout
    assert "language: en 2" in done.stdout
    assert done.stdout.rstrip().endswith("not seen at some time: silent")


def test_a_search_writes_json_lines(watchword: Command) -> None:
    done = watchword("search", "steel", "--no-fold", "--order", "oldest", "--json")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "copy", "e"]


def test_a_saved_search_is_asked_with_a_value(watchword: Command) -> None:
    saved = watchword("searches", "save", "words", "${word}", "--language", "en", "--note", "each morning")
    assert saved.returncode == 0, saved.stderr
    done = watchword("search", "--saved", "words", "--set", "word=prices", "--json")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["e"]
    missing = watchword("search", "--saved", "words")
    assert (missing.returncode, "needs a value for 'word'" in missing.stderr) == (2, True)


def test_a_wrong_search_is_refused_in_a_sentence(watchword: Command) -> None:
    done = watchword("search", "steel", "--only", "language")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--only 'language' is not written as NAME=VALUE" in done.stderr


def test_the_index_tells_its_state_and_is_rebuilt(watchword: Command) -> None:
    state = json.loads(watchword("index", "status", "--json").stdout)
    assert (state["documents"], state["waiting"]) == (6, 0)
    assert watchword("index", "rebuild").stdout == "6 documents indexed\n"
    assert "has the present fields" in watchword("index", "migrate").stdout


def test_an_index_of_another_version_is_refused_in_a_sentence_until_it_is_migrated(
    watchword: Command, settings: Settings
) -> None:
    pointer = settings.folder / "index" / "current"
    held = pointer.read_text().strip()
    (pointer.parent / held).rename(pointer.parent / "v1-000001")
    pointer.write_text("v1-000001\n")
    refused = watchword("search", "steel")
    assert (refused.returncode, "watchword index migrate" in refused.stderr) == (1, True)
    assert watchword("index", "status").returncode == 3
    assert watchword("index", "migrate").stdout == "6 documents indexed with the present fields\n"
    assert watchword("index", "status").returncode == 0
