"""A query's tree in Elasticsearch's query language: term-level queries and intervals on finished streams, no plugin."""

from functools import singledispatch
from typing import Any

from index_mappings.analysis import FOLDED_WORDS, STEMMED_LANGUAGES, stems
from index_mappings.fields import MENTIONS, folded_field
from watchword.index.embedded_query import looked_up, pairs, stream
from watchword.index.tree import (
    All,
    And,
    AnyKeyword,
    Boost,
    Cells,
    DateRange,
    Exact,
    Exists,
    Fresh,
    Fuzzy,
    Keyword,
    MentionNear,
    MentionsNear,
    Near,
    Node,
    Not,
    NumberRange,
    Or,
    Pattern,
    Phrase,
    RowNear,
    RowsNear,
    Word,
)

Query = dict[str, Any]


@singledispatch
def compiled(node: Node) -> Query:
    """Return *node* as a query."""
    raise TypeError(f"{type(node).__name__} is no query")


@compiled.register
def _all(_node: All) -> Query:
    return {"match_all": {}}


@compiled.register
def _keyword(node: Keyword) -> Query:
    return _flat({"term": {folded_field(node.field): node.value}})


@compiled.register
def _any_keyword(node: AnyKeyword) -> Query:
    return _flat({"terms": {node.field: list(node.values)}})


@compiled.register
def _word(node: Word) -> Query:
    exact = {"term": {stream(node.field, "exact"): FOLDED_WORDS[node.word]}}
    inflected = [{"term": {stream(node.field, "stem"): stem}} for stem in stems(node.word)]
    return _best([exact, *inflected]) if inflected else exact


@compiled.register
def _exact(node: Exact) -> Query:
    return {"term": {stream(node.field, "exact"): node.token}}


@compiled.register
def _pattern(node: Pattern) -> Query:
    return {"regexp": {looked_up(node.field): {"value": node.regex, "flags": "NONE"}}}


@compiled.register
def _phrase(node: Phrase) -> Query:
    field = stream(node.field, "exact")
    if all(isinstance(part, str) for part in node.parts):
        return {"match_phrase": {field: " ".join(map(str, node.parts))}}
    rules = [{"regexp": {"pattern": p.regex}} if isinstance(p, Pattern) else _token(p) for p in node.parts]
    return {"intervals": {field: {"all_of": {"ordered": True, "max_gaps": 0, "intervals": rules}}}}


@compiled.register
def _near(node: Near) -> Query:
    return _best([_unordered(field, first, second, node.between) for field, first, second in pairs(node)])


@compiled.register
def _mentions_near(node: MentionsNear) -> Query:
    return _unordered(MENTIONS, node.first, node.second, node.between)


@compiled.register
def _mention_near(node: MentionNear) -> Query:
    written = _word_around(node, "exact", FOLDED_WORDS[node.word])
    inflected = [_word_around(node, "stem", stem) for stem in stems(node.word)]
    return _best([_unstemmed(written), *inflected])


def _unstemmed(query: Query) -> Query:
    """Return *query* where no stemmer knows the words: the embedded engine looks at one stream of a document, too."""
    return {"bool": {"must": query, "filter": {"bool": {"must_not": {"terms": {"language": list(STEMMED_LANGUAGES)}}}}}}


@compiled.register
def _rows_near(node: RowsNear) -> Query:
    return _within(stream(node.field, "exact"), [_row(node.first), _row(node.second)], node.between)


@compiled.register
def _row_near(node: RowNear) -> Query:
    return _unstemmed(_within(MENTIONS, [_token(node.mention), _row(node.row, use_field="exact")], node.between))


def _row(tokens: tuple[str, ...], **more: str) -> Query:
    return {"match": {"query": " ".join(tokens), "ordered": True, "max_gaps": 0, **more}}


def _word_around(node: MentionNear, field: str, token: str) -> Query:
    return _within(MENTIONS, [_token(node.mention), _token(token, use_field=field)], node.between)


def _unordered(field: str, first: str, second: str, between: int) -> Query:
    return _within(field, [_token(first), _token(second)], between)


def _within(field: str, rules: list[Query], between: int) -> Query:
    return {"intervals": {field: {"all_of": {"ordered": False, "max_gaps": between, "intervals": rules}}}}


def _token(token: str, **more: str) -> Query:
    return {"match": {"query": token, **more}}


@compiled.register
def _fuzzy(node: Fuzzy) -> Query:
    # Rewritten to a constant score, a misspelling is looked for in every word; else in the likeliest fifty.
    asked = {"value": node.token, "fuzziness": node.edits, "rewrite": "constant_score"}
    return {"fuzzy": {looked_up(node.field): asked}}


@compiled.register
def _dates(node: DateRange) -> Query:
    limits = {name: moment.isoformat() for name, moment in (("gte", node.low), ("lte", node.high)) if moment}
    return _flat({"range": {node.field: limits}})


@compiled.register
def _numbers(node: NumberRange) -> Query:
    limits = {name: value for name, value in (("gte", node.low), ("lte", node.high)) if value is not None}
    return _flat({"range": {node.field: limits}})


@compiled.register
def _cells(node: Cells) -> Query:
    return _flat({"terms": {"cell": list(node.names)}})


@compiled.register
def _exists(node: Exists) -> Query:
    return _flat({"exists": {"field": node.field}})


def _flat(query: Query) -> Query:
    """Return *query* so that every match weighs the same: keywords and ranges say whether, not how well."""
    return {"constant_score": {"filter": query}}


def _best(ways: list[Query]) -> Query:
    return {"dis_max": {"queries": ways}}


@compiled.register
def _and(node: And) -> Query:
    wanted = [compiled(part) for part in node.parts if not isinstance(part, Not)]
    unwanted = [compiled(part.part) for part in node.parts if isinstance(part, Not)]
    return {"bool": {"must": wanted or [{"match_all": {}}], "must_not": unwanted}}


@compiled.register
def _or(node: Or) -> Query:
    return {"bool": {"should": [compiled(part) for part in node.parts], "minimum_should_match": node.least}}


@compiled.register
def _not(node: Not) -> Query:
    return {"bool": {"must": [{"match_all": {}}], "must_not": [compiled(node.part)]}}


@compiled.register
def _boost(node: Boost) -> Query:
    return {"bool": {"must": [compiled(node.part)], "boost": node.factor}}


@compiled.register
def _fresh(node: Fresh) -> Query:
    steps = [compiled(Boost(period, weight)) for period, weight in node.steps]
    return {"bool": {"must": [compiled(node.part)], "should": steps}}
