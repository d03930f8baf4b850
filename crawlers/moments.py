"""Moments: times as services write them, and `{since}` and `{until}` in the parameters of a request."""

import re
from datetime import UTC, datetime, timedelta

# `{since}` or `{since:%Y-%m-%d}`: the name of a moment and how it is written.
PLACEHOLDER = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
NAMES = ("since", "until")
ISO_FORM = "%Y-%m-%dT%H:%M:%SZ"
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})T?(\d{2})?(\d{2})?(\d{2})?Z?$")
# Counts of seconds since 1970 stay below this until the year 5138; larger ones count milliseconds.
MILLISECONDS = 1e11
# What lies between two looks is asked for again from a little before the first: services enter records late.
OVERLAP = timedelta(days=1)


def placeholder_problem(text: str) -> str | None:
    """Say what is wrong with the placeholders of *text*, or None where they can be filled."""
    for match in PLACEHOLDER.finditer(text):
        if match[1] not in NAMES:
            return f"{match[0]} is not known; possible are {{since}} and {{until}}, as in {{since:%Y-%m-%d}}"
    return None


def fill(text: str, since: datetime, until: datetime) -> str:
    """Return *text* with its placeholders filled; a moment without a form is written as ISO 8601 in UTC."""
    moments = {"since": since, "until": until}
    return PLACEHOLDER.sub(lambda match: moments[match[1]].strftime(match[2] or ISO_FORM), text)


def look_back(now: datetime, window: int, looked: datetime | None) -> datetime:
    """Return how far back to ask: *window* days, and further where the source was last seen before that."""
    since = now - timedelta(days=window)
    return since if looked is None else min(since, looked - OVERLAP)


def moment(value: object) -> str | None:
    """Return the time that *value* states as ISO 8601 in UTC, or None where it states none.

    Numbers count seconds or milliseconds since 1970; texts are ISO 8601 or its compact form without separators.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(float(value))
    text = value.strip() if isinstance(value, str) else ""
    compact = COMPACT.match(text)
    if compact:
        text = "{}-{}-{}T{}:{}:{}".format(*(part or "00" for part in compact.groups()))
    try:
        found = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _of_number(number: float) -> str | None:
    try:
        found = datetime.fromtimestamp(number / 1000 if abs(number) > MILLISECONDS else number, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found.isoformat(timespec="seconds").replace("+00:00", "Z")
