"""The Elasticsearch engine: versioned indices behind an alias, with the official client and no plugin."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import singledispatch
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import streaming_bulk

from index_mappings.analysis import stems
from index_mappings.fields import elasticsearch_mapping
from watchword.document import Document
from watchword.errors import UnavailableError, UsageError
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
from watchword.index.streams import streams_of

OLDEST_MAJOR = 9
SCAN_PAGE = 1_000
SCAN_KEEP = "5m"
MAX_FACET_VALUES = 1_000
# A bulk request of this size fits any node's limits; rejected items are tried again with growing pauses.
BULK_BYTES = 8 * 2**20
BULK_RETRIES = 6
# Lucene expands a fuzzy term to the 50 likeliest spellings unless told; the embedded engine takes all.
FUZZY_EXPANSIONS = 1_000


class ClusterEngine:
    """An index on a cluster; `alias` names the version in force."""

    def __init__(self, url: str, alias: str, *, api_key: str = "", ca: str = "") -> None:
        secured: dict[str, Any] = {**({"api_key": api_key} if api_key else {}), **({"ca_certs": ca} if ca else {})}
        self.url = url
        self.alias = alias
        self._client = Elasticsearch(url, request_timeout=60, retry_on_timeout=True, **secured)
        with self._asking():
            version = str(self._client.info()["version"]["number"])
            if int(version.partition(".")[0]) < OLDEST_MAJOR:
                raise UsageError(f"{url} runs Elasticsearch {version}; version {OLDEST_MAJOR} or later is needed.")
            self.version = version
            if not self._client.indices.exists_alias(name=alias):
                self._create(f"{alias}-000001", {alias: {}})

    def _create(self, name: str, aliases: dict[str, Any]) -> None:
        mapping = elasticsearch_mapping()
        try:
            self._client.indices.create(
                index=name, settings=mapping["settings"], mappings=mapping["mappings"], aliases=aliases
            )
        except BadRequestError as error:
            if "resource_already_exists" not in str(error):
                raise

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except TransportError as error:
            raise UnavailableError(
                f"Elasticsearch at {self.url} does not answer ({error.message}); nothing is lost, run it again later."
            ) from error
        except ApiError as error:
            raise UnavailableError(f"Elasticsearch at {self.url} refused the request ({error}).") from error

    def add(self, documents: Sequence[Document]) -> None:
        """Index *documents* in place of what stands under their ids; raise where one is refused, by its name."""
        self._bulk(self.alias, documents)

    def _bulk(self, index: str, documents: Iterable[Document]) -> int:
        actions = ({"_op_type": "index", "_index": index, "_id": d.id, "_source": _source(d)} for d in documents)
        number = 0
        with self._asking():
            outcomes = streaming_bulk(
                self._client, actions, max_chunk_bytes=BULK_BYTES, max_retries=BULK_RETRIES, raise_on_error=False
            )
            for whole, item in outcomes:
                number += whole
                if not whole:
                    result = item["index"]
                    raise UnavailableError(
                        f"Elasticsearch did not take the document {result['_id']}: {result.get('error')}."
                    )
        return number

    def remove(self, identifiers: Sequence[str]) -> None:
        """Take documents out."""
        with self._asking():
            self._client.delete_by_query(index=self.alias, query={"terms": {"id": list(identifiers)}}, refresh=True)

    def search(self, request: SearchRequest) -> Page:
        """Return the page of hits that *request* asks for."""
        folding = {"field": "story", "inner_hits": {"name": "copies", "size": 0}} if request.fold else None
        counted = {f: {"terms": {"field": f, "size": MAX_FACET_VALUES}} for f in request.facets}
        with self._asking():
            answer = self._client.search(
                index=self.alias,
                query=compiled(request.query),
                size=request.limit,
                from_=request.offset,
                sort=_sort(request.sort),
                collapse=folding,
                aggregations=counted or None,
                track_total_hits=True,
                track_scores=True,
                source_includes=["document"],
            )
        facets = {
            f: {str(b["key"]): int(b["doc_count"]) for b in answer["aggregations"][f]["buckets"]}
            for f in request.facets
        }
        return Page(answer["hits"]["total"]["value"], tuple(_hit(hit) for hit in answer["hits"]["hits"]), facets)

    def count(self, query: Node) -> int:
        """Return how many documents match."""
        with self._asking():
            return int(self._client.count(index=self.alias, query=compiled(query))["count"])

    def scan(self, query: Node) -> Iterator[Document]:
        """Yield every document that matches, however many: a point in time and `search_after`."""
        for hit in self._scan(compiled(query), ["document"]):
            yield Document.from_json(hit["_source"]["document"])

    def _scan(self, query: dict[str, Any], fields: list[str]) -> Iterator[dict[str, Any]]:
        with self._asking():
            point = self._client.open_point_in_time(index=self.alias, keep_alive=SCAN_KEEP)["id"]
        after: list[Any] | None = None
        try:
            while True:
                with self._asking():
                    answer = self._client.search(
                        pit={"id": point, "keep_alive": SCAN_KEEP},
                        query=query,
                        size=SCAN_PAGE,
                        sort=["_shard_doc"],
                        search_after=after,
                        source_includes=fields,
                        track_total_hits=False,
                    )
                hits = answer["hits"]["hits"]
                yield from hits
                if len(hits) < SCAN_PAGE:
                    return
                after = hits[-1]["sort"]
        finally:
            self._client.close_point_in_time(id=point)

    def matching(self, query: str) -> Iterator[str]:
        """Yield the id of every document that matches the query text."""
        return (str(hit["_id"]) for hit in self._scan(compiled(parse(query)), ["id"]))

    def get(self, identifier: str) -> Document | None:
        """Return one document, or None."""
        with self._asking():
            try:
                found = self._client.get(index=self.alias, id=identifier, source_includes=["document"])
            except NotFoundError:
                return None
        return Document.from_json(found["_source"]["document"])

    def refresh(self) -> None:
        """Make everything that was added visible to searches."""
        with self._asking():
            self._client.indices.refresh(index=self.alias)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Fill a new version of the index and switch the alias in one step; the old version answers until then."""
        with self._asking():
            old = sorted(self._client.indices.get_alias(name=self.alias))
            new = f"{self.alias}-{int(old[-1].rpartition('-')[2]) + 1:06d}"
            self._client.indices.delete(index=new, ignore_unavailable=True)
            self._create(new, {})
        number = self._bulk(new, documents)
        with self._asking():
            self._client.indices.refresh(index=new)
            actions = [{"remove": {"index": name, "alias": self.alias}} for name in old]
            self._client.indices.update_aliases(actions=[{"add": {"index": new, "alias": self.alias}}, *actions])
        return number

    def status(self) -> Status:
        """Return what the index holds."""
        with self._asking():
            totals = self._client.indices.stats(index=self.alias)["_all"]["primaries"]
        return Status(
            f"Elasticsearch {self.version}", totals["docs"]["count"], totals["store"]["size_in_bytes"], self.url
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _source(document: Document) -> dict[str, Any]:
    streams = streams_of(document)
    dates = {name: moment.isoformat() for name, moment in streams.dates.items()}
    plain = {"title": document.title, "text": document.text, "version": document.version}
    return {**streams.streams, **streams.keywords, **dates, **plain, "document": document.as_json()}


def _hit(hit: dict[str, Any]) -> Hit:
    copies = hit.get("inner_hits", {}).get("copies", {}).get("hits", {}).get("total", {}).get("value", 1)
    return Hit(Document.from_json(hit["_source"]["document"]), float(hit["_score"] or 0), copies)


def _sort(order: str) -> list[Any]:
    by_date = {"date": {"order": "asc" if order == "oldest" else "desc"}}
    return ["_score"] if order == "score" else [by_date]


@singledispatch
def compiled(node: Node) -> dict[str, Any]:
    """Return *node* in Elasticsearch's query DSL."""
    raise TypeError(f"{type(node).__name__} is no query")


@compiled.register
def _all(_node: All) -> dict[str, Any]:
    return {"match_all": {}}


@compiled.register
def _term(node: Term) -> dict[str, Any]:
    if node.field not in TEXT_FIELDS:
        return {"term": {node.field: node.value}}
    if node.exact:
        return {"term": {_stream(node.field, "exact"): node.value}}
    words = stems(node.value)
    ways = [{"term": {_stream(node.field, "stem"): word}} for word in words]
    return {"bool": {"should": [*ways, {"term": {_stream(node.field, "exact"): words[0]}}]}}


@compiled.register
def _phrase(node: Phrase) -> dict[str, Any]:
    stream = _stream(node.field, "exact")

    def one(words: Sequence[str]) -> dict[str, Any]:
        return {"match_phrase": {stream: {"query": " ".join(words), "slop": node.slop}}}

    return {"bool": {"should": [one(node.words), one(node.words[::-1])]}} if node.slop else one(node.words)


@compiled.register
def _pattern(node: Pattern) -> dict[str, Any]:
    field = _stream(node.field, "exact") if node.field in TEXT_FIELDS else node.field
    return {"regexp": {field: {"value": node.regex, "flags": "NONE"}}}


@compiled.register
def _fuzzy(node: Fuzzy) -> dict[str, Any]:
    field = _stream(node.field, "exact") if node.field in TEXT_FIELDS else node.field
    return {"fuzzy": {field: {"value": node.value, "fuzziness": node.edits, "max_expansions": FUZZY_EXPANSIONS}}}


@compiled.register
def _range(node: Range) -> dict[str, Any]:
    low, high = bounds(node)
    limits = {name: moment.isoformat() for name, moment in (("gte", low), ("lte", high)) if moment}
    return {"range": {node.field: limits}}


@compiled.register
def _and(node: And) -> dict[str, Any]:
    wanted = [compiled(part) for part in node.parts if not isinstance(part, Not)]
    unwanted = [compiled(part.part) for part in node.parts if isinstance(part, Not)]
    return {"bool": {"must": wanted or [{"match_all": {}}], "must_not": unwanted}}


@compiled.register
def _or(node: Or) -> dict[str, Any]:
    return {"bool": {"should": [compiled(part) for part in node.parts]}}


@compiled.register
def _not(node: Not) -> dict[str, Any]:
    return {"bool": {"must": [{"match_all": {}}], "must_not": [compiled(node.part)]}}


@compiled.register
def _boost(node: Boost) -> dict[str, Any]:
    return {"bool": {"must": [compiled(node.part)], "boost": node.factor}}


def _stream(field: str, stream: str) -> str:
    return stream if field == TEXT else f"{field}_{stream}"
