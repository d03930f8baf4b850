"""Runs that were interrupted: taken up while they are fresh, ended when they were left behind, never lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchword.locks import is_free, locked
from watchword.process import crawl_run, extract_stage, index_stage, is_left_behind, plan, watch_stage
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.runs import find_run, runs
from watchword.watch.alerts import alerts

Exchanges = Callable[..., Any]
Crawled = Callable[..., str]
Ended = Callable[..., Any]
SELLER = "Levant Meridian Trading FZE"
OTHERS = "Northern Dairy Company"
STAGES = {"crawl": 0, "extract": 1, "index": 2}


def take_to(settings: Settings, database: Database, run: str, stage: str) -> None:
    """Take *run* through its stages up to *stage*, and leave it there."""
    for step in (extract_stage, index_stage)[: STAGES[stage]]:
        step(settings, database, run)


@pytest.mark.parametrize("stage", list(STAGES))
def test_a_run_that_was_left_behind_at_any_stage_is_ended_with_its_alerts(
    home: Settings,
    database: Database,
    crawled: Crawled,
    stage: str,
    exchange: Exchanges,
    leave_alone: Callable[[Settings, str], None],
) -> None:
    run = crawled(exchange("/a", SELLER), names=["gazette"])
    take_to(home, database, run, stage)
    leave_alone(home, run)
    assert alerts(database) == []
    made = plan(home, database, ["agency"])
    assert made is not None
    assert made.run != run
    assert find_run(database, run).closed is not None
    assert [alert.run for alert in alerts(database)] == [run]
    assert len((home.folder / "alerts.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_run_that_was_interrupted_just_now_is_taken_up(
    home: Settings, database: Database, crawled: Crawled, exchange: Exchanges
) -> None:
    run = crawled(exchange("/a", SELLER), names=["gazette"])
    made = plan(home, database, ["gazette"])
    assert made is not None
    assert made.run == run


def test_the_same_sources_on_another_day_are_another_run(
    home: Settings,
    database: Database,
    crawled: Crawled,
    exchange: Exchanges,
    leave_alone: Callable[[Settings, str], None],
) -> None:
    run = crawled(exchange("/a", SELLER), names=["gazette"])
    leave_alone(home, run)
    made = plan(home, database, ["gazette"])
    assert made is not None
    assert made.run != run
    assert find_run(database, run).closed is not None


@pytest.mark.parametrize("lock", ["harvest", "crawl"])
def test_a_run_that_somebody_works_on_is_not_ended_however_slow_it_is(
    home: Settings, crawled: Crawled, lock: str, exchange: Exchanges, leave_alone: Callable[[Settings, str], None]
) -> None:
    run = crawled(exchange("/a", SELLER), names=["gazette"])
    leave_alone(home, run)
    with locked(home, f"{run}.{lock}", shared=True):
        assert not is_left_behind(home, run)
    assert is_free(home, f"{run}.{lock}")
    assert is_left_behind(home, run)


def test_a_run_whose_source_left_the_catalogue_is_ended_all_the_same(
    home: Settings,
    database: Database,
    crawled: Crawled,
    exchange: Exchanges,
    leave_alone: Callable[[Settings, str], None],
) -> None:
    run = crawled(exchange("/a", SELLER), names=["gazette", "paper"])
    file = Path(home.sources)
    file.write_text("".join(line for line in file.read_text().splitlines(True) if "name: gazette" not in line))
    leave_alone(home, run)
    plan(home, database, ["paper"])
    assert find_run(database, run).closed is not None
    assert [alert.source for alert in alerts(database)] == ["gazette"]


def test_a_damaged_run_holds_back_no_other_and_is_named_in_every_report(
    home: Settings,
    database: Database,
    crawled: Crawled,
    ended: Ended,
    exchange: Exchanges,
    leave_alone: Callable[[Settings, str], None],
) -> None:
    run = crawled(exchange("/a", SELLER), names=["gazette"])
    extract_stage(home, database, run)
    (segment,) = (home.runs / run / "captures").iterdir()
    segment.write_bytes(b"rubbish")
    for path in (home.runs / run / "documents").iterdir():
        path.unlink()
    leave_alone(home, run)
    report = ended(exchange("/b", SELLER), names=["gazette"])
    assert report.run != run
    assert any(run in remark for remark in report.remarks)
    assert len(report.alerts) == 1


def test_a_run_that_is_sealed_takes_no_more(
    home: Settings, database: Database, crawled: Crawled, exchange: Exchanges
) -> None:
    run = crawled(exchange("/a", OTHERS), names=["gazette"])
    extract_stage(home, database, run)
    before = sorted(path.name for path in (home.runs / run).rglob("*"))
    assert crawl_run(home, database, run, ["gazette"]) is True
    assert sorted(path.name for path in (home.runs / run).rglob("*")) == before


def test_a_source_that_is_named_twice_is_harvested_once(home: Settings, database: Database) -> None:
    made = plan(home, database, ["gazette", "gazette"])
    assert made is not None
    assert made.groups == (("gazette",),)
    assert runs(database)[0].sources == ("gazette",)


def test_ending_a_run_twice_changes_nothing(
    home: Settings, database: Database, ended: Ended, exchange: Exchanges
) -> None:
    report = ended(exchange("/a", SELLER))
    again = watch_stage(home, database, report.run)
    assert (again.sources, again.alerts, again.changes) == (report.sources, report.alerts, report.changes)
    assert again.delivered == 0
    (line,) = (home.folder / "alerts.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["id"] == report.alerts[0]
