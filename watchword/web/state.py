"""What every request works with: the settings, the state database for reading, and a desk whose index stays open."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from watchword.errors import UsageError
from watchword.searching import Desk
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.readonly import ReadOnlyDatabase


class NotThereError(UsageError):
    """What an address names is not there."""


@dataclass(frozen=True)
class State:
    """The parts of an installation that answers are made from."""

    settings: Settings
    database: Database
    desk: Desk

    def close(self) -> None:
        """Give back the index and the database."""
        self.desk.close()
        self.database.close()


def open_state(settings: Settings) -> State:
    """Open what *settings* name, for reading; raise UsageError where there is nothing yet."""
    database = ReadOnlyDatabase(settings.database)
    return State(settings, database, Desk(settings, database))


def _state_of(request: Request) -> State:
    state = request.app.state.installation
    assert isinstance(state, State)
    return state


Open = Annotated[State, Depends(_state_of)]
