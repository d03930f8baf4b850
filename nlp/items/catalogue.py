"""The catalogue of items: every file read strictly, and what has to be unique over all files checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from nlp.catalogue import CatalogueError, read_yaml, shipped

if TYPE_CHECKING:
    from pydantic import ValidationError

    from nlp.items.entry import ItemEntry, Parameter

Phrases = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A technical limit of a control-list entry; `low` and `high` bound what it controls, in `unit`."""

    parameter: str
    code: str
    unit: str
    low: float | None
    high: float | None
    includes_bounds: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A controlled or dual-use good, technology or agent; names and contexts are by language."""

    id: str
    name: str
    area: str
    use: str
    codes: tuple[str, ...]
    cas: tuple[str, ...]
    hs: tuple[str, ...]
    names: Phrases
    trade: tuple[str, ...]
    weak: Phrases
    context: Phrases
    against: Phrases
    limits: tuple[Limit, ...]

    @property
    def all_codes(self) -> tuple[str, ...]:
        """Control-list entries, then CAS numbers, then HS headings."""
        return (*self.codes, *self.cas, *self.hs)


@cache
def catalogue() -> tuple[Item, ...]:
    """Return the items that ship, in the order of their files."""
    return load(shipped("items"))


def load(files: Iterable[Traversable]) -> tuple[Item, ...]:
    """Return the items of *files*; raise CatalogueError with file, item, field and remedy where one is wrong."""
    items: dict[str, Item] = {}
    sources: dict[str, str] = {}
    for file in files:
        for item in _read(file):
            if item.id in items:
                other = sources[item.id]
                raise CatalogueError(f"{file.name}, item {item.id}: {other} has this id; merge the two or rename one.")
            items[item.id], sources[item.id] = item, file.name
    return tuple(items.values())


def _read(file: Traversable) -> Iterator[Item]:
    from pydantic import ValidationError

    from nlp.items.entry import ItemFile

    content = read_yaml(file)
    try:
        stated = ItemFile.model_validate(content)
    except ValidationError as error:
        raise CatalogueError(f"{file.name}, {_explained(error, content)}") from None
    for entry in stated.items:
        yield _item(entry, stated.area)


def _explained(error: "ValidationError", content: object) -> str:
    """Return where the first error of *error* lies, and its remedy."""
    first = error.errors()[0]
    place = list(first["loc"])
    where = "the file"
    if place[:1] == ["items"] and len(place) > 1 and isinstance(content, dict):
        entry = content["items"][place[1]]
        where = f"item {entry.get('id', place[1]) if isinstance(entry, dict) else place[1]}"
        place = place[2:]
    field = ".".join(map(str, place)) or "all"
    return f"{where}, field {field}: {first['msg']} (found {str(first['input'])[:80]!r})."


def _item(entry: "ItemEntry", area: str) -> Item:
    return Item(
        id=entry.id,
        name=entry.name,
        area=area,
        use=entry.use,
        codes=entry.codes.flat(),
        cas=tuple(entry.cas),
        hs=tuple(entry.hs),
        names=_phrases(entry.names),
        trade=tuple(entry.trade),
        weak=_phrases(entry.weak),
        context=_phrases(entry.context),
        against=_phrases(entry.against),
        limits=tuple(map(_limit, entry.parameters)),
    )


def _phrases(by_language: "dict[str, list[str]] | object") -> Phrases:
    assert isinstance(by_language, dict)
    return tuple((language, tuple(phrases)) for language, phrases in by_language.items())


def _limit(parameter: "Parameter") -> Limit:
    low, high = parameter.between or (None, None)
    low = next((value for value in (parameter.at_least, parameter.above) if value is not None), low)
    high = next((value for value in (parameter.at_most, parameter.below) if value is not None), high)
    open_bound = parameter.above is not None or parameter.below is not None
    return Limit(parameter.name, parameter.code, parameter.unit, low, high, not open_bound)
