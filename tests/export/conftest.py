"""Fixtures: a desk over what was collected, and what it exports."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from watchword.export import Selection, exported
from watchword.searching import Desk, Filters, Question
from watchword.store.database import Database


@pytest.fixture(scope="session")
def desk(collected: Any) -> Iterator[Desk]:
    database = Database(collected.settings.database)
    desk = Desk(collected.settings, database)
    yield desk
    desk.close()
    database.close()


@pytest.fixture(scope="session")
def export(desk: Desk) -> Callable[..., bytes]:
    """Return a function that exports what a query finds in a format."""

    def run(format_name: str, query: str = "*", filters: Filters | None = None) -> bytes:
        return b"".join(exported(Selection(desk, Question(query, filters or Filters())), format_name))

    return run
