"""Reading of files that are not stored: what `watchword read` and `watchword stories` give."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.mention import Reading, as_json
from nlp.reading import Reader
from watchword.errors import UsageError
from watchword.extract import ExtractionPool, Hint, SetAside
from watchword.knowledge import reader_against, reader_of
from watchword.settings import Settings

if TYPE_CHECKING:
    from nlp.stories import StoryText

JSON_LINES = ".jsonl"


@dataclass(frozen=True)
class Extras:
    """What to give beside the mentions: `explain` the candidates that context decided against, `relations` too."""

    explain: bool = False
    relations: bool = False


def read_paths(
    paths: Iterable[Path], settings: Settings, against: Path | None = None, extras: Extras = Extras()
) -> Iterator[dict[str, Any]]:
    """Yield a record a file, or a record a line of a `.jsonl` file, in the order of *paths*.

    A file that cannot be read gives `path` and `error`.
    """
    reader = reader_against(settings, against) if against else reader_of(settings)
    with ExtractionPool(workers=settings.extract_workers) as pool:
        for path in _files(paths):
            if path.suffix == JSON_LINES:
                yield from _read_lines(path, reader, extras)
            else:
                yield _read_file(path, pool, reader, extras)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file())
        else:
            yield path


def _read_file(path: Path, pool: ExtractionPool, reader: Reader, extras: Extras) -> dict[str, Any]:
    try:
        payload = path.read_bytes()
    except OSError as error:
        return {"path": str(path), "error": f"{error.strerror or error}"}
    result = pool.extract(payload, Hint(name=path.name))
    if isinstance(result, SetAside):
        return {"path": str(path), "error": result.reason}
    text = result.whole_text
    reading = reader.read(text)
    return {
        "path": str(path),
        "media_type": result.media_type,
        "title": result.title,
        "published": result.published,
        "language": reading.language,
        "text": text,
        **_found(reading, extras),
        **({"remarks": list(result.all_remarks)} if result.all_remarks else {}),
    }


def _read_lines(path: Path, reader: Reader, extras: Extras) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _read_line(path, number, line, reader, extras)


def _read_line(path: Path, number: int, line: bytes, reader: Reader, extras: Extras) -> dict[str, Any]:
    where = {"path": str(path), "line": number}
    try:
        record = json.loads(line)
    except ValueError as error:
        return {**where, "error": f"line {number} is not JSON in UTF-8: {error}"}
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str):
        return {**where, "error": f"line {number} has no 'text' that is a string"}
    reading = reader.read(text)
    blank = {"path": str(path), "media_type": "text/plain", "title": "", "published": None}
    return {**blank, **record, "language": reading.language, "text": text, **_found(reading, extras)}


def _found(reading: Reading, extras: Extras) -> dict[str, Any]:
    found: dict[str, Any] = {"mentions": [as_json(mention) for mention in reading.mentions]}
    if extras.relations:
        found["relations"] = [asdict(relation) for relation in reading.relations]
    if extras.explain:
        found["rejected"] = [as_json(mention) for mention in reading.rejected]
    return found


def fold_file(path: Path) -> Iterator[dict[str, Any]]:
    """Yield id, story and event of each text of a JSON Lines file, in its order; ids keep the type that they have.

    Raise UsageError with the line that is wrong.
    """
    from nlp.stories import fold

    texts = list(_story_texts(path))
    given = {text.id: identifier for identifier, text in texts}
    for (identifier, _), folded in zip(texts, fold([text for _, text in texts]), strict=True):
        yield {"id": identifier, "story": given[folded.story], "event": given[folded.event]}


def _story_texts(path: Path) -> Iterator[tuple[str | int, "StoryText"]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    record = json.loads(line)
                except ValueError:
                    record = None
                yield _story_text(record, f"{path}, line {number}")


def _story_text(record: Any, where: str) -> tuple[str | int, "StoryText"]:
    from nlp.stories import StoryText

    known = record if isinstance(record, dict) else {}
    identifier, text = known.get("id"), known.get("text")
    if not isinstance(identifier, str | int) or not isinstance(text, str):
        raise UsageError(f"{where}: a JSON object with 'id' and 'text' is needed.")
    title, published = known.get("title"), known.get("published")
    return identifier, StoryText(str(identifier), text, str(title or ""), str(published) if published else None)
