"""Listing: what a harvested list says and what changed in it, and the list's way from the archive to the shelf."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crawlers.blocks import ListMapping
from crawlers.exchange import ListChange
from watchword.archive import Capture, RunFolder, captures_in, manifest_captures
from watchword.errors import UsageError
from watchword.lists import Change, Entry, Held, OfficialList, Shelf, diff, read_list
from watchword.settings import Settings

if TYPE_CHECKING:
    from crawlers.catalogue import Source

LIST = "list"
VERBS = {
    "added": "Added to",
    "removed": "Removed from",
    "renamed": "Renamed on",
    "changed": "Changed on",
}


def read_body(name: str, body: bytes, mapping: ListMapping | None = None) -> OfficialList:
    """Return the list that the file *body* is, called *name*; raise ValueError where it is none that is known."""
    with TemporaryDirectory(prefix="watchword-") as folder:
        path = Path(folder) / "list"
        path.write_bytes(body)
        try:
            return read_list(path, name, mapping)
        except UsageError as error:
            raise ValueError(str(error).replace(str(path), "the answer")) from None


def held_list(settings: Settings, name: str) -> OfficialList | None:
    """Return the newest version of the list *name* on the shelf, None where it was never imported."""
    shelf = Shelf(settings.folder)
    return shelf.read(name) if shelf.versions(name) else None


def list_changes(old: OfficialList | None, new: OfficialList) -> list[ListChange]:
    """Return what *new* holds as a whole, and each difference from *old*; raise ValueError where they do not fit."""
    told = [_whole(new)]
    if old is None or old.digest == new.digest:
        return told
    entries = {entry.number: entry for entry in (*old.entries, *new.entries)}
    try:
        return told + [_told(change, entries[change.id], new) for change in diff(old, new)]
    except UsageError as error:
        raise ValueError(str(error)) from None


def _whole(held: OfficialList) -> ListChange:
    """Return the statement of what the list holds: it changes only when the list does."""
    kinds = Counter(entry.schema for entry in held.entries)
    counted = ", ".join(f"{number} {schema}" for schema, number in kinds.most_common())
    published = f"Published {held.published}. " if held.published else ""
    text = f"{published}The list of {held.publisher} holds {len(held.entries)} parties: {counted}."
    return ListChange("", f"{held.publisher}: list {held.name}", text, held.published or None)


def _told(change: Change, entry: Entry, held: OfficialList) -> ListChange:
    title = f"{VERBS[change.change]} the list {held.name} of {held.publisher}: {change.name}"
    text = "\n".join([*_differences(change), *_particulars(entry)])
    facts = (("list", held.name), ("change", change.change), ("id", change.id))
    return ListChange(change.id, title, text, held.published or None, facts)


def _differences(change: Change) -> Iterator[str]:
    for name, values in change.fields.items():
        yield f"{name}: {'; '.join(values['old']) or 'nothing'} became {'; '.join(values['new']) or 'nothing'}"


def _particulars(entry: Entry) -> Iterator[str]:
    yield f"Entry {entry.number}, {entry.schema}"
    for name, values in entry.properties.items():
        yield f"{name}: {'; '.join(values)}"


def shelve_lists(settings: Settings, folder: RunFolder, sources: Iterable["Source"]) -> list[Held]:
    """Import the lists that the run *folder* holds, so that who was listed today is matched today.

    A file that is no list was told as an error of its source, and is passed over.
    """
    lists = {source.name: source for source in sources if source.kind == LIST}
    places = {line["segment"] for line in manifest_captures(folder) if line["purpose"] == LIST}
    shelf = Shelf(settings.folder)
    return [
        shelf.add(held)
        for segment in sorted(places)
        for capture in captures_in(folder.captures / segment)
        if capture.source in lists and _whole_file(capture) and (held := _read(lists[capture.source], capture.body))
    ]


def _whole_file(capture: Capture) -> bool:
    return capture.purpose == LIST and capture.outcome == "complete" and capture.status == 200 and bool(capture.body)


def _read(source: "Source", body: bytes) -> OfficialList | None:
    try:
        return read_body(source.list_name or source.name, body, source.list_mapping)
    except ValueError:
        return None
