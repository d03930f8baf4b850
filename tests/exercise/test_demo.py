"""The tabletop exercise, as `watchword demo` runs it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from watchword.exercise import exercise_folder

# About one screen of a large terminal.
MAX_LINES = 75
LANGUAGES = {"ar", "en", "es", "fr", "ru", "zh"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def watchword(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WATCHWORD_")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "watchword", *arguments],
        env={**kept, "WATCHWORD_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(home: Path) -> "subprocess.CompletedProcess[str]":
    return watchword(home, "demo")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_demo_finds_the_whole_answer_key_and_shows_it_on_a_screen(
    demo: "subprocess.CompletedProcess[str]",
) -> None:
    assert demo.returncode == 0, demo.stdout + demo.stderr
    lines = demo.stdout.splitlines()
    found = re.fullmatch(r"answer key: (\d+) of (\d+) findings", lines[-1])
    assert found
    assert found[1] == found[2]
    assert len(lines) <= MAX_LINES
    for word in ("night 1", "night 2", "alerts", "search", "changed", "coverage"):
        assert word in demo.stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_nights_leave_run_folders_that_verify_and_documents_in_six_languages(
    home: Path, demo: "subprocess.CompletedProcess[str]"
) -> None:
    assert demo.returncode == 0
    runs = [path for path in (home / "demo/runs").iterdir() if path.is_dir()]
    assert len(runs) == 2
    for run in runs:
        assert watchword(home / "demo", "verify", str(run)).returncode == 0
        report = json.loads((run / "report.json").read_text("utf-8"))
        assert report["adds_up"] is True
    hits = watchword(home / "demo", "search", "*", "--no-fold", "--limit", "500", "--json").stdout.splitlines()
    assert {json.loads(hit)["language"] for hit in hits} >= LANGUAGES


def test_every_page_of_the_answer_key_is_served_or_said_to_be_gone() -> None:
    folder = exercise_folder()
    key = yaml.safe_load((folder / "answer-key.yaml").read_text("utf-8"))
    urls = {entry["url"] for entries in key.values() for entry in entries if "url" in entry}
    missing = [url for url in urls if not list(folder.glob(f"night-*/{url.removeprefix('http://')}"))]
    assert missing == []


def test_the_exercise_has_sixty_pages_on_seven_hosts() -> None:
    folder = exercise_folder()
    pages = {p.relative_to(folder) for p in folder.glob("night-*/*/**/*") if p.suffix in (".html", ".pdf", ".csv")}
    assert len(pages) >= 60
    assert len({page.parts[1] for page in pages}) >= 7


def test_a_home_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/notes.txt").write_text("mine")
    done = watchword(tmp_path, "demo")
    assert done.returncode == 2
    assert "notes" not in done.stderr
    assert (tmp_path / "demo/notes.txt").read_text() == "mine"
