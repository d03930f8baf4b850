"""Knowledge that takes long to build, kept as a file between processes.

A library has no folder of its own: where the application names none, everything is built anew in each process. A file
is named by the digest of all that it was made from, so that it is never stale; each version of Python makes its own.
"""

import hashlib
import marshal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from nlp.uncollected import uncollected

# What is compiled depends on these modules and folders of this package.
RULES = (
    *("compiled.py", "phrases.py", "folding.py", "words.py", "units.py", "segmentation.py"),
    *("features", "inflection", "items", "roles", "sites"),
)
_folders: list[Path] = []


def keep_in(folder: Path) -> None:
    """Keep compiled knowledge in *folder* from now on; the folder is the user's own, as its files are trusted."""
    _folders[:] = [folder]


def digest_of(files: Iterable[Traversable]) -> str:
    """Return a digest of the names and contents of *files*."""
    hashed = hashlib.sha256(sys.implementation.cache_tag.encode())
    for file in files:
        content = file.read_bytes()
        hashed.update(f"{file.name}:{len(content)}:".encode() + content)
    return hashed.hexdigest()[:24]


def shipped_sources(catalogues: Iterable[Traversable]) -> Iterator[Traversable]:
    """Yield *catalogues*, and the modules whose rules say what a phrase book makes of them."""
    yield from catalogues
    package = files("nlp")
    for name in RULES:
        found = package.joinpath(name)
        modules = found.iterdir() if found.is_dir() else (found,)
        yield from sorted((module for module in modules if module.name.endswith(".py")), key=lambda module: module.name)


def compiled(name: str, catalogues: Iterable[Traversable], build: Callable[[], Any]) -> Any:
    """Return what *build* makes of *catalogues*, plain values only, from a file where an earlier process kept it."""
    if not _folders:
        with uncollected(lasting=True):
            return build()
    path = _folders[0] / f"{name}-{digest_of(shipped_sources(catalogues))}.bin"
    with suppress(OSError, ValueError, EOFError, TypeError), uncollected(lasting=True):
        return marshal.loads(path.read_bytes())
    with uncollected(lasting=True):
        built = build()
    with suppress(OSError):
        _write(path, marshal.dumps(built))
    return built


def _write(path: Path, content: bytes) -> None:
    """Write *content* to *path* in one step, and drop the files of older knowledge."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
    name = path.name.rpartition("-")[0]
    for old in path.parent.glob(f"{name}-*.bin"):
        if old != path:
            old.unlink(missing_ok=True)
