"""Questions: a query, what narrows it, and how the answer is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from index_mappings.fields import FACETS, FIELDS
from watchword.errors import UsageError
from watchword.index import Sort
from watchword.index.tree import Node, Not, all_of, any_of, leaves, measures
from watchword.index.values import Values

# The orders of a result: by relevance, by relevance with the newer first, or by date.
BY_DATE: Mapping[str, Sort] = {"newest": "newest", "oldest": "oldest"}
ORDERS = ("relevance", "fresh", *BY_DATE)
SELECTIONS = ("language", "source", "entity", "only", "without")


@dataclass(frozen=True)
class Filters:
    """What narrows a search beside its query: days of publication, and values of which one must fit.

    `only` and `without` are selections among facets, pairs of field and value: of the values of one field, one must
    fit; of `without`, none may.
    """

    since: str | None = None
    until: str | None = None
    language: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    without: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the filters as JSON values."""
        return {"since": self.since, "until": self.until} | {
            name: [list(v) if isinstance(v, tuple) else v for v in getattr(self, name)] for name in SELECTIONS
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "Filters":
        """Return the filters that `as_json` gave."""
        return cls(
            since=record.get("since"),
            until=record.get("until"),
            language=tuple(record.get("language", ())),
            source=tuple(record.get("source", ())),
            entity=tuple(record.get("entity", ())),
            only=tuple((name, value) for name, value in record.get("only", ())),
            without=tuple((name, value) for name, value in record.get("without", ())),
        )

    def selected(self) -> dict[str, list[str]]:
        """Return the values of which one must fit, by field."""
        found: dict[str, list[str]] = {}
        named = ((name, value) for name in ("language", "source", "entity") for value in getattr(self, name))
        for name, value in (*named, *self.only):
            found.setdefault(known_facet(name), []).append(value)
        return found

    def narrowed(self, query: Node, *, but: str = "") -> Node:
        """Return *query* narrowed to what the filters let through; the selection of the field *but* is left out."""
        now = datetime.now(UTC)
        parts = [query]
        if self.since or self.until:
            parts.append(Values("date", now).range(self.since or "*", self.until or "*", (True, True)))
        for name, values in self.selected().items():
            if name != but:
                parts.append(any_of(*(Values(name, now).quoted(value) for value in values)))
        parts += [Not(Values(known_facet(name), now).quoted(value)) for name, value in self.without]
        return all_of(*parts)


EVERYTHING = Filters()


def known_facet(name: str) -> str:
    """Return *name* where values of that field can be selected; raise UsageError where there is none."""
    if name not in FIELDS or FIELDS[name].kind != "keyword":
        raise UsageError(f"There is no facet {name!r}; possible are {', '.join(FACETS)}.")
    return name


@dataclass(frozen=True)
class View:
    """How an answer is wanted.

    `order` is one of `ORDERS`, or empty: by relevance where the query holds words, else the newest first. `facets` are
    fields to count, `days` adds the number of documents by day. `cursor` is the `next` of the answer before.
    """

    fold: bool = True
    limit: int = 20
    order: str = ""
    cursor: str | None = None
    facets: tuple[str, ...] = ()
    days: bool = False

    def sort(self, query: Node) -> Sort:
        """Return the engine's order for *query*."""
        if self.order and self.order not in ORDERS:
            raise UsageError(f"There is no order {self.order!r}; possible are {', '.join(ORDERS)}.")
        if self.order in BY_DATE:
            return BY_DATE[self.order]
        weighed = any(measures(leaf) for leaf in leaves(query))
        return "score" if self.order or weighed else "newest"


@dataclass(frozen=True)
class Question:
    """A search as people ask it; `like` is the id of a document that the answer resembles, in place of a query."""

    query: str = "*"
    filters: Filters = Filters()
    view: View = View()
    like: str | None = None
