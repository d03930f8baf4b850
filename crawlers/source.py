"""A source as its YAML entry states it: the fields, which kinds they belong to, and what they may hold."""

import os
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from crawlers.blocks import Links, ListMapping, Paging, Vicinity
from crawlers.local import file_url, path_of
from crawlers.moments import placeholder_problem
from crawlers.shapes import EVENT_SHAPES, KEYS
from crawlers.urls import canonical, host_key, host_of

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
    "listing": frozenset({"item", "next", "links", "depth", "render"}),
    "files": frozenset({"links", "depth", "render"}),
    "api": frozenset({"query", "records", "fields", "paging", "window", "follow", "depth"}),
    "list": frozenset({"list_name", "mapping", "query"}),
    "events": frozenset({"query", "shape", "records", "fields", "paging", "window", "depth", "near"}),
    "imagery": frozenset({"query", "area", "collections", "clouds", "shows", "window", "depth"}),
    "trade": frozenset({"query", "records", "fields", "window"}),
}
SPECIAL_FIELDS: Final = frozenset().union(*KIND_FIELDS.values())
Value = str | int | float
# A header whose value begins so takes it from the environment, so that no key stands in a file.
ENVIRONMENT: Final = "env:"


class Source(BaseModel):
    """A public place that is harvested; the description of each field is its documentation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=SLUG, description="Name, unique in the catalogue: small letters, digits and hyphens.")
    kind: str = Field(description=f"How the source is read: {', '.join(KIND_FIELDS)}.")
    url: tuple[str, ...] = Field(
        alias="url",
        min_length=1,
        description="Address, or a list of addresses, that reading starts from; of local files a path.",
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
    budget: int = Field(default=500, ge=1, le=1_000_000, description="Pages or records that one run brings at most.")
    depth: int = Field(
        default=1,
        ge=0,
        le=20,
        description="How many pages deep further pages of a listing, a feed, a folder or an answer are followed.",
    )
    local: bool = Field(default=False, description="Whether private and loopback addresses may be fetched.")
    follow: bool = Field(
        default=True,
        description="Feed and api: fetch the page of each entry; false takes the text that the answer itself carries.",
    )
    item: str | None = Field(
        default=None,
        description="Listing: CSS selector or XPath of the links to documents; null takes all that `links` allows.",
    )
    next: str | None = Field(default=None, description="Listing: CSS selector or XPath of the link to the next page.")
    render: bool = Field(
        default=False, description="Listing and files: whether a browser runs the scripts of the pages with the links."
    )
    links: Links = Field(default=Links(), description="Rules that links must satisfy, `allow` and `deny`.")
    window: int | None = Field(
        default=None, ge=1, description="Days: a sitemap's older pages are passed over, `{since}` lies so far back."
    )
    again: tuple[int, ...] = Field(
        default=(1, 3, 7, 21),
        description="Days after a page last changed on which it is asked for again, linked or not; `[]` means never.",
    )
    query: Mapping[str, Value | tuple[Value, ...]] = Field(
        default_factory=dict, description="Parameters of the request; `{since}` and `{until}` are moments."
    )
    records: str | None = Field(default=None, description="Path in the answer to its list of records.")
    fields: Mapping[str, str] = Field(
        default_factory=dict, description="What is taken from a record: name to path, alternatives apart by `|`."
    )
    paging: Paging | None = Field(default=None, description="How an answer leads to the next one.")
    shape: str | None = Field(
        default=None,
        description=f"Events: form of the answer, {', '.join(EVENT_SHAPES)}; null tells the first by sight.",
    )
    near: tuple[Vicinity, ...] = Field(
        default=(), description="Events: only those within `radius` km of one of these places, which are named."
    )
    area: tuple[float, float, float, float] | None = Field(
        default=None, description="Imagery: west, south, east and north in degrees."
    )
    collections: tuple[str, ...] = Field(default=(), description="Imagery: collections that are searched.")
    clouds: float | None = Field(default=None, ge=0, le=100, description="Imagery: largest cloud cover in per cent.")
    shows: tuple[str, ...] = Field(default=(), description="Imagery: names of the sites in the area.")
    list_name: str | None = Field(
        default=None, pattern=SLUG, description="List: name of the list in Watchword; null means the source's name."
    )
    mapping: ListMapping | None = Field(
        default=None, description="List: where a file of one's own shape keeps what is read; null tells the known ones."
    )
    headers: Mapping[str, str] = Field(
        default_factory=dict,
        description="Further request headers; `env:NAME` is taken from the environment; the archive redacts secrets.",
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

    @field_validator("url", "shows", "collections", mode="before")
    @classmethod
    def _as_list(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("url")
    @classmethod
    def _canonical(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        found = {url: canonical(url) or file_url(url) for url in urls}
        for url, address in found.items():
            if address is None:
                raise ValueError(f"{url!r} is not an address that begins with http:// or https://, nor a whole path")
        return tuple(filter(None, found.values()))

    @field_validator("schedule", mode="before")
    @classmethod
    def _schedule(cls, value: Any) -> Any:
        text = f"every {value['every']}" if isinstance(value, dict) and set(value) == {"every"} else value
        if isinstance(text, str):
            seconds_between(text)
        return text

    @field_validator("query")
    @classmethod
    def _moments(cls, query: Mapping[str, Value | tuple[Value, ...]]) -> Mapping[str, Value | tuple[Value, ...]]:
        for value in query.values():
            for one in value if isinstance(value, tuple) else (value,):
                if problem := placeholder_problem(str(one)):
                    raise ValueError(problem)
        return query

    @field_validator("again")
    @classmethod
    def _days(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if any(not 1 <= day <= 3650 for day in days):
            raise ValueError("days are whole numbers from 1 to 3650")
        return days

    @field_validator("shape")
    @classmethod
    def _shaped(cls, shape: str | None) -> str | None:
        if shape is not None and shape not in EVENT_SHAPES:
            raise ValueError(f"possible are {', '.join(EVENT_SHAPES)}")
        return shape

    @field_validator("area")
    @classmethod
    def _bounds(cls, area: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:
        if area is not None:
            west, south, east, north = area
            if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
                raise ValueError("an area is [west, south, east, north] in degrees, south before north")
        return area

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        surplus = (self.model_fields_set & SPECIAL_FIELDS) - KIND_FIELDS[self.kind]
        for name in sorted(surplus):
            kinds = ", ".join(kind for kind, fields in KIND_FIELDS.items() if name in fields)
            raise ValueError(f"the field {name!r} does nothing for kind {self.kind!r}; it belongs to {kinds}")
        if any(map(path_of, self.url)) and not (self.kind == "files" and self.local):
            raise ValueError("a path on this machine needs a source of kind 'files' that is marked 'local: true'")
        if self.kind == "api" and not (self.fields.get("title") and any(self.fields.get(key) for key in KEYS)):
            raise ValueError("a source of kind 'api' needs 'fields' with 'title' and with 'id' or 'url'")
        if self.kind == "imagery" and self.area is None:
            raise ValueError("a source of kind 'imagery' needs 'area', as [west, south, east, north]")
        return self

    @property
    def interval(self) -> int:
        """Seconds between two looks at the source."""
        return seconds_between(self.schedule)

    @property
    def list_mapping(self) -> ListMapping | None:
        """The mapping of a list, with the source's publisher where it names none."""
        if self.mapping is None or self.mapping.publisher:
            return self.mapping
        return self.mapping.model_copy(update={"publisher": self.publisher})

    @property
    def sent_headers(self) -> dict[str, str]:
        """The further headers as they are sent; what the environment does not hold is left out."""
        values = {
            name: os.environ.get(value.removeprefix(ENVIRONMENT), "") if value.startswith(ENVIRONMENT) else value
            for name, value in self.headers.items()
        }
        return {name: value for name, value in values.items() if value}

    @property
    def all_hosts(self) -> frozenset[str]:
        """The hosts that the source's pages lie on, without `www.`."""
        return frozenset(host_key(host) for host in (*map(host_of, self.url), *self.hosts))


FIELDS: Final = tuple(Source.model_fields)


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
