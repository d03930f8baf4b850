"""Uploads: files that a person brings, kept as evidence and read as everything else that is harvested."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from watchword.errors import UsageError
from watchword.report import write_whole
from watchword.settings import Settings

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SUFFIX = ".yaml"
# What a person brings is taken whole, and is not looked for again.
WHOLE = {"depth": 20, "budget": 1_000_000, "schedule": "every 520w", "again": []}


@dataclass(frozen=True)
class Upload:
    """What is brought: the files and folders, and what is known of them."""

    paths: Sequence[Path]
    source: str
    publisher: str = ""
    language: str | None = None
    marking: str = ""


def folder_of(settings: Settings) -> Path:
    """Return the folder of the sources that uploads are."""
    return settings.folder / "uploads"


def uploaded(settings: Settings) -> frozenset[str]:
    """Return the names of the sources that uploads are: they are harvested when something is brought, never else."""
    return frozenset(path.stem for path in folder_of(settings).glob(f"*{SUFFIX}"))


def declare(settings: Settings, upload: Upload) -> None:
    """Make *upload* a source of this installation; raise UsageError where a path or the name cannot be used."""
    from watchword.catalogue import all_sources

    missing = next((path for path in upload.paths if not path.exists()), None)
    if missing is not None:
        raise UsageError(f"There is no file or folder {missing}; check the path.")
    if not NAME.fullmatch(upload.source):
        raise UsageError(f"{upload.source!r} cannot name a source; take small letters, digits and hyphens.")
    if upload.source in {source.name for source in all_sources(settings)} - uploaded(settings):
        raise UsageError(f"{upload.source!r} is a source of the catalogue; take another name with --source.")
    source = {
        "name": upload.source,
        "kind": "files",
        "url": [str(path.absolute()) for path in upload.paths],
        "local": True,
        "language": upload.language,
        "marking": upload.marking,
        **WHOLE,
    }
    said = {"publisher": upload.publisher or "uploaded by hand", "sources": [source]}
    folder_of(settings).mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
    write_whole(folder_of(settings) / f"{upload.source}{SUFFIX}", text)
