"""The catalogue that ships: items, sites, and the words of their trade, as YAML files written by hand."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


class CatalogueError(ValueError):
    """A catalogue file is wrong: the message names the file, the entry, the field, and what to write instead."""


def read_yaml(file: Traversable) -> Any:
    """Return what *file* holds; raise CatalogueError with the line where it is not YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(file.read_text("utf-8"), Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise CatalogueError(f"{file.name}{line}: not YAML: {getattr(error, 'problem', None) or error}.") from None


def shipped(folder: str) -> Iterator[Traversable]:
    """Yield the YAML files of a *folder* of the catalogue, by name."""
    found = files("nlp").joinpath("catalogue", folder).iterdir()
    yield from sorted((file for file in found if file.name.endswith(".yaml")), key=lambda file: file.name)


def shipped_file(name: str) -> Traversable:
    """Return the file *name* of the catalogue."""
    return files("nlp").joinpath("catalogue", name)
