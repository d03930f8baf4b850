"""The closing report of a run: what was due, what became of it, what was found, and who was told. It adds up."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from watchword.errors import UsageError
from watchword.store.runs import Outcome

# Reasons shown in the report for people; report.json holds all.
SHOWN_REASONS = 6
SHOWN_CHANGES = 5


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
    """The closing report; `seconds` is wall time of the stages, `peak_mb` the largest memory of this process."""

    run: str
    started: str
    closed: str
    sources: tuple[Outcome, ...]
    mentions: dict[str, int] = field(default_factory=dict)
    changes: tuple[PageChange, ...] = ()
    alerts: tuple[str, ...] = ()
    delivered: int = 0
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
    def complete(self) -> bool:
        """Say whether nothing failed and nothing was set aside."""
        return not (self.unseen or self.total("failed") or self.total("set_aside") or self.undelivered)

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
        lines = [
            f"run {self.run}: {len(self.sources)} sources, {len(self.unseen)} not seen, {self.seconds:.1f} s",
            f"  due {self.total('due')} = fetched {self.total('fetched')} + unchanged {self.total('unchanged')}"
            f" + refused {self.total('refused')} + failed {self.total('failed')}",
            f"  fetched {self.total('fetched')}"
            f" = documents {self.total('documents')} + set aside {self.total('set_aside')}",
            "  mentions: " + (", ".join(f"{n} {kind}" for kind, n in sorted(self.mentions.items())) or "none"),
            f"  alerts {len(self.alerts)}, delivered {self.delivered}, waiting {len(self.undelivered)}",
        ]
        lines += [f"  {count} x {reason}" for reason, count in self.reasons.most_common(SHOWN_REASONS)]
        lines += [f"  changed: {c.url}: {c.gone!r} became {c.come!r}" for c in self.changes[:SHOWN_CHANGES]]
        if len(self.changes) > SHOWN_CHANGES:
            more = len(self.changes) - SHOWN_CHANGES
            lines.append(f"  and {more} more changed pages; 'watchword runs show {self.run} --json' lists all")
        lines += [f"  remark: {remark}" for remark in self.remarks]
        lines += [] if self.adds_up else ["  THE REPORT DOES NOT ADD UP; please report this as a defect"]
        return "\n".join(lines)


def outcome_of(source: str, fates: Iterable[Fate], *, error: str | None) -> Outcome:
    """Return what became of *source*, from the *fates* of its captures and the *error* of reading it at all."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    characters = 0
    for fate in fates:
        counts[fate.fate] += 1
        characters += fate.characters if fate.fate in {"document", "new version"} else 0
        if fate.fate in {"set aside", "refused", "failed"}:
            reasons[f"{fate.fate}: {fate.reason}"] += 1
    if error:
        reasons[f"not seen: {error}"] += 1
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
    )


def write_report(path: Path, report: Report) -> None:
    """Write *report* to *path* in one step: a reader sees the old one or the new one."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1), "utf-8")
    draft.replace(path)


def read_report(path: Path) -> Report:
    """Read the report at *path*; raise UsageError where the run has none."""
    if not path.exists():
        raise UsageError(
            f"The run {path.parent.name} has no report yet; 'watchword harvest' finishes an interrupted run."
        )
    return Report.from_json(json.loads(path.read_text("utf-8")))
