"""The state database for readers: nothing is made, brought up or written, whatever is asked."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError

from watchword.errors import UnavailableError, UsageError
from watchword.store.database import HEAD, SQLITE_BUSY_SECONDS, Database


class ReadOnlyDatabase(Database):
    """The state database at a SQLAlchemy URL, opened so that the database itself refuses every change.

    Raise UsageError where there is none, or one of another version.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = _connect(url)
        _check(self._engine, url)


def _connect(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            return _sqlite(address)
        options = {"options": "-c default_transaction_read_only=on"}
        return create_engine(address, pool_pre_ping=True, connect_args=options)
    except (SQLAlchemyError, ImportError) as error:
        raise UsageError(f"WATCHWORD_DATABASE_URL cannot be used: {error}") from None


def _sqlite(address: URL) -> Engine:
    path = Path(address.database or "").absolute()
    if not path.is_file():
        raise UsageError(f"There is nothing to show yet: {path} is not there. 'watchword harvest' makes it.")
    read_only = address.set(database=path.as_uri()).update_query_dict({"mode": "ro", "uri": "true"})
    engine = create_engine(read_only, connect_args={"timeout": SQLITE_BUSY_SECONDS})
    event.listen(engine, "connect", _forbid_writing)
    return engine


def _forbid_writing(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only=ON").close()


def _check(engine: Engine, url: str) -> None:
    try:
        with engine.connect() as connection:
            found = connection.execute(text("select version_num from alembic_version")).scalar()
    except (OperationalError, ProgrammingError) as error:
        raise UnavailableError(f"The state database does not answer ({error.orig}); try again later.") from error
    if found != HEAD:
        place = make_url(url).render_as_string(hide_password=True)
        raise UsageError(
            f"{place} was made by another version of Watchword (schema {found}, here {HEAD}); "
            "'watchword runs list' brings an older one up."
        )
