"""Which sources a harvest takes, locks between processes, settings, and the exercise's servers."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, nullcontext
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from watchword.catalogue import all_sources, chosen_sources, due_sources
from watchword.demo import MARK, empty_home
from watchword.errors import UsageError
from watchword.exercise import exercise_folder, exercise_watches, hosts, serve
from watchword.locks import is_free, locked
from watchword.settings import Settings, load_settings
from watchword.store.database import Database
from watchword.store.runs import Outcome, close_run, last_seen, now, open_run


def test_sources_are_taken_by_name_in_the_order_asked_for(home: Settings) -> None:
    assert [s.name for s in chosen_sources(home, ["paper", "gazette"])] == ["paper", "gazette"]
    assert [s.name for s in chosen_sources(home, [])] == [s.name for s in all_sources(home)]
    with pytest.raises(UsageError, match=r"No source named 'gazete'\. Did you mean 'gazette'\?"):
        chosen_sources(home, ["gazete"])


def test_a_source_is_due_until_it_was_seen_and_again_after_its_interval(home: Settings, database: Database) -> None:
    sources = all_sources(home)
    open_run(database, "r-1", [s.name for s in sources])
    close_run(database, "r-1", [Outcome("gazette", True), Outcome("agency", False)])
    assert [s.name for s in due_sources(sources, database)] == ["agency", "paper"]
    later = now() + timedelta(seconds=max(s.interval for s in sources))
    assert len(due_sources(sources, database, later)) == 3


@pytest.mark.parametrize("zone", ["Asia/Tehran", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_clock_of_the_machine_may_stand_in_any_zone(
    database: Database, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        open_run(database, "r-1", ["gazette"])
        close_run(database, "r-1", [Outcome("gazette", True)])
        seen = last_seen(database)["gazette"].replace(tzinfo=UTC)
        assert abs(datetime.now(timezone(timedelta(hours=9))) - seen) < timedelta(minutes=2)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_lock_is_held_against_other_processes_and_goes_with_its_holder(home: Settings) -> None:
    code = (
        "import sys, time; from watchword.locks import locked; from watchword.settings import Settings\n"
        f"with locked(Settings(home={str(home.home)!r}), 'x'):\n    print('held', flush=True); time.sleep(60)"
    )
    assert is_free(home, "x")
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert not is_free(home, "x")
    holder.kill()
    holder.communicate()
    with locked(home, "x"):
        assert not is_free(home, "x")
    assert is_free(home, "x")


def test_a_child_process_gets_the_same_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = Settings(home=tmp_path, smtp_password="geheim", resolve="a.test=127.0.0.2:80, b.test=127.0.0.3:81")
    for name, value in given.environment.items():
        monkeypatch.setenv(name, value)
    assert load_settings() == given
    assert "geheim" not in repr(given)
    assert given.addresses == {"a.test": "127.0.0.2:80", "b.test": "127.0.0.3:81"}


def test_the_file_in_the_home_holds_settings_and_the_environment_stands_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.env").write_text("WATCHWORD_DELAY=7\nWATCHWORD_TIMEOUT=9\n")
    monkeypatch.setenv("WATCHWORD_HOME", str(tmp_path))
    monkeypatch.setenv("WATCHWORD_TIMEOUT", "11")
    assert (load_settings().delay, load_settings().timeout) == (7.0, 11.0)
    monkeypatch.setenv("WATCHWORD_TIMEOUT", "soon")
    with pytest.raises(UsageError, match="WATCHWORD_TIMEOUT='soon'"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("WATCHWORD_TIMEOT", "did you mean WATCHWORD_TIMEOUT"),
        ("WATCHWORD_ELASTIC_URL", "did you mean WATCHWORD_ELASTICSEARCH_URL"),
        ("WATCHWORD_JOURNAL_KEY", None),
        ("WATCHWORD_COMMAND", None),
    ],
)
def test_a_mistyped_setting_is_said_with_the_likely_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str | None
) -> None:
    monkeypatch.setenv("WATCHWORD_HOME", str(tmp_path))
    for place in ("environment", "file"):
        with monkeypatch.context() as patch:
            if place == "environment":
                patch.setenv(name, "1")
            else:
                (tmp_path / "settings.env").write_text(f"# mine\n{name}=1\n")
            with pytest.raises(UsageError, match=said) if said else nullcontext():
                load_settings()


@pytest.fixture(scope="module")
def nights() -> Iterator[dict[str, str]]:
    with serve(exercise_folder(), 2) as addresses:
        yield addresses


def answer(address: str, path: str, **headers: str) -> tuple[int, bytes, str]:
    with closing(http.client.HTTPConnection(address, timeout=5)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.read(), response.headers.get("ETag", "")


def test_the_exercise_serves_its_files_and_nothing_else(nights: dict[str, str]) -> None:
    address = nights["gazette.veldoria.test"]
    status, body, tag = answer(address, "/notices/2026-015.html")
    assert (status, b"48" in body) == (200, True)
    assert answer(address, "/notices/2026-015.html", If_None_Match=tag) == (304, b"", tag)
    for path in ("/nothing", "/../../answer-key.yaml", "/%2e%2e/%2e%2e/answer-key.yaml"):
        assert answer(address, path)[0] == 404


def test_a_host_that_is_gone_answers_nothing(nights: dict[str, str]) -> None:
    with pytest.raises(ConnectionRefusedError):
        answer(nights["register.veldoria.test"], "/")
    assert set(nights) == set(hosts(exercise_folder()))


def test_the_watches_of_the_exercise_ask_for_something_and_tell_somebody() -> None:
    watches = exercise_watches(exercise_folder())
    assert all(w.entities or w.lists or w.query for w in watches)
    assert any(w.tell for w in watches)


def test_the_demo_empties_its_own_home_and_no_other(tmp_path: Path) -> None:
    home = empty_home(tmp_path / "demo")
    (home / "runs").mkdir()
    assert [path.name for path in empty_home(home).iterdir()] == [MARK]
    (home / MARK).unlink()
    (home / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="move it away"):
        empty_home(home)
    assert (home / "thesis.txt").exists()
