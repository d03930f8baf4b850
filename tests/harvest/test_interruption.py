"""A harvest that is killed, however often, ends as one that was left alone."""

import random
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest

Kill = Callable[["subprocess.Popen[str]"], None]
KILLS = 10
# Three crawl processes, seven sources, five languages and a folded story.
SOURCES = ("gazette", "nordhavn", "interpress-en", "interpress-ru", "interpress-ar", "interpress-zh", "interpress-es")


def state(desk: Any) -> dict[str, Any]:
    """Return what a harvest left behind, without what differs from run to run: ids of runs and captures, and times."""
    alerts = {
        (a["watch"], a["story"], a["title"], a["revision"], a["copies"]): sorted(
            (r["met"], r["text"]) for r in a["reasons"]
        )
        for a in desk.records("alerts", "list")
    }
    hits = {
        (h["id"], h["url"], h["story"], h["version"]) for h in desk.records("search", "*", "--no-fold", "--limit=1000")
    }
    told = (desk.home / "alerts.jsonl").read_text("utf-8").splitlines()
    (run,) = desk.records("runs", "list")
    report = desk.records("runs", "show", run["id"])[0]
    columns = [
        (o["source"], o["due"], o["documents"], o["refused"], o["failed"], o["set_aside"]) for o in report["sources"]
    ]
    return {"alerts": alerts, "index": hits, "told": len(told), "sources": columns, "mentions": report["mentions"]}


def closed(desk: Any) -> bool:
    """Say whether the run of *desk* is whole."""
    return any(run["closed"] for run in desk.records("runs", "list"))


def interrupted(desk: Any, number: int, seconds: float, kill: Kill) -> bool:
    """Start the harvest of *desk* where it is not whole, and kill it at a random moment; say whether it was killed."""
    if closed(desk):
        return False
    process = desk.start("harvest", *SOURCES)
    time.sleep(random.uniform(0, seconds / 2))
    # Half of the time only the parent dies, and its crawl processes go on alone.
    if number % 2:
        kill(process)
    else:
        process.kill()
        process.communicate()
    return bool(process.returncode)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ten_kills_change_nothing(new_desk: Callable[[str], Any], first_night: dict[str, str], kill: Kill) -> None:
    alone, killed = new_desk("alone"), new_desk("killed")
    for desk in (alone, killed):
        desk.point_at(first_night)
    begun = time.monotonic()
    alone.run("harvest", *SOURCES)
    whole = time.monotonic() - begun
    kills = sum(interrupted(killed, number, whole, kill) for number in range(KILLS))
    assert kills > KILLS / 2
    if not closed(killed):
        killed.run("harvest", *SOURCES)
    assert state(killed) == state(alone)
    (run,) = killed.records("runs", "list")
    assert "whole" in killed.run("verify", run["id"])
