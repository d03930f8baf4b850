"""The closing report of a run: what was due, what became of it, what was found, and who was told. It adds up."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from crawlers.rhythm import Rhythm
from watchword.errors import UsageError
from watchword.store.runs import Outcome

# Reasons shown in the report for people; report.json holds all.
SHOWN_REASONS = 6
SHOWN_CHANGES = 5
SHOWN_SOURCES = 12
# How a reason begins: of a source that could not be read at all; of pages that were found and not asked for.
NOT_SEEN = "not seen: "
BEYOND = "beyond the source's budget"
CUT_SHORT = "cut off"
NOTHING_DECLARED = Rhythm()


@dataclass(frozen=True)
class Fate:
    """What became of one capture: `document`, `new version`, `unchanged`, `set aside`, `refused` or `failed`.

    `characters` is the length of the text.
    """

    capture: str
    url: str
    source: str
    fate: str
    reason: str = ""
    document: str | None = None
    characters: int = 0


@dataclass(frozen=True)
class PageChange:
    """A page that says something else than before: the words that went and that came."""

    url: str
    title: str
    version: int
    gone: str
    come: str


@dataclass(frozen=True)
class Report:
    """The closing report; `seconds` is wall time of the stages.

    `waiting` counts what could not be delivered, `undelivered` says why, a sentence a recipient and cause.
    """

    run: str
    started: str
    closed: str
    sources: tuple[Outcome, ...]
    mentions: dict[str, int] = field(default_factory=dict)
    changes: tuple[PageChange, ...] = ()
    alerts: tuple[str, ...] = ()
    delivered: int = 0
    waiting: int = 0
    undelivered: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    seconds: float = 0.0

    def total(self, column: str) -> int:
        """Return the sum of *column* over all sources."""
        return sum(getattr(outcome, column) for outcome in self.sources)

    @property
    def adds_up(self) -> bool:
        """Say whether every page that was due ended in one column, and every fetched page too."""
        return all(
            o.due == o.fetched + o.unchanged + o.refused + o.failed and o.fetched == o.documents + o.set_aside
            for o in self.sources
        )

    @property
    def unseen(self) -> tuple[Outcome, ...]:
        """The sources that could not be read at all."""
        return tuple(outcome for outcome in self.sources if not outcome.seen)

    @property
    def reasons(self) -> Counter[str]:
        """Why pages are missing, over all sources."""
        return sum((Counter(o.reasons) for o in self.sources), Counter())

    @property
    def _shown_reasons(self) -> list[tuple[str, int]]:
        """Why pages are missing, over all sources, but for what is said source by source."""
        return [(why, n) for why, n in self.reasons.most_common() if not why.startswith((NOT_SEEN, BEYOND, CUT_SHORT))]

    def _undone(self) -> Iterator[str]:
        """Yield what each crawl found and did not ask for."""
        for outcome in self.sources:
            for why, count in outcome.reasons.items():
                if why.startswith((BEYOND, CUT_SHORT)):
                    yield f"{outcome.source}: {numbered(count, 'page')} {why}"

    @property
    def complete(self) -> bool:
        """Say whether nothing failed, nothing was set aside or cut off, and everybody was told."""
        missing = self.unseen or self.total("failed") or self.total("set_aside") or self.waiting or self.undelivered
        return not missing and not any(reason.startswith(CUT_SHORT) for reason in self.reasons)

    def as_json(self) -> dict[str, Any]:
        """Return the report as `report.json` holds it."""
        return {**asdict(self), "adds_up": self.adds_up}

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Self:
        """Return the report that `as_json` wrote."""
        known = {name: value for name, value in record.items() if name != "adds_up"}
        known["sources"] = tuple(Outcome(**o) for o in record["sources"])
        known["changes"] = tuple(PageChange(**c) for c in record["changes"])
        for name in ("alerts", "undelivered", "remarks"):
            known[name] = tuple(record[name])
        return cls(**known)

    def as_text(self) -> str:
        """Return the report as people read it."""
        sources = numbered(len(self.sources), "source")
        lines = [
            f"run {self.run}: {sources}, {len(self.unseen)} not seen, {self.seconds:.1f} s",
            f"  due {self.total('due')} = fetched {self.total('fetched')} + unchanged {self.total('unchanged')}"
            f" + refused {self.total('refused')} + failed {self.total('failed')}",
            f"  fetched {self.total('fetched')}"
            f" = documents {self.total('documents')} + set aside {self.total('set_aside')}",
            "  mentions: " + (", ".join(f"{n} {kind}" for kind, n in sorted(self.mentions.items())) or "none"),
            f"  alerts {len(self.alerts)}, delivered {self.delivered}, waiting {self.waiting}",
        ]
        lines += [f"  not delivered: {error}" for error in self.undelivered[:SHOWN_REASONS]]
        lines += [f"  not seen: {outcome.source}: {_why_unseen(outcome)}" for outcome in self.unseen[:SHOWN_SOURCES]]
        if len(self.unseen) > SHOWN_SOURCES:
            lines.append(f"  and {len(self.unseen) - SHOWN_SOURCES} more; 'watchword coverage' tells of them")
        lines += [f"  {count} x {reason}" for reason, count in self._shown_reasons[:SHOWN_REASONS]]
        lines += [f"  {line}" for line in list(self._undone())[:SHOWN_SOURCES]]
        lines += [f"  changed: {c.url}: {c.gone!r} became {c.come!r}" for c in self.changes[:SHOWN_CHANGES]]
        if len(self.changes) > SHOWN_CHANGES:
            more = len(self.changes) - SHOWN_CHANGES
            lines.append(f"  and {more} more changed pages; 'watchword runs show {self.run} --json' lists all")
        lines += [f"  remark: {remark}" for remark in self.remarks]
        lines += [] if self.adds_up else ["  THE REPORT DOES NOT ADD UP; please report this as a defect"]
        return "\n".join(lines)


def _why_unseen(outcome: Outcome) -> str:
    return next((why.removeprefix(NOT_SEEN) for why in outcome.reasons if why.startswith(NOT_SEEN)), "no reason given")


def numbered(count: int, noun: str) -> str:
    """Return *count* with its *noun*, in the plural where there is not one."""
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def outcome_of(
    source: str,
    fates: Iterable[Fate],
    *,
    error: str | None,
    undone: Mapping[str, int] = MappingProxyType({}),
    rhythm: Rhythm = NOTHING_DECLARED,
) -> Outcome:
    """Return what became of *source*, from the *fates* of its captures and the *error* of reading it at all.

    *undone* counts, by reason, pages that were found and never asked for: they were not due, and they are not hidden.
    """
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter(undone)
    characters = 0
    for fate in fates:
        counts[fate.fate] += 1
        characters += fate.characters if fate.fate in {"document", "new version"} else 0
        if fate.fate in {"set aside", "refused", "failed"}:
            reasons[f"{fate.fate}: {fate.reason}"] += 1
    if error:
        reasons[f"{NOT_SEEN}{error}"] += 1
    documents = counts["document"] + counts["new version"]
    return Outcome(
        source=source,
        seen=error is None,
        due=sum(counts.values()),
        fetched=documents + counts["set aside"],
        unchanged=counts["unchanged"],
        refused=counts["refused"],
        failed=counts["failed"],
        documents=documents,
        set_aside=counts["set aside"],
        characters=characters,
        reasons=dict(reasons),
        every=rhythm.every,
        rests=list(rhythm.rests),
    )


def write_report(path: Path, report: Report) -> None:
    """Write *report* to *path*."""
    write_whole(path, json.dumps(report.as_json(), ensure_ascii=False, indent=1))


def write_whole(path: Path, text: str) -> None:
    """Write *text* to *path* in one step: a reader sees the old file or the new one, also after a power cut."""
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8", errors="replace") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_report(path: Path) -> Report:
    """Read the report at *path*; raise UsageError where the run has none."""
    if not path.exists():
        raise UsageError(
            f"The run {path.parent.name} has no report yet; 'watchword harvest' finishes an interrupted run."
        )
    return Report.from_json(json.loads(path.read_text("utf-8")))
