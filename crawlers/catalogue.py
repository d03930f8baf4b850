"""The source catalogue: YAML files, one a publisher, read strictly into `Source` values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from crawlers.marked import MarkedError, Place, near, read_marked
from crawlers.rules import rule_problem
from crawlers.urls import canonical, host_key, host_of

SHIPPED: Final = Path(__file__).with_name("sources")
SCHEDULES: Final = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400}
UNITS: Final = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
EVERY = re.compile(r"^(?:every:?\s*)?(\d+)\s*([mhdw])$")
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# More often than this is a load for the host without being news.
MIN_INTERVAL_SECONDS = 300

# Which fields only some kinds have; a new kind is a line here and a spider in `crawlers/spiders`.
KIND_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "feed": frozenset({"follow", "depth"}),
    "sitemap": frozenset({"window", "links"}),
    "listing": frozenset({"item", "next", "links", "depth"}),
    "files": frozenset({"links", "depth"}),
}
SPECIAL_FIELDS: Final = frozenset().union(*KIND_FIELDS.values())


class SourceError(ValueError):
    """One sentence: which file, line and field is wrong, with which value, and what to do."""


class Links(BaseModel):
    """Rules for links; `crawlers.rules` states their language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    allow: tuple[str, ...] = Field(default=(), description="Rules of which a link must match one; none means any link.")
    deny: tuple[str, ...] = Field(default=(), description="Rules of which a link must match none.")

    @field_validator("allow", "deny")
    @classmethod
    def _check(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        for rule in rules:
            if problem := rule_problem(rule):
                raise ValueError(f"the rule {rule!r} cannot be used: {problem}")
        return rules


class Source(BaseModel):
    """A public place that is harvested; the description of each field is its documentation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=SLUG, description="Name, unique in the catalogue: small letters, digits and hyphens.")
    kind: str = Field(description="How the source is read: feed, sitemap, listing or files.")
    url: tuple[str, ...] = Field(
        alias="url", min_length=1, description="Address, or a list of addresses, that reading starts from."
    )
    publisher: str = Field(min_length=1, description="Who publishes; stated once, at the head of the file.")
    country: str | None = Field(
        default=None,
        pattern=r"^[A-Z]{2}$",
        description="ISO 3166 alpha-2 code at the head of the file; null for international bodies.",
    )
    language: str | None = Field(
        default=None,
        pattern=r"^[a-z]{2,3}$",
        description="ISO 639 code of the pages; null where they are in several languages.",
    )
    schedule: str = Field(
        default="daily",
        description="How often to look: `hourly`, `daily`, `weekly`, `monthly`, or `every 6h` (m, h, d, w).",
    )
    hosts: tuple[str, ...] = Field(
        default=(),
        description="Further hosts that pages of the source lie on; links to other hosts are counted, not followed.",
    )
    delay: float | None = Field(
        default=None,
        ge=0,
        le=3600,
        description="Seconds between two requests to one host; null means the setting `delay`.",
    )
    budget: int = Field(default=500, ge=1, le=1_000_000, description="Pages that one run fetches at most.")
    depth: int = Field(
        default=1,
        ge=0,
        le=20,
        description="How many pages deep further pages of a listing, a feed or a folder are followed.",
    )
    local: bool = Field(default=False, description="Whether private and loopback addresses may be fetched.")
    follow: bool = Field(
        default=True,
        description="Feed: fetch the page of each entry; false takes the text that the feed itself carries.",
    )
    item: str | None = Field(
        default=None,
        description="Listing: CSS selector or XPath of the links to documents; null takes all that `links` allows.",
    )
    next: str | None = Field(default=None, description="Listing: CSS selector or XPath of the link to the next page.")
    links: Links = Field(default=Links(), description="Rules that links must satisfy, `allow` and `deny`.")
    window: int | None = Field(
        default=None, ge=1, description="Sitemap: days; pages whose `lastmod` is older are passed over."
    )
    headers: Mapping[str, str] = Field(
        default_factory=dict, description="Further request headers; their secrets are redacted in the archive."
    )
    expected: float | None = Field(
        default=None, ge=0, description="Documents a week that the source is expected to bring."
    )
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = Field(
        default=None,
        description="Reliability of the source by the NATO grades, A (completely reliable) to F (cannot be judged).",
    )
    bias: str = Field(default="", description="Whose view the source gives.")
    terms: str = Field(default="", description="Terms of use, in a sentence or as an address.")
    marking: str = Field(default="", description="Handling marking that its documents carry.")
    verified: date | None = Field(
        default=None, description="Day on which the entry was last checked live; null until somebody did."
    )

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in KIND_FIELDS:
            raise ValueError("this is no kind of source")
        return kind

    @field_validator("url", mode="before")
    @classmethod
    def _as_list(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("url")
    @classmethod
    def _canonical(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            if canonical(url) is None:
                raise ValueError(f"{url!r} is not an address that begins with http:// or https://")
        return tuple(canonical(url) or url for url in urls)

    @field_validator("schedule", mode="before")
    @classmethod
    def _schedule(cls, value: Any) -> Any:
        text = f"every {value['every']}" if isinstance(value, dict) and set(value) == {"every"} else value
        if isinstance(text, str):
            seconds_between(text)
        return text

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        surplus = (self.model_fields_set & SPECIAL_FIELDS) - KIND_FIELDS[self.kind]
        for name in sorted(surplus):
            kinds = ", ".join(kind for kind, fields in KIND_FIELDS.items() if name in fields)
            raise ValueError(f"the field {name!r} does nothing for kind {self.kind!r}; it belongs to {kinds}")
        return self

    @property
    def interval(self) -> int:
        """Seconds between two looks at the source."""
        return seconds_between(self.schedule)

    @property
    def all_hosts(self) -> frozenset[str]:
        """The hosts that the source's pages lie on, without `www.`."""
        return frozenset(host_key(host) for host in (*map(host_of, self.url), *self.hosts))


FIELDS: Final = tuple(Source.model_fields)
HEAD_FIELDS: Final = ("publisher", "country", "sources")


def seconds_between(schedule: str) -> int:
    """Return the seconds that *schedule* leaves between two looks; raise ValueError where it says nothing known."""
    match = EVERY.match(schedule.strip())
    seconds = SCHEDULES.get(schedule) or (int(match[1]) * UNITS[match[2]] if match else 0)
    if seconds < MIN_INTERVAL_SECONDS:
        raise ValueError(
            f"{schedule!r} is not a schedule; possible are {', '.join(SCHEDULES)}, or 'every 6h' with m, h, d or w, "
            f"at least 5 minutes"
        )
    return seconds


def load_sources(folders: Iterable[Path] = (SHIPPED,)) -> list[Source]:
    """Read the sources of the files and folders *folders*, in the order of their names; raise SourceError."""
    sources: dict[str, Source] = {}
    places: dict[str, Place] = {}
    for path in [file for folder in folders for file in _files(folder)]:
        for source, place in _read(path):
            if source.name in sources:
                raise SourceError(
                    f"{place}: the name {source.name!r} is taken by {places[source.name]}; rename one of them."
                )
            sources[source.name], places[source.name] = source, place
    return list(sources.values())


def groups(sources: Sequence[Source]) -> list[list[Source]]:
    """Part *sources* so that no two groups share a host: what one crawl process takes."""
    leader: dict[str, str] = {}

    def find(host: str) -> str:
        while leader.setdefault(host, host) != host:
            leader[host] = host = leader[leader[host]]
        return host

    for source in sources:
        first, *others = sorted(source.all_hosts)
        for other in others:
            leader[find(other)] = find(first)
    parts: dict[str, list[Source]] = {}
    for source in sources:
        parts.setdefault(find(min(source.all_hosts)), []).append(source)
    return list(parts.values())


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise SourceError(f"There is no file or folder of sources at {folder}; check the path.")
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml"))


def _read(path: Path) -> list[tuple[Source, Place]]:
    try:
        marked = read_marked(path)
    except MarkedError as error:
        raise SourceError(str(error)) from None
    content = marked.value
    if not isinstance(content, dict) or not isinstance(content.get("sources"), list):
        raise SourceError(f"{path}: a source file has the fields {', '.join(HEAD_FIELDS)}, and 'sources' is a list.")
    for key in content:
        if key not in HEAD_FIELDS:
            place = marked.place((key,))
            raise SourceError(f"{place}: the field {key!r} is not known at the head of a file{near(key, HEAD_FIELDS)}")
    head = {key: content[key] for key in ("publisher", "country") if key in content}
    return [
        (_source(entry, head, index, marked.place), marked.place(("sources", index)))
        for index, entry in enumerate(content["sources"])
    ]


def _source(entry: object, head: dict[str, Any], index: int, place: Any) -> Source:
    if not isinstance(entry, dict):
        raise SourceError(f"{place(('sources', index))}: a source is a block of fields, and this is {entry!r}.")
    try:
        return Source.model_validate({**head, **entry})
    except ValidationError as error:
        problem = error.errors()[0]
        field = next((str(part) for part in problem["loc"]), "")
        where = ("sources", index, *problem["loc"]) if field not in head else (field,)
        name = entry.get("name", f"number {index + 1}")
        more = f" ({error.error_count() - 1} more in this source)" if error.error_count() > 1 else ""
        raise SourceError(f"{place(where)}: source {name!r}: {_sentence(problem, field)}{more}") from None


def _sentence(problem: Any, field: str) -> str:
    path = ".".join(str(part) for part in problem["loc"])
    known = tuple(Links.model_fields) if field == "links" and "." in path else FIELDS
    if problem["type"] == "extra_forbidden":
        return f"the field {path!r} is not known{near(path.rsplit('.', 1)[-1], known)}"
    if problem["type"] == "missing":
        return f"the field {path!r} is missing; docs/sources.md shows an example of each kind."
    reason = problem["msg"].removeprefix("Value error, ")
    if not path:
        return f"{reason}."
    value = f"the field {path!r} has the value {problem['input']!r}"
    if field == "kind":
        return f"{value}: {reason}{near(str(problem['input']), tuple(KIND_FIELDS))}"
    about = (Source.model_fields[field].description or "").rstrip(".")
    return f"{value}: {reason} ({about})."
