"""Parameters of an address as a question, for the API, for exports and for the screens."""

from typing import Any, Literal

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field

from watchword.errors import UsageError
from watchword.saved import asked_for
from watchword.searching import Filters, Question, View
from watchword.store.database import Database

# A page of more hits is slow to make and to read; exports have no limit.
MAX_LIMIT = 500
DEFAULT_VIEW = View()
QUERY_EXAMPLES = ["list:un AND code:1C216", '"list:un code:1C216"~15', 'geo:"Natanz"~50 published:[2026-01 TO *]']


class Asked(BaseModel):
    """What a search asks for; an unknown parameter is an error, so that a misspelt filter never gives everything."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(default="*", description="The query, in the language of docs/search.md.", examples=QUERY_EXAMPLES)
    since: str | None = Field(default=None, description="First day of publication: 2026-01-31, 2026-01 or now-7d.")
    until: str | None = Field(default=None, description="Last day of publication.")
    language: list[str] = Field(default=[], description="Languages of which one must fit, as ISO 639-1.")
    source: list[str] = Field(default=[], description="Sources of which one must fit.")
    entity: list[str] = Field(default=[], description="Entities, by id or name, of which one must be mentioned.")
    only: list[str] = Field(
        default=[],
        description="Selections as FIELD=VALUE; two of one field are alternatives.",
        examples=["type=vessel", "country=SE"],
    )
    without: list[str] = Field(default=[], description="What to leave out, as FIELD=VALUE.")
    like: str | None = Field(default=None, description="Id of a document: find what resembles it.")
    saved: str | None = Field(default=None, description="Name of a saved search, in place of a query.")
    set: list[str] = Field(default=[], description="Parameters of the saved search, as NAME=VALUE.")

    def question(self, database: Database, view: View = DEFAULT_VIEW) -> Question:
        """Return what is asked; raise UsageError where it cannot be read."""
        given = Question(self.q.strip() or "*", self.filters(), view, self.like or None)
        return asked_for(database, self.saved, dict(pairs("set", self.set)), given) if self.saved else given

    def filters(self) -> Filters:
        """Return what narrows the search; raise UsageError where a selection cannot be read."""
        return Filters(
            since=self.since or None,
            until=self.until or None,
            language=tuple(self.language),
            source=tuple(self.source),
            entity=tuple(self.entity),
            only=pairs("only", self.only),
            without=pairs("without", self.without),
        )


class AskedForHits(Asked):
    """A search, and how its answer is wanted."""

    facet: list[str] = Field(default=[], description="Fields to count the values of.", examples=["source"])
    days: bool = Field(default=False, description="Whether to count the documents by day.")
    order: Literal["", "relevance", "fresh", "newest", "oldest"] = Field(
        default="", description="The order; empty means by relevance where the query has words, else the newest first."
    )
    fold: bool = Field(default=True, description="Whether a story comes once, with the number of its copies.")
    limit: int = Field(default=20, ge=1, le=MAX_LIMIT, description="Hits of a page; the total is always of all.")
    cursor: str | None = Field(default=None, description="The `next` of the page before.")

    def view(self) -> View:
        """Return how the answer is wanted."""
        return View(self.fold, self.limit, self.order, self.cursor or None, tuple(self.facet), self.days)


class AskedForExport(Asked):
    """A search whose every document is exported."""

    format: str = Field(
        default="jsonl", description="csv, jsonl, ftm, stix, warc, bundle or atom.", examples=["csv", "bundle"]
    )


def check_parameters(request: Request) -> None:
    """Refuse a parameter that the description of the address does not name, or that stands twice and has one value.

    Otherwise a misspelt filter gives everything, and of two queries one is answered.
    """
    path = request.app.openapi()["paths"][request.scope["route"].path]["get"]
    named = {one["name"]: one["schema"] for one in path.get("parameters", ()) if one["in"] == "query"}
    for name in dict.fromkeys(request.query_params):
        given = request.query_params.getlist(name)
        if name not in named:
            raise RequestValidationError([{"type": "extra_forbidden", "loc": ("query", name), "input": given[0]}])
        if len(given) > 1 and not _has_several(named[name]):
            said = f"it stands {len(given)} times, and one value is possible"
            raise RequestValidationError([{"type": "twice", "loc": ("query", name), "input": given[0], "msg": said}])


def _has_several(schema: dict[str, Any]) -> bool:
    return "array" in {form.get("type") for form in (schema, *schema.get("anyOf", ()))}


def pairs(parameter: str, texts: list[str]) -> tuple[tuple[str, str], ...]:
    """Return NAME=VALUE *texts* as pairs; raise UsageError where one is none."""
    found = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not (equals and name and value):
            raise UsageError(f"{parameter}={text!r} is not written as NAME=VALUE.")
        found.append((name, value))
    return tuple(found)


def first_problem(errors: list[Any]) -> str:
    """Return the first of pydantic's *errors* as a sentence."""
    first = errors[0]
    name = ".".join(str(part) for part in first["loc"][1:]) or "the request"
    if first["type"] == "extra_forbidden":
        return f"There is no parameter {name!r}; /api/v1/openapi.json lists what is possible."
    return f"{name}={str(first.get('input'))[:80]!r}: {first['msg']}."
