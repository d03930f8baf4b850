"""What a person brings is evidence as everything else is: archived, read, found, and the same on the second day."""

import json
from pathlib import Path
from typing import Any

import pytest

from watchword.errors import UsageError
from watchword.settings import Settings
from watchword.uploads import Upload, declare


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    folder = tmp_path / "brought"
    folder.mkdir()
    text = "The ministry bought maraging steel for the Natanz enrichment plant, said the report of the panel. "
    (folder / "report.txt").write_text(text * 4)
    (folder / "empty.txt").write_text("")
    return folder


def test_uploads_are_archived_found_and_the_same_the_second_time(new_desk: Any, brought: Path) -> None:
    desk = new_desk("home")
    first = json.loads(
        desk.run("upload", str(brought), "--source", "panel", "--marking", "restricted", "--json", code=3)
    )
    (outcome,) = first["sources"]
    assert (outcome["fetched"], outcome["documents"], outcome["set_aside"]) == (2, 1, 1)
    (found,) = desk.records("search", "Natanz")
    assert (found["url"], found["source"]) == ((brought / "report.txt").as_uri(), "panel")
    second = json.loads(desk.run("upload", str(brought), "--source", "panel", "--json", code=3))
    (outcome,) = second["sources"]
    assert (outcome["unchanged"], outcome["documents"]) == (1, 0)
    desk.run("verify", second["run"])


@pytest.mark.parametrize(
    ("path", "source", "said"),
    [
        ("nowhere", "uploads", "no file or folder"),
        (".", "a b", "cannot name a source"),
        (".", "iaea-news", "is a source of the catalogue"),
    ],
)
def test_what_cannot_be_brought_is_one_sentence(tmp_path: Path, path: str, source: str, said: str) -> None:
    settings = Settings(home=tmp_path / "home", models="none", _env_file=None)
    with pytest.raises(UsageError, match=said):
        declare(settings, Upload([tmp_path / path], source))
