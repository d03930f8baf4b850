"""The crawl's book: every address that a source leads to ends in exactly one column."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawlers.exchange import Exchange
from crawlers.rhythm import Rhythm
from crawlers.urls import page_key

FETCHED = "fetched"
UNCHANGED = "unchanged"
REFUSED = "refused"
FAILED = "failed"
KEPT = "kept"
ELSEWHERE = "elsewhere"
OUTSIDE = "outside"
OVER_BUDGET = "over_budget"
INTERRUPTED = "interrupted"
OUTCOMES = (FETCHED, UNCHANGED, REFUSED, FAILED, KEPT, ELSEWHERE, OUTSIDE, OVER_BUDGET, INTERRUPTED)


@dataclass
class SourceCount:
    """What a crawl did for one source; `found` is the sum of the columns after it.

    `kept` were captured by this run before a restart, `elsewhere` are pages that the crawl reaches through another
    source or address, `outside` lie on hosts that the source does not name. `pages` counts the feeds, sitemaps and
    listings that were read, `error` says why the source could not be read, `reasons` why documents are missing.
    `every` and `rests` are what its pages declare, as in `crawlers.rhythm`.
    """

    source: str
    found: int = 0
    fetched: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    kept: int = 0
    elsewhere: int = 0
    outside: int = 0
    over_budget: int = 0
    interrupted: int = 0
    pages: int = 0
    broken_pages: int = 0
    error: str | None = None
    reasons: dict[str, int] = field(default_factory=dict)
    every: int = 0
    rests: tuple[int, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Say whether every address found ended in one column."""
        return bool(self.found == sum(getattr(self, outcome) for outcome in OUTCOMES))

    @property
    def reached(self) -> bool:
        """Say whether the source could be read at all."""
        return self.error is None


@dataclass(frozen=True)
class CrawlSummary:
    """What a crawl did, source by source; `stopped` says why it ended early, empty where it did not."""

    sources: tuple[SourceCount, ...]
    seconds: float = 0.0
    exchanges: int = 0
    stopped: str = ""

    def total(self, outcome: str) -> int:
        """Return the sum of the column *outcome* over all sources."""
        return sum(getattr(count, outcome) for count in self.sources)

    @property
    def adds_up(self) -> bool:
        """Say whether every source's columns add up to what it found."""
        return all(count.adds_up for count in self.sources)


class Ledger:
    """Enter addresses as they are found, and close each with its outcome."""

    def __init__(self, names: Iterable[str]) -> None:
        """Open an account for each source in *names*."""
        self.counts = {name: SourceCount(name) for name in names}
        self._taken: set[int] = set()
        self._open: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()

    def take(self, url: str) -> bool:
        """Say whether *url* is new to this crawl, and remember it."""
        key = hash(page_key(url))
        if key in self._taken:
            return False
        self._taken.add(key)
        return True

    def known(self, url: str) -> bool:
        """Say whether this crawl took *url* before."""
        return hash(page_key(url)) in self._taken

    def spent(self, source: str, budget: int) -> bool:
        """Say whether *source* has asked for as many pages as its *budget* allows."""
        return self._asked[source] >= budget

    def within(self, source: str, budget: int) -> bool:
        """Count a page against the *budget* of *source*; say whether it still fits."""
        if self._asked[source] >= budget:
            return False
        self._asked[source] += 1
        return True

    def open(self, source: str) -> None:
        """Note that a document of *source* was found and will be asked for."""
        self.counts[source].found += 1
        self._open[source] += 1

    def settle(self, source: str, outcome: str, reason: str = "") -> None:
        """Note a document of *source* that was found and is not asked for."""
        self.counts[source].found += 1
        self._enter(source, outcome, reason)

    def close(self, source: str, outcome: str, reason: str = "") -> None:
        """Note how a document that was opened ended."""
        self._open[source] -= 1
        self._enter(source, outcome, reason)

    def page(self, source: str, problem: str = "") -> None:
        """Note that a feed, sitemap or listing of *source* was read, or with *problem* that it was not."""
        count = self.counts[source]
        if problem:
            count.broken_pages += 1
            if count.pages == 0 and count.error is None:
                count.error = problem
        else:
            count.pages += 1
            count.error = None

    def note(self, source: str, reason: str) -> None:
        """Note a *reason* why structure pages of *source* were not asked for."""
        reasons = self.counts[source].reasons
        reasons[reason] = reasons.get(reason, 0) + 1

    def heed(self, source: str, rhythm: Rhythm) -> None:
        """Note the *rhythm* that a page of *source* declares; of several the shortest counts, and the rests of all."""
        count = self.counts[source]
        first = count.pages + count.broken_pages == 0
        count.rests = rhythm.rests if first else tuple(hour for hour in count.rests if hour in rhythm.rests)
        count.every = min(filter(None, (count.every, rhythm.every)), default=0)

    def finish(self) -> tuple[SourceCount, ...]:
        """Close what is still open as interrupted and return the accounts."""
        for source, number in self._open.items():
            self.counts[source].interrupted += number
        self._open.clear()
        return tuple(self.counts.values())

    def _enter(self, source: str, outcome: str, reason: str) -> None:
        count = self.counts[source]
        setattr(count, outcome, getattr(count, outcome) + 1)
        if reason:
            self.note(source, reason)


def outcome_of(exchange: Exchange) -> tuple[str, str]:
    """Return the column that the last *exchange* for a document belongs in, and the reason where it is missing."""
    if exchange.outcome == "refused":
        return REFUSED, exchange.robots if exchange.robots.startswith("forbidden") else exchange.detail
    if exchange.outcome != "complete":
        return FAILED, exchange.outcome
    if exchange.status == 304:
        return UNCHANGED, ""
    if exchange.status is not None and 200 <= exchange.status < 300:
        return FETCHED, ""
    return FAILED, exchange.detail or f"HTTP status {exchange.status}"
