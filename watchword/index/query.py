"""The query language: Lucene syntax, read once into a small tree that each engine compiles.

Words side by side must all be there; OR binds tighter than that: `a b OR c` means a AND (b OR c). A word is looked up
by its stems, a phrase in quotes as it is written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from luqum import tree as luqum
from luqum.exceptions import ParseError
from luqum.thread import parse as luqum_parse

from index_mappings.analysis import tokens
from index_mappings.fields import DATES, KEYWORDS
from watchword.errors import UsageError

TEXT = "text"
TEXT_FIELDS = (TEXT, "title")
FIELDS = (*TEXT_FIELDS, *KEYWORDS, *DATES)
# More edits than this find words that no reader would take for a spelling of the one typed.
MAX_EDITS = 2
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"', "（": "(", "）": ")", "：": ":"})
OPERATORS = ((re.compile(r"(?<=\s)&&(?=\s)"), "AND"), (re.compile(r"(?<=\s)\|\|(?=\s)"), "OR"))
EXCLAMATION = re.compile(r"(^|[\s(])!(?=\S)")
WITH_COLONS = re.compile(r"(?<![\w\"])(\w+):([^\s()\[\]{}\"]*:[^\s()\[\]{}\"]*)")
ADDRESS = re.compile(r"(?<![\w:\"/])(https?://[^\s()\"]+)")


@dataclass(frozen=True)
class All:
    """Every document."""


@dataclass(frozen=True)
class Term:
    """One value of a keyword field, or one word of a text field; `exact` asks for the word as written."""

    field: str
    value: str
    exact: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words in a row; `slop` is how far they may move."""

    field: str
    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True)
class Pattern:
    """A regular expression that a whole token or keyword must match: what prefixes and wildcards become."""

    field: str
    regex: str


@dataclass(frozen=True)
class Fuzzy:
    """Words within so many edits."""

    field: str
    value: str
    edits: int


@dataclass(frozen=True)
class Range:
    """Values between two bounds; None is open."""

    field: str
    low: str | None
    high: str | None
    include_low: bool = True
    include_high: bool = True


@dataclass(frozen=True)
class And:
    """All of the parts."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Or:
    """Any of the parts."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Not:
    """Not the part."""

    part: "Node"


@dataclass(frozen=True)
class Boost:
    """The part, weighing so many times as much."""

    part: "Node"
    factor: float


Node = All | Term | Phrase | Pattern | Fuzzy | Range | And | Or | Not | Boost


def parse(text: str) -> Node:
    """Read a query; raise UsageError with the place and the likely meaning where it cannot be read."""
    if not text.strip():
        raise UsageError("The query is empty; '*' finds everything.")
    try:
        found = luqum_parse(_prepared(text))
    except (ParseError, ValueError) as error:
        raise UsageError(f"The query {text!r} cannot be read: {error}") from None
    return _node(found, TEXT)


def _prepared(text: str) -> str:
    """Return *text* with what people type in place of Lucene's own signs put right."""
    text = text.strip().translate(QUOTES)
    for pattern, operator in OPERATORS:
        text = pattern.sub(operator, text)
    text = EXCLAMATION.sub(r"\1NOT ", text)
    text = WITH_COLONS.sub(lambda m: f'{m[1]}:"{m[2]}"' if m[1] in FIELDS else f'"{m[0]}"', text)
    return ADDRESS.sub(r'"\1"', text)


def _node(item: Any, field: str) -> Node:
    reader = READERS.get(type(item))
    if reader is None:
        raise UsageError(f"{str(item).strip()!r} is a {type(item).__name__}, which this query language does not have.")
    return reader(item, field)


def _word(item: luqum.Word, field: str) -> Node:
    value = str(item.value)
    if value == "*":
        return All()
    if re.search(r"(?<!\\)[*?]", value):
        return Pattern(field, _wildcard(value, field))
    value = re.sub(r"\\(.)", r"\1", value)
    if field in DATES:
        return Range(field, value, value)
    return _words(field, value, exact=False) if field in TEXT_FIELDS else Term(field, value)


def _words(field: str, value: str, *, exact: bool, slop: int = 0) -> Node:
    found = tuple(token.exact for token in tokens(value))
    if not found:
        raise UsageError(f"{value!r} holds no letter or digit to search for.")
    if len(found) == 1:
        return Term(field, found[0] if exact else value, exact)
    if slop and len(set(found)) != 2:
        raise UsageError(f'"{value}"~{slop}: nearness works for two different words; join pairs with AND for more.')
    return Phrase(field, found, slop)


def _wildcard(value: str, field: str) -> str:
    signs = {"*": ".*", "?": "."}
    folded = value.lower() if field in TEXT_FIELDS else value
    return "".join(signs.get(character, re.escape(character)) for character in folded)


def _phrase(item: luqum.Phrase, field: str, slop: int = 0) -> Node:
    value = str(item.value)[1:-1]
    if field in TEXT_FIELDS:
        return _words(field, value, exact=True, slop=slop)
    return Range(field, value, value) if field in DATES else Term(field, value)


def _proximity(item: luqum.Proximity, field: str) -> Node:
    return _phrase(item.term, field, int(item.degree or 0))


def _field(item: luqum.SearchField, field: str) -> Node:
    name = str(item.name)
    if name == "*":
        return All()
    if name not in FIELDS:
        close = get_close_matches(name, FIELDS, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise UsageError(f"There is no field {name!r} (in {str(item).strip()!r}).{hint} Fields: {', '.join(FIELDS)}.")
    return _node(item.expr, name)


def _fuzzy(item: luqum.Fuzzy, field: str) -> Node:
    # `word~` without a number means 2 in Lucene; luqum reports it as 0.5.
    edits = MAX_EDITS if item.degree is None or float(item.degree) == 0.5 else float(item.degree)
    if edits != int(edits) or not 0 < edits <= MAX_EDITS:
        raise UsageError(f"{str(item).strip()!r}: write ~1 or ~2; more edits are not searched.")
    return Fuzzy(field, "".join(token.exact for token in tokens(str(item.term))), int(edits))


def _range(item: luqum.Range, field: str) -> Node:
    low, high = (str(bound) for bound in (item.low, item.high))
    return Range(
        _ranged(field, item),
        None if low == "*" else low,
        None if high == "*" else high,
        bool(item.include_low),
        bool(item.include_high),
    )


def _from(item: luqum.From, field: str) -> Node:
    return Range(_ranged(field, item), str(item.a), None, bool(item.include), True)


def _to(item: luqum.To, field: str) -> Node:
    return Range(_ranged(field, item), None, str(item.a), True, bool(item.include))


def _ranged(field: str, item: Any) -> str:
    if field not in DATES:
        raise UsageError(f"{str(item).strip()!r}: ranges work on {', '.join(DATES)}, and {field!r} is none of them.")
    return field


def _regex(item: luqum.Regex, field: str) -> Node:
    return Pattern(field, str(item.value)[1:-1])


def _all_of(item: Any, field: str) -> Node:
    return And(tuple(_node(child, field) for child in item.children))


READERS: dict[type, Callable[[Any, str], Node]] = {
    luqum.Word: _word,
    luqum.Phrase: _phrase,
    luqum.Proximity: _proximity,
    luqum.SearchField: _field,
    luqum.Fuzzy: _fuzzy,
    luqum.Range: _range,
    luqum.From: _from,
    luqum.To: _to,
    luqum.Regex: _regex,
    luqum.AndOperation: _all_of,
    luqum.UnknownOperation: _all_of,
    luqum.OrOperation: lambda item, field: Or(tuple(_node(child, field) for child in item.children)),
    luqum.Not: lambda item, field: Not(_node(item.a, field)),
    luqum.Prohibit: lambda item, field: Not(_node(item.a, field)),
    luqum.Plus: lambda item, field: _node(item.a, field),
    luqum.Group: lambda item, field: _node(item.expr, field),
    luqum.FieldGroup: lambda item, field: _node(item.expr, field),
    luqum.Boost: lambda item, field: Boost(_node(item.expr, field), float(item.force)),
}
