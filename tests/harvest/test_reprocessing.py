"""Past runs are read again: what that changes is shown first, and put in place on demand."""

from collections.abc import Callable
from typing import Any

import pytest

NewDesk = Callable[[str], Any]
SOURCES = ("interpress-en", "interpress-es")
BROKER = "panel:P-001"


@pytest.fixture
def desk(new_desk: NewDesk, first_night: dict[str, str]) -> Any:
    made = new_desk("desk")
    made.point_at(first_night)
    made.run("harvest", *SOURCES)
    return made


def found(desk: Any, query: str) -> set[str]:
    return {hit["url"] for hit in desk.records("search", query, "--no-fold")}


def test_a_correction_takes_effect_on_past_runs_when_it_is_applied_and_can_be_undone(desk: Any) -> None:
    (run,) = desk.records("runs", "list")
    before = found(desk, f'entity:"{BROKER}"')
    assert before
    desk.run("corrections", "reject", "Tarek Abdelnour Halimi", "--by", "Ana")
    (shown,) = desk.records("reprocess", run["id"])
    assert shown["lost"]
    assert not shown["gained"]
    desk.run("reprocess", run["id"], "--apply")
    assert found(desk, f'entity:"{BROKER}"') == set()
    desk.run("verify", run["id"])
    desk.run("corrections", "undo", "1")
    desk.run("reprocess", run["id"], "--apply")
    assert found(desk, f'entity:"{BROKER}"') == before
    assert all(r["author"] == "Ana" and r["undone"] for r in desk.records("corrections", "list", "--all"))


def test_a_new_watch_is_tried_on_past_runs_and_reading_again_changes_nothing(desk: Any) -> None:
    desk.run("watch", "add", "ferries", "--query", "ferry")
    assert all(record["reasons"] for record in desk.records("watch", "test", "ferries"))
    (run,) = desk.records("runs", "list")
    alerts, hits = desk.records("alerts", "list"), found(desk, "*")
    (shown,) = desk.records("reprocess", run["id"], "--apply")
    assert not any(shown[key] for key in ("gained", "lost", "gained_alerts", "lost_alerts", "changed_texts"))
    assert (desk.records("alerts", "list"), found(desk, "*")) == (alerts, hits)
