"""Coverage: which sources were seen in a period, and which were not, and why. It stands beside every result."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from watchword.store.database import Database
from watchword.store.runs import Gap, gaps, observed

SHOWN_GAPS = 8


@dataclass(frozen=True)
class Coverage:
    """The coverage note: `never` are sources of the catalogue that no run of the period saw."""

    seen: tuple[str, ...]
    never: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the note as one JSON object."""
        return {"seen": list(self.seen), "never": list(self.never), "gaps": [asdict(gap) for gap in self.gaps]}

    def as_text(self) -> str:
        """Return the note as people read it."""
        total = len(self.seen) + len(self.never)
        lines = [f"coverage: {len(self.seen)} of {total} sources seen"]
        lines += [f"  never seen in this period: {', '.join(self.never)}"] if self.never else []
        for gap in self.gaps[:SHOWN_GAPS]:
            why = "; ".join(f"{count} x {reason}" for reason, count in gap.reasons.items())
            lines.append(f"  {gap.source}, run {gap.run}: {'in part' if gap.seen else 'not seen'}: {why}")
        if len(self.gaps) > SHOWN_GAPS:
            lines.append(f"  and {len(self.gaps) - SHOWN_GAPS} more; 'watchword coverage --json' lists all")
        return "\n".join(lines)

    @property
    def sentence(self) -> str:
        """The note in one line, for beside a count."""
        missing = sorted({gap.source for gap in self.gaps if not gap.seen} | set(self.never))
        partly = sorted({gap.source for gap in self.gaps if gap.seen} - set(missing))
        said = f"{len(self.seen)} sources seen"
        said += f"; not seen at some time: {_named(missing)}" if missing else ""
        return said + (f"; in part: {_named(partly)}" if partly else "")


def _named(sources: Sequence[str]) -> str:
    more = len(sources) - SHOWN_GAPS
    return ", ".join(sources[:SHOWN_GAPS]) + (f" and {more} more" if more > 0 else "")


def coverage_note(
    database: Database, sources: Sequence[str], since: datetime | None = None, until: datetime | None = None
) -> Coverage:
    """Return the coverage of *sources* between *since* and *until*."""
    seen = observed(database, since, until)
    never = tuple(name for name in sources if name not in seen)
    return Coverage(tuple(sorted(seen)), never, tuple(gaps(database, since, until)))
