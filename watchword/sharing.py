"""Sharing: sources that bring the same stories, so that one of them may be looked at in vain."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import combinations

from sqlalchemy import select

from watchword.store.database import Database
from watchword.store.schema import DocumentRow

WINDOW = timedelta(days=28)
# A source shares its content where so much of it also came through another; agencies that many papers print stay below.
SHARED_PART = 0.7
SHARED_STORIES = 10
# A story that so many sources carry says nothing about any two of them.
MAX_SOURCES = 30


def shared_content(database: Database, at: datetime) -> dict[str, str]:
    """Return for each source whose stories came mostly through another one too a remark that says so."""
    since = (at - WINDOW).isoformat()
    wanted = select(DocumentRow.story, DocumentRow.source).where(DocumentRow.captured >= since).distinct()
    stories: dict[str, set[str]] = {}
    with database.session() as session:
        for story, source in session.execute(wanted):
            stories.setdefault(story, set()).add(source)
    return _remarks(stories)


def _remarks(stories: dict[str, set[str]]) -> dict[str, str]:
    totals: Counter[str] = Counter(source for sources in stories.values() for source in sources)
    together: Counter[tuple[str, str]] = Counter()
    for sources in stories.values():
        if 1 < len(sources) <= MAX_SOURCES:
            together.update(combinations(sorted(sources), 2))
    remarks: dict[str, str] = {}
    for pair, count in together.most_common():
        for source, other in (pair, pair[::-1]):
            part = count / totals[source]
            if count >= SHARED_STORIES and part >= SHARED_PART:
                remarks.setdefault(source, f"{part:.0%} of its stories also came through {other}")
    return remarks
