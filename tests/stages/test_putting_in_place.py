"""A new reading that is put in place, and killed in the middle: the same command ends it, and no alert is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from watchword import reprocessing
from watchword.index import SearchRequest, open_engine, parse
from watchword.lists import Shelf, read_list
from watchword.reprocessing import reprocess_run
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.watch.alerts import alerts

STEPS = ("take_place", "index_documents", "hold_watches", "seal_derived")


class Killed(BaseException):
    """Stands for SIGKILL at one step."""


@pytest.mark.parametrize("step", STEPS)
def test_a_reading_that_is_killed_while_it_is_put_in_place_is_put_there_by_the_same_command(
    home: Settings,
    database: Database,
    ended: Callable[..., Any],
    exchange: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    report = ended(exchange("/a", "Northern Dairy Company", title="Milk pumps"))
    assert alerts(database) == []
    learn(home, "Northern Dairy Company")

    def die(*_arguments: object, **_options: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(reprocessing, step, die)
        # The reading that is put in place has other words, so that documents change their ids.
        patch.setattr("watchword.stages.extracting.version_id", lambda *_: f"{'b' * 16}-{'c' * 12}")
        with pytest.raises(Killed):
            reprocess_run(home, database, report.run, apply=True)
    difference = reprocess_run(home, database, report.run, apply=True)
    assert difference.applied
    assert len(alerts(database)) == 1
    engine = open_engine(home)
    found = engine.search(SearchRequest(parse("*")))
    engine.close()
    assert len(found.hits) == 1
    assert not (home.folder / "reprocessed" / f"{report.run}.owed.json").exists()


def learn(home: Settings, name: str) -> None:
    """Import the list of the panel anew, with *name* on it."""
    file = home.folder / "panel.csv"
    file.write_text(f"id,name,type\nP-9,{name},organisation\n")
    Shelf(home.folder).add(read_list(file, "panel"))
