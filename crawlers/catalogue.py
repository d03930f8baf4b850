"""The source catalogue: YAML files, one a publisher, read strictly into `Source` values."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from crawlers.blocks import Links, ListMapping, Paging, Vicinity
from crawlers.marked import MarkedError, Place, near, read_marked
from crawlers.source import FIELDS, KIND_FIELDS, SCHEDULES, Source

__all__ = ["FIELDS", "KIND_FIELDS", "SCHEDULES", "SHIPPED", "Source", "SourceError", "groups", "load_sources"]

SHIPPED: Final = Path(__file__).with_name("sources")
HEAD_FIELDS: Final = ("publisher", "country", "sources")
BLOCKS: Final[Mapping[str, type[BaseModel]]] = {
    "links": Links,
    "paging": Paging,
    "near": Vicinity,
    "mapping": ListMapping,
}


class SourceError(ValueError):
    """One sentence: which file, line and field is wrong, with which value, and what to do."""


def load_sources(folders: Iterable[Path] = (SHIPPED,)) -> list[Source]:
    """Read the sources of the files and folders *folders*, in the order of their names; raise SourceError."""
    sources: dict[str, Source] = {}
    places: dict[str, Place] = {}
    for path in [file for folder in folders for file in _files(folder)]:
        for source, place in _read(path):
            if source.name in sources:
                raise SourceError(
                    f"{place}: the name {source.name!r} is taken by {places[source.name]}; rename one of them."
                )
            sources[source.name], places[source.name] = source, place
    return list(sources.values())


def groups(sources: Sequence[Source]) -> list[list[Source]]:
    """Part *sources* so that no two groups share a host: what one crawl process takes."""
    leader: dict[str, str] = {}

    def find(host: str) -> str:
        while leader.setdefault(host, host) != host:
            leader[host] = host = leader[leader[host]]
        return host

    for source in sources:
        first, *others = sorted(source.all_hosts)
        for other in others:
            leader[find(other)] = find(first)
    parts: dict[str, list[Source]] = {}
    for source in sources:
        parts.setdefault(find(min(source.all_hosts)), []).append(source)
    return list(parts.values())


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise SourceError(f"There is no file or folder of sources at {folder}; check the path.")
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml"))


def _read(path: Path) -> list[tuple[Source, Place]]:
    try:
        marked = read_marked(path)
    except MarkedError as error:
        raise SourceError(str(error)) from None
    content = marked.value
    if not isinstance(content, dict) or not isinstance(content.get("sources"), list):
        raise SourceError(f"{path}: a source file has the fields {', '.join(HEAD_FIELDS)}, and 'sources' is a list.")
    for key in content:
        if key not in HEAD_FIELDS:
            place = marked.place((key,))
            raise SourceError(f"{place}: the field {key!r} is not known at the head of a file{near(key, HEAD_FIELDS)}")
    head = {key: content[key] for key in ("publisher", "country") if key in content}
    return [
        (_source(entry, head, index, marked.place), marked.place(("sources", index)))
        for index, entry in enumerate(content["sources"])
    ]


def _source(entry: object, head: dict[str, Any], index: int, place: Any) -> Source:
    if not isinstance(entry, dict):
        raise SourceError(f"{place(('sources', index))}: a source is a block of fields, and this is {entry!r}.")
    try:
        return Source.model_validate({**head, **entry})
    except ValidationError as error:
        problem = error.errors()[0]
        field = next((str(part) for part in problem["loc"]), "")
        where = ("sources", index, *problem["loc"]) if field not in head else (field,)
        name = entry.get("name", f"number {index + 1}")
        more = f" ({error.error_count() - 1} more in this source)" if error.error_count() > 1 else ""
        raise SourceError(f"{place(where)}: source {name!r}: {_sentence(problem, field)}{more}") from None


def _sentence(problem: Any, field: str) -> str:
    path = ".".join(str(part) for part in problem["loc"])
    known = tuple(BLOCKS[field].model_fields) if field in BLOCKS and "." in path else FIELDS
    if problem["type"] == "extra_forbidden":
        return f"the field {path!r} is not known{near(path.rsplit('.', 1)[-1], known)}"
    if problem["type"] == "missing":
        return f"the field {path!r} is missing; docs/sources.md shows an example of each kind."
    reason = problem["msg"].removeprefix("Value error, ")
    if not path:
        return f"{reason}."
    value = f"the field {path!r} has the value {problem['input']!r}"
    if field == "kind":
        return f"{value}: {reason}{near(str(problem['input']), tuple(KIND_FIELDS))}"
    about = (Source.model_fields[field].description or "").rstrip(".")
    return f"{value}: {reason} ({about})."
