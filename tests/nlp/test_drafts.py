"""Compiled names are put in their place whole: what a killed process leaves is no matcher, and goes."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nlp.names import Artifact, build
from nlp.party import Party

PARTIES = [Party("a:1", "Tarek Abdelnour Halimi", "a", type="person")]
KILLED = """
import os, signal, sys
from pathlib import Path
from nlp.names import build
from nlp.party import Party

def parties():
    yield Party("a:1", "Tarek Abdelnour Halimi", "a")
    os.kill(os.getpid(), signal.SIGKILL)

build(parties(), Path(sys.argv[1]))
"""


def age(folder: Path) -> None:
    os.utime(folder / "lock", (1, 1))


def test_a_killed_process_leaves_no_matcher_and_the_next_removes_what_it_left(tmp_path: Path) -> None:
    place = tmp_path / "matcher"
    killed = subprocess.run([sys.executable, "-P", "-c", KILLED, str(place)], check=False)
    assert killed.returncode == -9
    (draft,) = tmp_path.iterdir()
    assert draft != place
    age(draft)
    build(PARTIES, place)
    assert list(tmp_path.iterdir()) == [place]
    assert Artifact.open(place).name(0).text == "Tarek Abdelnour Halimi"


def test_the_draft_of_a_living_process_stays(tmp_path: Path) -> None:
    draft = tmp_path / "other.1.draft"
    draft.mkdir()
    with (draft / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        age(draft)
        build(PARTIES, tmp_path / "matcher")
        assert draft.exists()


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        build([None], tmp_path / "matcher")  # type: ignore[list-item]
    assert list(tmp_path.iterdir()) == []
