"""Parties: the persons, organisations and vessels of official lists, as the name matcher takes them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A listed party. `id` carries its list: `un:KPi.033`; `type` is `person`, `organisation` or `vessel`, or None.

    `countries` are ISO 3166 alpha-2 codes in lower case; `birth_dates` are ISO dates, whole or in part (`1964`);
    `identifiers` are passport, registration or IMO numbers as the list prints them.
    """

    id: str
    name: str
    list: str
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    type: str | None = None
    countries: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    programme: str = ""
    remarks: str = ""
