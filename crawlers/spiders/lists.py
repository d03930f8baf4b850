"""Lists: official lists of parties; a document says what the list holds, and one more who was added or removed."""

from collections.abc import Iterator

from scrapy import Request
from scrapy.http import Response

from crawlers.catalogue import Source
from crawlers.exchange import Declared
from crawlers.record import RECORD_TYPE, Record, address_of
from crawlers.spiders.records import with_parameters
from crawlers.spiders.source import Piece, SourceSpider, UnreadableError

# What stands behind the address of a list for the statement of what it holds.
WHOLE = "whole"


class ListSpider(SourceSpider):
    """Fetch a list whole, and hand over what changed in it; the list itself is in the archive."""

    name = "list"
    purpose = "list"

    def begin(self, source: Source) -> Iterator[Request]:
        """Ask for the files of the list."""
        for url in source.url:
            parameters = [(name, str(value)) for name, value in source.query.items()]
            yield from self.ask(source, with_parameters(url, parameters) if parameters else url)

    def read(self, source: Source, response: Response, level: int) -> Iterator[Request]:  # noqa: ARG002
        """Hand over a document a change; raise UnreadableError where the file is not a list that is known."""
        try:
            changes = self.session.memory.changes(source.list_name or source.name, response.body, source.list_mapping)
        except ValueError as error:
            raise UnreadableError(str(error)) from None
        for change in changes:
            url = address_of(source, change.key or WHOLE, None)
            if self.vacant(source, url, budget=False):
                record = Record(
                    "list", change.key, url, change.title, change.text, change.published, facts=change.facts
                )
                told = Declared(change.title, change.published, (), source.language)
                where = f"change of the list at {response.url}"
                self.hand_over(source, Piece(url, record.as_bytes(), RECORD_TYPE, where, told))
        return iter(())
