"""Looks: what each run saw of each source, and when a source is to be looked at again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from watchword.store.database import Database
from watchword.store.schema import OutcomeRow

if TYPE_CHECKING:
    from crawlers.catalogue import Source

DAY = timedelta(days=1)
# Older looks say little about a source today.
REMEMBERED = timedelta(days=180)
# Looks that decide when the next one is due.
RECENT = timedelta(days=40)
# After so many looks without anything new, a source that is looked at several times a day is looked at half as often.
QUIET_LOOKS = 24


@dataclass(frozen=True)
class Look:
    """What one run saw of one source; `characters` is the length of its new texts."""

    when: datetime
    seen: bool
    fetched: int = 0
    documents: int = 0
    set_aside: int = 0
    characters: int = 0
    reasons: tuple[str, ...] = ()


def histories(database: Database, since: datetime) -> dict[str, list[Look]]:
    """Return the looks at each source since *since*, oldest first."""
    found: dict[str, list[Look]] = defaultdict(list)
    row = OutcomeRow
    columns = (
        row.source,
        row.started,
        row.seen,
        row.fetched,
        row.documents,
        row.set_aside,
        row.characters,
        row.reasons,
    )
    wanted = select(*columns).where(row.started >= since).order_by(row.started, row.run)
    with database.session() as session:
        for source, when, seen, fetched, documents, set_aside, characters, reasons in session.execute(wanted):
            found[source].append(Look(when, seen, fetched, documents, set_aside, characters, tuple(reasons)))
    return found


def next_look(source: "Source", looks: Sequence[Look]) -> datetime | None:
    """Return when *source* is due again, None where it is due now: never seen, or not at the last look.

    The schedule decides. A source that is looked at more than once a day and brings nothing new is looked at half as
    often, then a quarter, down to once a day; the first new document brings the schedule back.
    """
    if not looks or not looks[-1].seen:
        return None
    quiet = next((number for number, look in enumerate(reversed(looks)) if look.documents), len(looks))
    schedule = timedelta(seconds=source.interval)
    slowed = schedule * 2 ** min(quiet // QUIET_LOOKS, 16)
    wait: timedelta = max(schedule, min(slowed, DAY))
    return looks[-1].when + wait
