"""Dates: what publishers write as a date of publication, in many hands, as an ISO date in UTC."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

# The months as they are written in dates: English, French, Spanish, Russian, Greek, Polish, Arabic (both sets), German,
# Portuguese, Italian. A name stands for all its inflections by its beginning; the longest beginning decides.
MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "jan janv ene γεν янв січ ιαν stycz sty يناير كانون_الثاني gen",
        "feb φλεβ févr fevr février fév лют февр фев φεβ lut فبراير شباط",
        "mar mär març марта мар берез μαρ marz مارس آذار اذار",
        "apr avr abr апр квіт απρ kwie kwi أبريل ابريل إبريل نيسان",
        "may mai μάη mayo мая май трав μαΐ μαι μάι maj أيار ايار مايو mag",
        "jun juin июн черв ιουν ιούν cze يونيو يونيه حزيران giu",
        "jul juil июл лип ιουλ ιούλ lip يوليو يوليه تموز lug",
        "aug août aout ago авг серп αυγ αύγ sie أغسطس اغسطس آب",
        "sep сен вер σεπ wrz سبتمبر أيلول ايلول set",
        "oct okt окт жовт οκτ paź paz أكتوبر اكتوبر تشرين_الأول out ott",
        "nov ноя листоп νοε νοέ lis نوفمبر تشرين_الثاني",
        "dec déc dez dic дек груд δεκ gru ديسمبر كانون_الأول",
    ),
    start=1,
):
    MONTHS.update({name.replace("_", " "): _number for name in _names.split()})

ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?(\d{2})(\d{2})(\d{2}))?(?!\d)")
YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[./年-]\s?(\d{1,2})\s?[./月-]\s?(\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<![\d.,])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d{2})(?!\d)")
SHORT_YEAR = re.compile(r"(?<![\d.,/-])(\d{1,2})([./])(\d{1,2})\2(\d{2})(?![\d.,/])")
DAY_NAME_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª)?[\s.,-]{0,3}(?:de\s+|of\s+)?([^\W\d_]{3,12}(?:\s(?:الثاني|الأول))?)[.,]?"
    r"[\s-]{0,3}(?:de\s+|del\s+)?,?\s?((?:19|20)\d{2})(?!\d)"
)
NAME_DAY_YEAR = re.compile(r"(?<!\w)([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{2})(?!\d)")
MAIL_DATE = re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|[A-Z]{2,4})")
URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:[/_-](\d{1,2})[/_-](\d{1,2})|(?:[/-])?(0[1-9]|1[0-2])(?:[/-])?(0[1-9]|[12]\d|3[01]))(?!\d)"
)
EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# The first web pages; an older date on one is a date in its text, a mistake, or a clock that was not set.
EARLIEST_PAGE = date(1991, 8, 6)
# Dates are compared as UTC; a publisher east of Greenwich is a day ahead.
AHEAD = timedelta(days=1)


def parse_date(text: str | None, *, month_first: bool = False) -> date | None:
    """Return the first date that *text* holds, in UTC where it has a time zone; None where it has none.

    *month_first* reads 03/04/2011 as 4 March; where one number is above twelve, it decides by itself.
    """
    if not text:
        return None
    if MAIL_DATE.search(text) and (day := parse_mail_date(text)):
        return day
    text = text.translate(EASTERN_DIGITS)
    found = [
        (m.start(), order, day)
        for order, (pattern, read) in enumerate(READERS)
        for m in pattern.finditer(text)
        if (day := read(m, month_first)) is not None
    ]
    return min(found)[2] if found else None


def parse_mail_date(text: str | None) -> date | None:
    """Return the date of *text* in the form of mail and HTTP (RFC 5322), in UTC."""
    try:
        moment = parsedate_to_datetime(text) if text else None
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return to_utc(moment) if moment else None


def to_utc(moment: datetime) -> date | None:
    """Return the day of *moment* in UTC; a moment without time zone is taken as it stands."""
    try:
        return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()
    except (OverflowError, ValueError):
        return None


def make_date(year: str | int, month: str | int, day: str | int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def read_iso(match: re.Match[str], _month_first: bool) -> date | None:
    """Return the date of an ISO 8601 time stamp, shifted to UTC where it names its zone."""
    year, month, day, hour, minute, second, zone = match.groups()
    if hour is None or zone in (None, "Z"):
        return make_date(year, month, day)
    stamp = f"{year}-{int(month):02}-{int(day):02}T{int(hour):02}:{minute}:{second or '00'}{zone}"
    try:
        return to_utc(datetime.fromisoformat(stamp))
    except ValueError:
        return make_date(year, month, day)


def read_ordered(match: re.Match[str], _month_first: bool) -> date | None:
    """Return the date of year, month and day in this order."""
    return make_date(*match.groups()[:3])


def read_year_last(match: re.Match[str], month_first: bool) -> date | None:
    """Return the date of two numbers and a year."""
    first, separator, second, year = match.groups()
    if int(second) > 12 or (month_first and separator == "/" and int(first) <= 12):
        return make_date(year, first, second)
    return make_date(year, second, first)


def read_short_year(match: re.Match[str], month_first: bool) -> date | None:
    """Return the date of two numbers and the last two digits of a year of this century."""
    first, _, second, year = match.groups()
    if int(second) > 12 or (month_first and int(first) <= 12):
        return make_date(2000 + int(year), first, second)
    return make_date(2000 + int(year), second, first)


def read_day_name_year(match: re.Match[str], _month_first: bool) -> date | None:
    """Return the date of a day, the name of a month and a year."""
    day, name, year = match.groups()
    month = month_of(name)
    return make_date(year, month, day) if month else None


def read_name_day_year(match: re.Match[str], _month_first: bool) -> date | None:
    """Return the date of the name of a month, a day and a year."""
    name, day, year = match.groups()
    month = month_of(name)
    return make_date(year, month, day) if month else None


def month_of(name: str) -> int | None:
    """Return the number of the month that *name* is, in any of ten languages."""
    lower = name.lower().strip(".")
    return next((MONTHS[lower[:n]] for n in range(len(lower), 2, -1) if lower[:n] in MONTHS), MONTHS.get(lower))


READERS = (
    (ISO, read_iso),
    (YEAR_FIRST, read_ordered),
    (YEAR_LAST, read_year_last),
    (DAY_NAME_YEAR, read_day_name_year),
    (NAME_DAY_YEAR, read_name_day_year),
    (COMPACT, read_ordered),
    (SHORT_YEAR, read_short_year),
)


def date_in_url(url: str | None) -> date | None:
    """Return the whole date that the path of *url* spells, or None."""
    if not url:
        return None
    for match in URL_DATE.finditer(url):
        year, month, day, short_month, short_day = match.groups()
        found = make_date(year, month or short_month, day or short_day)
        if found:
            return found
    return None


def judge_date(day: date, captured: datetime | None, earliest: date = EARLIEST_PAGE) -> str | None:
    """Return why *day* cannot be a date of publication, or None where it can."""
    if captured is not None and day > (to_utc(captured) or day) + AHEAD:
        return f"publication date in the future ignored: {day.isoformat()}"
    if day < earliest:
        return f"publication date before {earliest.year} ignored: {day.isoformat()}"
    return None
