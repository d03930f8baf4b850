"""Figures: the numbers and times that a record of a service states, as fields that a query may name."""

import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from index_mappings.fields import FIELDS

# The fact that a field is taken from.
FACTS = {"magnitude": "magnitude", "depth": "depth", "cloud cover": "clouds"}
TIME = "time"
# Whole numbers of a mapping have 32 bits.
MOST = 2**31 - 1


def figures(facts: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the figures among *facts* by field, in whole parts; what is no number is left out."""
    return dict(_figures(facts))


def _figures(facts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    for name, written in facts:
        if name not in FACTS:
            continue
        try:
            value = float(written) * FIELDS[FACTS[name]].parts
        except ValueError:
            continue
        if math.isfinite(value) and abs(value) <= MOST:
            yield FACTS[name], round(value)


def happening(facts: Iterable[tuple[str, str]]) -> datetime | None:
    """Return when an event was, None where the facts do not say."""
    written = next((value for name, value in facts if name == TIME), "")
    try:
        return moment(written) if written else None
    except ValueError:
        return None


def moment(text: str) -> datetime:
    """Return the time that an ISO date or time names, in UTC and whole seconds."""
    parsed = datetime.fromisoformat(text.replace("Z", "+00:00")).replace(microsecond=0)
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
