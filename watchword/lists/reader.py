"""Reading of list files: the format is recognised by what the file holds, never by its name."""

import hashlib
from collections.abc import Set
from pathlib import Path

from crawlers.blocks import ListMapping
from watchword.errors import UsageError
from watchword.lists.entry import Entry, OfficialList, merged, named
from watchword.lists.formats import FORMATS, Format
from watchword.lists.formats.mapping import mapped
from watchword.lists.record import Audit
from watchword.lists.sample import Sample, sample

READ_BYTES = 2**20


def read_list(path: Path, name: str | None = None, mapping: ListMapping | None = None) -> OfficialList:
    """Read the list in *path*; *name* overrides what it is called, *mapping* says where a list of any shape keeps what.

    Raise UsageError where the file is not a list that is known, or breaks off.
    """
    seen = sample(path)
    kind = mapped(mapping) if mapping else _recognised(seen)
    audit = Audit()
    try:
        contents = kind.read(seen, audit)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise UsageError(f"{path} begins like {kind.title} and is not: {type(error).__name__} {error}.") from None
    parties = map(named, merged([*contents.entries, *contents.further]))
    entries = tuple(entry for entry in parties if entry.properties.get("name"))
    lines = len(contents.entries) + audit.aside
    audit.set_aside("the entry has no name", _nameless(contents.entries, {entry.number for entry in entries}))
    if not entries:
        raise UsageError(f"{path} holds no party, though it looks like {kind.title}.")
    return OfficialList(
        name=name or contents.name or kind.name,
        publisher=contents.publisher or kind.publisher,
        entries=entries,
        published=contents.published,
        digest=_digest(path, mapping),
        file=path.name,
        remarks=audit.remarks,
        lines=lines,
        set_aside=audit.aside,
    )


def _recognised(seen: Sample) -> Format:
    kind = next((kind for kind in FORMATS if kind.recognises(seen)), None)
    if kind is None:
        known = "; ".join(kind.title for kind in FORMATS)
        raise UsageError(
            f"{seen.path} ({_seen(seen)}) is none of the lists that are known: {known}. "
            "A list of any other shape is read with --mapping FILE.yaml."
        )
    return kind


def _nameless(entries: list[Entry], known: Set[str]) -> int:
    """Count the entries that have no name, and belong to no party that has one."""
    return sum(entry.number not in known and not named(entry).properties.get("name") for entry in entries)


def _seen(seen: Sample) -> str:
    names = ", ".join(sorted(seen.names)[:6])
    return f"{seen.kind} {seen.root or names}".strip()


def _digest(path: Path, mapping: ListMapping | None) -> str:
    """Return the digest of the file; of the file and *mapping* where there is one, as both make the list."""
    content = digest_of(path)
    return hashlib.sha256(f"{content} {mapping.model_dump_json()}".encode()).hexdigest() if mapping else content


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, or of the files of a folder in the order of their names."""
    digest = hashlib.sha256()
    for file in sorted(filter(Path.is_file, path.iterdir())) if path.is_dir() else [path]:
        with file.open("rb") as stream:
            while piece := stream.read(READ_BYTES):
                digest.update(piece)
    return digest.hexdigest()
