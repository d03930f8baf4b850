"""The health of sources: when each was last seen, whether it fell silent, and whether its volume is what it was.

All of it comes from what the closed runs recorded. `docs/sources.md` states the rules and their limits.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Self

from watchword.catalogue import GRACE, all_sources
from watchword.looks import REMEMBERED, Look, histories, next_look
from watchword.settings import Settings
from watchword.sharing import shared_content
from watchword.store.database import Database
from watchword.store.runs import now

if TYPE_CHECKING:
    from crawlers.catalogue import Source

WEEK = timedelta(days=7)
# The rate of documents is that of the last four weeks: long enough for weekends, short enough to follow a change.
RATE_WINDOW = timedelta(days=28)
# A source is silent after this many intervals without a new document.
SILENT_INTERVALS = 2
# Twice the log-likelihood ratio of two rates against one; with the handful of splits tried, chance passes it once in
# some thousand histories.
CHANGE_EVIDENCE = 20.0
# A rate that changed by less than this factor is the news of the week, not a change of the source.
CHANGE_FACTOR = 2.0
# Fewer looks than this on either side of a change say nothing about a rate.
LOOKS_EACH_SIDE = 4
# Texts that are so much shorter than they used to be are what is left of a page whose layout has changed.
SHRUNK_TO = 0.35
# Of the pages fetched in one look, this part gave no text: the layout has changed, or a wall stands before the pages.
COLLAPSED_SHARE = 0.5
COLLAPSED_PAGES = 3


@dataclass(frozen=True)
class SourceHealth:
    """The state of one source; times are ISO 8601 in UTC, `documents_a_week` and `expected` are rates.

    Without `last_seen` it was not yet looked at with success; without `next_look` it is due now.
    """

    source: str
    last_seen: str | None
    last_new: str | None
    next_look: str | None
    errors_in_a_row: int
    documents_a_week: float
    expected: float | None
    remarks: tuple[str, ...]

    @property
    def seen_text(self) -> str:
        """When it was last seen, in words where it never was."""
        return self.last_seen or ("not yet looked at" if not self.errors_in_a_row else "never with success")

    @property
    def remark(self) -> str:
        """All remarks as one line; empty where the source is well."""
        return "; ".join(self.remarks)

    def with_remark(self, remark: str) -> Self:
        """Return the state with one more *remark*, where it says something."""
        return replace(self, remarks=(*self.remarks, remark)) if remark else self

    def as_json(self) -> dict[str, Any]:
        """Return the state as one JSON object."""
        return {**asdict(self), "remark": self.remark}


def source_health(settings: Settings, database: Database, at: datetime | None = None) -> list[SourceHealth]:
    """Return the health of every source of the catalogue, those with a remark first."""
    moment = at or now()
    looks = histories(database, moment - REMEMBERED)
    shared = shared_content(database, moment)
    states = [
        health_of(source, looks.get(source.name, ()), moment).with_remark(shared.get(source.name, ""))
        for source in all_sources(settings)
    ]
    return sorted(states, key=lambda state: (not state.remarks, state.source))


def health_of(source: "Source", looks: Sequence[Look], at: datetime) -> SourceHealth:
    """Return the health of *source* from its *looks*, oldest first."""
    seen = [look for look in looks if look.seen]
    new = [look for look in seen if look.documents]
    due = next_look(source, looks)
    told = (_errors(looks), _overdue(source, seen, at), _silence(source, looks, at), _change(seen), _layout(seen))
    return SourceHealth(
        source=source.name,
        last_seen=_stamp(seen[-1].when) if seen else None,
        last_new=_stamp(new[-1].when) if new else None,
        next_look=_stamp(due) if due else None,
        errors_in_a_row=_streak(looks),
        documents_a_week=_rate(looks, at),
        expected=source.expected,
        remarks=tuple(remark for remark in told if remark),
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _streak(looks: Sequence[Look]) -> int:
    return next((count for count, look in enumerate(reversed(looks)) if look.seen), len(looks))


def _errors(looks: Sequence[Look]) -> str:
    streak = _streak(looks)
    if not streak:
        return ""
    why = next((reason for reason in looks[-1].reasons if reason.startswith("not seen")), "not seen")
    return f"{why} ({streak} times in a row)" if streak > 1 else why


def _overdue(source: "Source", seen: Sequence[Look], at: datetime) -> str:
    """Say that nobody looked: the schedule of the harvest is the reason, not the source."""
    if not seen or at - seen[-1].when < 2 * timedelta(seconds=source.interval) + GRACE:
        return ""
    return f"not looked at with success since {_stamp(seen[-1].when)}, though it is due {source.schedule}"


def _rate(looks: Sequence[Look], at: datetime) -> float:
    """Return new documents a week over the last weeks, the first look left out: it brings the past of the source."""
    recent = [look for look in looks[1:] if look.when >= at - RATE_WINDOW]
    begin = max(looks[0].when, at - RATE_WINDOW) if looks else at
    weeks = max((at - begin) / WEEK, 1 / 7)
    return sum(look.documents for look in recent) / weeks


def _silence(source: "Source", looks: Sequence[Look], at: datetime) -> str:
    """Say that a source that used to bring documents brings none, within two of the intervals that it keeps."""
    interval = expected_interval(source, looks)
    new = [look.when for look in looks if look.documents]
    since = new[-1] if new else (looks[0].when if looks else at)
    if interval is None or at - since < SILENT_INTERVALS * interval - GRACE:
        return ""
    days = (at - since) / timedelta(days=1)
    return f"silent: nothing new for {days:.1f} days, and {interval / timedelta(days=1):.1f} are usual"


def expected_interval(source: "Source", looks: Sequence[Look]) -> timedelta | None:
    """Return the time between two looks that bring something new, by `expected` or by the source's own history."""
    schedule = timedelta(seconds=source.interval)
    if source.expected:
        return max(schedule, WEEK / source.expected)
    new = [look.when for look in looks if look.documents]
    if len(new) < LOOKS_EACH_SIDE:
        return None
    usual = median((after - before).total_seconds() for before, after in pairwise(new))
    return max(schedule, timedelta(seconds=usual))


def _layout(seen: Sequence[Look]) -> str:
    """Say that pages which used to give text give none, or give only a piece of it."""
    if not seen or seen[-1].fetched < COLLAPSED_PAGES:
        return ""
    last, before = seen[-1], seen[:-1]
    lengths = [look.characters / look.documents for look in before if look.documents]
    if last.documents >= COLLAPSED_PAGES and len(lengths) >= LOOKS_EACH_SIDE:
        length, used = last.characters / last.documents, median(lengths)
        if length < SHRUNK_TO * used:
            return f"texts have {length:.0f} characters where {used:.0f} were usual: the layout may have changed"
    usual = sum(look.set_aside for look in before) / max(sum(look.fetched for look in before), 1)
    share = last.set_aside / last.fetched
    if share < COLLAPSED_SHARE or usual >= COLLAPSED_SHARE:
        return ""
    return f"{last.set_aside} of {last.fetched} pages gave no document: the layout may have changed"


def _change(seen: Sequence[Look]) -> str:
    """Say when the volume changed, by the split of the history that two rates explain best."""
    counts = [look.documents for look in seen[1:]]
    spans = [max((b.when - a.when) / WEEK, 1e-6) for a, b in pairwise(seen)]
    best, place = 0.0, 0
    for split in range(LOOKS_EACH_SIDE, len(counts) - LOOKS_EACH_SIDE + 1):
        evidence = _evidence(counts, spans, split)
        if evidence > best:
            best, place = evidence, split
    if best < CHANGE_EVIDENCE:
        return ""
    before, after = _rate_of(counts[:place], spans[:place]), _rate_of(counts[place:], spans[place:])
    if max(before, after) < CHANGE_FACTOR * min(before, after):
        return ""
    return f"volume changed about {seen[place].when:%Y-%m-%d}: from {before:.1f} to {after:.1f} documents a week"


def _rate_of(counts: Sequence[int], spans: Sequence[float]) -> float:
    return sum(counts) / sum(spans)


def _evidence(counts: Sequence[int], spans: Sequence[float], split: int) -> float:
    """Return twice the log-likelihood ratio of a change at *split*, by how much more than Poisson the counts vary."""
    parts = ((counts[:split], spans[:split]), (counts[split:], spans[split:]))
    gain = sum(_likelihood(sum(c), sum(s)) for c, s in parts) - _likelihood(sum(counts), sum(spans))
    excess = [
        (count - rate * span) ** 2 / (rate * span)
        for part, lengths in parts
        if (rate := _rate_of(part, lengths))
        for count, span in zip(part, lengths, strict=True)
    ]
    return 2 * gain / max(1.0, sum(excess) / len(excess) if excess else 1.0)


def _likelihood(count: float, span: float) -> float:
    return count * math.log(count / span) if count else 0.0
