"""Freshness: a ranking in which the newer of two equally good documents comes first."""

from datetime import datetime, timedelta

from watchword.index.tree import DateRange, Fresh, Node

# A document of the last day gains what a second rare word would; after a month it gains half of that.
STEPS = ((1, 1.0), (3, 1.0), (7, 1.0), (30, 1.5), (90, 1.0), (365, 0.5))


def fresh(query: Node, now: datetime) -> Node:
    """Return *query* ranked with freshness as seen at *now*; it finds the same documents."""
    steps = ((DateRange("date", now - timedelta(days=days), None), weight) for days, weight in STEPS)
    return Fresh(query, tuple(steps))
