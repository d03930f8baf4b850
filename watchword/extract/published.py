"""Published: when a page says that it was published."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice

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
# htmldate looks at every element several times; a page with more than this would take it seconds.
MAX_GUESSED_ELEMENTS = 20_000
# htmldate compares with today's date where it is given none; what is in the future is judged later.
LATEST = "2100-12-31"
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def find_published(markup: Markup, hint: Hint, near: list[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the ISO date on which the page was published, and remarks on dates that cannot be.

    *near* are the texts that stand between the headline and the article, where people read the date.
    """
    remarks: list[str] = []
    for day in chain(candidates(markup, hint, near), guessed(markup)):
        remark = judge_date(day, hint.captured)
        if remark is None:
            return day.isoformat(), tuple(dict.fromkeys(remarks))
        remarks.append(remark)
    return None, tuple(dict.fromkeys(remarks))


def published_in(hint: Hint) -> str | None:
    """Return the ISO date that the place which linked here gives, where it can be one of publication."""
    day = parse_date(hint.published)
    return day.isoformat() if day and judge_date(day, hint.captured) is None else None


def candidates(markup: Markup, hint: Hint, near: list[str]) -> Iterator[date]:
    """Give the dates that may be the one of publication, the most trustworthy first."""
    american = is_american(markup)
    stated = (
        *(str(v) for v in markup.stated("datePublished")),
        *markup.meta(*PUBLISHED_KEYS),
        *marked_times(markup.root),
    )
    yield from parsed(stated, american)
    if day := date_in_url(hint.url or canonical_url(markup)):
        yield day
    yield from parsed((*near, *times(markup.root), *named_as_dates(markup.root)), american)
    modified = (
        *(str(v) for v in markup.stated("dateModified")),
        *markup.meta("article:modified_time", "last-modified"),
    )
    yield from parsed((hint.published or "", *modified), american)


def parsed(texts: Iterable[str], american: bool) -> Iterator[date]:
    """Give the dates of those *texts* that hold one."""
    for text in texts:
        if day := parse_date(text, month_first=american):
            yield day


def canonical_url(markup: Markup) -> str | None:
    """Return the address that the page gives as its own."""
    links = (e.get("href") for e in markup.root.iter("link") if (e.get("rel") or "").lower() == "canonical")
    return next((link for link in links if link), None) or next(markup.meta("og:url"), None)


def guessed(markup: Markup) -> Iterator[date]:
    """Give the date that htmldate finds where nothing else does; it takes as long as all the rest of a page."""
    if sum(1 for _ in islice(markup.root.iter(), MAX_GUESSED_ELEMENTS)) == MAX_GUESSED_ELEMENTS:
        return
    from htmldate import find_date

    try:
        found = find_date(markup.root, original_date=True, outputformat="%Y-%m-%d", max_date=LATEST)
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return
    if found:
        yield date.fromisoformat(found)


def is_american(markup: Markup) -> bool:
    """Say whether the page writes the month before the day, as English pages of the United States do."""
    language = (markup.root.get("lang") or next(markup.meta("og:locale", "content-language"), "")).lower()
    return language in ("en-us", "en_us")


def marked_times(root: etree._Element) -> Iterator[str]:
    """Give the dates in elements that the markup marks as the time of publication."""
    for element in root.xpath("//*[@itemprop='datePublished' or @pubdate or @property='datePublished']")[:5]:
        yield element.get("datetime") or element.get("content") or element.get("title") or text_of(element)


def times(root: etree._Element) -> Iterator[str]:
    """Give the dates in elements made for dates, those of updates left out."""
    marked = [e for e in root.iter("time") if not UPDATED.search(e.get("class") or "")]
    for element in [*marked, *root.xpath("//abbr[contains(@class, 'published') or contains(@class, 'date')]")][:20]:
        yield element.get("datetime") or element.get("title") or text_of(element)


def named_as_dates(root: etree._Element) -> Iterator[str]:
    """Give the short texts of elements whose class or id speaks of a date, those of updates last."""
    later: list[str] = []
    for element in root.xpath("//body//*[@class or @id]"):
        names = CAMEL.sub(" ", f"{element.get('class', '')} {element.get('id', '')}").lower()
        if not DATE_NAMES.search(names):
            continue
        text = text_of(element)
        if 5 < len(text) <= MAX_DATE_LETTERS and next(element.iterancestors("a"), None) is None:
            if UPDATED.search(names) or UPDATED.search(text):
                later.append(text)
            else:
                yield text
    yield from later
