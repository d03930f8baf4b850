"""Days as lists write them, as ISO 8601."""

import re
from datetime import datetime

CIRCA = re.compile(r"^circa ")
WRITTEN_DATES = (("%d %b %Y", "%Y-%m-%d"), ("%b %Y", "%Y-%m"), ("%m/%d/%Y", "%Y-%m-%d"))
# `dd/mm/1945` and `00/00/1945`: what is not known of a date.
DAY_FIRST = re.compile(r"(\d\d?|dd|DD)/(\d\d?|mm|MM)/(\d{4})")


def named_month(written: str) -> str:
    """Return a date such as `10 Sep 1948` as ISO 8601; a date that is written otherwise stays as it is."""
    plain = CIRCA.sub("", written)
    for pattern, iso in WRITTEN_DATES:
        try:
            return datetime.strptime(plain, pattern).strftime(iso)
        except ValueError:
            continue
    return plain


def day_first(written: str) -> str:
    """Return a date with the day first as ISO 8601, as far as it is known; one that is written otherwise stays."""
    found = DAY_FIRST.fullmatch(written.strip())
    if found is None:
        return written
    parts = [found[3], *(part.zfill(2) for part in (found[2], found[1]))]
    unknown = next((n for n, part in enumerate(parts) if not part.isdigit() or not int(part)), len(parts))
    return "-".join(parts[:unknown])
