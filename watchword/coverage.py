"""Coverage: which sources were seen in a period, and which were not, and why. It stands beside every result."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from watchword.store.database import Database
from watchword.store.runs import Gap, gaps, observed

# Sources shown to people, and the reasons of each; the JSON has all.
SHOWN_SOURCES = 8
SHOWN_REASONS = 2


@dataclass(frozen=True)
class Coverage:
    """The coverage note: `never` are sources of the selection that no run of the period saw; `gaps` newest first."""

    seen: tuple[str, ...]
    never: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the note as one JSON object."""
        missed = [{**asdict(gap), "when": gap.when.isoformat(timespec="seconds") + "Z"} for gap in self.gaps]
        return {"seen": list(self.seen), "never": list(self.never), "gaps": missed}

    def as_text(self) -> str:
        """Return the note as people read it: a line a source that was not seen, or not whole, at some time."""
        total = len(self.seen) + len(self.never)
        lines = [f"coverage: {len(self.seen)} of {total} sources seen"]
        lines += [f"  never seen in this period: {_named(self.never)}"] if self.never else []
        told = list(self._told())
        lines += [f"  {line}" for line in told[:SHOWN_SOURCES]]
        if len(told) > SHOWN_SOURCES:
            lines.append(f"  and {len(told) - SHOWN_SOURCES} more sources; 'watchword coverage --json' lists all")
        return "\n".join(lines)

    def _told(self) -> Iterator[str]:
        """Yield a line a source with gaps, those that were not seen at all first."""
        by_source: dict[str, list[Gap]] = {}
        for gap in self.gaps:
            by_source.setdefault(gap.source, []).append(gap)
        for source, found in sorted(by_source.items(), key=lambda item: (all(g.seen for g in item[1]), item[0])):
            unseen = [gap for gap in found if not gap.seen]
            said = [f"not seen in {_runs(len(unseen))}"] if unseen else []
            said += [f"in part in {_runs(len(found) - len(unseen))}"] if len(unseen) < len(found) else []
            reasons: Counter[str] = sum((Counter(gap.reasons) for gap in found), Counter())
            why = "; ".join(f"{count} x {reason}" for reason, count in reasons.most_common(SHOWN_REASONS))
            yield f"{source}: {', '.join(said)}, last {found[0].when:%Y-%m-%d %H:%M}: {why}"

    @property
    def sentence(self) -> str:
        """The note in one line, for beside a count."""
        missing = sorted({gap.source for gap in self.gaps if not gap.seen} | set(self.never))
        partly = sorted({gap.source for gap in self.gaps if gap.seen} - set(missing))
        said = "1 source seen" if len(self.seen) == 1 else f"{len(self.seen)} sources seen"
        said += f"; not seen at some time: {_named(missing)}" if missing else ""
        return said + (f"; in part: {_named(partly)}" if partly else "")


def _named(sources: Sequence[str]) -> str:
    """Return the first of *sources* by name and the number of the others."""
    more = len(sources) - SHOWN_SOURCES
    shown = ", ".join(sources[:SHOWN_SOURCES])
    return f"{shown} and {more} more ('watchword coverage --json' lists all)" if more > 0 else shown


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number} runs"


def coverage_note(
    database: Database, sources: Sequence[str], since: datetime | None = None, until: datetime | None = None
) -> Coverage:
    """Return the coverage of the selection *sources*, and of no other source, between *since* and *until*."""
    wanted = frozenset(sources)
    seen = observed(database, since, until) & wanted
    never = tuple(name for name in sources if name not in seen)
    missed = tuple(gap for gap in gaps(database, since, until) if gap.source in wanted)
    return Coverage(tuple(sorted(seen)), never, missed)
