"""The command line as its users run it: a home of its own, its output and its exit code."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
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
def watchword_process(home: Path) -> Run:
    """Return a function that runs `watchword` with some arguments in a process of its own."""

    def run(*arguments: str | Path, stdin: str | bytes = "", **settings: str) -> Ended:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("WATCHWORD_")}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "watchword", *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env={**environment, **_variables(home, settings)},
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def watchword(home: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Iterator[Run]:
    """Return a function that runs `watchword` with some arguments in this process, from `sys.argv` to the exit."""
    from watchword.cli import session
    from watchword.cli.app import run as run_command

    def run(*arguments: str | Path, stdin: str | bytes = "", **settings: str) -> Ended:
        given = io.BytesIO(stdin.encode() if isinstance(stdin, str) else stdin)
        with monkeypatch.context() as patch:
            for name, value in _variables(home, settings).items():
                patch.setenv(name, value)
            patch.setattr("sys.argv", ["watchword", *map(str, arguments)])
            patch.setattr("sys.stdin", io.TextIOWrapper(given))
            with pytest.raises(SystemExit) as ended:
                run_command()
        sys.stdout.flush()
        printed = capsysbinary.readouterr()
        return Ended(int(ended.value.code or 0), printed.out.decode(), printed.err.decode())

    yield run
    session._open.cache_clear()


def _variables(home: Path, settings: dict[str, str]) -> dict[str, str]:
    given = {f"WATCHWORD_{name.upper()}": value for name, value in settings.items()}
    return {"WATCHWORD_HOME": str(home), "WATCHWORD_MODELS": "none", **given}
