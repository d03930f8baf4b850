"""The embedded engine: tantivy in a folder of the home, one writer under a lock, many readers, no server."""

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from pathlib import Path
from types import TracebackType
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from index_mappings.analysis import stems
from index_mappings.fields import DATES, KEYWORDS, STREAMS
from watchword.document import Document
from watchword.errors import DamagedError, UnavailableError, UsageError
from watchword.index.base import Hit, Page, SearchRequest, Status
from watchword.index.dates import bounds
from watchword.index.query import (
    TEXT,
    TEXT_FIELDS,
    All,
    And,
    Boost,
    Fuzzy,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Range,
    Term,
    parse,
)
from watchword.index.streams import packed, streams_of, unpacked

# The writer's buffer; larger ones write fewer and larger segments.
WRITER_BYTES = 64 * 2**20
# Hits are fetched in pages of this size when all are wanted.
SCAN_PAGE = 1_000
MAX_FACET_VALUES = 1_000


def schema() -> Any:
    """Return the tantivy schema of the indexed fields."""
    builder = tantivy.SchemaBuilder()
    for name in STREAMS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in KEYWORDS:
        builder.add_text_field(name, stored=name == "story", fast=True, tokenizer_name="raw", index_option="basic")
    for name in DATES:
        builder.add_date_field(name, indexed=True, fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


class EmbeddedEngine:
    """An index in a folder; writing waits for the lock, reading never does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._schema = schema()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
        except (OSError, ValueError) as error:
            raise DamagedError(
                f"The index in {folder} cannot be opened ({error}); 'watchword index rebuild' makes it anew."
            ) from error

    def add(self, documents: Sequence[Document]) -> None:
        """Index *documents* in one commit, in place of what stands under their ids."""
        with _Writing(self) as writer:
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(_tantivy_document(document))

    def remove(self, identifiers: Sequence[str]) -> None:
        """Take documents out."""
        with _Writing(self) as writer:
            for identifier in identifiers:
                writer.delete_documents_by_term("id", identifier)

    def search(self, request: SearchRequest) -> Page:
        """Return the page of hits that *request* asks for."""
        searcher = self._searcher()
        query = compiled(request.query, self._schema)
        total = searcher.search(query, 1).count
        hits = self._folded(searcher, query, request) if request.fold else self._plain(searcher, query, request)
        facets = {name: _facet(searcher, query, name) for name in request.facets}
        return Page(total, tuple(hits), facets)

    def _plain(self, searcher: Any, query: Query, request: SearchRequest) -> Iterator[Hit]:
        for score, address in _page(searcher, query, request.sort, request.limit, request.offset):
            yield Hit(_document(searcher.doc(address)), _number(score))

    def _folded(self, searcher: Any, query: Query, request: SearchRequest) -> Iterator[Hit]:
        """Yield the best hit of each story, with how many copies match."""
        told: set[str] = set()
        offset = 0
        while len(told) < request.offset + request.limit:
            page = _page(searcher, query, request.sort, SCAN_PAGE, offset)
            for score, address in page:
                stored = searcher.doc(address)
                story = stored.get_first("story") or ""
                if story in told or len(told) >= request.offset + request.limit:
                    continue
                told.add(story)
                if len(told) > request.offset:
                    copies = Query.boolean_query([(Occur.Must, query), (Occur.Must, self._term("story", story))])
                    yield Hit(_document(stored), _number(score), searcher.search(copies, 1).count)
            if len(page) < SCAN_PAGE:
                return
            offset += SCAN_PAGE

    def count(self, query: Node) -> int:
        """Return how many documents match."""
        return int(self._searcher().search(compiled(query, self._schema), 1).count)

    def scan(self, query: Node) -> Iterator[Document]:
        """Yield every document that matches, however many."""
        searcher = self._searcher()
        wanted = compiled(query, self._schema)
        offset = 0
        while page := searcher.search(wanted, SCAN_PAGE, count=False, offset=offset, order_by_field="date").hits:
            yield from (_document(searcher.doc(address)) for _, address in page)
            offset += SCAN_PAGE

    def matching(self, query: str) -> Iterator[str]:
        """Yield the id of every document that matches the query text."""
        return (document.id for document in self.scan(parse(query)))

    def get(self, identifier: str) -> Document | None:
        """Return one document, or None."""
        searcher = self._searcher()
        hits = searcher.search(self._term("id", identifier), 1).hits
        return _document(searcher.doc(hits[0][1])) if hits else None

    def refresh(self) -> None:
        """Do nothing: every commit is visible to the next search."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Put *documents* in place of all that the index holds, in one commit; return their number."""
        number = 0
        with _Writing(self) as writer:
            writer.delete_all_documents()
            for document in documents:
                writer.add_document(_tantivy_document(document))
                number += 1
        return number

    def status(self) -> Status:
        """Return what the index holds."""
        size = sum(path.stat().st_size for path in self.folder.iterdir() if path.is_file())
        return Status("embedded", self._searcher().num_docs, size, str(self.folder))

    def close(self) -> None:
        """Do nothing: a writer lives as long as one commit."""

    def open_writer(self) -> Any:
        """Return tantivy's writer; the caller holds the lock."""
        return self._index.writer(WRITER_BYTES, 1)

    def _searcher(self) -> Any:
        self._index.reload()
        return self._index.searcher()

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value)


class _Writing:
    """One commit under the lock; the lock goes with its process, so a killed owner does not hold it."""

    def __init__(self, engine: EmbeddedEngine) -> None:
        self.engine = engine

    def __enter__(self) -> Any:
        """Wait for the lock and open the writer."""
        self._lock = os.open(self.engine.folder / "writer.lock", os.O_CREAT | os.O_RDWR)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        try:
            self._writer = self.engine.open_writer()
        except ValueError as error:
            os.close(self._lock)
            raise UnavailableError(f"The index in {self.engine.folder} cannot be written: {error}") from error
        return self._writer

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or roll back where an error came, and free the lock."""
        try:
            if kind is None:
                self._writer.commit()
                self._writer.wait_merging_threads()
            else:
                self._writer.rollback()
        except ValueError as problem:
            raise UnavailableError(f"The index in {self.engine.folder} cannot be written: {problem}") from problem
        finally:
            del self._writer
            os.close(self._lock)


def _tantivy_document(document: Document) -> Any:
    streams = streams_of(document)
    made = tantivy.Document()
    for name, stream in streams.streams.items():
        made.add_text(name, stream)
    for name, values in streams.keywords.items():
        for value in values:
            made.add_text(name, value)
    for name, moment in streams.dates.items():
        made.add_date(name, moment)
    made.add_bytes("document", packed(document))
    return made


def _document(stored: Any) -> Document:
    return unpacked(bytes(stored.get_first("document")))


def _page(searcher: Any, query: Query, sort: str, limit: int, offset: int) -> list[tuple[Any, Any]]:
    if sort == "score":
        return list(searcher.search(query, limit, count=False, offset=offset).hits)
    order = Order.Asc if sort == "oldest" else Order.Desc
    return list(searcher.search(query, limit, count=False, offset=offset, order_by_field="date", order=order).hits)


def _number(score: Any) -> float:
    return float(score) if isinstance(score, float) else 0.0


def _facet(searcher: Any, query: Query, field: str) -> dict[str, int]:
    answer = searcher.aggregate(query, {field: {"terms": {"field": field, "size": MAX_FACET_VALUES}}})
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[field]["buckets"]}


@singledispatch
def compiled(node: Node, schema: Any) -> Query:
    """Return *node* as a tantivy query."""
    raise TypeError(f"{type(node).__name__} is no query")


@compiled.register
def _all(_node: All, _schema: Any) -> Query:
    return Query.all_query()


@compiled.register
def _term(node: Term, schema: Any) -> Query:
    if node.field not in TEXT_FIELDS:
        return Query.term_query(schema, node.field, node.value)
    if node.exact:
        return Query.term_query(schema, _stream(node.field, "exact"), node.value)
    stem_stream = _stream(node.field, "stem")
    ways = [(Occur.Should, Query.term_query(schema, stem_stream, word)) for word in stems(node.value)]
    exact = Query.term_query(schema, _stream(node.field, "exact"), stems(node.value)[0])
    return Query.boolean_query([*ways, (Occur.Should, exact)])


@compiled.register
def _phrase(node: Phrase, schema: Any) -> Query:
    stream = _stream(node.field, "exact")
    if not node.slop:
        return Query.phrase_query(schema, stream, list(node.words))
    there = Query.phrase_query(schema, stream, list(node.words), node.slop)
    back = Query.phrase_query(schema, stream, list(reversed(node.words)), node.slop)
    return Query.boolean_query([(Occur.Should, there), (Occur.Should, back)])


@compiled.register
def _pattern(node: Pattern, schema: Any) -> Query:
    field = _stream(node.field, "exact") if node.field in TEXT_FIELDS else node.field
    try:
        return Query.regex_query(schema, field, node.regex)
    except ValueError as error:
        raise UsageError(f"The regular expression /{node.regex}/ cannot be read: {error}") from None


@compiled.register
def _fuzzy(node: Fuzzy, schema: Any) -> Query:
    field = _stream(node.field, "exact") if node.field in TEXT_FIELDS else node.field
    return Query.fuzzy_term_query(schema, field, node.value, node.edits)


@compiled.register
def _range(node: Range, schema: Any) -> Query:
    low, high = bounds(node)
    plain = [moment and moment.replace(tzinfo=None) for moment in (low, high)]
    return Query.range_query(schema, node.field, FieldType.Date, plain[0], plain[1])


@compiled.register
def _and(node: And, schema: Any) -> Query:
    return Query.boolean_query([_occurrence(part, schema) for part in node.parts] + _anchor(node.parts))


def _occurrence(part: Node, schema: Any) -> tuple[Occur, Query]:
    if isinstance(part, Not):
        return Occur.MustNot, compiled(part.part, schema)
    return Occur.Must, compiled(part, schema)


def _anchor(parts: Sequence[Node]) -> list[tuple[Occur, Query]]:
    """Return an all-query where every part excludes: what is excluded must be excluded from something."""
    return [(Occur.Must, Query.all_query())] if all(isinstance(part, Not) for part in parts) else []


@compiled.register
def _or(node: Or, schema: Any) -> Query:
    return Query.boolean_query([(Occur.Should, compiled(part, schema)) for part in node.parts])


@compiled.register
def _not(node: Not, schema: Any) -> Query:
    return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, compiled(node.part, schema))])


@compiled.register
def _boost(node: Boost, schema: Any) -> Query:
    return Query.boost_query(compiled(node.part, schema), node.factor)


def _stream(field: str, stream: str) -> str:
    return stream if field == TEXT else f"{field}_{stream}"
