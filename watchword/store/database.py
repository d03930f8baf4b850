"""The state database: opened, brought to the present schema, and used in short transactions."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from watchword.errors import UnavailableError, UsageError

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0005"
# Another process may hold the write lock while it registers a batch of documents.
SQLITE_BUSY_SECONDS = 60
# The number of the lock that one PostgreSQL transaction at a time holds; any that no other program uses.
TURN = 1540_0061


class Database:
    """The state database at a SQLAlchemy URL; `session()` is one transaction."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = _connect(url)
        with ExitStack() as undo:
            undo.callback(self.close)
            _upgrade(self._engine, url)
            undo.pop_all()

    @contextmanager
    def session(self, *, alone: bool = False) -> Iterator[Session]:
        """Yield a session: committed at the end, rolled back on an error.

        With *alone*, no other such transaction runs at the same time: what it reads stays true until it has written.
        Raise UnavailableError where nothing answers.
        """
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                if alone:
                    _take_turn(session.connection())
                yield session
        except OperationalError as error:
            raise _away(error) from error

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def _connect(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() != "sqlite":
            return create_engine(address, pool_pre_ping=True)
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address, connect_args={"timeout": SQLITE_BUSY_SECONDS})
    except (SQLAlchemyError, ImportError) as error:
        raise UsageError(f"WATCHWORD_DATABASE_URL={url!r} cannot be used: {error}") from None
    except OSError as error:
        raise UnavailableError(f"The folder of the state database cannot be made: {error}.") from error
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _take_turn(connection: Connection) -> None:
    """Wait until no other process is in a transaction of this kind."""
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if sqlite else f"SELECT pg_advisory_xact_lock({TURN})")


def _upgrade(engine: Engine, url: str) -> None:
    """Run the migrations that are missing, all or none; one look, and no Alembic import, where none is."""
    try:
        with engine.connect() as connection:
            if _revision(connection) == HEAD:
                return
        with engine.begin() as connection:
            _take_turn(connection)
            _migrate(connection, url)
    except OperationalError as error:
        raise _away(error) from error
    except DatabaseError as error:
        raise UsageError(f"{_shown(url)} is no state database of Watchword ({error.orig}).") from error


def _migrate(connection: Connection, url: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise UsageError(
            f"{_shown(url)} was made by a newer version of Watchword (schema {_revision(connection)}, here {HEAD}); "
            "install that version, or set WATCHWORD_HOME to another folder."
        ) from error


def _away(error: OperationalError) -> UnavailableError:
    return UnavailableError(f"The state database does not answer ({error.orig}); run the command again later.")


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    value = connection.exec_driver_sql("select version_num from alembic_version").scalar()
    return str(value) if value else None
