"""What an index does: the verbs that both engines have, and the values that flow through them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from watchword.document import Document
from watchword.index.tree import Node

Sort = Literal["score", "newest", "oldest"]
# Fields with more values than this are counted by their most frequent ones.
MAX_FACET_VALUES: Final = 1_000


@dataclass(frozen=True)
class SearchRequest:
    """A query that was read, and how the answer is wanted.

    `fold` gives one hit a story. `cursor` is the `next` of the page before; without one the answer begins at `offset`.
    """

    query: Node
    fold: bool = True
    limit: int = 20
    offset: int = 0
    sort: Sort = "score"
    cursor: str | None = None


@dataclass(frozen=True)
class Hit:
    """A document that was found.

    `copies` is the number of found documents of its story, itself included; `origins` of the publishers among them.
    """

    document: Document
    score: float
    copies: int = 1
    origins: int = 1


@dataclass(frozen=True)
class Page:
    """The answer: `total` counts every document that matches, exactly; `next` is the cursor of the next page."""

    total: int
    hits: tuple[Hit, ...] = ()
    next: str | None = None


@dataclass(frozen=True)
class Counts:
    """Documents by value of each field, the most frequent first, and by day of `date` (as YYYY-MM-DD), in order."""

    facets: Mapping[str, Mapping[str, int]]
    days: Mapping[str, int]


@dataclass(frozen=True)
class Refused:
    """A document that the engine did not take, and why."""

    identifier: str
    reason: str


@dataclass(frozen=True)
class Status:
    """The state of an index; `size` in bytes, `stale` where another version of Watchword made it."""

    engine: str
    documents: int
    size: int
    place: str
    generation: str
    stale: bool = False
    parts: int = 1


class Engine(Protocol):
    """An index; every verb raises UnavailableError where the engine is away."""

    def filling(self) -> AbstractContextManager[None]:
        """Make several additions cheaper; each is still whole and safe by itself. Other writers wait meanwhile."""
        ...

    def add(self, documents: Sequence[Document]) -> tuple[Refused, ...]:
        """Index *documents* in place of what stands under their ids; return those that the engine did not take."""
        ...

    def remove(self, identifiers: Sequence[str]) -> None:
        """Take documents out."""
        ...

    def search(self, request: SearchRequest) -> Page:
        """Return the page of hits that *request* asks for."""
        ...

    def counts(self, query: Node, fields: Sequence[str], *, days: bool = False, limit: int = 20) -> Counts:
        """Count the documents that match, by the values of *fields* and by day; *limit* values a field."""
        ...

    def count(self, query: Node) -> int:
        """Return how many documents match."""
        ...

    def scan(self, query: Node) -> Iterator[Document]:
        """Yield every document that matches, however many, as the index is when the scan begins."""
        ...

    def states(self) -> Iterator[int]:
        """Yield the `state` number of every document that the index holds."""
        ...

    def matching(self, query: str) -> Iterator[str]:
        """Yield the id of every document that matches the query text."""
        ...

    def get(self, identifier: str) -> Document | None:
        """Return one document, or None."""
        ...

    def refresh(self) -> None:
        """Make everything that was added visible to searches."""
        ...

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Put *documents* in place of all that the index holds, in one step at the end; return their number."""
        ...

    def status(self) -> Status:
        """Return what the index holds."""
        ...

    def close(self) -> None:
        """Give back what the engine holds open."""
        ...
