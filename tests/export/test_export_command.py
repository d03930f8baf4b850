"""`watchword export` and `watchword tokens`, as people type them."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchword.cli.app import run

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def watchword(collected: Any) -> Run:
    """Return a function that runs a command with the settings of what was collected; *largest* is a full disk."""

    def start(*arguments: str | Path, largest: int | None = None) -> "subprocess.CompletedProcess[bytes]":
        def limit() -> None:
            if largest is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

        command = [sys.executable, "-P", "-m", "watchword", *map(str, arguments)]
        environment = {**os.environ, **collected.settings.environment}
        return subprocess.run(command, env=environment, capture_output=True, preexec_fn=limit, check=False)

    return start


def test_a_file_is_written_and_a_bundle_is_verified(watchword: Run, tmp_path: Path) -> None:
    path = tmp_path / "evidence.zip"
    made = watchword("export", "maraging", "--format", "bundle", "--output", path)
    assert made.returncode == 0, made.stderr
    assert f"bytes written to {path}".encode() in made.stdout
    checked = watchword("verify", path)
    assert checked.returncode == 0
    assert b"whole, signed by the trusted key" in checked.stdout
    path.write_bytes(path.read_bytes()[:-5])
    assert watchword("verify", path).returncode == 1


def test_stdout_holds_the_export_and_nothing_else(watchword: Run) -> None:
    done = watchword("export", "*", "--since", "2000-01-01", "--language", "ar", "--format", "jsonl")
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["language"] == "ar"


def test_a_full_disk_leaves_no_half_file_and_what_stood_there_before(watchword: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("before")
    done = watchword("export", "--output", path, largest=2_000)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("foo:bar",), "There is no field 'foo'"),
        (("--format", "xlsx"), "csv, jsonl, ftm, stix, warc, bundle, atom"),
        (("--output", "/nowhere/at/all.csv"), "/nowhere/at/all.csv"),
        (("--only", "language"), "--only"),
        (("--saved", "unknown"), "unknown"),
    ],
)
def test_wrong_use_is_said_in_one_sentence(
    collected: Any,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    for name, value in collected.settings.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["watchword", "export", *arguments])
    with pytest.raises(SystemExit) as ended:
        run()
    out, err = capfdbinary.readouterr()
    assert ended.value.code == 2
    assert said in err.decode()
    assert len(err.splitlines()) == 1
    assert out == b""
