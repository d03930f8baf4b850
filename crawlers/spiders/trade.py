"""Trade: customs statistics by commodity, partner and period, as UN Comtrade and services like it answer."""

from crawlers.catalogue import Source
from crawlers.shapes import COMTRADE, Shape
from crawlers.spiders.records import RecordSpider
from crawlers.tree import Tree


class TradeSpider(RecordSpider):
    """Read statistics; each line, a flow of one commodity between two partners in one period, is a document."""

    name = "trade"
    purpose = "trade"
    # Statistics come in up to two years after their period, and are revised.
    days = 730

    def shape(self, source: Source, tree: Tree) -> Shape:  # noqa: ARG002
        """Return the shape of UN Comtrade; the source's own fields go before its."""
        return COMTRADE
