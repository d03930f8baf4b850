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
    every: int = 0
    rests: tuple[int, ...] = ()


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
        row.every,
        row.rests,
    )
    wanted = select(*columns).where(row.started >= since).order_by(row.started, row.run)
    with database.session() as session:
        for r in session.execute(wanted):
            counts = (r.fetched, r.documents, r.set_aside, r.characters)
            found[r.source].append(Look(r.started, r.seen, *counts, tuple(r.reasons), r.every, tuple(r.rests)))
    return found


def next_look(source: "Source", looks: Sequence[Look]) -> datetime | None:
    """Return when *source* is due again, None where it is due now: never seen, or not at the last look.

    The schedule decides. A source that is looked at more than once a day and brings nothing new is looked at half as
    often, then a quarter, down to once a day; the first new document brings the schedule back. One that declares that
    it changes less often is looked at as often as that, once a day at least, and not in the hours that it excepts.
    """
    if not looks or not looks[-1].seen:
        return None
    quiet = next((number for number, look in enumerate(reversed(looks)) if look.documents), len(looks))
    schedule = timedelta(seconds=source.interval)
    slowed = schedule * 2 ** min(quiet // QUIET_LOOKS, 16)
    declared = timedelta(seconds=looks[-1].every)
    wait: timedelta = max(schedule, min(max(slowed, declared), DAY))
    return _awake(looks[-1].when + wait, looks[-1].rests)


def _awake(due: datetime, rests: Sequence[int]) -> datetime:
    """Return the first moment from *due* on that lies in none of the hours *rests*; a day is never all rest."""
    for later in range(24):
        moment = due if not later else due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=later)
        if moment.hour not in rests:
            return moment
    return due
