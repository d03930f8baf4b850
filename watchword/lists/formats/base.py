"""What a format is: how its files are recognised, and how they are read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watchword.errors import UsageError
from watchword.lists.entry import Entry, Properties
from watchword.lists.record import Audit
from watchword.lists.sample import Sample

# The number of a ship in the register of the International Maritime Organization: seven digits.
IMO = re.compile(r"(?<!\d)(\d{7})(?!\d)")


@dataclass(frozen=True)
class Contents:
    """What a file gave; `name` and `publisher` are said where the file names the list itself.

    `entries` are as they stand in the file, several may tell of one party; `further` are lines of side files, which
    only add to entries.
    """

    entries: list[Entry]
    published: str = ""
    name: str = ""
    publisher: str = ""
    further: list[Entry] = field(default_factory=list)


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
    held = ((name, (value,) if isinstance(value, str) else value) for name, value in values.items() if value)
    return {name: kept for name, value in held if (kept := tuple(dict.fromkeys(filter(None, value))))}


def joined(*pieces: str, by: str = " ") -> str:
    """Return the *pieces* that say something as one text."""
    return by.join(filter(None, pieces))


def imo_number(written: str) -> str:
    """Return a ship's number as `IMO 9187629`, however it is written; empty where it is none."""
    found = IMO.search(written)
    return f"IMO {found[1]}" if found else ""


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
