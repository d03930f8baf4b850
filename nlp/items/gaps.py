"""The official lists held against the catalogue: which entries has no item?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.items.catalogue import Item
from nlp.items.checking import OfficialLists

EU, US, CWC = "EU dual-use list", "US Commerce Control List", "CWC schedules"
NOT_USED = "not used"


@dataclass(frozen=True)
class Gap:
    """An entry of an official list that no item may fall under, with the words that it begins with."""

    list: str
    entry: str
    heading: str


def find_gaps(items: Iterable[Item], lists: OfficialLists) -> Iterator[Gap]:
    """Yield the entries of *lists* without an item; those of the EU list down to the first letter, as 6A005.a."""
    known = tuple(items)
    codes = frozenset(code for item in known for code in item.codes)
    begun = frozenset(".".join(code.split(".")[:length]) for code in codes for length in range(1, code.count(".") + 2))
    for entry, heading in _eu_entries(lists.eu_headings):
        # An item of a whole entry may fall under each part of it.
        if entry not in begun and entry.partition(".")[0] not in codes:
            yield Gap(EU, entry, heading)
    yield from (Gap(US, eccn, heading) for eccn, heading in lists.us_headings.items() if eccn not in begun)
    numbers = frozenset(cas for item in known for cas in item.cas)
    yield from (Gap(CWC, place, f"CAS {cas}") for cas, place in lists.cwc.items() if cas not in numbers)


def count_entries(lists: OfficialLists) -> int:
    """Return how many entries `find_gaps` looks for."""
    return sum(1 for _ in _eu_entries(lists.eu_headings)) + len(lists.us_headings) + len(lists.cwc)


def _eu_entries(headings: dict[str, str]) -> Iterator[tuple[str, str]]:
    lettered = {entry[:5] for entry in headings if entry[6:7].isalpha()}
    for entry, heading in headings.items():
        # Numbers straight below an entry that has letters are those of its notes.
        of_note = entry[6:7].isdigit() and entry[:5] in lettered
        if entry.count(".") <= 1 and not of_note and not heading.lower().startswith(NOT_USED):
            yield entry, heading
