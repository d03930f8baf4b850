"""Screening: names against the imported lists or a file, and name against name."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nlp.mention import PARTY_TYPES
from nlp.names import Artifact, Facts, compare, screen
from watchword.errors import UsageError
from watchword.lists import Shelf, knowledge_of_csv
from watchword.lists.countries import country_code
from watchword.lists.formats.table import rows
from watchword.lists.sample import Sample
from watchword.settings import Settings

PAIRED = ("a", "b")


@dataclass(frozen=True)
class Known:
    """What the user knows beside the name, as typed."""

    type: str | None = None
    country: str | None = None
    born: str | None = None
    identifier: str | None = None

    def facts(self) -> Facts:
        """Return it as the matcher takes it; raise UsageError where it cannot be."""
        if self.type and self.type not in PARTY_TYPES:
            raise UsageError(f"--type {self.type!r} is none of {', '.join(sorted(PARTY_TYPES))}.")
        code = country_code(self.country) if self.country else None
        if self.country and not code:
            raise UsageError(f"--country {self.country!r} is no country that is known; write its name or ISO code.")
        return Facts(self.type, code, self.born, self.identifier)


def screen_names(
    names: Iterable[str], settings: Settings, against: Path | None = None, known: Known = Known()
) -> Iterator[dict[str, Any]]:
    """Yield the candidates of each of *names*, best first; raise UsageError where no list is imported."""
    facts = known.facts()
    artifact = knowledge_of_csv(settings.folder, against) if against else _imported(settings)
    for name in names:
        yield {"query": name, "candidates": [asdict(candidate) for candidate in screen(name, artifact, facts=facts)]}


def _imported(settings: Settings) -> Artifact:
    built = Shelf(settings.folder).knowledge()
    if built is None:
        raise UsageError("No list is imported; 'watchword lists import FILE' imports one, or give --against FILE.csv.")
    return Artifact.open(built)


def compare_pairs(file: Path) -> Iterator[dict[str, Any]]:
    """Yield for each line of a CSV whether `a` is the same name as `b`; raise UsageError where a column is missing."""
    if file.is_dir():
        raise UsageError(f"{file} is a folder; a CSV with the columns a and b is needed.")
    for row in rows(Sample(file, "csv"), *PAIRED):
        a, b = row["a"] or "", row["b"] or ""
        found = compare(a, b, type=row.get("type") or None)
        yield {"a": a, "b": b, "score": found.score, "match": found.match, "reason": found.reason}
