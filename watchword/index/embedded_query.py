"""A query's tree as a query of the embedded engine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import singledispatch
from itertools import chain
from typing import Any

from tantivy import FieldType, Occur, Query

from index_mappings.analysis import FOLDED_WORDS, languages_of, stem_word, stems
from index_mappings.fields import MARK, MENTION_MARK, folded_field
from watchword.errors import UsageError
from watchword.index.embedded_folder import AMONG
from watchword.index.patterns import EXPANDED, escape, without
from watchword.index.streams import EARLIEST, LATEST
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

Row = tuple[str, ...]

TEXT = "text"
# What the engine says of a pattern in a phrase that fits more words than it looks up.
TOO_MANY = "exceeded max expansions"
# So many values are looked up one by one; the engine holds a set against every value of the field, in some ms.
FEW_TERMS = 100


@contextmanager
def answering() -> Iterator[None]:
    """Turn the engine's error on a query that is too much into a sentence."""
    try:
        yield
    except ValueError as error:
        raise UsageError(EXPANDED) if TOO_MANY in str(error) else error from None


@singledispatch
def compiled(node: Node, _schema: Any) -> Query:
    """Return *node* as a query on an index of that schema."""
    raise TypeError(f"{type(node).__name__} is no query")


def stream(field: str, name: str) -> str:
    """Return the field of the stream *name* of `text` or `title`."""
    return name if field == TEXT else f"{field}_{name}"


def looked_up(field: str) -> str:
    """Return the field that holds the tokens or the keywords that a pattern is held against."""
    return stream(field, "exact") if field in (TEXT, "title") else folded_field(field)


def pairs(node: Near) -> list[tuple[str, str, str]]:
    """Return stream and tokens for which two words are near: as written, and in each language that inflects them."""
    found = [("exact", FOLDED_WORDS[node.first], FOLDED_WORDS[node.second])]
    for language in dict.fromkeys(chain(languages_of(node.first), languages_of(node.second))):
        first, second = stem_word(node.first, language), stem_word(node.second, language)
        found += [("stem", first, second)] if first != second else []
    return [(stream(node.field, name), first, second) for name, first, second in found]


@compiled.register
def _all(_node: All, _schema: Any) -> Query:
    return Query.all_query()


@compiled.register
def _keyword(node: Keyword, schema: Any) -> Query:
    return _flat(Query.term_query(schema, folded_field(node.field), node.value))


@compiled.register
def _any_keyword(node: AnyKeyword, schema: Any) -> Query:
    return _flat(any_term(schema, node.field, node.values))


@compiled.register
def _word(node: Word, schema: Any) -> Query:
    exact = Query.term_query(schema, stream(node.field, "exact"), FOLDED_WORDS[node.word])
    inflected = [Query.term_query(schema, stream(node.field, "stem"), stem) for stem in stems(node.word)]
    return Query.disjunction_max_query([exact, *inflected]) if inflected else exact


@compiled.register
def _exact(node: Exact, schema: Any) -> Query:
    return Query.term_query(schema, stream(node.field, "exact"), node.token)


@compiled.register
def _pattern(node: Pattern, schema: Any) -> Query:
    try:
        return Query.regex_query(schema, looked_up(node.field), without(node.regex, MARK))
    except ValueError as error:
        raise UsageError(f"The expression /{node.regex}/ cannot be searched: {error}.") from None


@compiled.register
def _phrase(node: Phrase, schema: Any) -> Query:
    field = stream(node.field, "exact")
    if all(isinstance(part, str) for part in node.parts):
        return Query.phrase_query(schema, field, list(node.parts))
    return Query.regex_phrase_query(
        schema, field, [without(p.regex, MARK) if isinstance(p, Pattern) else escape(p) for p in node.parts]
    )


@compiled.register
def _near(node: Near, schema: Any) -> Query:
    ways = [way for found in pairs(node) for way in _orders(schema, *found, node.between)]
    return Query.disjunction_max_query(ways)


def _orders(schema: Any, field: str, first: str, second: str, between: int) -> list[Query]:
    return [Query.phrase_query(schema, field, order, between) for order in ([first, second], [second, first])]


def _around(schema: Any, field: str, first: str, second: str, between: int) -> list[Query]:
    """Return the ways in which two tokens are near each other, or at one position."""
    same = Query.phrase_query(schema, field, [(0, first), (0, second)])
    return [*_orders(schema, field, first, second, between), same]


@compiled.register
def _mentions_near(node: MentionsNear, schema: Any) -> Query:
    first, second = f"{MENTION_MARK}{node.first}", f"{MENTION_MARK}{node.second}"
    ways = [way for field in AMONG for way in _around(schema, field, first, second, node.between)]
    return Query.disjunction_max_query(ways)


@compiled.register
def _mention_near(node: MentionNear, schema: Any) -> Query:
    mention = f"{MENTION_MARK}{node.mention}"
    words = [("exact", FOLDED_WORDS[node.word]), *(("stem", stem) for stem in stems(node.word))]
    ways = [way for field, word in words for way in _around(schema, field, word, mention, node.between)]
    return Query.disjunction_max_query(ways)


@compiled.register
def _rows_near(node: RowsNear, schema: Any) -> Query:
    field = stream(node.field, "exact")
    return Query.disjunction_max_query(_places(schema, field, node.first, node.second, node.between))


@compiled.register
def _row_near(node: RowNear, schema: Any) -> Query:
    mention = (f"{MENTION_MARK}{node.mention}",)
    return Query.disjunction_max_query(_places(schema, "exact", node.row, mention, node.between))


def _places(schema: Any, field: str, first: Row, second: Row, between: int) -> list[Query]:
    """Return a phrase for each place that the second row may have beside the first, or upon it."""
    ways = []
    for start in range(-len(second) - between, len(first) + between + 1):
        back = min(start, 0)
        placed = [*enumerate(first, -back), *enumerate(second, start - back)]
        ways.append(Query.phrase_query(schema, field, list(dict.fromkeys(placed))))
    return ways


@compiled.register
def _fuzzy(node: Fuzzy, schema: Any) -> Query:
    return Query.fuzzy_term_query(schema, looked_up(node.field), node.token, node.edits)


@compiled.register
def _dates(node: DateRange, schema: Any) -> Query:
    low, high = (_bounded(moment) for moment in (node.low, node.high))
    return _flat(Query.range_query(schema, node.field, FieldType.Date, low, high))


def _bounded(moment: datetime | None) -> datetime | None:
    return moment and min(max(moment, EARLIEST), LATEST).replace(tzinfo=None)


@compiled.register
def _numbers(node: NumberRange, schema: Any) -> Query:
    return _flat(Query.range_query(schema, node.field, FieldType.Integer, node.low, node.high))


@compiled.register
def _cells(node: Cells, schema: Any) -> Query:
    return _flat(any_term(schema, "cell", node.names))


@compiled.register
def _exists(node: Exists, _schema: Any) -> Query:
    return _flat(Query.exists_query(node.field))


def any_term(schema: Any, field: str, values: Sequence[str] | Sequence[int]) -> Query:
    """Return a query for any of *values* of *field*."""
    if len(values) > FEW_TERMS:
        return Query.term_set_query(schema, field, list(values))
    return Query.boolean_query([(Occur.Should, Query.term_query(schema, field, value)) for value in values])


def _flat(query: Query) -> Query:
    """Return *query* so that every match weighs the same: keywords and ranges say whether, not how well."""
    return Query.const_score_query(query, 1.0)


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
    return Query.boolean_query([(Occur.Should, compiled(part, schema)) for part in node.parts], node.least)


@compiled.register
def _not(node: Not, schema: Any) -> Query:
    return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, compiled(node.part, schema))])


@compiled.register
def _boost(node: Boost, schema: Any) -> Query:
    return Query.boost_query(compiled(node.part, schema), node.factor)


@compiled.register
def _fresh(node: Fresh, schema: Any) -> Query:
    steps = [(Occur.Should, Query.boost_query(compiled(period, schema), weight)) for period, weight in node.steps]
    return Query.boolean_query([(Occur.Must, compiled(node.part, schema)), *steps])
