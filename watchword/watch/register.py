"""The register of watches, in the state database."""

from sqlalchemy import select

from watchword.errors import UsageError
from watchword.store.database import Database
from watchword.store.runs import now
from watchword.store.schema import WatchRow
from watchword.watch.delivery import settle
from watchword.watch.watches import Watch

# As many as the state database keeps.
NAME_CHARACTERS = 120


def add_watch(database: Database, watch: Watch) -> None:
    """Store *watch*; raise UsageError where another of its name stands, or the name is none.

    A watch that was removed and comes back does not tell again what was told before.
    """
    if not watch.name.strip() or len(watch.name) > NAME_CHARACTERS:
        raise UsageError(f"The name of a watch has 1 to {NAME_CHARACTERS} characters, and {watch.name[:20]!r} has not.")
    with database.session() as session:
        row = session.get(WatchRow, watch.name)
        if row is not None and row.removed is None:
            raise UsageError(f"A watch {watch.name!r} exists; 'watchword watch remove {watch.name}' removes it.")
        if row is not None:
            settle(session, watch.name, watch.tell, told_before=bool(row.tell))
        session.merge(
            WatchRow(
                name=watch.name,
                created=now(),
                entities=list(watch.entities),
                lists=list(watch.lists),
                query=watch.query,
                tell=list(watch.tell),
                removed=None,
            )
        )


def watches(database: Database) -> list[Watch]:
    """Return the watches in force, by name."""
    with database.session() as session:
        rows = session.scalars(select(WatchRow).where(WatchRow.removed.is_(None)).order_by(WatchRow.name)).all()
        return [Watch(r.name, tuple(r.entities), tuple(r.lists), r.query, tuple(r.tell)) for r in rows]


def find_watch(database: Database, name: str) -> Watch:
    """Return the watch *name*; raise UsageError where none is in force."""
    known = {watch.name: watch for watch in watches(database)}
    if name not in known:
        raise UsageError(f"No watch {name!r}. Known: {', '.join(known) or 'none; add one with watchword watch add'}.")
    return known[name]


def remove_watch(database: Database, name: str) -> None:
    """Take the watch *name* out of force; its alerts stay."""
    find_watch(database, name)
    with database.session() as session:
        session.get_one(WatchRow, name).removed = now()
