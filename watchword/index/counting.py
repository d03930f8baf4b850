"""Counts beside a result: the buckets of either engine as values and days, in one order."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

MILLISECONDS = 1_000


def most_frequent(buckets: Iterable[dict[str, Any]], limit: int) -> dict[str, int]:
    """Return value and number of the *limit* most frequent, by name where they are as many."""
    counted = sorted((-int(bucket["doc_count"]), str(bucket["key"])) for bucket in buckets)
    return {value: -number for number, value in counted[:limit]}


def by_day(buckets: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Return day and number, in order; a bucket's key is its first millisecond."""
    days = ((datetime.fromtimestamp(b["key"] / MILLISECONDS, UTC), int(b["doc_count"])) for b in buckets)
    return {f"{day:%Y-%m-%d}": number for day, number in sorted(days)}
