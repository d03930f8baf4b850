"""Files that are there whole or not at all: written beside their place, then put there in one step."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from watchword.errors import UsageError


def write_file(path: Path, pieces: Iterable[bytes]) -> int:
    """Write *pieces* to *path* and return their length in bytes; a failure leaves what stood there before."""
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(f"{str(path)!r} cannot be written: it is a folder, or lies in none.")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    try:
        length = _fill(draft, pieces)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return length


def _fill(draft: Path, pieces: Iterable[bytes]) -> int:
    with draft.open("xb") as file:
        length = sum(file.write(piece) for piece in pieces)
        file.flush()
        os.fsync(file.fileno())
    return length
