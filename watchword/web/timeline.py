"""The days of a result as bars: by day, month or year, as fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from watchword.web.addresses import Address

# More bars than this are too thin to tell apart.
MAX_BARS: Final = 48
HEIGHT: Final = 40


@dataclass(frozen=True)
class Bar:
    """A day, month or year: how many documents, how high, where it stands, and what a click leads to."""

    label: str
    number: int
    height: float
    left: int
    link: Address

    @property
    def top(self) -> float:
        """Where the bar begins, from above."""
        return HEIGHT - self.height


def bars_of(days: Mapping[str, int], here: Address) -> list[Bar]:
    """Return the bars of *days*, ISO dates and numbers, from the first to the last; none for a single day."""
    if len(days) < 2:
        return []
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    # A very long time shows its newest years.
    labels = next((made for step in STEPS if len(made := step(first, last)) <= MAX_BARS), _years(first, last))[
        -MAX_BARS:
    ]
    counts = dict.fromkeys(labels, 0)
    for day, number in days.items():
        label = day[: len(labels[0])]
        counts[label] = counts.get(label, 0) + number
    most = max(counts[label] for label in labels)
    return [
        Bar(label, counts[label], HEIGHT * counts[label] / most, index * 10, here.setting(since=label, until=label))
        for index, label in enumerate(labels)
    ]


def _days(first: date, last: date) -> list[str]:
    length = min((last - first).days, MAX_BARS) + 1
    return [(first + timedelta(days=number)).isoformat() for number in range(length)]


def _months(first: date, last: date) -> list[str]:
    span = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in span[: MAX_BARS + 1]]


def _years(first: date, last: date) -> list[str]:
    return [f"{year:04}" for year in range(first.year, last.year + 1)]


# By day where they fit, else by month, else by year.
STEPS: Final = (_days, _months, _years)
