"""The Elasticsearch engine: versioned indices behind an alias, with the official client and no plugin."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from index_mappings.fields import ORDER, STATE, STORY_NUMBER
from watchword.document import Document
from watchword.errors import UnavailableError
from watchword.index.base import MAX_FACET_VALUES, Counts, Hit, Page, Refused, SearchRequest, Sort, Status
from watchword.index.cluster_bulk import APART, as_indexed, from_source, send
from watchword.index.cluster_client import Connection
from watchword.index.cluster_indices import Indices, generation_of, is_stale
from watchword.index.cluster_query import compiled
from watchword.index.counting import by_day, most_frequent
from watchword.index.paging import Ranked, Start, first_of_stories, following
from watchword.index.query import parse
from watchword.index.tree import AnyKeyword, Node
from watchword.settings import Settings

# Hits are fetched in pages of this size when all are wanted.
SCAN_PAGE = 1_000
SCAN_KEEP = "5m"
# A page of stories is looked for among this many times as many hits at first; no request asks for more than the window.
FOLD_AHEAD = 3
WINDOW = 10_000
WHOLE = ["document", *APART]
# Documents between two looks at the size of an index that is being built: some 40 MB.
ROLLOVER_LOOK = 10_000
ORDERS: dict[Sort, list[dict[str, str]]] = {
    "score": [{"_score": "desc"}, {ORDER: "desc"}],
    "newest": [{ORDER: "desc"}],
    "oldest": [{ORDER: "asc"}],
}
Address = tuple[str, str]


class ClusterEngine:
    """An index on a cluster; nothing is asked of it before the first verb."""

    def __init__(self, settings: Settings) -> None:
        self.connection = Connection(settings)
        self.indices = Indices(self.connection, settings)
        self.alias = self.indices.alias

    def filling(self) -> AbstractContextManager[None]:
        """Do nothing: a cluster has many writers."""
        return nullcontext()

    def add(self, documents: Sequence[Document]) -> tuple[Refused, ...]:
        """Index *documents* in place of what stands under their ids; return those that the cluster refuses."""
        indices = self.indices.writable()
        held = self.indices.where(indices[:-1], [document.id for document in documents])
        return self._fill(documents, indices[-1], held)[1]

    def _fill(self, documents: Iterable[Document], index: str, held: dict[str, str]) -> tuple[int, tuple[Refused, ...]]:
        """Send *documents* to *index*, or to the one that already holds them; return how many were taken."""
        actions = ({"_index": held.get(d.id, index), "_id": d.id, "_source": as_indexed(d)} for d in documents)
        number, refused = 0, []
        for refusal in send(self.connection, actions):
            number += refusal is None
            refused += [refusal] if refusal else []
        return number, tuple(refused)

    def remove(self, identifiers: Sequence[str]) -> None:
        """Take documents out."""
        held = self.indices.where(self.indices.present(), identifiers)
        for _ in send(self.connection, ({"_op_type": "delete", "_index": i, "_id": d} for d, i in held.items())):
            pass

    def search(self, request: SearchRequest) -> Page:
        """Return the page of hits that *request* asks for."""
        start = Start.of(request.cursor, request.offset)
        # One more hit than the page has tells whether there is a next one.
        ahead = start.offset + request.limit + 1
        ranking = _Ranking(self, compiled(request.query), request.sort, start.after)
        total, first = ranking.begun(min(ahead * FOLD_AHEAD if request.fold else ahead, WINDOW))
        walk = ranking.gone_on(first)
        found = list(islice(first_of_stories(walk) if request.fold else walk, start.offset, ahead))
        chosen = found[: request.limit]
        documents = self._documents([hit.place for hit in chosen])
        copies = self._copies(ranking.query, [hit.story for hit in chosen]) if request.fold else {}
        hits = tuple(
            Hit(documents[hit.place], hit.score, *copies.get(hit.story, (1, 1)))
            for hit in chosen
            if hit.place in documents
        )
        next_page = following(start, chosen, fold=request.fold, keyed=True) if chosen else start
        return Page(total, hits, next_page.as_cursor() if len(found) > len(chosen) else None)

    def _documents(self, addresses: Sequence[Address]) -> dict[Address, Document]:
        if not addresses:
            return {}
        asked = [{"_index": index, "_id": identifier, "_source": WHOLE} for index, identifier in addresses]
        with self.connection.asking():
            found = self.connection.client.mget(docs=asked)["docs"]
        return {(doc["_index"], doc["_id"]): from_source(doc["_source"]) for doc in found if doc.get("found")}

    def _copies(self, query: dict[str, Any], stories: list[int]) -> dict[int, tuple[int, int]]:
        """Return how many documents of each story match, and how many publishers they have."""
        if not stories:
            return {}
        both = {"bool": {"filter": [query, {"terms": {STORY_NUMBER: stories}}]}}
        origins = {"origins": {"terms": {"field": "publisher", "size": MAX_FACET_VALUES}}}
        asked = {"stories": {"terms": {"field": STORY_NUMBER, "size": len(stories)}, "aggs": origins}}
        buckets = self.ask(query=both, size=0, aggregations=asked)["aggregations"]["stories"]["buckets"]
        return {int(b["key"]): (int(b["doc_count"]), max(len(b["origins"]["buckets"]), 1)) for b in buckets}

    def counts(self, query: Node, fields: Sequence[str], *, days: bool = False, limit: int = 20) -> Counts:
        """Count the documents that match, by the values of *fields* and by day; *limit* values a field."""
        size = min(limit + 50, MAX_FACET_VALUES)
        asked: dict[str, Any] = {
            f: {"terms": {"field": f, "size": size, "shard_size": MAX_FACET_VALUES}} for f in fields
        }
        if days:
            asked["days"] = {"date_histogram": {"field": "date", "fixed_interval": "1d", "min_doc_count": 1}}
        found = self.ask(query=compiled(query), size=0, aggregations=asked or None).get("aggregations", {})
        facets = {field: most_frequent(found[field]["buckets"], limit) if found else {} for field in fields}
        return Counts(facets, by_day(found["days"]["buckets"]) if days and found else {})

    def count(self, query: Node) -> int:
        """Return how many documents match."""
        return total_of(self.ask(query=compiled(query), size=0, track_total_hits=True))

    def ask(self, **asked: Any) -> dict[str, Any]:
        """Send a search over the indices in force; over none, it finds nothing."""
        indices = self.indices.present()
        with self.connection.asking():
            if not indices:
                return {"hits": {"total": {"value": 0}, "hits": []}, "aggregations": {}}
            return dict(self.connection.client.search(index=self.alias, **asked))

    def scan(self, query: Node) -> Iterator[Document]:
        """Yield every document that matches, however many, as the index is when the scan begins."""
        for hit in self._scan(compiled(query), source_includes=WHOLE):
            yield from_source(hit["_source"])

    def _scan(self, query: dict[str, Any], **wanted: Any) -> Iterator[dict[str, Any]]:
        """Yield every hit: a point in time and `search_after`."""
        client = self.connection.client
        if not self.indices.present():
            return
        with self.connection.asking():
            point = client.open_point_in_time(index=self.alias, keep_alive=SCAN_KEEP)["id"]
        after: list[Any] | None = None
        pit = {"id": point, "keep_alive": SCAN_KEEP}
        try:
            while True:
                with self.connection.asking():
                    hits = client.search(
                        pit=pit, query=query, size=SCAN_PAGE, sort=["_shard_doc"], search_after=after, **wanted
                    )["hits"]["hits"]
                yield from hits
                if len(hits) < SCAN_PAGE:
                    return
                after = hits[-1]["sort"]
        finally:
            with self.connection.asking():
                client.close_point_in_time(id=point)

    def states(self) -> Iterator[int]:
        """Yield the `state` number of every document that the index holds."""
        for hit in self._scan({"match_all": {}}, source=False, docvalue_fields=[STATE]):
            yield int(hit["fields"][STATE][0])

    def matching(self, query: str) -> Iterator[str]:
        """Yield the id of every document that matches the query text."""
        return (str(hit["_id"]) for hit in self._scan(compiled(parse(query)), source=False))

    def get(self, identifier: str) -> Document | None:
        """Return one document, or None."""
        found = self.ask(query=compiled(AnyKeyword("id", (identifier,))), size=1, source_includes=WHOLE)
        hits = found["hits"]["hits"]
        return from_source(hits[0]["_source"]) if hits else None

    def refresh(self) -> None:
        """Make everything that was added visible to searches."""
        with self.connection.asking():
            self.connection.client.indices.refresh(index=self.alias, ignore_unavailable=True)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Fill a new generation and put it in force in one step; the old one answers until then.

        Where anything goes wrong, or the new generation does not hold what it was given, the old one stays in force.
        """
        self.indices.begin()
        try:
            number = self._build(documents)
        except BaseException:
            self.indices.delete(self.indices.behind(self.indices.building))
            raise
        old = self.indices.put_in_force()
        held = self.count(parse("*"))
        if held != number:
            self.indices.put_back(old)
            raise UnavailableError(
                f"The new index held {held} of {number} documents; the old one is in force again. Run it again later."
            )
        self.indices.delete(old)
        return number

    def _build(self, documents: Iterable[Document]) -> int:
        """Fill the generation that is built, which rolls over as the one in force does; return how many were taken."""
        number, rest, done = 0, iter(documents), False
        while not done:
            self.indices.roll_over(self.indices.building)
            index = self.indices.behind(self.indices.building)[-1]
            taken, refused = self._fill(islice(rest, ROLLOVER_LOOK), index, {})
            number, done = number + taken, taken + len(refused) < ROLLOVER_LOOK
        return number

    def status(self) -> Status:
        """Return what the index holds."""
        indices = self.indices.behind(self.alias)
        stale = any(is_stale(self.alias, name) for name in indices)
        name = f"Elasticsearch {self.connection.version}"
        if not indices:
            return Status(name, 0, 0, self.connection.url, "")
        with self.connection.asking():
            totals = self.connection.client.indices.stats(index=self.alias)["_all"]["primaries"]
        documents, size = totals["docs"]["count"], totals["store"]["size_in_bytes"]
        generation = generation_of(indices[-1])
        return Status(name, documents, size, self.connection.url, generation, stale, len(indices))

    def drop(self) -> None:
        """Delete the index and its template: for indices that a measurement made."""
        self.indices.drop()

    def close(self) -> None:
        """Close the connections."""
        self.connection.close()


def total_of(answer: dict[str, Any]) -> int:
    """Return how many documents match."""
    return int(answer["hits"]["total"]["value"])


@dataclass(frozen=True)
class _Ranking:
    """The hits of a query in their order, read in pages."""

    engine: ClusterEngine
    query: dict[str, Any]
    sort: Sort
    after: tuple[float | int, ...]

    def begun(self, size: int) -> tuple[int, list[Ranked[Address]]]:
        """Return how many match, and the first *size* of them."""
        return self.read(size, count=True)

    def gone_on(self, first: list[Ranked[Address]]) -> Iterator[Ranked[Address]]:
        """Yield the *first* hits and what follows."""
        page = first
        while page:
            yield from page
            page = replace(self, after=page[-1].sorted_by).read(SCAN_PAGE)[1]

    def read(self, size: int, *, count: bool = False) -> tuple[int, list[Ranked[Address]]]:
        """Return how many match, where *count* is asked for, and the next *size* hits."""
        answer = self.engine.ask(
            query=self.query,
            size=size,
            sort=ORDERS[self.sort],
            search_after=list(self.after) or None,
            track_total_hits=count,
            source=False,
            docvalue_fields=[STORY_NUMBER],
        )
        by_score = self.sort == "score"
        ranked = [
            Ranked(
                (hit["_index"], hit["_id"]),
                int(hit["fields"][STORY_NUMBER][0]),
                float(hit["sort"][0]) if by_score else 0.0,
                tuple(hit["sort"]),
            )
            for hit in answer["hits"]["hits"]
        ]
        return total_of(answer) if count else 0, ranked
