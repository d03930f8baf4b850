"""The command line as its users run it: a process, a home of its own, its output and its exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Ended:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The JSON Lines of the output."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ended]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def watchword(home: Path) -> Run:
    """Return a function that runs `watchword` with some arguments."""

    def run(*arguments: str | Path, stdin: str | bytes = "", **settings: str) -> Ended:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("WATCHWORD_")}
        given = {f"WATCHWORD_{name.upper()}": value for name, value in settings.items()}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "watchword", *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env={**environment, "WATCHWORD_HOME": str(home), "WATCHWORD_MODELS": "none", **given},
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
