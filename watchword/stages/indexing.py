"""The index stage: documents get their version and story from the registry, then go into the index.

The registry is written first and says what the index does not hold yet: a stage that was killed between the two goes on
where it stopped, and a document is never in the index without being registered.
"""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from watchword.archive import Capture, RunFolder, captures
from watchword.changes import changed_words
from watchword.document import Document, page_id
from watchword.index.portions import portions
from watchword.report import Fate, PageChange
from watchword.settings import Settings
from watchword.stages.extracting import DOCUMENT, documents_of, fates_of
from watchword.store.database import Database
from watchword.store.holdings import note_refusals
from watchword.store.registry import (
    PageSeen,
    Registered,
    keep_pages,
    look_up,
    mark_indexed,
    not_indexed,
    placement,
    register,
    returns,
)
from watchword.watch.alerts import merge_stories

if TYPE_CHECKING:
    from watchword.index import Engine

Value = TypeVar("Value")
# One transaction a batch: large enough to be cheap, small enough to be lost to a kill.
BATCH = 500
NEW_VERSION = "new version"
# What a browser asked for and showed stands beside a page that is known by what its host sent.
BESIDE = ("rendered", "subresource")


def index_documents(settings: Settings, database: Database, engine: "Engine", folder: RunFolder) -> None:
    """Register the documents of *folder*, and bring the index to what the registry says."""
    for batch in batches(documents_of(folder), BATCH):
        with database.session(alone=True) as session:
            for document in batch:
                for old, new in register(session, document).merged:
                    merge_stories(session, old, new)
    bring_up(settings, database, engine)


def bring_up(settings: Settings, database: Database, engine: "Engine") -> int:
    """Index every document whose present state the index does not hold; return their number."""
    with database.session() as session:
        owed = not_indexed(session)
    wanted: dict[str, set[str]] = {}
    for identifier, run in owed:
        wanted.setdefault(run, set()).add(identifier)
    with engine.filling() if owed else nullcontext():
        for run, identifiers in wanted.items():
            chosen = (d for d in documents_of(RunFolder(settings.runs / run)) if d.id in identifiers)
            for portion in portions(once(chosen)):
                _index_portion(database, engine, portion)
    engine.refresh()
    return len(owed)


def _index_portion(database: Database, engine: "Engine", portion: list[Document]) -> None:
    with database.session() as session:
        places = placement(session, [document.id for document in portion])
    placed = [d.placed(story=places[d.id][0], version=places[d.id][1]) for d in portion if d.id in places]
    refused = {refusal.identifier: refusal.reason for refusal in engine.add(placed)}
    with database.session() as session:
        mark_indexed(session, [document.id for document in placed if document.id not in refused])
        note_refusals(session, [document.id for document in placed], refused)


def once(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield each version of a document once, as its first capture gave it."""
    told: set[str] = set()
    for document in documents:
        if document.id not in told:
            told.add(document.id)
            yield document


def batches(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """Yield *values* in lists of *size*, the last one shorter."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def placed_documents(database: Database, folder: RunFolder) -> Iterator[Registered]:
    """Yield the registered documents of a run with their place, each version once."""
    for batch in batches(once(documents_of(folder)), BATCH):
        with database.session() as session:
            registered = look_up(session, batch)
        yield from registered


def settled_fates(database: Database, folder: RunFolder) -> Iterator[Fate]:
    """Yield what became of each capture, with what the registry knows: new, a new version, or words known before."""
    with database.session() as session:
        versions = dict.fromkeys(returns(session, folder.id), NEW_VERSION)
    for place in placed_documents(database, folder):
        if place.new:
            versions[place.document.id] = NEW_VERSION if place.document.version > 1 else DOCUMENT
    for fate in fates_of(folder):
        yield fate if fate.document is None else replace(fate, fate=versions.pop(fate.document, "unchanged"))


def page_changes(settings: Settings, database: Database, folder: RunFolder) -> Iterator[PageChange]:
    """Yield the pages of a run that say something else than their version before."""
    with database.session() as session:
        before = returns(session, folder.id)
    changed = [r for r in placed_documents(database, folder) if r.document.id in before or (r.new and r.previous)]
    before = {r.document.id: r.previous for r in changed if r.previous} | before
    texts = _texts(settings, database, set(before.values()))
    for place in changed:
        text = texts.get(before[place.document.id])
        if text is not None:
            gone, come = changed_words(text, place.document.text)
            yield PageChange(place.document.url, place.document.title, place.document.version, gone, come)


def _texts(settings: Settings, database: Database, identifiers: set[str]) -> dict[str, str]:
    from watchword.store.registry import runs_of

    with database.session() as session:
        places = runs_of(session, identifiers)
    texts = {}
    for run in set(places.values()):
        for document in documents_of(RunFolder(settings.runs / run)):
            if document.id in identifiers:
                texts[document.id] = document.text
    return texts


def remember_pages(database: Database, folder: RunFolder) -> None:
    """Keep what the captures of *folder* tell of each page, for conditional requests and revisits of later runs."""
    for batch in batches(_seen_pages(folder), BATCH):
        with database.session() as session:
            keep_pages(session, batch)


def _seen_pages(folder: RunFolder) -> Iterator[PageSeen]:
    for capture in captures(folder):
        # A record of an answer has no status of its own.
        whole = capture.outcome == "complete" and capture.status in (200, None)
        if whole and not capture.unchanged and capture.purpose not in BESIDE:
            yield _seen(capture, folder.id)


def _seen(capture: Capture, run: str) -> PageSeen:
    return PageSeen(
        page=page_id(capture.url),
        url=capture.url,
        source=capture.source,
        etag=capture.etag,
        last_modified=capture.last_modified,
        payload_digest=capture.body_digest,
        run=run,
        capture=capture.id,
        captured=capture.captured.isoformat(),
    )
