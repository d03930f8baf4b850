"""Reprocess: past runs read again with today's extractor, catalogues, lists and models; shown first, applied on demand.

The new reading is written beside the run. Applying it puts the new documents in place of the old ones, brings registry
and index up to them, raises what is newly met, and seals the derived files again; the captures and their seal stay as
they are. An alert that the new reading no longer gives is named and stays: it was told.
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from watchword.archive import RunFolder, Signer, seal_derived, segments
from watchword.catalogue import all_sources
from watchword.document import Document
from watchword.knowledge import reader_of
from watchword.locks import locked
from watchword.report import numbered, write_whole
from watchword.settings import Settings
from watchword.stages.extracting import Desk, document_files, documents_of, documents_place, extract_segment
from watchword.stages.indexing import index_documents
from watchword.stages.watching import hold_watches, why
from watchword.store.database import Database
from watchword.store.registry import index_again, not_registered, take_place
from watchword.watch.register import watches
from watchword.watch.watches import Watch

SHOWN = 12

# What one mention comes to: its type, what it names, and its words.
Found = tuple[str, str, str]
# A watch and the address of a document that meets it.
Met = tuple[str, str]


@dataclass(frozen=True)
class Difference:
    """What a new reading of a run gains and loses, over all its documents."""

    run: str
    documents: int
    changed_texts: int
    gained: tuple[tuple[Found, int], ...]
    lost: tuple[tuple[Found, int], ...]
    gained_alerts: tuple[Met, ...]
    lost_alerts: tuple[Met, ...]
    applied: bool

    def as_json(self) -> dict[str, Any]:
        """Return the difference as one JSON object."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the difference as people read it."""
        lines = [
            f"{self.run}: {numbered(self.documents, 'document')} read again, {self.changed_texts} with another text"
        ]
        for sign, found in (("+", self.gained), ("-", self.lost)):
            lines.append(f"  {sign} {numbered(sum(count for _, count in found), 'mention')}")
            lines += [f"    {sign} {count} x {kind} {text!r} ({name})" for (kind, name, text), count in found[:SHOWN]]
        for sign, met in (("+", self.gained_alerts), ("-", self.lost_alerts)):
            lines.append(f"  {sign} {numbered(len(met), 'time')} that a document meets a watch")
            lines += [f"    {sign} {watch}: {url}" for watch, url in met[:SHOWN]]
        lines.append("  applied" if self.applied else "  nothing is changed yet; --apply puts the new reading in place")
        return "\n".join(lines)


def reprocess_run(settings: Settings, database: Database, run: str, *, apply: bool = False) -> Difference:
    """Read *run* again and return what that changes; with *apply*, put the new reading in place."""
    folder = RunFolder.find(settings.runs, run)
    place = settings.folder / "reprocessed" / folder.id
    with locked(settings, folder.id):
        shutil.rmtree(place, ignore_errors=True)
        _read_again(settings, folder, place)
        difference = _difference(database, folder, place, applied=apply)
        if apply:
            _apply(settings, database, folder, place, difference.gained_alerts)
        shutil.rmtree(place)
    return difference


def _read_again(settings: Settings, folder: RunFolder, place: Path) -> None:
    from watchword.extract import ExtractionPool

    sources = {source.name: source for source in all_sources(settings)}
    with ExtractionPool(workers=settings.extract_workers) as pool:
        desk = Desk(sources, pool, reader_of(settings))
        for segment in segments(folder):
            extract_segment(folder, segment, desk, place)


def _difference(database: Database, folder: RunFolder, place: Path, *, applied: bool) -> Difference:
    before = {document.capture: document for document in documents_of(folder)}
    after = {document.capture: document for document in documents_of(folder, place)}
    old, new = _counted(before.values()), _counted(after.values())
    standing = watches(database)
    met_before = _met(standing, before.values(), place / "before")
    met_after = _met(standing, after.values(), place / "after")
    return Difference(
        run=folder.id,
        documents=len(after),
        changed_texts=sum(d.capture not in before or before[d.capture].id != d.id for d in after.values()),
        gained=tuple((new - old).most_common()),
        lost=tuple((old - new).most_common()),
        gained_alerts=tuple(sorted(met_after - met_before)),
        lost_alerts=tuple(sorted(met_before - met_after)),
        applied=applied,
    )


def _counted(documents: Iterable[Document]) -> Counter[Found]:
    return Counter((m.type, m.entity or m.name, m.text) for document in documents for m in document.mentions)


def _met(standing: list[Watch], documents: Iterable[Document], index: Path) -> set[Met]:
    """Return which watches the documents meet; queries are asked of an index of these documents alone, in *index*."""
    from watchword.index.embedded import EmbeddedEngine

    chosen = list(documents)
    engine = EmbeddedEngine(index)
    engine.add(chosen)
    met = set()
    for watch in standing:
        matched = set(engine.matching(watch.query)) if watch.query else None
        met |= {(watch.name, d.url) for d in chosen if any(why(d, watch, matched))}
    engine.close()
    return met


def _apply(settings: Settings, database: Database, folder: RunFolder, place: Path, newly: tuple[Met, ...]) -> None:
    """Put the new reading in place.

    What a kill would lose is written down or undone first: the alerts that are to be raised, and the index's documents
    that are to go. The same command then goes on.
    """
    from watchword.index import open_engine

    owed = _owed(settings, folder, newly)
    before = {document.capture: document.id for document in documents_of(folder)}
    with database.session(alone=True) as session:
        changed = [(before[d.capture], d) for d in documents_of(folder, place) if before.get(d.capture, d.id) != d.id]
        for old, document in changed:
            take_place(session, old, document)
        gone = not_registered(session, [old for old, _ in changed])
        index_again(session, folder.id)
    engine = open_engine(settings)
    try:
        engine.remove(gone)
        for file in _files(folder, place):
            file.replace(documents_place(folder) / file.name)
        index_documents(settings, database, engine, folder)
        hold_watches(database, engine, folder, only={tuple(met) for met in json.loads(owed.read_text("utf-8"))})
    finally:
        engine.close()
    seal_derived(folder, Signer.of(settings.folder))
    owed.unlink()


def _owed(settings: Settings, folder: RunFolder, newly: tuple[Met, ...]) -> Path:
    """Write down the alerts that applying the reading is to raise, with those of a try that was interrupted."""
    path = settings.folder / "reprocessed" / f"{folder.id}.owed.json"
    before = json.loads(path.read_text("utf-8")) if path.exists() else []
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps([*before, *newly]))
    return path


def _files(folder: RunFolder, place: Path) -> Iterator[Path]:
    for segment in segments(folder):
        yield from document_files(place, segment)
