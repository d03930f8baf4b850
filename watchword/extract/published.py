"""Published: when a page says that it was published."""

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from watchword.extract.dates import date_in_url, judge_date, parse_date
from watchword.extract.metadata import PUBLISHED_KEYS, Markup, text_of
from watchword.extract.values import Hint

DATE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:date\w*|time\w*|pub\w*|posted\w*|created|data|dzien|fecha|stamp|when|byline|info|meta|źródło|hmerominia)(?=$|[\s_-]|\d)"
    r"|pubtime|pubdate|artdate|publish|dateline|postdate|entry-date|post-date|article_date|newsdate"
)
UPDATED = re.compile(r"updat|modif|last|обновл|изменен|aktualiz|ενημέρωση|更新", re.IGNORECASE)
# An element of a date holds little else.
MAX_DATE_LETTERS = 160
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def find_published(markup: Markup, hint: Hint, near: list[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the ISO date on which the page was published, and remarks on dates that cannot be.

    *near* are the texts that stand between the headline and the article, where people read the date.
    """
    remarks: list[str] = []
    for day in candidates(markup, hint, near):
        remark = judge_date(day, hint.captured)
        if remark is None:
            return day.isoformat(), tuple(dict.fromkeys(remarks))
        remarks.append(remark)
    return None, tuple(dict.fromkeys(remarks))


def candidates(markup: Markup, hint: Hint, near: list[str]) -> Iterator[date]:
    """Give the dates that may be the one of publication, the most trustworthy first."""
    american = is_american(markup)
    texts = (
        *(str(v) for v in markup.stated("datePublished")),
        *markup.meta(*PUBLISHED_KEYS),
        *marked_times(markup.root),
    )
    for text in texts:
        if day := parse_date(text, month_first=american):
            yield day
    if day := date_in_url(hint.url or next(markup.meta("og:url"), None)):
        yield day
    for text in (*near, *named_as_dates(markup.root)):
        if day := parse_date(text, month_first=american):
            yield day
    if day := parse_date(hint.published):
        yield day
    texts = (*(str(v) for v in markup.stated("dateModified")), *markup.meta("article:modified_time", "last-modified"))
    for text in texts:
        if day := parse_date(text):
            yield day


def is_american(markup: Markup) -> bool:
    """Say whether the page writes the month before the day, as English pages of the United States do."""
    language = (markup.root.get("lang") or next(markup.meta("og:locale", "content-language"), "")).lower()
    return language in ("en-us", "en_us")


def marked_times(root: etree._Element) -> Iterator[str]:
    """Give the dates in elements that the markup marks as times of publication, then in any `time` element."""
    marked = root.xpath("//*[@itemprop='datePublished' or @pubdate or @property='datePublished']")
    times = [e for e in root.iter("time") if not UPDATED.search(e.get("class") or "")]
    for element in [*marked, *times][:20]:
        yield element.get("datetime") or element.get("content") or element.get("title") or text_of(element)
    for element in root.xpath("//abbr[contains(@class, 'published') or contains(@class, 'date')]")[:5]:
        yield element.get("title") or text_of(element)


def named_as_dates(root: etree._Element) -> Iterator[str]:
    """Give the short texts of elements whose class or id speaks of a date, those of updates last."""
    later: list[str] = []
    for element in root.xpath("//body//*[@class or @id]"):
        names = CAMEL.sub(" ", f"{element.get('class', '')} {element.get('id', '')}").lower()
        if not DATE_NAMES.search(names):
            continue
        text = text_of(element)
        if 5 < len(text) <= MAX_DATE_LETTERS:
            if UPDATED.search(names) or UPDATED.search(text):
                later.append(text)
            else:
                yield text
    yield from later
