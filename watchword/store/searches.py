"""Saved searches: kept under a name, with their filters."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from watchword.errors import UsageError
from watchword.store.database import Database
from watchword.store.runs import now
from watchword.store.schema import SavedSearchRow


@dataclass(frozen=True)
class SavedSearch:
    """A search under a name; `filters` are those of a question, as JSON values."""

    name: str
    query: str
    filters: dict[str, Any] = field(default_factory=dict)
    order: str = ""
    note: str = ""


def save_search(database: Database, search: SavedSearch) -> None:
    """Keep *search*, in place of one of the same name."""
    with database.session() as session:
        session.merge(SavedSearchRow(**vars(search), saved=now()))


def saved_searches(database: Database) -> list[SavedSearch]:
    """Return the saved searches by name."""
    with database.session() as session:
        rows = session.scalars(select(SavedSearchRow).order_by(SavedSearchRow.name)).all()
        return [SavedSearch(r.name, r.query, r.filters, r.order, r.note) for r in rows]


def saved_search(database: Database, name: str) -> SavedSearch:
    """Return the search *name*; raise UsageError where there is none."""
    known = {search.name: search for search in saved_searches(database)}
    if name not in known:
        raise UsageError(f"No search is saved as {name!r}; 'watchword searches list' shows all.")
    return known[name]


def remove_search(database: Database, name: str) -> None:
    """Forget the search *name*; raise UsageError where there is none."""
    saved_search(database, name)
    with database.session() as session:
        row = session.get(SavedSearchRow, name)
        if row is not None:
            session.delete(row)
