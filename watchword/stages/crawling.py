"""The crawl stage: a process for each group of sources that share hosts, all writing into one run folder."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from crawlers.blocks import ListMapping
from crawlers.exchange import Exchange, ListChange, Seen
from crawlers.rhythm import Rhythm
from watchword.archive import Original, RunFolder, Writer
from watchword.catalogue import chosen_sources
from watchword.document import page_id
from watchword.errors import UnavailableError, WatchwordError
from watchword.listing import held_list, list_changes, read_body
from watchword.report import BEYOND, CUT_SHORT, write_whole
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.registry import page, pages_again
from watchword.store.runs import last_seen

if TYPE_CHECKING:
    from crawlers.ledger import CrawlSummary, SourceCount
    from crawlers.session import CrawlOptions

SET_ASIDE_EXIT = 3
VERSION = "0.1"
# What the crawl found of a source and did not ask for, as the report and the coverage note say it.
UNDONE = {
    "over_budget": f"{BEYOND}, not fetched",
    "interrupted": f"{CUT_SHORT}, not fetched",
}
CUT_OFF = "its crawl did not end"
FAILED = ".failed"
TRIES = 2
# How often the crawl processes are looked at, in seconds.
LOOK_SECONDS = 0.1


class Pages:
    """The crawl's memory of pages: what the registry knows of them."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database

    def seen(self, url: str) -> Seen | None:
        """Return what is known of *url*, or None."""
        with self.database.session() as session:
            row = page(session, page_id(url))
            return Seen(row.etag, row.last_modified, row.payload_digest) if row else None

    def earlier(self, url: str, body_digest: str | None) -> Original | None:
        """Return the capture of *url* that held the same body; any, where the server says that nothing changed."""
        with self.database.session() as session:
            row = page(session, page_id(url))
            if row is None or body_digest not in (None, row.payload_digest):
                return None
            return Original(row.run, row.capture, row.captured)

    @cached_property
    def _last_seen(self) -> dict[str, datetime]:
        return last_seen(self.database)

    def looked(self, source: str) -> datetime | None:
        """Return when *source* was last seen, in UTC, or None."""
        seen = self._last_seen.get(source)
        return seen.replace(tzinfo=UTC) if seen else None

    def again(self, source: str, days: Sequence[int]) -> list[str]:
        """Return the pages of *source* that are due again: so many *days* after they changed, since the last look."""
        looked = self.looked(source)
        if looked is None:
            return []
        with self.database.session() as session:
            return pages_again(session, source, days, looked, datetime.now(UTC))

    def changes(self, name: str, body: bytes, mapping: ListMapping | None = None) -> list[ListChange]:
        """Return what changed in the list *name* since it was last imported; raise ValueError where it is no list."""
        return list_changes(held_list(self.settings, name), read_body(name, body, mapping))


def crawl_groups(settings: Settings, run: str, groups: Sequence[Sequence[str]], tell: Callable[[str], None]) -> None:
    """Crawl *groups*, dealt out to as many processes as the settings allow.

    Where a process fails, each of its groups is tried again in one of its own; what a group still lacks then is said
    in the report, and the others are not held back. Raise UnavailableError where no group could be crawled.
    """
    waiting = deque((dealt, 1) for dealt in deal(groups, settings.crawl_processes))
    running: list[Crawling] = []
    problems: list[str] = []
    try:
        while waiting or running:
            while waiting and len(running) < settings.crawl_processes:
                tell(f"crawling {len(groups)} groups of sources")
                running.append(_start(settings, run, *waiting.popleft()))
            for ended in _ended(running):
                running.remove(ended)
                problem = ended.problem()
                if problem and ended.number < TRIES:
                    waiting.extend(([group], ended.number + 1) for group in ended.groups)
                elif problem:
                    problems.append(problem)
                    _write_failure(settings.runs / run / "crawl", ended.groups[0], problem)
    finally:
        for crawling in running:
            crawling.stop()
    if problems and len(problems) == len(groups):
        raise UnavailableError(f"{problems[0]} The run {run} can be taken up again with the same command.")


def deal(groups: Sequence[Sequence[str]], processes: int) -> list[list[Sequence[str]]]:
    """Deal *groups* out to at most so many *processes*, those of many sources first."""
    ordered = sorted(groups, key=len, reverse=True)
    return [list(ordered[start::processes]) for start in range(min(processes, len(ordered)))]


@dataclass(frozen=True)
class Crawling:
    """A crawl process: the groups of sources that it crawls, the number of the try, and what it says."""

    groups: Sequence[Sequence[str]]
    number: int
    process: "subprocess.Popen[bytes]"
    messages: IO[bytes]

    def problem(self) -> str:
        """Return why the ended process could not go on, or nothing; give back what it held."""
        self.messages.seek(0)
        said = self.messages.read().decode("utf-8", "replace")
        self.messages.close()
        return "" if self.process.returncode in (0, SET_ASIDE_EXIT) else _last_line(said)

    def stop(self) -> None:
        """End the process; what it has kept is whole."""
        self.process.terminate()
        self.process.wait()
        self.messages.close()


def _start(settings: Settings, run: str, groups: Sequence[Sequence[str]], number: int) -> Crawling:
    names = [name for group in groups for name in group]
    command = [sys.executable, "-P", "-m", "watchword", "crawl", run, *names]
    messages = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when the process has ended
    process = subprocess.Popen(
        command, env={**os.environ, **settings.environment}, stdout=subprocess.DEVNULL, stderr=messages
    )
    return Crawling(groups, number, process, messages)


def _ended(running: Sequence[Crawling]) -> list[Crawling]:
    """Wait until a process of *running* has ended; return those that have."""
    while not (ended := [crawling for crawling in running if crawling.process.poll() is not None]):
        time.sleep(LOOK_SECONDS)
    return ended


def _last_line(messages: str) -> str:
    lines = [line for line in messages.splitlines() if line.strip()]
    return lines[-1].removeprefix("watchword: ") if lines else "A crawl process ended without a word."


def _write_failure(place: Path, names: Sequence[str], problem: str) -> None:
    place.mkdir(exist_ok=True)
    write_whole(place / f"{names[0]}{FAILED}", json.dumps(dict.fromkeys(names, problem), ensure_ascii=False))


def crawl_options(settings: Settings) -> "CrawlOptions":
    """Return how the *settings* want hosts to be crawled."""
    from crawlers.session import CrawlOptions

    return CrawlOptions(
        user_agent=f"Watchword/{VERSION}",
        contact=settings.contact,
        delay=settings.delay,
        timeout=settings.timeout,
        resolve=settings.addresses,
    )


class GroupArchive:
    """The archives of the groups that one process crawls: what is brought for a source goes to its group's writer."""

    def __init__(self, writers: Mapping[str, Writer]) -> None:
        """Take the writer of each source by its name."""
        self.writers = writers

    def keep(self, exchange: Exchange) -> str:
        """Store *exchange* and return the capture's id."""
        return self.writers[exchange.source].keep(exchange)

    def kept(self, url: str) -> bool:
        """Say whether one of the writers already holds a document captured from *url*."""
        return any(writer.kept(url) for writer in set(self.writers.values()))


def crawl_group(settings: Settings, database: Database, folder: RunFolder, names: Sequence[str]) -> "CrawlSummary":
    """Crawl the sources *names* in this process, into *folder*; return what the crawl did.

    Sources that share hosts have a writer and an account together, whatever else this process crawls.
    """
    from crawlers.catalogue import groups
    from crawlers.process import crawl

    sources = chosen_sources(settings, names)
    memory = Pages(settings, database)
    parts = [[source.name for source in group] for group in groups(sources)]
    with ExitStack() as stack:
        writers = {}
        for part in parts:
            writer = stack.enter_context(Writer(folder, part[0], earlier=memory.earlier))
            writers.update(dict.fromkeys(part, writer))
        try:
            summary = crawl(sources, GroupArchive(writers), memory, crawl_options(settings))
        except ValueError as error:
            raise WatchwordError(str(error)) from None
    for part in parts:
        _write_account(folder.path / "crawl", part, [count for count in summary.sources if count.source in part])
    return summary


def _write_account(place: Path, names: Sequence[str], counts: Sequence["SourceCount"]) -> None:
    place.mkdir(exist_ok=True)
    account = json.dumps([asdict(count) for count in counts], ensure_ascii=False)
    write_whole(place / f"{names[0]}.json", account)
    (place / f"{names[0]}{FAILED}").unlink(missing_ok=True)


def source_errors(folder: RunFolder) -> dict[str, str | None]:
    """Return for each crawled source why it could not be read, None where it could."""
    errors: dict[str, str | None] = {}
    for path in sorted((folder.path / "crawl").glob(f"*{FAILED}")):
        errors.update((name, f"{CUT_OFF}: {why}") for name, why in json.loads(path.read_text("utf-8")).items())
    errors.update((count["source"], count["error"]) for count in _counts(folder))
    return errors


def left_undone(folder: RunFolder) -> dict[str, dict[str, int]]:
    """Return what the crawl left undone of each source: pages beyond its budget, and those that were interrupted."""
    return {
        count["source"]: {said: count[column] for column, said in UNDONE.items() if count[column]}
        for count in _counts(folder)
    }


def rhythms(folder: RunFolder) -> dict[str, Rhythm]:
    """Return how often each source of the crawl says that it changes."""
    return {c["source"]: Rhythm(c.get("every", 0), tuple(c.get("rests", ()))) for c in _counts(folder)}


def _counts(folder: RunFolder) -> Iterator[dict[str, Any]]:
    for path in sorted((folder.path / "crawl").glob("*.json")):
        yield from json.loads(path.read_text("utf-8"))
