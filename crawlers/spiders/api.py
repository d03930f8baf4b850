"""APIs: services that answer with records, as JSON, XML or a table, whose fields the source names."""

from collections.abc import Iterator

from scrapy import Request

from crawlers.catalogue import Source
from crawlers.exchange import Declared
from crawlers.record import Record
from crawlers.shapes import Shape
from crawlers.spiders.records import RecordSpider
from crawlers.tree import Tree, as_text, first_of


class ApiSpider(RecordSpider):
    """Read answers, and ask for the page of each record, or take the record itself where it has none."""

    name = "api"
    purpose = "api"

    def shape(self, source: Source, tree: Tree) -> Shape:  # noqa: ARG002
        """Return the shape that the source states."""
        return Shape(source.records or "", source.fields)

    def take(self, source: Source, answer: str, record: Record, row: Tree) -> Iterator[Request]:
        """Ask for the page that *record* names, or hand the record over."""
        link = as_text(first_of(row, source.fields.get("url", ""))) if "url" in source.fields else ""
        if not (source.follow and link):
            yield from super().take(source, answer, record, row)
            return
        told = Declared(record.title or None, record.published, record.authors, record.language, record.text or None)
        yield from self.document(source, link, answer, told)
