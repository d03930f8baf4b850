"""Parties of a file in place of the imported lists: `--against FILE.csv`."""

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.uncollected import uncollected
from watchword.lists.entry import party_of
from watchword.lists.reader import digest_of, read_list

if TYPE_CHECKING:
    from nlp.names import Artifact

# Compiled files are kept so that the same file is compiled once; these many stay.
KEPT_FILES = 8


def knowledge_of_csv(folder: Path, file: Path) -> "Artifact":
    """Return the matcher of the parties in *file*, with its own ids; it is compiled once a content."""
    from nlp.names import Artifact, build

    place = folder / "cache" / "against" / _digest(file)
    if place.exists():
        # The folder that was used last is forgotten last.
        place.touch()
    else:
        with uncollected():
            read = read_list(file)
            build((party_of(file.stem, entry, bare=True) for entry in read.entries), place)
        _forget_oldest(place.parent)
    return Artifact.open(place)


def _digest(file: Path) -> str:
    from nlp.names.artifact import FORMAT

    return hashlib.sha256(f"{FORMAT} {file.stem} {digest_of(file)}".encode()).hexdigest()[:32]


def _forget_oldest(folder: Path) -> None:
    used = {entry: _used(entry) for entry in folder.iterdir() if not entry.name.endswith(".draft")}
    for old in sorted(used, key=lambda entry: used[entry])[:-KEPT_FILES]:
        shutil.rmtree(old, ignore_errors=True)


def _used(entry: Path) -> float:
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:  # another process forgot it first
        return 0.0
