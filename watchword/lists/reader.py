"""Reading of list files: the format is recognised by what the file holds, never by its name."""

import hashlib
from pathlib import Path

from watchword.errors import UsageError
from watchword.lists.entry import OfficialList
from watchword.lists.formats import FORMATS
from watchword.lists.record import Audit
from watchword.lists.sample import Sample, sample

READ_BYTES = 2**20


def read_list(path: Path, name: str | None = None) -> OfficialList:
    """Read the list in *path*; *name* overrides what it is called.

    Raise UsageError where the file is not a list that is known, or breaks off.
    """
    seen = sample(path)
    kind = next((kind for kind in FORMATS if kind.recognises(seen)), None)
    if kind is None:
        known = "; ".join(kind.title for kind in FORMATS)
        raise UsageError(f"{path} ({_seen(seen)}) is none of the lists that are known: {known}.")
    audit = Audit()
    try:
        contents = kind.read(seen, audit)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise UsageError(f"{path} begins like {kind.title} and is not: {type(error).__name__} {error}.") from None
    entries = tuple(entry for entry in contents.entries if entry.properties.get("name"))
    if len(entries) < len(contents.entries):
        audit.say(f"{len(contents.entries) - len(entries)} records have no name and are left out")
    if not entries:
        raise UsageError(f"{path} holds no party, though it looks like {kind.title}.")
    return OfficialList(
        name=name or contents.name or kind.name,
        publisher=contents.publisher or kind.publisher,
        entries=entries,
        published=contents.published,
        digest=digest_of(path),
        file=path.name,
        remarks=audit.remarks,
    )


def _seen(seen: Sample) -> str:
    names = ", ".join(sorted(seen.names)[:6])
    return f"{seen.kind} {seen.root or names}".strip()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, or of the files of a folder in the order of their names."""
    digest = hashlib.sha256()
    for file in sorted(filter(Path.is_file, path.iterdir())) if path.is_dir() else [path]:
        with file.open("rb") as stream:
            while piece := stream.read(READ_BYTES):
                digest.update(piece)
    return digest.hexdigest()
