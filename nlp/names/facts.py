"""Other facts than a name: type, country, date of birth, identifier; each speaks where a query and a party have it."""

import re
from dataclasses import dataclass
from typing import Final

from nlp.party import Party

# Log odds of a fact that agrees and of one that differs.
SAME_IDENTIFIER: Final = 6.0
SAME_DAY, SAME_YEAR, OTHER_YEAR = 3.0, 1.2, -2.5
SAME_COUNTRY, OTHER_COUNTRY = 0.5, -0.7
OTHER_TYPE: Final = -2.0
# Lists give years of birth that are off by this much where they are not sure.
YEARS_APART: Final = 1
YEAR: Final = re.compile(r"\d{4}")
# Fewer characters are no identifier.
MIN_IDENTIFIER: Final = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of whom a name means; `country` is an ISO 3166 code, `birth_date` an ISO date or a year."""

    type: str | None = None
    country: str | None = None
    birth_date: str | None = None
    identifier: str | None = None


def weigh_facts(facts: Facts, party: Party) -> tuple[float, str]:
    """Return the log odds that *facts* are those of *party*, and which of them speak, in words."""
    told = [
        _type(facts.type, party),
        _country(facts.country, party),
        _birth(facts.birth_date, party),
        _identifier(facts.identifier, party),
    ]
    said = [fact for fact in told if fact[1]]
    return sum(odds for odds, _ in said), "; ".join(words for _, words in said)


def _type(wanted: str | None, party: Party) -> tuple[float, str]:
    if not wanted or not party.type or wanted == party.type:
        return 0.0, ""
    return OTHER_TYPE, f"{party.type}, not {wanted}"


def _country(wanted: str | None, party: Party) -> tuple[float, str]:
    if not wanted or not party.countries:
        return 0.0, ""
    if wanted.lower() in party.countries:
        return SAME_COUNTRY, f"country {wanted} is the same"
    return OTHER_COUNTRY, f"country {'/'.join(party.countries)}, not {wanted}"


def _birth(wanted: str | None, party: Party) -> tuple[float, str]:
    years = YEAR.findall(wanted or "")
    if not years or not party.birth_dates or wanted is None:
        return 0.0, ""
    if len(wanted) > len("1971-01") and wanted in party.birth_dates:
        return SAME_DAY, f"born {wanted} as listed"
    listed = [int(year) for date in party.birth_dates for year in YEAR.findall(date)]
    if any(abs(int(years[0]) - year) <= YEARS_APART for year in listed):
        return SAME_YEAR, f"born {wanted}, listed {'/'.join(party.birth_dates)}"
    return OTHER_YEAR, f"born {'/'.join(party.birth_dates)}, not {wanted}"


def _identifier(wanted: str | None, party: Party) -> tuple[float, str]:
    plain = _plain(wanted or "")
    if len(plain) < MIN_IDENTIFIER or plain not in map(_plain, party.identifiers):
        return 0.0, ""
    return SAME_IDENTIFIER, f"identifier {wanted} is the same"


def _plain(identifier: str) -> str:
    return re.sub(r"[\W_]", "", identifier).lower()
