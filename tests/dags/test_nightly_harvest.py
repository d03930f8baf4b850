"""The nightly harvest runs for real: `airflow dags test` over the exercise's first night."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from watchword.exercise import exercise_folder

ROOT = Path(__file__).parents[2]
SOURCES = ("gazette", "nordhavn", "interpress-en")
BIN = Path(sys.executable).parent


def airflow(environment: dict[str, str], *arguments: str) -> str:
    """Run an `airflow` command that must succeed; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "airflow", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout + done.stderr


def some_sources(path: Path) -> Path:
    """Write a catalogue of three hosts of the exercise to *path*, and return it."""
    whole = yaml.safe_load((exercise_folder() / "sources.yaml").read_text("utf-8"))
    whole["sources"] = [source for source in whole["sources"] if source["name"] in SOURCES]
    path.write_text(yaml.safe_dump(whole), "utf-8")
    return path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    pytest.importorskip("airflow", reason="the extra `airflow` is not installed")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WATCHWORD_", "AIRFLOW"))}
    made = {
        **kept,
        "PATH": f"{BIN}{os.pathsep}{kept['PATH']}",
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "WATCHWORD_HOME": str(tmp_path / "home"),
        "WATCHWORD_MODELS": "none",
        "WATCHWORD_RETRY_SECONDS": "1",
        "WATCHWORD_SOURCES": str(some_sources(tmp_path / "sources.yaml")),
        "WATCHWORD_COMMAND": str(BIN / "watchword"),
    }
    airflow(made, "db", "migrate")
    return made


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_night_runs_from_the_plan_to_the_report(environment: dict[str, str], first_night: dict[str, str]) -> None:
    environment["WATCHWORD_RESOLVE"] = ",".join(f"{host}={address}" for host, address in first_night.items())
    command = environment["WATCHWORD_COMMAND"]
    subprocess.run([command, "lists", "import", exercise_folder() / "lists/panel.csv"], env=environment, check=True)
    subprocess.run([command, "watch", "add", "network", "--list", "panel"], env=environment, check=True)
    output = airflow(environment, "dags", "test", "nightly_harvest", "2026-03-02")
    assert "state=success" in output or "success" in output
    runs = subprocess.run(
        [command, "runs", "list", "--json"], env=environment, check=True, capture_output=True, text=True
    )
    assert '"closed": "2' in runs.stdout
    alerts = subprocess.run([command, "alerts", "list", "--json"], env=environment, check=True, capture_output=True)
    assert len(alerts.stdout.splitlines()) > 2


def test_the_dag_file_imports_nothing_of_the_application() -> None:
    pytest.importorskip("airflow", reason="the extra `airflow` is not installed")
    code = (
        "import runpy, sys\n"
        f"runpy.run_path({str(ROOT / 'dags/nightly_harvest.py')!r})\n"
        "print([name for name in ('watchword', 'crawlers', 'nlp', 'scrapy', 'spacy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_task_calls_a_command_that_exists() -> None:
    from typer.main import get_command

    from watchword.cli.app import app

    known: Any = get_command(app)
    assert {"plan", "crawl", "extract", "index", "watch"} <= set(known.commands)
