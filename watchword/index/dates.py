"""Dates in queries: a year, a month, a day or a time becomes the span that it names."""

import re
from datetime import UTC, datetime, timedelta

from watchword.errors import UsageError
from watchword.index.query import Range

PARTS = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def span(text: str) -> tuple[datetime, datetime]:
    """Return first and last moment of what *text* names; raise UsageError where it names no date."""
    match = PARTS.match(text)
    try:
        if match is None:
            moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
            return moment, moment
        year, month, day = match.groups()
        first = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
    except ValueError:
        raise UsageError(f"{text!r} is not a date; write 2026, 2026-01, 2026-01-31 or a time in ISO 8601.") from None
    return first, _next(first, month, day) - timedelta(microseconds=1)


def _next(first: datetime, month: str | None, day: str | None) -> datetime:
    if day:
        return first + timedelta(days=1)
    if month:
        return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first.replace(year=first.year + 1)


def bounds(node: Range) -> tuple[datetime | None, datetime | None]:
    """Return the first and last moment that *node* asks for, both inclusive."""
    step = timedelta(microseconds=1)
    low = high = None
    if node.low is not None:
        first, last = span(node.low)
        low = first if node.include_low else last + step
    if node.high is not None:
        first, last = span(node.high)
        high = last if node.include_high else first - step
    return low, high
