"""The state database: opened, brought to the present schema, and used in short transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from watchword.errors import UnavailableError, UsageError

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0003"
# Another process may hold the write lock while it registers a batch of documents.
SQLITE_BUSY_SECONDS = 60


class Database:
    """The state database at a SQLAlchemy URL; `session()` is one transaction."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = _connect(url)
        _upgrade(self._engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a session: committed at the end, rolled back on an error.

        Raise UnavailableError where nothing answers.
        """
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except OperationalError as error:
            raise UnavailableError(
                f"The state database does not answer ({error.orig}); run the command again later."
            ) from error

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


def _upgrade(engine: Engine) -> None:
    """Run the migrations that are missing; one look, and no Alembic import, where none is."""
    try:
        with engine.begin() as connection:
            if _revision(connection) == HEAD:
                return
            from alembic import command
            from alembic.config import Config

            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        raise UnavailableError(
            f"The state database does not answer ({error.orig}); run the command again later."
        ) from error


def _revision(connection: Any) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    value = connection.exec_driver_sql("select version_num from alembic_version").scalar()
    return str(value) if value else None
