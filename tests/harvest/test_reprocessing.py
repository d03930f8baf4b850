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
    for wording in ("Tarek Abdelnour Halimi", "Halimi"):
        desk.run("corrections", "reject", wording, "--by", "Ana")
    (shown,) = desk.records("reprocess", run["id"])
    assert shown["lost"]
    assert not shown["gained"]
    assert found(desk, f'entity:"{BROKER}"') == before
    desk.run("reprocess", run["id"], "--apply")
    assert found(desk, f'entity:"{BROKER}"') == set()
    desk.run("verify", run["id"])
    for number in ("1", "2"):
        desk.run("corrections", "undo", number)
    desk.run("reprocess", run["id"], "--apply")
    assert found(desk, f'entity:"{BROKER}"') == before
    assert all(r["author"] == "Ana" and r["undone"] for r in desk.records("corrections", "list", "--all"))


def test_reading_again_with_the_same_knowledge_changes_nothing(desk: Any) -> None:
    (run,) = desk.records("runs", "list")
    alerts, hits = desk.records("alerts", "list"), found(desk, "*")
    (shown,) = desk.records("reprocess", run["id"], "--apply")
    assert not any(shown[key] for key in ("gained", "lost", "gained_alerts", "lost_alerts", "changed_texts"))
    assert (desk.records("alerts", "list"), found(desk, "*")) == (alerts, hits)


def test_a_new_watch_shows_what_past_runs_hold_for_it(desk: Any) -> None:
    desk.run("watch", "add", "harbour", "--query", "harbour")
    told = desk.records("watch", "test", "harbour")
    assert told
    assert all(record["reasons"] for record in told)
