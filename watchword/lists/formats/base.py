"""What a format is: how its files are recognised, and how they are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from watchword.errors import UsageError
from watchword.lists.entry import Entry, Properties
from watchword.lists.record import Audit
from watchword.lists.sample import Sample


@dataclass(frozen=True)
class Contents:
    """What a file gave; `name` and `publisher` are said where the file names the list itself."""

    entries: list[Entry]
    published: str = ""
    name: str = ""
    publisher: str = ""


@dataclass(frozen=True)
class Format:
    """A publisher's format; `title` is for people, `name` is the list's name unless its contents say another."""

    title: str
    name: str
    publisher: str
    recognises: Callable[[Sample], bool]
    read: Callable[[Sample, Audit], Contents]


def properties(**values: tuple[str, ...] | str) -> Properties:
    """Return *values* as properties: those that hold something, each value once."""
    held = ((name, (value,) if isinstance(value, str) else value) for name, value in values.items())
    return {name: kept for name, value in held if (kept := tuple(dict.fromkeys(filter(None, value))))}


def joined(*pieces: str, by: str = " ") -> str:
    """Return the *pieces* that say something as one text."""
    return by.join(filter(None, pieces))


def elements(path: Path, *names: str) -> Iterator[Any]:
    """Yield each element of *path* with one of the local *names*, in constant memory; raise UsageError on bad XML."""
    from lxml import etree

    tags = [f"{{*}}{name}" for name in names]
    walk = etree.iterparse(str(path), events=("end",), tag=tags, resolve_entities=False, no_network=True)
    try:
        for _, element in walk:
            yield element
            element.clear()
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{path} breaks off or is damaged: {error}.") from None
