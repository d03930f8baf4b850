"""The WARC records of documents, byte for byte out of the segments of their runs, each held against the manifest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watchword.archive import RunFolder, forgotten_captures
from watchword.archive.manifest import read_head, sha256
from watchword.archive.members import gzip_members
from watchword.archive.tombstones import read_tombstones
from watchword.errors import DamagedError, UnavailableError
from watchword.export.spool import Spool

Line = dict[str, Any]
Place = tuple[int, int]


@dataclass(frozen=True)
class KeptRecord:
    """One record of a capture: its kind, its digest as the manifest has it, and its bytes."""

    kind: str
    sha256: str
    content: bytes


@dataclass(frozen=True)
class KeptCapture:
    """A capture in its run; `number` is that of its line in the manifest."""

    run: str
    capture: str
    url: str
    number: int
    records: tuple[KeptRecord, ...]


def run_folders(runs: Path, wanted: Spool) -> list[RunFolder]:
    """Return the folders of the runs in *wanted*; raise UnavailableError where one is not here, or not sealed."""
    folders = [RunFolder(runs / run) for run in wanted.firsts()]
    for folder in folders:
        if not folder.sealed:
            number = sum(1 for _ in wanted.seconds(folder.id))
            raise UnavailableError(
                f"{number} of the documents come from the run {folder.id}, which is not in {runs} or not sealed; "
                "copy it there, finish it, or leave it out with 'NOT run:…'."
            )
    return folders


def kept_captures(folder: RunFolder, wanted: Spool) -> Iterator[KeptCapture]:
    """Yield the captures of *folder* that are *wanted*, as pairs of run and capture, in the order of the manifest.

    Raise DamagedError where a record is not as it was sealed, and UnavailableError where a capture is gone.
    """
    owed = set(wanted.seconds(folder.id))
    segments = _Segments(folder)
    for line in _lines(folder):
        if line.get("type") == "capture" and line["capture"] in owed:
            owed.discard(line["capture"])
            records = tuple(segments.record(line, record) for record in line["records"])
            yield KeptCapture(folder.id, line["capture"], line["url"], line["number"], records)
    if owed:
        raise DamagedError(f"{min(owed)} is not in the manifest of its run; 'watchword verify {folder.id}' checks it.")


def _lines(folder: RunFolder) -> Iterator[Line]:
    with folder.manifest.open("rb") as file:
        for line in file:
            yield json.loads(line)


@dataclass
class _Segments:
    """The segments of a run, read where the manifest says; after a deletion, where the records moved to."""

    folder: RunFolder
    _moved: dict[str, dict[str, Place]] = field(default_factory=dict)

    def record(self, line: Line, record: Line) -> KeptRecord:
        """Return one record of the capture of a manifest *line*."""
        content = self._read(line["segment"], record["offset"], record["length"])
        if sha256(content) != record["sha256"]:
            content = self._found(line, record)
        return KeptRecord(record["kind"], record["sha256"], content)

    def _read(self, segment: str, offset: int, length: int) -> bytes:
        try:
            with (self.folder.captures / segment).open("rb") as file:
                file.seek(offset)
                return file.read(length)
        except FileNotFoundError:
            raise DamagedError(f"{self.folder.id} has no captures/{segment}: it was removed.") from None

    def _found(self, line: Line, record: Line) -> bytes:
        """Return a record that does not lie where it was sealed, because another was deleted."""
        segment, capture = line["segment"], line["capture"]
        if segment not in self._moved:
            self._moved[segment] = self._places(segment)
        place = self._moved[segment].get(record["sha256"])
        if place is not None:
            return self._read(segment, *place)
        if capture in forgotten_captures(self.folder):
            raise UnavailableError(f"{capture} was forgotten; 'watchword index rebuild' takes its document out.")
        raise DamagedError(
            f"A record of {capture} is not as it was sealed; 'watchword verify {self.folder.id}' says more."
        )

    def _places(self, segment: str) -> dict[str, Place]:
        """Return where the records of *segment* lie, by digest; nothing where it holds no tombstone."""
        stones = read_tombstones(self.folder, read_head(self.folder.manifest).public_key)
        if not any(stone.segment == segment for stone in stones):
            return {}
        members = gzip_members(self.folder.captures / segment)
        return {sha256(packed.content): (packed.position, len(packed.content)) for packed in members}
