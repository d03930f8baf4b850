"""Files of this machine: their addresses, and what lies below a folder."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

SCHEME = "file"


def file_url(address: str) -> str | None:
    """Return the `file:` address of *address*, an absolute path or such an address; None where it is neither."""
    path = Path(address) if address.startswith("/") else path_of(address)
    return Path(os.path.normpath(path)).as_uri() if path is not None and path.is_absolute() else None


def path_of(url: str) -> Path | None:
    """Return the path that the `file:` address *url* names; None where it is another address, or another machine's."""
    parts = urlsplit(url)
    return Path(unquote(parts.path)) if parts.scheme == SCHEME and parts.netloc in ("", "localhost") else None


def files_below(top: Path, depth: int) -> Iterator[tuple[Path, str]]:
    """Yield the files in *top*, itself one perhaps, and folders *depth* levels deep; each with why it is not read.

    Hidden files are passed over: programs keep their own there. A link that leads out of *top* is not followed.
    """
    if top.is_file():
        yield top, ""
        return
    for entry in sorted(top.iterdir()):
        if entry.name.startswith("."):
            continue
        if not entry.resolve().is_relative_to(top.resolve()):
            yield entry, "the link leads out of the folder"
        elif entry.is_dir() and depth > 0:
            yield from files_below(entry, depth - 1)
        elif entry.is_dir():
            yield entry, "the folder lies deeper than 'depth' says"
        elif entry.is_file():
            yield entry, ""


def described(path: Path) -> str:
    """Return what the file system says of the file *path*."""
    stat = path.stat()
    changed = datetime.fromtimestamp(stat.st_mtime, UTC).isoformat(timespec="seconds")
    return f"file of {stat.st_size} bytes on this machine, last changed {changed}"
