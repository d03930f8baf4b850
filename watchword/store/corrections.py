"""Corrections on record: kept in the state database with author and date, also when they were undone."""

from sqlalchemy import select

from watchword.corrections import Correction
from watchword.errors import UsageError
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.runs import now
from watchword.store.schema import CorrectionRow


def add(database: Database, rule: Correction) -> int:
    """Store *rule* and return its number."""
    with database.session() as session:
        row = CorrectionRow(
            action=rule.action, text=rule.text, entity=rule.entity, value=rule.value, author=rule.author, made=rule.made
        )
        session.add(row)
        session.flush()
        return row.id


def corrections(database: Database, *, undone: bool = False) -> list[Correction]:
    """Return the rules in force, oldest first; with *undone* the others too."""
    wanted = select(CorrectionRow).order_by(CorrectionRow.id)
    if not undone:
        wanted = wanted.where(CorrectionRow.undone.is_(None))
    with database.session() as session:
        return [_rule(row) for row in session.scalars(wanted)]


def _rule(row: CorrectionRow) -> Correction:
    return Correction(row.action, row.text, row.entity, row.value, row.author, row.made, row.id, row.undone)


def undo(database: Database, number: int) -> None:
    """Take the rule *number* out of force; it stays on record. Raise UsageError where none is in force."""
    known = {rule.id for rule in corrections(database)}
    if number not in known:
        raise UsageError(f"No correction {number} is in force; 'watchword corrections list' shows all.")
    with database.session() as session:
        session.get_one(CorrectionRow, number).undone = now()


def in_force(settings: Settings) -> tuple[Correction, ...]:
    """Return the rules in force, from the state database of this home."""
    database = Database(settings.database)
    try:
        return tuple(corrections(database))
    finally:
        database.close()
