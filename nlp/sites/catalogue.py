"""The site catalogue: YAML files, read strictly into `Site` values."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from nlp.catalogue import shipped
from nlp.compiled import compiled
from nlp.folding import folded

LANGUAGES: Final = ("en", "fr", "es", "ru", "ar", "zh", "fa", "he", "ko", "ja", "uk", "de", "pt", "hi", "ur", "local")
# What a site does, and the area whose words support its name; a new kind is a line here.
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "enrichment": "nuclear",
        "reprocessing": "nuclear",
        "conversion": "nuclear",
        "fuel fabrication": "nuclear",
        "mine": "nuclear",
        "power": "nuclear",
        "research reactor": "nuclear",
        "research centre": "nuclear",
        "heavy water": "nuclear",
        "weapons laboratory": "nuclear",
        "weapons production": "nuclear",
        "weapons storage": "nuclear",
        "waste storage": "nuclear",
        "naval": "nuclear",
        "nuclear test": "nuclear",
        "monitoring": "nuclear",
        "launch": "missile",
        "missile test": "missile",
        "missile production": "missile",
        "missile base": "missile",
        "chemical production": "chemical",
        "chemical storage": "chemical",
        "chemical destruction": "chemical",
        "chemical test": "chemical",
        "biological laboratory": "biological",
        "biological programme": "biological",
    }
)
Words = Mapping[str, tuple[str, ...]]
# A strong name means its site wherever it stands, a weak one where context says so, a town's beside a designator.
Grade = Literal["strong", "weak", "town"]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class SiteError(ValueError):
    """One sentence: which file, entry and field is wrong, with which value, and what to do."""


class Site(BaseModel):
    """A site with its public names; the description of each field is its documentation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Unique in the catalogue: a-z, 0-9 and hyphens.")
    name: str = Field(min_length=2, description="Canonical English name.")
    country: str = Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 alpha-2 code.")
    at: tuple[Latitude, Longitude] | None = Field(
        default=None, description="Latitude and longitude in degrees (WGS 84), as precise as publicly known."
    )
    kind: str = Field(description="What the site does.")
    operator: str = Field(default="", description="Who runs it, or ran it last.")
    status: str = Field(default="operating", description="Operating, shut down, dismantled, under construction, ...")
    source: str = Field(min_length=2, description="Where the facts are published.")
    names: Words = Field(default_factory=dict, description="Names a language; found wherever they stand.")
    weak: Words = Field(default_factory=dict, description="Names that have another sense; context decides.")
    town: Words = Field(
        default_factory=dict, description="Names of large places; they mean the site only beside a word such as plant."
    )
    context: Words = Field(default_factory=dict, description="Words that support its names, beside the area's.")
    against: Words = Field(default_factory=dict, description="Words that say the other sense is meant.")

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is no kind of site; possible are {', '.join(KINDS)}")
        return kind

    @field_validator("names", "weak", "town", "context", "against")
    @classmethod
    def _known_languages(cls, words: Words) -> Words:
        for language in words:
            if language not in LANGUAGES:
                raise ValueError(f"{language!r} is no language of the catalogue; possible are {', '.join(LANGUAGES)}")
        return words

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def area(self) -> str:
        """The area of its kind: nuclear, missile, chemical or biological."""
        return KINDS[self.kind]

    @property
    def entity(self) -> str:
        """The id that mentions carry."""
        return f"site:{self.id}"

    def all_names(self) -> Iterator[tuple[str, str, Grade]]:
        """Yield each name with its language and its grade; the canonical name first."""
        yield self.name, "en", "strong"
        grades: tuple[tuple[Words, Grade], ...] = ((self.names, "strong"), (self.weak, "weak"), (self.town, "town"))
        for words, grade in grades:
            for language, names in words.items():
                yield from ((name, language, grade) for name in names)


def load_sites(folder: Traversable) -> tuple[Site, ...]:
    """Read the sites of the YAML files in *folder*; raise SiteError where one is wrong."""
    sites: dict[str, Site] = {}
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml"):
            for site in _read(path):
                if site.id in sites:
                    raise SiteError(f"{path.name}: the id {site.id!r} is there twice; rename or merge one of them.")
                sites[site.id] = site
    return tuple(sites.values())


def _read(path: Traversable) -> Iterator[Site]:
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise SiteError(f"{path.name}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict) or set(content) != {"sites"} or not isinstance(content["sites"], list):
        raise SiteError(f"{path.name}: expected one key, 'sites', with a list of sites under it.")
    for number, entry in enumerate(content["sites"], 1):
        yield _site(path.name, number, entry)


def _site(file: str, number: int, entry: Any) -> Site:
    try:
        return Site.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        label = entry.get("id") if isinstance(entry, dict) else None
        field = ".".join(map(str, first["loc"])) or "the entry"
        possible = ", ".join(Site.model_fields)
        raise SiteError(
            f"{file}: site {number} ({label or 'without id'}): {field}: {first['msg']}, not {first['input']!r:.60}; "
            f"a site has {possible}."
        ) from error


@cache
def all_sites() -> tuple[Site, ...]:
    """Return the sites that ship, read once; they were checked when they were compiled."""
    folder = files("nlp") / "catalogue" / "sites"
    rows = compiled("sites", shipped("sites"), lambda: [site.model_dump() for site in load_sites(folder)])
    return tuple(Site.model_construct(**row) for row in rows)


@cache
def _by_id() -> dict[str, Site]:
    return {site.id: site for site in all_sites()}


def find_site(identifier: str) -> Site | None:
    """Return the site with this id, with or without `site:`, or None."""
    return _by_id().get(identifier.removeprefix("site:"))


def search_sites(words: str) -> list[Site]:
    """Return the sites whose names, country, kind or operator have all of *words*, those named so first."""
    wanted = folded(words).split()
    found = [(site, _searchable(site)) for site in all_sites()]
    hits = [site for site, text in found if all(word in text for word in wanted)]
    return sorted(hits, key=lambda site: (not _is_named(site, folded(words)), site.name))


@cache
def _searchable(site: Site) -> str:
    names = (name for name, _, _ in site.all_names())
    return folded(" ".join((site.id, *names, site.country, site.kind, site.area, site.operator)))


def _is_named(site: Site, name: str) -> bool:
    return any(folded(known) == name for known, _, _ in site.all_names())


def sites_named(name: str) -> list[Site]:
    """Return the sites that have exactly this name, in any case and spelling of accents."""
    return [site for site in all_sites() if _is_named(site, folded(name))]
