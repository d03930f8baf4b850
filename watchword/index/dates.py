"""Dates in queries: a year, a month, a day, a time, or a span back from now, as the moments that it covers."""

import re
from datetime import UTC, datetime, timedelta

from watchword.errors import UsageError

PARTS = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
RELATIVE = re.compile(r"^now(?:-(\d{1,5})([hdwmy]))?$")
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
MONTHS = {"m": 1, "y": 12}
# Documents carry whole seconds, so that both engines keep the same; the moment before a day is its last second.
STEP = timedelta(seconds=1)


def span(text: str, now: datetime) -> tuple[datetime, datetime]:
    """Return first and last moment of what *text* names; raise UsageError where it names no date."""
    relative = RELATIVE.match(text)
    if relative:
        return (_back(now, relative[1], relative[2]).replace(microsecond=0),) * 2
    if text in ("today", "yesterday"):
        first = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=text == "yesterday")
        return first, first + timedelta(days=1) - STEP
    try:
        return _named(text)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{text!r} is not a date; write 2026, 2026-01, 2026-01-31, a time in ISO 8601, today, or now-7d."
        ) from None


def _named(text: str) -> tuple[datetime, datetime]:
    match = PARTS.match(text)
    if match is None:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return (moment.replace(microsecond=0),) * 2
    year, month, day = match.groups()
    first = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
    return first, _next(first, month, day) - STEP


def _next(first: datetime, month: str | None, day: str | None) -> datetime:
    if day:
        return first + timedelta(days=1)
    if month:
        return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first.replace(year=first.year + 1)


def _back(now: datetime, number: str | None, unit: str | None) -> datetime:
    if number is None or unit is None:
        return now
    if unit in UNITS:
        return now - int(number) * UNITS[unit]
    months = now.year * 12 + now.month - 1 - int(number) * MONTHS[unit]
    if months < 12:
        raise UsageError(f"'now-{number}{unit}' lies before the year 1.")
    return now.replace(year=months // 12, month=months % 12 + 1, day=min(now.day, 28))
