"""The embedded engine: tantivy in a folder of the home, one writer under a lock, many readers, no server."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy
from tantivy import DocAddress, FieldType, Occur, Order, Query

from index_mappings.fields import ORDER, STATE, STORY_NUMBER
from watchword.document import Document
from watchword.errors import DamagedError
from watchword.index import embedded_folder
from watchword.index.base import MAX_FACET_VALUES, Counts, Hit, Page, Refused, SearchRequest, Sort, Status
from watchword.index.counting import by_day, most_frequent
from watchword.index.embedded_query import answering, any_term, compiled
from watchword.index.paging import Ranked, Start, first_of_stories, following
from watchword.index.portions import neighbours
from watchword.index.query import parse
from watchword.index.streams import unpacked
from watchword.index.tree import Keyword, Node

# Hits are fetched in pages of this size when all are wanted.
SCAN_PAGE = 1_000
# A page of stories is looked for among this many times as many hits at first.
FOLD_AHEAD = 3
# Values of a field that each segment tells first, and where that leaves a doubt: all that the engine can.
FEW_VALUES, ALL_VALUES = 300, 65_000
DAYS = {"date_histogram": {"field": "date", "fixed_interval": "1d", "min_doc_count": 1}}
_ORDERS = {"newest": Order.Desc, "oldest": Order.Asc}

Walk = Iterator[Ranked[DocAddress]]


class EmbeddedEngine:
    """An index in a folder; writing waits for the lock, reading never does, and makes nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._schema = embedded_folder.schema()
        self._generation: str | None = None
        self._index: Any = None
        self._seen: object = None
        self._writer: Any = None

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Keep one writer for all that is added within: each addition is a commit, and merging goes on beside."""
        if self._writer:
            yield
            return
        with embedded_folder.lock(self.folder), embedded_folder.writing(self._writable()) as writer:
            self._writer = writer
            try:
                yield
            finally:
                self._writer = None

    def add(self, documents: Sequence[Document]) -> tuple[Refused, ...]:
        """Index *documents* in one commit, in place of what stands under their ids; none is refused."""
        last = {document.id: document for document in documents}
        with self.filling(), embedded_folder.committing(self._writer):
            self._writer.delete_documents_by_query(any_term(self._schema, "id", list(last)))
            for document in neighbours(last.values()):
                embedded_folder.put(self._writer, document)
        return ()

    def remove(self, identifiers: Sequence[str]) -> None:
        """Take documents out."""
        with self.filling(), embedded_folder.committing(self._writer):
            self._writer.delete_documents_by_query(any_term(self._schema, "id", identifiers))

    def _writable(self) -> Path:
        """Return the folder of the generation in force, made where there is none; the caller holds the lock."""
        name = embedded_folder.generation(self.folder)
        if name is None:
            name = embedded_folder.next_generation(None)
            path = self.folder / name
            path.mkdir(exist_ok=True)
            embedded_folder.opened(path)
            embedded_folder.point_to(self.folder, name)
        self._check(name)
        return self.folder / name

    def _check(self, name: str) -> None:
        if embedded_folder.is_stale(name):
            raise DamagedError(
                f"The index in {self.folder} was made by another version of Watchword; "
                "'watchword index migrate' makes it anew from the run folders."
            )

    def search(self, request: SearchRequest) -> Page:
        """Return the page of hits that *request* asks for."""
        searcher = self._searcher()
        query = compiled(request.query, self._schema)
        start = Start.of(request.cursor, request.offset)
        # One more hit than the page has tells whether there is a next one.
        ahead = start.offset + request.limit + 1
        asked = _Ranking(searcher, self._after(query, request.sort, start), request.sort)
        total, first = asked.begun(ahead * FOLD_AHEAD if request.fold else ahead)
        walk = asked.gone_on(first)
        found = list(islice(first_of_stories(walk) if request.fold else walk, start.offset, ahead))
        chosen = found[: request.limit]
        copies = self._copies(searcher, query, [hit.story for hit in chosen]) if request.fold else {}
        hits = tuple(Hit(_document(searcher, hit.place), hit.score, *copies.get(hit.story, (1, 1))) for hit in chosen)
        next_page = following(start, chosen, fold=request.fold, keyed=request.sort != "score") if chosen else start
        whole = self.count(request.query) if start.after else total
        return Page(whole, hits, next_page.as_cursor() if len(found) > len(chosen) else None)

    def _after(self, query: Query, sort: Sort, start: Start) -> Query:
        """Return *query* for what comes after the start, where that is a place in the order by date."""
        if not start.after:
            return query
        key = int(start.after[0])
        low, high = (key + 1, None) if sort == "oldest" else (None, key - 1)
        rest = Query.range_query(self._schema, ORDER, FieldType.Integer, low, high)
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, rest)])

    def _copies(self, searcher: Any, query: Query, stories: list[int]) -> dict[int, tuple[int, int]]:
        """Return how many documents of each story match, and how many publishers they have."""
        if not stories:
            return {}
        among = any_term(self._schema, STORY_NUMBER, stories)
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, among)])
        origins = {"origins": {"terms": {"field": "publisher", "size": MAX_FACET_VALUES}}}
        asked = {"stories": {"terms": {"field": STORY_NUMBER, "size": len(stories)}, "aggs": origins}}
        buckets = _counted(searcher, both, asked)["stories"]["buckets"]
        return {int(b["key"]): (int(b["doc_count"]), max(len(b["origins"]["buckets"]), 1)) for b in buckets}

    def counts(self, query: Node, fields: Sequence[str], *, days: bool = False, limit: int = 20) -> Counts:
        """Count the documents that match, by the values of *fields* and by day; *limit* values a field."""
        searcher, wanted = self._searcher(), compiled(query, self._schema)
        found = _counted(searcher, wanted, {field: _terms(field, limit, FEW_VALUES) for field in fields})
        unsure = [field for field in fields if found[field].get("doc_count_error_upper_bound")]
        found |= _counted(searcher, wanted, {field: _terms(field, limit, ALL_VALUES) for field in unsure})
        facets = {field: most_frequent(found[field]["buckets"], limit) for field in fields}
        dated = _counted(searcher, wanted, {"days": DAYS} if days else {})
        return Counts(facets, by_day(dated["days"]["buckets"]) if days else {})

    def count(self, query: Node) -> int:
        """Return how many documents match."""
        with answering():
            return int(self._searcher().search(compiled(query, self._schema), 1).count)

    def scan(self, query: Node) -> Iterator[Document]:
        """Yield every document that matches, however many, the newest first."""
        searcher = self._searcher()
        for hit in self._all(searcher, compiled(query, self._schema)):
            yield _document(searcher, hit.place)

    def _all(self, searcher: Any, query: Query) -> Walk:
        """Yield every match: each page begins in the order where the last one ended."""
        ranking = _Ranking(searcher, query, "newest")
        while page := ranking.read(SCAN_PAGE, 0)[1]:
            yield from page
            if len(page) < SCAN_PAGE:
                return
            ranking = replace(ranking, query=self._after(query, "newest", Start(after=page[-1].sorted_by)))

    def states(self) -> Iterator[int]:
        """Yield the `state` number of every document that the index holds."""
        searcher = self._searcher()
        hits = self._all(searcher, Query.all_query())
        while page := [hit.place for hit in islice(hits, SCAN_PAGE)]:
            yield from searcher.fast_field_values(STATE, page)

    def matching(self, query: str) -> Iterator[str]:
        """Yield the id of every document that matches the query text."""
        searcher = self._searcher()
        for hit in self._all(searcher, compiled(parse(query), self._schema)):
            yield str(searcher.doc(hit.place).get_first("id"))

    def get(self, identifier: str) -> Document | None:
        """Return one document, or None."""
        searcher = self._searcher()
        hits = searcher.search(compiled(Keyword("id", identifier), self._schema), 1).hits
        return _document(searcher, hits[0][1]) if hits else None

    def refresh(self) -> None:
        """Do nothing: every commit is visible to the next search."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Fill a new generation and put it in force in one step; the old one answers until then."""
        number = 0
        with embedded_folder.lock(self.folder):
            name = embedded_folder.next_generation(embedded_folder.generation(self.folder))
            path = embedded_folder.emptied(self.folder / name)
            whole = embedded_folder.filling(path)
            with whole, embedded_folder.writing(path) as writer, embedded_folder.committing(writer):
                for document in neighbours(documents):
                    embedded_folder.put(writer, document)
                    number += 1
            embedded_folder.point_to(self.folder, name)
        return number

    def status(self) -> Status:
        """Return what the index holds."""
        name = embedded_folder.generation(self.folder) or ""
        stale = bool(name) and embedded_folder.is_stale(name)
        files = (self.folder / name).iterdir() if name else ()
        size = sum(path.stat().st_size for path in files if path.is_file())
        searcher = None if stale else self._searcher()
        documents, parts = (searcher.num_docs, searcher.num_segments) if searcher else (0, 0)
        return Status("embedded", documents, size, str(self.folder), name, stale, parts)

    def close(self) -> None:
        """Let go of the files; a writer lives as long as what is filled with it."""
        self._index = self._seen = self._generation = None

    def _searcher(self) -> Any:
        """Return a view of the newest commit; of nothing where no index was made yet."""
        name = embedded_folder.generation(self.folder)
        if name is None:
            return embedded_folder.prepared(tantivy.Index(self._schema)).searcher()
        if name != self._generation:
            self._check(name)
            self._index = embedded_folder.opened(self.folder / name)
            self._generation, self._seen = name, None
        committed = (self.folder / name / "meta.json").stat()
        if self._seen != (committed.st_mtime_ns, committed.st_ino):
            self._index.reload()
            self._seen = (committed.st_mtime_ns, committed.st_ino)
        return self._index.searcher()


def _document(searcher: Any, address: DocAddress) -> Document:
    return unpacked(bytes(searcher.doc(address).get_first("document")))


def _terms(field: str, limit: int, told: int) -> dict[str, Any]:
    size = min(limit + 50, MAX_FACET_VALUES)
    return {"terms": {"field": field, "size": size, "segment_size": max(told, size)}}


def _counted(searcher: Any, query: Query, asked: dict[str, Any]) -> dict[str, Any]:
    with answering():
        return dict(searcher.aggregate(query, asked)) if asked else {}


@dataclass(frozen=True)
class _Ranking:
    """The hits of a query in their order, read in pages."""

    searcher: Any
    query: Query
    sort: Sort

    def begun(self, size: int) -> tuple[int, "list[Ranked[DocAddress]]"]:
        """Return how many match, and the first *size* of them."""
        return self.read(size, 0, count=True)

    def gone_on(self, first: "list[Ranked[DocAddress]]") -> Walk:
        """Yield the *first* hits and what follows."""
        page, offset = first, 0
        while page:
            yield from page
            offset += len(page)
            page = self.read(SCAN_PAGE, offset)[1]

    def read(self, size: int, offset: int, *, count: bool = False) -> tuple[int, "list[Ranked[DocAddress]]"]:
        """Return how many match, where *count* is asked for, and *size* hits from *offset* on."""
        by_score = self.sort == "score"
        asked: dict[str, Any] = {} if by_score else {"order_by_field": ORDER, "order": _ORDERS[self.sort]}
        with answering():
            found = self.searcher.search(self.query, size, count=count, offset=offset, **asked)
        stories = self.searcher.fast_field_values(STORY_NUMBER, [address for _, address in found.hits])
        ranked = [
            Ranked(address, story, float(value) if by_score else 0.0, () if by_score else (int(value),))
            for (value, address), story in zip(found.hits, stories, strict=True)
        ]
        return (found.count or 0), ranked
