"""Corrections: an analyst's rules on mentions, each with author and date, applied in every reading until undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.engine import make_url

from nlp.folding import folded
from nlp.mention import COARSE_TYPES, Mention
from watchword.errors import UsageError
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.runs import now
from watchword.store.schema import CorrectionRow

REJECT: Final = "reject"
RETYPE: Final = "retype"
MERGE: Final = "merge"


@dataclass(frozen=True)
class Correction:
    """A rule: `reject` and `retype` hold for a wording, of one entity where it is given; `merge` for an entity.

    `value` is the type of a retyped mention, or the entity that a merged one becomes.
    """

    action: str
    text: str
    entity: str | None
    value: str | None
    author: str
    made: datetime
    id: int = 0
    undone: datetime | None = None

    def __call__(self, mention: Mention) -> Mention | None:
        """Return *mention* as this rule wants it, or None where the rule rejects it."""
        return EFFECTS[self.action](self, mention) if self.concerns(mention) else mention

    def concerns(self, mention: Mention) -> bool:
        """Say whether the rule speaks of *mention*."""
        if self.entity is not None and mention.entity != self.entity:
            return False
        return self.action == MERGE or folded(mention.text) == self.text

    @property
    def sentence(self) -> str:
        """The rule for people."""
        of = f" of {self.entity}" if self.entity and self.action != MERGE else ""
        told = {REJECT: f"{self.text!r}{of} is no mention", RETYPE: f"{self.text!r}{of} is a {self.value}"}
        return told.get(self.action, f"{self.entity} is {self.value}")


def _reject(_rule: Correction, _mention: Mention) -> None:
    return None


def _retype(rule: Correction, mention: Mention) -> Mention:
    return replace(mention, type=str(rule.value), reason=_because(rule, mention))


def _merge(rule: Correction, mention: Mention) -> Mention:
    return replace(mention, entity=rule.value, reason=_because(rule, mention))


def _because(rule: Correction, mention: Mention) -> str:
    return f"{mention.reason}; corrected by {rule.author} on {rule.made:%Y-%m-%d}: {rule.sentence}"


EFFECTS: Mapping[str, Callable[[Correction, Mention], Mention | None]] = {
    REJECT: _reject,
    RETYPE: _retype,
    MERGE: _merge,
}


def reject(text: str, *, entity: str | None, by: str) -> Correction:
    """Return the rule that the wording *text* names nothing, or not *entity*."""
    return Correction(REJECT, _wording(text), entity, None, by, now())


def retype(text: str, type_name: str, *, entity: str | None, by: str) -> Correction:
    """Return the rule that the wording *text* names a *type_name*; raise UsageError where that is no type."""
    if type_name not in COARSE_TYPES:
        raise UsageError(f"{type_name!r} is no type of mention; possible are {', '.join(COARSE_TYPES)}.")
    return Correction(RETYPE, _wording(text), entity, type_name, by, now())


def merge(entity: str, into: str, *, by: str) -> Correction:
    """Return the rule that what is found as *entity* is *into*; raise UsageError where they are the same."""
    if entity == into:
        raise UsageError(f"{entity!r} cannot be merged into itself.")
    return Correction(MERGE, "", entity, into, by, now())


def _wording(text: str) -> str:
    if not folded(text):
        raise UsageError("A correction needs the words that it speaks of.")
    return folded(text)


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
    """Return the rules in force; none, and no database made, where this home has no state yet."""
    address = make_url(settings.database)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
        return ()
    database = Database(settings.database)
    try:
        return tuple(corrections(database))
    finally:
        database.close()
