"""The tree that a query is read into and that each engine compiles: small, and free of any engine's terms."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class All:
    """Every document."""


@dataclass(frozen=True)
class Keyword:
    """One value of a keyword field, folded where the field is."""

    field: str
    value: str


@dataclass(frozen=True)
class Word:
    """One word of `text` or `title`, in any of its inflected forms."""

    field: str
    word: str


@dataclass(frozen=True)
class Exact:
    """One word of `text` or `title` as it is written, as a token."""

    field: str
    token: str


@dataclass(frozen=True)
class Pattern:
    """A regular expression that a whole token or keyword must match: what prefixes and wildcards become."""

    field: str
    regex: str


@dataclass(frozen=True)
class Phrase:
    """Tokens in a row as they are written; a pattern may stand for one of them."""

    field: str
    parts: tuple[str | Pattern, ...]


@dataclass(frozen=True)
class Near:
    """Two words in any inflected form and any order, with at most `between` others between them."""

    field: str
    first: str
    second: str
    between: int


@dataclass(frozen=True)
class MentionsNear:
    """Two mentions in any order, with at most `between` words between them; tokens of the mention stream."""

    first: str
    second: str
    between: int


@dataclass(frozen=True)
class MentionNear:
    """A word in any inflected form and a mention in any order, with at most `between` words between them."""

    word: str
    mention: str
    between: int


@dataclass(frozen=True)
class RowsNear:
    """Two rows of tokens as they are written, in any order, with at most `between` words between them.

    A Chinese or Japanese word is a row: each character is a token.
    """

    field: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    between: int


@dataclass(frozen=True)
class RowNear:
    """A row of tokens as they are written and a mention, in any order, with at most `between` words between them."""

    row: tuple[str, ...]
    mention: str
    between: int


@dataclass(frozen=True)
class Fuzzy:
    """A token within so many edits."""

    field: str
    token: str
    edits: int


@dataclass(frozen=True)
class DateRange:
    """Moments from `low` to `high`, both included; None is open."""

    field: str
    low: datetime | None
    high: datetime | None


@dataclass(frozen=True)
class NumberRange:
    """Whole numbers from `low` to `high`, both included; None is open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Cells:
    """A place of the document lies in any of these cells."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Exists:
    """The keyword field has a value."""

    field: str


@dataclass(frozen=True)
class AnyKeyword:
    """Any of many values of a keyword field, looked up as they are given: for lists of ids."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class And:
    """All of the parts."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Or:
    """Any of the parts; at least `least` of them."""

    parts: "tuple[Node, ...]"
    least: int = 1


@dataclass(frozen=True)
class Not:
    """Not the part."""

    part: "Node"


@dataclass(frozen=True)
class Boost:
    """The part, weighing so many times as much."""

    part: "Node"
    factor: float


@dataclass(frozen=True)
class Fresh:
    """The part, ranked higher where the document is newer: each date range that holds adds its weight."""

    part: "Node"
    steps: tuple[tuple[DateRange, float], ...]


Leaf = (
    All
    | Keyword
    | Word
    | Exact
    | Pattern
    | Phrase
    | Near
    | MentionsNear
    | MentionNear
    | RowsNear
    | RowNear
    | Fuzzy
    | DateRange
    | NumberRange
    | Cells
    | Exists
    | AnyKeyword
)
Node = Leaf | And | Or | Not | Boost | Fresh


def all_of(*parts: Node) -> Node:
    """Return the conjunction of *parts*, without needless levels."""
    flat = [part for given in parts for part in (given.parts if isinstance(given, And) else (given,))]
    wanted = tuple(part for part in flat if not isinstance(part, All))
    if not wanted:
        return All()
    return wanted[0] if len(wanted) == 1 else And(wanted)


def any_of(*parts: Node) -> Node:
    """Return the disjunction of *parts*, without needless levels."""
    flat = tuple(
        p for given in parts for p in (given.parts if isinstance(given, Or) and given.least == 1 else (given,))
    )
    return flat[0] if len(flat) == 1 else Or(flat)


def leaves(node: Node) -> "list[Leaf]":
    """Return the leaves that a matching document may owe its place to: not those below a Not."""
    if isinstance(node, And | Or):
        return [leaf for part in node.parts for leaf in leaves(part)]
    if isinstance(node, Boost | Fresh):
        return leaves(node.part)
    return [] if isinstance(node, Not) else [node]


def measures(leaf: Leaf) -> bool:
    """Say whether matches of *leaf* differ in how well they match: words do, keywords and ranges do not."""
    return isinstance(leaf, Word | Exact | Phrase | Near | MentionsNear | MentionNear | RowsNear | RowNear)
