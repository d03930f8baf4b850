"""The formats of official lists, a module a publisher; `FORMATS` is tried in order.

To add one: write a module with a `Format`, and name it here.
"""

from watchword.lists.formats.base import Contents, Format
from watchword.lists.formats.csl import CONSOLIDATED_SCREENING_LIST
from watchword.lists.formats.european_union import EUROPEAN_UNION
from watchword.lists.formats.followthemoney import FOLLOW_THE_MONEY
from watchword.lists.formats.ministries import MINISTRY_LISTS
from watchword.lists.formats.security_council import SECURITY_COUNCIL
from watchword.lists.formats.table import TABLE
from watchword.lists.formats.treasury import TREASURY_CSV, TREASURY_XML

# The table of anybody's own comes last: a publisher's file may have its two columns.
FORMATS: tuple[Format, ...] = (
    SECURITY_COUNCIL,
    EUROPEAN_UNION,
    TREASURY_XML,
    TREASURY_CSV,
    CONSOLIDATED_SCREENING_LIST,
    MINISTRY_LISTS,
    FOLLOW_THE_MONEY,
    TABLE,
)

__all__ = ["FORMATS", "Contents", "Format"]
