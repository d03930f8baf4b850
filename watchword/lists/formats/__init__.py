"""The formats of official lists, a module a publisher; `FORMATS` is tried in order.

To add one: write a module with a `Format`, and name it here.
"""

from watchword.lists.formats.australia import AUSTRALIA
from watchword.lists.formats.base import Contents, Format
from watchword.lists.formats.canada import CANADA
from watchword.lists.formats.csl import CONSOLIDATED_SCREENING_LIST
from watchword.lists.formats.european_union import EUROPEAN_UNION
from watchword.lists.formats.european_union_table import EUROPEAN_UNION_TABLE
from watchword.lists.formats.followthemoney import FOLLOW_THE_MONEY
from watchword.lists.formats.france import FRANCE
from watchword.lists.formats.mapping import SIMPLE_TABLE
from watchword.lists.formats.ministries import MINISTRY_LISTS
from watchword.lists.formats.security_council import SECURITY_COUNCIL
from watchword.lists.formats.switzerland import SWITZERLAND
from watchword.lists.formats.table import TABLE
from watchword.lists.formats.treasury import TREASURY_CSV, TREASURY_XML
from watchword.lists.formats.united_kingdom import OFSI_TABLE, OFSI_XML, UK_SANCTIONS_TABLE
from watchword.lists.formats.united_kingdom_xml import UK_SANCTIONS_XML

# The table of anybody's own comes last: a publisher's file may have its two columns.
FORMATS: tuple[Format, ...] = (
    SECURITY_COUNCIL,
    EUROPEAN_UNION,
    EUROPEAN_UNION_TABLE,
    UK_SANCTIONS_XML,
    UK_SANCTIONS_TABLE,
    OFSI_XML,
    OFSI_TABLE,
    SWITZERLAND,
    AUSTRALIA,
    CANADA,
    TREASURY_XML,
    TREASURY_CSV,
    CONSOLIDATED_SCREENING_LIST,
    MINISTRY_LISTS,
    FOLLOW_THE_MONEY,
    FRANCE,
    SIMPLE_TABLE,
    TABLE,
)

__all__ = ["FORMATS", "Contents", "Format"]
