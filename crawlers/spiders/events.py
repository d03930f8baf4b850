"""Events: earthquakes of FDSN event services, outbreaks of disease, reports; near to places where some are set."""

from crawlers.catalogue import Source
from crawlers.record import Record
from crawlers.shapes import EVENT_SHAPES, Shape, recognise
from crawlers.spiders.records import RecordSpider
from crawlers.tree import Tree


class EventsSpider(RecordSpider):
    """Read catalogues of events; each event is a document."""

    name = "events"
    purpose = "events"

    def shape(self, source: Source, tree: Tree) -> Shape:
        """Return the shape that the source names, else the one that the answer has."""
        return EVENT_SHAPES[source.shape] if source.shape else recognise(tree)

    def wanted(self, source: Source, record: Record) -> bool:
        """Say whether *record* lies near to one of the source's places, where it has any."""
        return bool(record.places) or not source.near
