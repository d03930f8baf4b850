"""The catalogue held against the official lists: does every code, CAS number and HS heading exist there?

A folder of lists holds, by these names: the EU dual-use list as text, the US Commerce Control List as JSON, the
schedules of the Chemical Weapons Convention with CAS numbers, and the Harmonized System as CSV. What is absent is
not checked.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nlp.items.catalogue import Item

EU_LIST = "eu-dual-use-list-*.txt"
US_LIST = "us-commerce-control-list-*.json"
CWC_SCHEDULES = "cwc-schedules-cas.tsv"
HS_CODES = "harmonized-system.csv"
ENTRY = re.compile(r"^(\d[A-E]\d{3})\b")
LABEL = re.compile(r"^( +)(?:\d[A-E]\d{3}\.)?([a-z]|\d{1,3})\.(?:\s|$)")
# From page to page the same level is indented by a column more or less; the next lies this much deeper at least.
ONE_LEVEL = 3
NUMBERED = re.compile(r"\d[A-E]\d{3}")


@dataclass(frozen=True)
class OfficialLists:
    """The official lists in *folder*."""

    folder: Path

    @cached_property
    def eu(self) -> frozenset[str]:
        """Return the numbers of the EU list, with those of its sub-entries."""
        return frozenset(self.eu_headings)

    @cached_property
    def eu_headings(self) -> dict[str, str]:
        """Return the numbers of the EU list, in its order, with the first line of what each says."""
        return dict(entry for file in self.folder.glob(EU_LIST) for entry in eu_entries(file.read_text("utf-8")))

    @cached_property
    def us(self) -> frozenset[str]:
        """Return the ECCNs of the US list."""
        return frozenset(self.us_headings)

    @cached_property
    def us_headings(self) -> dict[str, str]:
        """Return ECCN to heading of the US list."""
        lists = (json.loads(file.read_text("utf-8")) for file in self.folder.glob(US_LIST))
        return {entry["eccn"]: entry.get("heading", "") for stated in lists for entry in stated["entries"]}

    @cached_property
    def cwc(self) -> dict[str, str]:
        """Return CAS number to its place in the schedules, written as `1.A.1`."""
        path = self.folder / CWC_SCHEDULES
        if not path.exists():
            return {}
        with path.open(encoding="utf-8", newline="") as file:
            return {row["cas"]: _schedule(row) for row in csv.DictReader(file, delimiter="\t") if row["cas"]}

    @cached_property
    def hs(self) -> frozenset[str]:
        """Return headings and subheadings, digits only."""
        path = self.folder / HS_CODES
        if not path.exists():
            return frozenset()
        with path.open(encoding="utf-8", newline="") as file:
            return frozenset(row["hscode"] for row in csv.DictReader(file))


def _schedule(row: dict[str, str]) -> str:
    number = re.match(r"\d+", row["item"])
    part = "A" if row["category"] == "toxic" else "B"
    return f"{row['schedule']}.{part}.{number.group() if number else row['item']}"


def eu_codes(text: str) -> Iterator[str]:
    """Yield the numbers in the *text* of the EU list, sub-entries by their indentation: 0B001, 0B001.b, 0B001.b.1."""
    yield from (code for code, _ in eu_entries(text))


def eu_entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield each number in the *text* of the EU list with the first line of what it says."""
    entry, above = "", list[tuple[int, str]]()
    for line in text.splitlines():
        if start := ENTRY.match(line):
            entry, above = start.group(1), []
            yield entry, line[start.end() :].strip()
            line = " " * start.end() + line[start.end() :]  # noqa: PLW2901
        label = LABEL.match(line)
        if not label or not entry:
            continue
        column = len(label.group(1))
        above = [*((at, name) for at, name in above if at + ONE_LEVEL <= column), (column, label.group(2))]
        yield ".".join([entry, *(name for _, name in above)]), line[label.end() :].strip()


def find_problems(items: Iterable[Item], lists: OfficialLists) -> Iterator[str]:
    """Yield a sentence for each code of *items* that the official lists do not have."""
    for item in items:
        for code in item.codes:
            yield from (f"item {item.id}: {problem}" for problem in _code_problems(code, lists))
        for cas in item.cas:
            yield from (f"item {item.id}: {problem}" for problem in _cas_problems(cas, item, lists))
        for heading in item.hs:
            if lists.hs and heading.replace(".", "")[:6] not in lists.hs:
                yield f"item {item.id}: HS {heading} is not in the Harmonized System."


def _code_problems(code: str, lists: OfficialLists) -> Iterator[str]:
    number = NUMBERED.match(code)
    if not number or not (lists.eu and lists.us):
        return
    entry = number.group()
    if entry not in lists.eu and entry not in lists.us:
        yield f"{code} is in neither the EU list nor the US list."
    elif code != entry and entry in lists.eu and entry not in lists.us and code not in lists.eu:
        yield f"{entry} has no sub-entry {code} in the EU list."


def _cas_problems(cas: str, item: Item, lists: OfficialLists) -> Iterator[str]:
    scheduled = lists.cwc.get(cas)
    stated = [code.removeprefix("CWC ") for code in item.codes if code.startswith("CWC ")]
    if scheduled and not any(code == scheduled or code.startswith(f"{scheduled}.") for code in stated):
        yield f"CAS {cas} stands in schedule {scheduled} of the CWC; the item says {', '.join(stated) or 'none'}."
