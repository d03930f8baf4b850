"""The crawl stage: a process for each group of sources that share hosts, all writing into one run folder."""

import json
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.exchange import ListChange, Seen
from watchword.archive import Capture, Original, RunFolder, Writer, captures
from watchword.catalogue import chosen_sources
from watchword.document import page_id
from watchword.errors import UnavailableError, WatchwordError
from watchword.listing import held_list, list_changes, read_body
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.registry import PageSeen, page, pages_again, remember_page
from watchword.store.runs import last_seen

if TYPE_CHECKING:
    from crawlers.ledger import CrawlSummary
    from crawlers.session import CrawlOptions

SET_ASIDE_EXIT = 3
VERSION = "0.1"
UNDONE = {
    "over_budget": "are beyond the source's budget and were not fetched",
    "interrupted": "were not reached before the crawl was stopped",
}


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

    def changes(self, name: str, body: bytes) -> list[ListChange]:
        """Return what changed in the list *name* since it was last imported; raise ValueError where it is no list."""
        return list_changes(held_list(self.settings, name), read_body(name, body))


def crawl_groups(settings: Settings, run: str, groups: Sequence[Sequence[str]], tell: Callable[[str], None]) -> None:
    """Crawl every group of *groups* in a process of its own, a few at a time; raise when one could not go on."""
    waiting = deque(groups)
    running: list[subprocess.Popen[str]] = []
    problems: list[str] = []
    try:
        while waiting or running:
            while waiting and len(running) < settings.crawl_processes:
                running.append(_start(settings, run, waiting.popleft()))
                tell(f"crawling group {len(groups) - len(waiting)} of {len(groups)}")
            _, messages = running[0].communicate()
            finished = running.pop(0)
            if finished.returncode not in (0, SET_ASIDE_EXIT):
                problems.append(_last_line(messages))
    finally:
        for process in running:
            process.terminate()
            process.wait()
    if problems:
        raise UnavailableError(f"{problems[0]} The run {run} can be taken up again with the same command.")


def _start(settings: Settings, run: str, names: Sequence[str]) -> "subprocess.Popen[str]":
    import os

    command = [sys.executable, "-P", "-m", "watchword", "crawl", run, *names]
    environment = {**os.environ, **settings.environment}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _last_line(messages: str) -> str:
    lines = [line for line in messages.splitlines() if line.strip()]
    return lines[-1].removeprefix("watchword: ") if lines else "A crawl process ended without a word."


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


def crawl_group(settings: Settings, database: Database, folder: RunFolder, names: Sequence[str]) -> "CrawlSummary":
    """Crawl the sources *names* in this process, into *folder*; return what the crawl did."""
    from crawlers.process import crawl

    sources = chosen_sources(settings, names)
    memory = Pages(settings, database)
    options = crawl_options(settings)
    writer_name = names[0]
    try:
        with Writer(folder, writer_name, earlier=memory.earlier) as archive:
            summary = crawl(sources, archive, memory, options)
    except ValueError as error:
        raise WatchwordError(str(error)) from None
    _write_summary(folder.path / "crawl" / f"{writer_name}.json", summary)
    return summary


def _write_summary(path: Path, summary: "CrawlSummary") -> None:
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps([asdict(count) for count in summary.sources], ensure_ascii=False), "utf-8")
    draft.replace(path)


def source_errors(folder: RunFolder) -> dict[str, str | None]:
    """Return for each crawled source why it could not be read, None where it could."""
    errors: dict[str, str | None] = {}
    for path in sorted((folder.path / "crawl").glob("*.json")):
        errors.update((count["source"], count["error"]) for count in json.loads(path.read_text("utf-8")))
    return errors


def crawl_remarks(folder: RunFolder) -> list[str]:
    """Return what the crawl left undone of each source: pages beyond its budget, and those that were interrupted."""
    remarks = []
    for path in sorted((folder.path / "crawl").glob("*.json")):
        for count in json.loads(path.read_text("utf-8")):
            for column, said in UNDONE.items():
                if count[column]:
                    remarks.append(f"{count['source']}: {count[column]} pages {said}")
    return remarks


def remember_pages(database: Database, folder: RunFolder) -> None:
    """Keep what the captures of *folder* tell of each page, for conditional requests and revisits of later runs."""
    with database.session() as session:
        for capture in captures(folder):
            # A record of an answer has no status of its own.
            if capture.outcome == "complete" and capture.status in (200, None) and not capture.unchanged:
                remember_page(session, _seen(capture, folder.id))


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
