"""Upkeep of the index: its state, rebuilding it from the run folders, bringing it to another version, snapshots."""

from collections.abc import Iterator
from typing import Any

from watchword.archive import RunFolder
from watchword.document import Document
from watchword.errors import UnavailableError
from watchword.index import Engine, open_engine
from watchword.index.base import Status
from watchword.index.streams import state
from watchword.locks import locked
from watchword.settings import Settings
from watchword.stages.indexing import bring_up, placed_documents
from watchword.store.database import Database
from watchword.store.holdings import mark_owed, places, refusals
from watchword.store.registry import count_documents
from watchword.store.runs import runs

# One rebuild at a time: two would each throw away what the other filled.
LOCK = "index-rebuild"


def index_status(settings: Settings, database: Database) -> dict[str, Any]:
    """Return what the index holds, and how much of what was collected waits for it."""
    with database.session() as session:
        registered, held = count_documents(session)
        refused = refusals(session)
    waiting: dict[str, Any] = {"collected": registered, "waiting": registered - held}
    waiting |= {"refused": refused} if refused else {}
    engine = open_engine(settings)
    try:
        found = engine.status()
    except UnavailableError as error:
        return {"engine": "away", "remark": str(error), **waiting, "whole": False}
    finally:
        engine.close()
    told = {"engine": found.engine, "place": found.place, "generation": found.generation, "parts": found.parts}
    remark = _remark(found, held)
    whole = {"whole": registered == held and not remark, **({"remark": remark} if remark else {})}
    return {**told, "documents": found.documents, "bytes": found.size, **waiting, **whole}


def _remark(found: Status, held: int) -> str:
    """Return what is wrong with an index that was given *held* documents: another may stand in its place."""
    if found.stale:
        return "made by another version; run 'watchword index migrate'"
    if found.documents < held:
        missing = f"{held - found.documents} of {held} documents that were indexed are not there"
        return f"{missing}; if nothing is being indexed now, run 'watchword index rebuild'"
    return ""


def rebuild_index(settings: Settings, database: Database) -> int:
    """Build the index anew from the run folders, then add what came meanwhile; return the number of documents."""
    engine = open_engine(settings)
    try:
        with locked(settings, LOCK):
            number = engine.rebuild(registered_documents(settings, database))
            reconcile(database, engine)
            bring_up(settings, database, engine)
    finally:
        engine.close()
    return number


def migrate_index(settings: Settings, database: Database) -> int | None:
    """Rebuild the index where another version made it; return the number of documents, or None where none did."""
    engine = open_engine(settings)
    try:
        stale = engine.status().stale
    finally:
        engine.close()
    return rebuild_index(settings, database) if stale else None


def registered_documents(settings: Settings, database: Database) -> Iterator[Document]:
    """Yield every registered document with its place, from the run that it was first seen in."""
    for run in runs(database):
        for place in placed_documents(database, RunFolder(settings.runs / run.id)):
            if place.new:
                yield place.document


def reconcile(database: Database, engine: Engine) -> int:
    """Note which documents the index does not hold as the registry has them, and take out what it should not hold.

    Return the number of those that are owed.
    """
    engine.refresh()
    held = set(engine.states())
    with database.session() as session:
        known = {identifier: state(identifier, story, version) for identifier, story, version in places(session)}
        owed = [identifier for identifier, number in known.items() if number not in held]
        mark_owed(session, owed)
    if not held <= set(known.values()):
        # Forgotten while the index was being rebuilt, or indexed by another installation.
        engine.remove([identifier for identifier in engine.matching("*") if identifier not in known])
        engine.refresh()
    return len(owed)


def take_snapshot(settings: Settings) -> str:
    """Take a snapshot of the index on Elasticsearch; return its name."""
    from watchword.index.cluster_snapshots import take

    return take(settings)
