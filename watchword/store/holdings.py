"""Holdings: what the index ought to hold by the registry, and what it did not take."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from watchword.store.runs import now
from watchword.store.schema import DocumentRow, RefusalRow

# Databases take a few thousand parameters a statement.
BATCH = 500


def places(session: Session) -> Iterator[tuple[str, str, int]]:
    """Yield id, story and version of every registered document."""
    wanted = select(DocumentRow.id, DocumentRow.story, DocumentRow.version)
    yield from ((row.id, row.story, row.version) for row in session.execute(wanted))


def mark_owed(session: Session, identifiers: Sequence[str]) -> None:
    """Note that the index does not hold these documents as they are."""
    for start in range(0, len(identifiers), BATCH):
        chosen = identifiers[start : start + BATCH]
        session.execute(update(DocumentRow).where(DocumentRow.id.in_(chosen)).values(indexed=False))


def note_refusals(session: Session, offered: Sequence[str], refused: Mapping[str, str]) -> None:
    """Keep why the index refused documents among those *offered*, and forget older refusals of the others."""
    session.execute(delete(RefusalRow).where(RefusalRow.document.in_(offered)))
    session.add_all(RefusalRow(document=i, reason=reason, refused=now()) for i, reason in refused.items())


def refusals(session: Session) -> dict[str, str]:
    """Return why the index refuses documents, by id."""
    rows = session.execute(select(RefusalRow.document, RefusalRow.reason).order_by(RefusalRow.document))
    return {row.document: row.reason for row in rows}


def registered(session: Session, identifiers: Iterable[str]) -> set[str]:
    """Return those of *identifiers* that are registered."""
    return set(session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(list(identifiers)))))
