"""The composition: what a harvest does, stage by stage. Each stage can be run again, and does only what is missing."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from watchword.archive import RunFolder, new_run_id
from watchword.catalogue import chosen_sources, due_sources
from watchword.report import Report
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.runs import open_run, unfinished_run


@dataclass(frozen=True)
class Plan:
    """A run that is to be made: its id, and its sources in groups that share no host."""

    run: str
    groups: tuple[tuple[str, ...], ...]


def plan(settings: Settings, database: Database, names: Sequence[str] = (), *, due: bool = False) -> Plan | None:
    """Open a run over the sources *names* (all, or those that are due), or return None where none is due.

    A run over the same sources that was interrupted is taken up again.
    """
    from crawlers.catalogue import groups

    sources = chosen_sources(settings, names)
    interrupted = unfinished_run(database, [s.name for s in sources])
    if due and interrupted is None:
        sources = due_sources(sources, database)
        interrupted = unfinished_run(database, [s.name for s in sources])
    if not sources:
        return None
    run = interrupted or new_run_id(datetime.now(UTC))
    RunFolder.create(settings.runs / run)
    open_run(database, run, [s.name for s in sources])
    return Plan(run, tuple(tuple(s.name for s in group) for group in groups(sources)))


def harvest(settings: Settings, database: Database, names: Sequence[str] = (), *, due: bool = False) -> Report | None:
    """Run a whole harvest and return its closing report, or None where nothing is due."""
    from watchword.stages.crawling import crawl_groups
    from watchword.stages.extracting import extract_run
    from watchword.stages.indexing import index_run
    from watchword.stages.watching import watch_run

    started = time.monotonic()
    made = plan(settings, database, names, due=due)
    if made is None:
        return None
    crawl_groups(settings, made.run, made.groups)
    extract_run(settings, database, made.run)
    index_run(settings, database, made.run)
    return watch_run(settings, database, made.run, seconds=time.monotonic() - started)
