"""Where a document comes from: its capture in its run, the digests of its records, and who sealed them."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from watchword.archive import RunFolder
from watchword.archive.keys import fingerprint
from watchword.archive.manifest import Head, read_head
from watchword.document import Document
from watchword.settings import Settings


@dataclass(frozen=True)
class RecordPlace:
    """One WARC record of a capture: what it is, where it lies in its segment, and its SHA-256 in hex."""

    kind: str
    offset: int
    length: int
    sha256: str


@dataclass(frozen=True)
class Provenance:
    """How a document can be proved; the fields of the archive are empty where its run is not on this machine."""

    run: str
    capture: str
    captured: str
    segment: str = ""
    status: int | None = None
    body: str = ""
    records: tuple[RecordPlace, ...] = ()
    sealed: str = ""
    signer: str = ""
    head: str = ""

    @property
    def verify(self) -> str:
        """The command that checks it."""
        return f"watchword verify {self.run}"


def provenance_of(settings: Settings, document: Document) -> Provenance:
    """Return where *document* comes from, as the manifest of its run says."""
    told = Provenance(document.run, document.capture, document.captured)
    folder = RunFolder(settings.runs / document.run)
    if not folder.sealed:
        return told
    line = _line(folder.manifest, document.capture)
    head = _head(folder.manifest, folder.manifest.stat().st_mtime_ns)
    if line is None or head is None:
        return told
    records = tuple(RecordPlace(r["kind"], r["offset"], r["length"], r["sha256"]) for r in line["records"])
    return Provenance(
        run=document.run,
        capture=document.capture,
        captured=document.captured,
        segment=line["segment"],
        status=line["status"],
        body=line["body"] or "",
        records=records,
        sealed=head.closed,
        signer=fingerprint(head.public_key),
        head=head.hash,
    )


def _line(manifest: Path, capture: str) -> dict[str, Any] | None:
    """Return the line of *capture*; only lines that hold its name are read as JSON."""
    name = json.dumps(capture, ensure_ascii=False).encode()
    with manifest.open("rb") as file:
        for raw in file:
            if name in raw:
                line: dict[str, Any] = json.loads(raw)
                if line.get("capture") == capture:
                    return line
    return None


@lru_cache(maxsize=256)
def _head(manifest: Path, _modified: int) -> Head | None:
    try:
        return read_head(manifest)
    except (ValueError, KeyError, TypeError, IndexError):
        return None
