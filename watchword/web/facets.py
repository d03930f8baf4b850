"""Facets as the search screen shows them: what each value is called, how many there are, and what a click does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.items.catalogue import catalogue
from nlp.sites import find_site
from watchword.web.addresses import Address
from watchword.web.pages import country_name, language_name

# Fields that are counted beside a search, and what they are called.
SHOWN: Final[Mapping[str, str]] = {
    "source": "Source",
    "language": "Language",
    "country": "Country",
    "type": "Kind of mention",
    "list": "Official list",
    "item": "Item",
    "code": "Code",
    "role": "Role",
    "site": "Site",
}
# Shown at once; the rest of a facet opens with a click.
FIRST_VALUES: Final = 6


@dataclass(frozen=True)
class FacetValue:
    """A value: `state` is `only`, `without` or empty; `choose` and `exclude` are what the two links lead to."""

    value: str
    label: str
    number: int | None
    state: str
    choose: Address
    exclude: Address


@dataclass(frozen=True)
class Facet:
    """A field with its values, the chosen and excluded ones first."""

    name: str
    title: str
    values: tuple[FacetValue, ...]

    @property
    def first(self) -> tuple[FacetValue, ...]:
        """The values that are shown at once."""
        return self.values[: max(FIRST_VALUES, sum(1 for value in self.values if value.state))]

    @property
    def rest(self) -> tuple[FacetValue, ...]:
        """The values that open with a click."""
        return self.values[len(self.first) :]


def facets_of(counts: Mapping[str, Mapping[str, int]], here: Address) -> list[Facet]:
    """Return the facets of a search at the address *here* that have something to choose from."""
    found = [Facet(name, SHOWN[name], tuple(_values(name, counts.get(name, {}), here))) for name in SHOWN]
    return [facet for facet in found if facet.values]


def _values(name: str, counts: Mapping[str, int], here: Address) -> Iterator[FacetValue]:
    chosen = dict.fromkeys(value for state in ("only", "without") for value in _selected(here, state, name))
    for value in chosen:
        yield _value(name, value, counts.get(value), here)
    for value, number in counts.items():
        if value not in chosen:
            yield _value(name, value, number, here)


def _selected(here: Address, state: str, name: str) -> list[str]:
    named = here.values(name) if state == "only" else []
    return named + [pair.partition("=")[2] for pair in here.values(state) if pair.partition("=")[0] == name]


def _value(name: str, value: str, number: int | None, here: Address) -> FacetValue:
    pair = f"{name}={value}"
    included = here.has("only", pair) or here.has(name, value)
    excluded = here.has("without", pair)
    bare = here.taking("only", pair).taking("without", pair).taking(name, value)
    return FacetValue(
        value=value,
        label=label_of(name, value),
        number=number,
        state="only" if included else "without" if excluded else "",
        choose=bare if included else bare.adding("only", pair),
        exclude=bare if excluded else bare.adding("without", pair),
    )


def label_of(name: str, value: str) -> str:
    """Return what a value is called for people."""
    return LABELS[name](value) if name in LABELS else value


@cache
def _item_names() -> Mapping[str, str]:
    return {item.id: item.name for item in catalogue()}


def item_name(identifier: str) -> str:
    """Return the name of an item."""
    return _item_names().get(identifier, identifier)


def site_name(identifier: str) -> str:
    """Return the name of a site."""
    site = find_site(identifier)
    return site.name if site else identifier


LABELS: Final[Mapping[str, Callable[[str], str]]] = {
    "language": language_name,
    "country": country_name,
    "item": item_name,
    "site": site_name,
}
