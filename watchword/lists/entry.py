"""What a list says: an entry a party, its facts under FollowTheMoney's names, and the list that holds them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from nlp.mention import ORGANISATION, PERSON, VESSEL
from nlp.party import Party
from watchword.lists.countries import country_code

# FollowTheMoney schemata of parties, and the type that a mention of one has.
TYPES: Mapping[str, str | None] = {
    "Person": PERSON,
    "Organization": ORGANISATION,
    "Company": ORGANISATION,
    "PublicBody": ORGANISATION,
    "Vessel": VESSEL,
    "Airplane": None,
    "LegalEntity": None,
}
ALIASES = ("alias", "previousName", "abbreviation")
COUNTRIES = ("country", "nationality", "jurisdiction", "citizenship", "flag", "mainCountry")
IDENTIFIERS = ("passportNumber", "idNumber", "registrationNumber", "imoNumber", "mmsi", "taxNumber", "leiCode")

Properties = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One party of a list; `number` is the publisher's own identifier, `properties` have FollowTheMoney's names."""

    number: str
    schema: str
    properties: Properties

    @property
    def name(self) -> str:
        """The name that the list puts first."""
        return self.properties["name"][0]

    def values(self, *names: str) -> tuple[str, ...]:
        """Return the values of the properties *names*, each once."""
        held = [value for name in names if name in self.properties for value in self.properties[name]]
        return tuple(dict.fromkeys(held) if len(held) > 1 else held)


@dataclass(frozen=True)
class OfficialList:
    """A list as one file gives it; `remarks` say what was not read, and why.

    `lines` counts the entries as they stand in the file, of which several may tell of one party; `set_aside` counts
    those that could not be read.
    """

    name: str
    publisher: str
    entries: tuple[Entry, ...]
    published: str = ""
    digest: str = ""
    file: str = ""
    remarks: tuple[str, ...] = ()
    lines: int = 0
    set_aside: int = 0

    @property
    def account(self) -> str:
        """How the entries of the file became parties, in figures that add up."""
        joined = self.lines - self.set_aside - len(self.entries)
        return (
            f"{self.lines:,} entries, {len(self.entries):,} parties, {joined:,} entries merged by identifier, "
            f"{self.set_aside:,} set aside"
        )

    @property
    def parties(self) -> tuple[Party, ...]:
        """The entries as the name matcher takes them."""
        return tuple(party_of(self.name, entry) for entry in self.entries)


def party_of(list_name: str, entry: Entry, *, bare: bool = False) -> Party:
    """Return *entry* as a party of the list *list_name*, which its id begins with unless it is the *bare* number."""
    first, *others = entry.properties["name"]
    return Party(
        id=entry.number if bare else f"{list_name}:{entry.number}",
        name=first,
        list=list_name,
        aliases=tuple(dict.fromkeys((*others, *entry.values(*ALIASES)))) if len(entry.properties) > 1 or others else (),
        weak_aliases=entry.values("weakAlias"),
        type=TYPES.get(entry.schema),
        countries=_country_codes(entry),
        birth_dates=entry.values("birthDate"),
        identifiers=entry.values(*IDENTIFIERS),
        programme="; ".join(entry.values("program")),
        remarks=" ".join(entry.values("notes")),
    )


def _country_codes(entry: Entry) -> tuple[str, ...]:
    codes = (country_code(country) for country in entry.values(*COUNTRIES))
    return tuple(dict.fromkeys(filter(None, codes)))


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """Return *entries* with those of one number, or of no number and one name, as one."""
    found: dict[str, Entry] = {}
    for entry in entries:
        key = entry.number or f"\n{entry.values('name')}"
        known = found.get(key)
        found[key] = entry if known is None else _joined(known, entry)
    return [entry if entry.number else replace(entry, number=_made_number(entry)) for entry in found.values()]


def named(entry: Entry) -> Entry:
    """Return *entry* with its first alias as its name, where the publisher marks none as the first."""
    if entry.properties.get("name"):
        return entry
    names = entry.values(*ALIASES, "weakAlias")
    return replace(entry, properties={**entry.properties, "name": names[:1]}) if names else entry


def _made_number(entry: Entry) -> str:
    """Return an identifier for a party without one: the same in every file that names it the same."""
    return f"name-{hashlib.sha256(' '.join(entry.values('name')).encode()).hexdigest()[:10]}"


def _joined(one: Entry, other: Entry) -> Entry:
    names = dict.fromkeys((*one.properties, *other.properties))
    both = {name: tuple(dict.fromkeys((*one.values(name), *other.values(name)))) for name in names}
    both["name"], more = both.get("name", ())[:1], both.get("name", ())[1:]
    if more:
        both["alias"] = tuple(dict.fromkeys((*both.get("alias", ()), *more)))
    return Entry(one.number, one.schema if one.schema != "LegalEntity" else other.schema, both)
