"""The composition: what a harvest does, stage by stage. Each stage can be run again, and does only what is missing."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watchword.archive import RunFolder, Signer, new_run_id, seal, seal_derived, segments
from watchword.catalogue import all_sources, chosen_sources, due_sources
from watchword.document import Document
from watchword.errors import WatchwordError
from watchword.evidence import time_stamp
from watchword.knowledge import reader_of
from watchword.listing import shelve_lists
from watchword.locks import is_free, locked
from watchword.report import Report
from watchword.settings import Settings
from watchword.stages.crawling import crawl_group, crawl_groups
from watchword.stages.extracting import Desk, documents_place, extract_segment, fates_of, unread_segments
from watchword.stages.indexing import bring_up, index_documents, placed_documents, remember_pages
from watchword.stages.sharing import read_in_processes, readers_for
from watchword.stages.watching import close, hold_watches, why
from watchword.store.database import Database
from watchword.store.runs import find_run, newest_run, open_run, runs, unfinished_run
from watchword.watch.watches import Reason, Watch

if TYPE_CHECKING:
    from watchword.index import Engine


Tell = Callable[[str], None]
ALIVE = "harvest"
# A run that nobody wrote to for so long was left behind: the tasks of a DAG follow one another sooner.
LEFT_BEHIND_SECONDS = 6 * 3600


def silent(_text: str) -> None:
    """Hear how far a harvest is, and say nothing."""


@dataclass(frozen=True)
class Plan:
    """A run that is to be made: its id, and its sources in groups that share no host."""

    run: str
    groups: tuple[tuple[str, ...], ...]


def plan(settings: Settings, database: Database, names: Sequence[str] = (), *, due: bool = False) -> Plan | None:
    """Open a run over the sources *names* (all, or those that are due), or return None where none is due.

    A run over the same sources that was interrupted is taken up again; runs that were left behind are ended first.
    """
    from crawlers.catalogue import groups

    left = end_left_behind(settings, database)
    sources = chosen_sources(settings, tuple(dict.fromkeys(names)))
    interrupted = unfinished_run(database, [s.name for s in sources], but=left)
    if due and interrupted is None:
        sources = due_sources(sources, database)
        interrupted = unfinished_run(database, [s.name for s in sources], but=left)
    if not sources:
        return None
    run = interrupted or new_run_id(datetime.now(UTC))
    RunFolder.create(settings.runs / run)
    open_run(database, run, [s.name for s in sources])
    return Plan(run, tuple(tuple(s.name for s in group) for group in groups(sources)))


def harvest(
    settings: Settings, database: Database, names: Sequence[str] = (), *, due: bool = False, tell: Tell = silent
) -> Report | None:
    """Run a whole harvest and return its closing report, or None where nothing is due; *tell* hears how far it is."""
    started = time.monotonic()
    made = plan(settings, database, names, due=due)
    if made is None:
        return None
    with locked(settings, f"{made.run}.{ALIVE}", shared=True):
        if not RunFolder(settings.runs / made.run).sealed:
            crawl_groups(settings, made.run, made.groups, tell)
        return _after_crawl(settings, database, made.run, tell, started)


def _after_crawl(settings: Settings, database: Database, run: str, tell: Tell, started: float) -> Report:
    extract_stage(settings, database, run, tell)
    tell("indexing")
    index_stage(settings, database, run)
    tell("holding the watches")
    return watch_stage(settings, database, run, started=started)


def end_left_behind(settings: Settings, database: Database) -> set[str]:
    """End the runs that nobody works on any more, with what they hold, and return their ids.

    Their documents must not wait for ever to be indexed and watched. A run that cannot be ended, as where its archive
    is damaged, is named in every later report.
    """
    unfinished = [run.id for run in runs(database) if run.closed is None]
    left = {run for run in unfinished if is_left_behind(settings, run)}
    for run in sorted(left):
        with suppress(WatchwordError):
            _after_crawl(settings, database, run, silent, time.monotonic())
    return left


def is_left_behind(settings: Settings, run: str) -> bool:
    """Say whether no process holds *run*, and nothing was written into its folder for long."""
    folder = settings.runs / run
    touched = max((path.stat().st_mtime for path in (folder, *folder.rglob("*")) if path.exists()), default=0.0)
    held = not all(is_free(settings, f"{run}.{what}") for what in (ALIVE, "crawl"))
    return not held and time.time() - touched > LEFT_BEHIND_SECONDS


def crawl_run(settings: Settings, database: Database, run: str | None, names: Sequence[str]) -> bool:
    """Crawl the sources *names* of *run* in this process, or all in several; say whether all were reached.

    A run that is sealed is over: nothing is done.
    """
    from crawlers.catalogue import groups

    folder = _folder(settings, database, run)
    if folder.sealed:
        return True
    planned = chosen_sources(settings, names or find_run(database, folder.id).sources)
    parts = [[source.name for source in group] for group in groups(planned)]
    if not names and len(parts) > 1:
        crawl_groups(settings, folder.id, parts, silent)
        return True
    with ExitStack() as locks:
        locks.enter_context(locked(settings, f"{folder.id}.crawl", shared=True))
        # Another run may crawl the same hosts; in one order, so that two crawls do not wait for each other.
        for host in sorted({host for source in planned for host in source.all_hosts}):
            locks.enter_context(locked(settings, f"host.{host}"))
        return _crawl_alone(settings, database, RunFolder(folder.path), [source.name for source in planned])


def _crawl_alone(settings: Settings, database: Database, folder: RunFolder, names: Sequence[str]) -> bool:
    """Crawl *names*, under their locks, unless the run was sealed while it waited for them."""
    return folder.sealed or all(c.reached for c in crawl_group(settings, database, folder, names).sources)


def extract_stage(settings: Settings, database: Database, run: str | None, tell: Tell = silent) -> bool:
    """Seal the captures of *run* and read them, a large run in several processes; say whether none was set aside."""
    folder = _folder(settings, database, run)
    sources = {source.name: source for source in all_sources(settings)}
    with locked(settings, folder.id):
        # A crawl whose parent was killed may still write into the run; it is waited for.
        with locked(settings, f"{folder.id}.crawl"), locked(settings, "heads"):
            seal(folder, Signer.of(settings.folder))
        time_stamp(settings, folder)
        shelve_lists(settings, folder, sources.values())
        unread = unread_segments(folder)
        processes = readers_for(unread, settings.extract_workers)
        if processes > 1:
            tell(f"reading in {processes} processes")
            read_in_processes(settings, folder.id, unread, processes)
        elif unread:
            _read_alone(settings, folder, unread, tell)
    return all(fate.fate != "set aside" for fate in fates_of(folder))


def read_segments(settings: Settings, database: Database, run: str | None, names: Iterable[str]) -> Iterator[str]:
    """Read the segments *names* of *run* in this process, one of several; yield each name when it is read."""
    folder = _folder(settings, database, run)
    found = {segment.name: segment for segment in segments(folder)}
    with _desk(settings, workers=1) as desk:
        for name in names:
            if name in found:
                # A process whose parent was killed may still read it; it is waited for, and its work is kept.
                with locked(settings, f"{folder.id}.{name}"):
                    extract_segment(folder, found[name], desk, documents_place(folder))
            yield name


def _read_alone(settings: Settings, folder: RunFolder, chosen: Sequence[Path], tell: Tell) -> None:
    with _desk(settings, settings.extract_workers) as desk:
        for number, segment in enumerate(chosen, 1):
            tell(f"reading segment {number} of {len(chosen)}")
            extract_segment(folder, segment, desk, documents_place(folder))


@contextmanager
def _desk(settings: Settings, workers: int) -> Iterator[Desk]:
    """Yield what captures are read with; with so many *workers* that extract."""
    from watchword.extract import ExtractionPool

    sources = {source.name: source for source in all_sources(settings)}
    with ExtractionPool(workers=workers) as pool:
        yield Desk(sources, pool, reader_of(settings))


def index_stage(settings: Settings, database: Database, run: str | None) -> None:
    """Register the documents of *run* and index them; keep what was learned of each page."""
    folder = _folder(settings, database, run)
    with locked(settings, folder.id):
        with writing(settings) as engine:
            index_documents(settings, database, engine, folder)
        remember_pages(database, folder)


def watch_stage(settings: Settings, database: Database, run: str | None, *, started: float | None = None) -> Report:
    """Hold the watches against the new documents of *run*, deliver, report and close."""
    begun = time.monotonic() if started is None else started
    folder = _folder(settings, database, run)
    with locked(settings, folder.id):
        with writing(settings) as engine:
            bring_up(settings, database, engine)
            hold_watches(database, engine, folder)
        # Two deliveries at once would both find the same alert undelivered.
        with locked(settings, "delivery"):
            report = close(settings, database, folder, begun)
        seal_derived(folder, Signer.of(settings.folder))
    return report


def _folder(settings: Settings, database: Database, run: str | None) -> RunFolder:
    return RunFolder.find(settings.runs, run or newest_run(database))


@contextmanager
def writing(settings: Settings) -> Iterator["Engine"]:
    """Yield the index, open for writing."""
    from watchword.index import open_engine

    engine = open_engine(settings)
    try:
        yield engine
    finally:
        engine.close()


def met_in_archive(settings: Settings, database: Database, watch: Watch) -> Iterator[tuple[Document, list[Reason]]]:
    """Yield every document of every run that meets *watch*, with the reasons; nothing is raised."""
    with writing(settings) as engine:
        matched = set(engine.matching(watch.query)) if watch.query else None
    for run in reversed(runs(database)):
        for place in placed_documents(database, RunFolder(settings.runs / run.id)):
            found = list(why(place.document, watch, matched)) if place.new else []
            if found:
                yield place.document, found
