"""What changed between two files of one list, by the publisher's own identifiers."""

from collections.abc import Iterator
from dataclasses import dataclass

from watchword.errors import UsageError
from watchword.lists.entry import Entry, OfficialList

# Characters that join, part and direct others, and have no form of their own; the joiners of Persian and Indic do.
UNSEEN = dict.fromkeys((0xAD, 0x200B, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
ADDED, REMOVED, RENAMED, CHANGED = "added", "removed", "renamed", "changed"


@dataclass(frozen=True)
class Change:
    """One party that differs; `fields` has what was and what is, for each property that differs."""

    change: str
    id: str
    name: str
    fields: dict[str, dict[str, list[str]]]


def diff(old: OfficialList, new: OfficialList) -> Iterator[Change]:
    """Yield the parties that were removed, added, renamed or changed otherwise, in the order of their identifiers.

    A party is renamed where its first name reads otherwise; that one is not told a second time as changed. The order of
    values, white space and characters that nobody sees make no difference. Raise UsageError where the two are not of
    one publisher.
    """
    if old.publisher != new.publisher:
        raise UsageError(
            f"The first file is from {old.publisher}, the second from {new.publisher}; take two of one list."
        )
    before = {entry.number: entry for entry in old.entries}
    after = {entry.number: entry for entry in new.entries}
    for number in sorted(before.keys() | after.keys()):
        change = _change(before.get(number), after.get(number))
        if change is not None:
            yield change


def _read(entry: Entry, name: str) -> set[str]:
    """Return the values of a property as a reader sees them."""
    return {" ".join(value.translate(UNSEEN).split()) for value in entry.values(name)}


def _change(old: Entry | None, new: Entry | None) -> Change | None:
    if old is None or new is None:
        (entry, kind) = (new, ADDED) if old is None else (old, REMOVED)
        assert entry is not None
        return Change(kind, entry.number, entry.name, {})
    fields = {
        name: {"old": sorted(old.values(name)), "new": sorted(new.values(name))}
        for name in (*old.properties, *(n for n in new.properties if n not in old.properties))
        if _read(old, name) != _read(new, name)
    }
    if old.schema != new.schema:
        fields["schema"] = {"old": [old.schema], "new": [new.schema]}
    if not fields:
        return None
    return Change(RENAMED if "name" in fields else CHANGED, new.number, new.name, fields)
