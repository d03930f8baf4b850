"""Harvests as their users run them: a process of `watchword`, real pages from loopback addresses, a home of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from watchword.exercise import exercise_folder, exercise_watches
from watchword.lists import Shelf, read_list
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.watch.register import add_watch


@dataclass
class Desk:
    """An installation: its home, its settings, and how its commands are run."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that its commands see."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("WATCHWORD_")}
        return {**kept, "WATCHWORD_HOME": str(self.home), "WATCHWORD_MODELS": "none", **self.settings}

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run a command that must end with *code*; return what it printed."""
        done = self.start(*arguments)
        out, err = done.communicate()
        assert done.returncode == code, f"{arguments}: {done.returncode}: {err}"
        return out

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "watchword", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def records(self, *arguments: str, code: int = 0) -> list[dict[str, Any]]:
        """Run a command that writes JSON Lines; return them."""
        return [json.loads(line) for line in self.run(*arguments, "--json", code=code).splitlines()]

    def point_at(self, addresses: dict[str, str]) -> None:
        """Let the invented hosts be found at *addresses*."""
        self.settings["WATCHWORD_RESOLVE"] = ",".join(f"{host}={address}" for host, address in addresses.items())


def kill_group(process: "subprocess.Popen[str]") -> None:
    """End a command and all its processes with SIGKILL."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.fixture
def new_desk(tmp_path: Path) -> Callable[[str], Desk]:
    """Return a function that makes an installation with the exercise's sources, list and watches."""

    def make(name: str) -> Desk:
        folder = exercise_folder()
        desk = Desk(tmp_path / name, {"WATCHWORD_SOURCES": str(folder / "sources.yaml")})
        shelf = Shelf(desk.home)
        shelf.add(read_list(folder / "lists/panel.csv"))
        shelf.knowledge()
        database = Database(Settings(home=desk.home).database)
        for watch in exercise_watches(folder):
            add_watch(database, watch)
        database.close()
        return desk

    return make


@pytest.fixture
def kill() -> Callable[["subprocess.Popen[str]"], None]:
    return kill_group
