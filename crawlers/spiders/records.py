"""Records: answers of services whose entries become documents, answer after answer."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.catalogue import Source
from crawlers.exchange import Declared
from crawlers.moments import fill, look_back
from crawlers.record import RECORD_TYPE, Record, record_of, rows_of
from crawlers.shapes import Shape
from crawlers.source import Value
from crawlers.spiders.source import Piece, SourceSpider, UnreadableError
from crawlers.tree import Tree, TreeError, as_text, pick, read_tree
from crawlers.urls import canonical

Parameters = Sequence[tuple[str, str]]


class RecordSpider(SourceSpider):
    """Read the answers of a service; a kind says what is asked, where the records lie and which are wanted.

    `days` is how far back is asked where a source does not say: services enter records late, and revise them.
    """

    days: ClassVar[int] = 7

    def begin(self, source: Source) -> Iterator[Request]:
        """Ask for the first answer of each address of *source*."""
        for url in source.url:
            yield from self.ask(source, with_parameters(url, self.parameters(source)), level=source.depth)

    def parameters(self, source: Source) -> list[tuple[str, str]]:
        """Return the parameters of the first request, moments filled in."""
        since, until = self.period(source)
        given = [*source.query.items(), *first_page(source)]
        return [(name, fill(str(value), since, until)) for name, values in given for value in _each(values)]

    def period(self, source: Source) -> tuple[datetime, datetime]:
        """Return from when to when is asked: the window, or all since the source was last seen where that is longer."""
        now = datetime.now(UTC)
        return look_back(now, source.window or self.days, self.session.memory.looked(source.name)), now

    def shape(self, source: Source, tree: Tree) -> Shape:
        """Return where the records of an answer lie, and their fields."""
        raise NotImplementedError

    def wanted(self, source: Source, record: Record) -> bool:  # noqa: ARG002
        """Say whether *record* is one that the source asks for."""
        return True

    def complete(self, source: Source, record: Record, row: Tree) -> Record:  # noqa: ARG002
        """Return *record* with what the kind adds to what *row* states."""
        return record

    def read(self, source: Source, response: Response, level: int) -> Iterator[Request]:
        """Take the records of an answer, and ask for the next one while *level* lasts."""
        try:
            tree = read_tree(response.body)
        except TreeError as error:
            raise UnreadableError(str(error)) from None
        shape = self.shape(source, tree)
        path = shape.records if source.records is None else source.records
        if path and pick(tree, path.split(".")[0]) is None and tree:
            raise UnreadableError(f"the answer has no {path!r}: {as_text(tree)[:200]}")
        rows = rows_of(tree, path)
        for row in rows:
            record = record_of(row, source, shape)
            if record is None:
                self.session.ledger.note(source.name, "a record has neither a key nor a title")
            elif self.wanted(source, record):
                yield from self.take(source, response.url, self.complete(source, record, row), row)
        if level > 0 and rows and (url := self.next_page(source, response.url, tree, len(rows))):
            yield from self.ask(source, url, level=level - 1)

    def take(self, source: Source, answer: str, record: Record, row: Tree) -> Iterator[Request]:  # noqa: ARG002
        """Hand *record* over as a document; the answer at *answer* is its evidence."""
        if self.vacant(source, record.url):
            declared = Declared(record.title or None, record.published, record.authors, record.language)
            piece = Piece(record.url, record.as_bytes(), RECORD_TYPE, f"record of {answer}", declared)
            self.hand_over(source, piece)
        return iter(())

    def next_page(self, source: Source, url: str, tree: Tree, count: int) -> str | None:
        """Return the address of the next answer, None where this is the last."""
        paging = source.paging
        if paging is None:
            path = self.shape(source, tree).next_page
            return canonical(as_text(tree.get(path)), url) if path and isinstance(tree, dict) else None
        if paging.link is not None:
            link = as_text(pick(tree, paging.link))
            return canonical(link, url) if link else None
        if paging.page is not None:
            return with_parameters(url, [(paging.page, str(_number(url, paging.page, paging.first) + 1))])
        if paging.offset is not None and paging.size is not None:
            more = count >= paging.size
            after = str(_number(url, paging.offset, 0) + paging.size)
            return with_parameters(url, [(paging.offset, after)]) if more else None
        mark = as_text(pick(tree, paging.mark or ""))
        return with_parameters(url, [(paging.cursor or "", mark)]) if mark else None


def first_page(source: Source) -> list[tuple[str, Value]]:
    """Return the parameter that asks for the first of several answers, where a count does."""
    if source.paging is None or source.paging.page is None:
        return []
    return [(source.paging.page, source.paging.first)]


def with_parameters(url: str, parameters: Parameters) -> str:
    """Return *url* with *parameters*, each name in place of what it had."""
    parts = urlsplit(url)
    names = {name for name, _ in parameters}
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in names]
    whole = urlunsplit(parts._replace(query=urlencode([*kept, *parameters], safe="/:,[]()*$")))
    return canonical(whole) or whole


def _number(url: str, name: str, first: int) -> int:
    value = dict(parse_qsl(urlsplit(url).query)).get(name, "")
    return int(value) if value.isdigit() else first


def _each(values: Value | tuple[Value, ...]) -> tuple[Value, ...]:
    return values if isinstance(values, tuple) else (values,)
