"""Screening: names against the imported lists or a file, and name against name."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nlp.names import Artifact, compare, screen
from watchword.errors import UsageError
from watchword.lists import Shelf, knowledge_of_csv
from watchword.lists.formats.table import rows
from watchword.lists.sample import sample
from watchword.settings import Settings


def screen_names(names: Iterable[str], settings: Settings, against: Path | None = None) -> Iterator[dict[str, Any]]:
    """Yield the candidates of each of *names*, best first; raise UsageError where no list is imported."""
    artifact = knowledge_of_csv(settings.folder, against) if against else _imported(settings)
    for name in names:
        yield {"query": name, "candidates": [asdict(candidate) for candidate in screen(name, artifact)]}


def _imported(settings: Settings) -> Artifact:
    built = Shelf(settings.folder).knowledge()
    if built is None:
        raise UsageError("No list is imported; 'watchword lists import FILE' imports one, or give --against FILE.csv.")
    return Artifact.open(built)


def compare_pairs(file: Path) -> Iterator[dict[str, Any]]:
    """Yield for each line of a CSV whether `a` is the same name as `b`; raise UsageError where a column is missing."""
    seen = sample(file)
    if seen.kind != "csv" or not {"a", "b"} <= seen.names:
        raise UsageError(
            f"{file} is {seen.kind} with {', '.join(sorted(seen.names)) or 'no columns'}; "
            "a CSV with the columns a and b is needed, type is optional."
        )
    for row in rows(seen):
        a, b = row.get("a") or "", row.get("b") or ""
        found = compare(a, b, type=row.get("type") or None)
        yield {"a": a, "b": b, "score": found.score, "match": found.match, "reason": found.reason}
