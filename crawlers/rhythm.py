"""Rhythm: how often a feed or a sitemap says that it changes, and the hours in which nobody need look."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

MINUTE, HOUR, DAY = 60, 3600, 86400
# Of the RSS module `syndication`, and of the sitemap protocol; `never` says nothing of a list that grows.
PERIODS: Final = {"hourly": HOUR, "daily": DAY, "weekly": 7 * DAY, "monthly": 30 * DAY, "yearly": 365 * DAY}
SKIP_HOURS = re.compile(rb"<skipHours\b[^>]*>(.{0,4000}?)</skipHours>", re.DOTALL | re.IGNORECASE)
HOUR_OF_DAY = re.compile(rb"<hour\b[^>]*>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
# The head of a feed, where it says such things.
HEAD_BYTES = 2**16


@dataclass(frozen=True)
class Rhythm:
    """Seconds between two changes as declared, 0 where nothing is; `rests` are hours of the day in UTC."""

    every: int = 0
    rests: tuple[int, ...] = ()


def of_feed(channel: Any, body: bytes) -> Rhythm:
    """Return what the head of a feed declares: `ttl`, `sy:updatePeriod` with `sy:updateFrequency`, and `skipHours`."""
    period = PERIODS.get(str(channel.get("sy_updateperiod", "")).strip().lower(), 0)
    times = max(_whole(channel.get("sy_updatefrequency")), 1)
    found = SKIP_HOURS.search(body[:HEAD_BYTES])
    # RSS 0.91 counts 24 as midnight.
    hours = {int(hour) % 24 for hour in HOUR_OF_DAY.findall(found[1])} if found else set()
    return Rhythm(max(_whole(channel.get("ttl")) * MINUTE, period // times), tuple(sorted(hours)))


def of_sitemap(frequencies: Iterable[str]) -> Rhythm:
    """Return the shortest of the `changefreq` that the pages of a sitemap have."""
    known = [PERIODS[name] for name in map(str.lower, frequencies) if name in PERIODS]
    return Rhythm(min(known, default=0))


def _whole(value: object) -> int:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and len(text) < 8 else 0
