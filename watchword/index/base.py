"""What an index does: the verbs that both engines have, and the values that flow through them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from watchword.document import Document
from watchword.index.query import Node


@dataclass(frozen=True)
class SearchRequest:
    """A query that was read, and how the answer is wanted.

    `fold` gives one hit a story. `facets` are fields to count; `sort` is `score`, `newest` or `oldest`.
    """

    query: Node
    fold: bool = True
    limit: int = 20
    offset: int = 0
    sort: str = "score"
    facets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A document that was found; `copies` is the number of found documents of its story, itself included."""

    document: Document
    score: float
    copies: int = 1


@dataclass(frozen=True)
class Page:
    """The answer: `total` counts every document that matches, exactly."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Status:
    """The state of an index; `size` in bytes."""

    engine: str
    documents: int
    size: int
    place: str


class Engine(Protocol):
    """An index; every verb raises UnavailableError where the engine is away."""

    def add(self, documents: Sequence[Document]) -> None:
        """Index *documents*, in place of what stands under their ids."""
        ...

    def remove(self, identifiers: Sequence[str]) -> None:
        """Take documents out."""
        ...

    def search(self, request: SearchRequest) -> Page:
        """Return the page of hits that *request* asks for."""
        ...

    def count(self, query: Node) -> int:
        """Return how many documents match."""
        ...

    def scan(self, query: Node) -> Iterator[Document]:
        """Yield every document that matches, however many."""
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
        """Put *documents* in place of all that the index holds; return their number."""
        ...

    def status(self) -> Status:
        """Return what the index holds."""
        ...

    def close(self) -> None:
        """Give back what the engine holds open."""
        ...
