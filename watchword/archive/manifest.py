"""The manifest: one line a capture, each naming the hash of the line before it; a signed head closes the chain.

Lines are canonical JSON (sorted keys, UTF-8, no ASCII escapes), so that a changed byte changes a hash. The head names
the head of the run before it: a run that is removed leaves a gap.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watchword.archive.folder import RunFolder, segments
from watchword.archive.keys import Signer
from watchword.errors import DamagedError

FIRST = "0" * 64
HEADS = "heads.jsonl"
# Files are hashed in pieces of this size.
PIECE_BYTES = 2**20


@dataclass(frozen=True)
class Head:
    """The signed end of a manifest: how many lines, the hash of the last, and the head of the run before."""

    run: str
    lines: int
    last: str
    previous_run: str | None
    previous_head: str | None
    closed: str
    public_key: str
    signature: str

    def content(self) -> bytes:
        """Return what is signed."""
        return canonical({name: value for name, value in vars(self).items() if name != "signature"})

    @property
    def hash(self) -> str:
        """The hash by which the next run names this head."""
        return sha256(self.content())


def canonical(record: dict[str, Any]) -> bytes:
    """Return *record* as the one line of JSON that stands for it."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: bytes) -> str:
    """Return the SHA-256 of *content*, in hex."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the file at *path*, in hex."""
    with path.open("rb") as file:
        hashing = hashlib.sha256()
        while piece := file.read(PIECE_BYTES):
            hashing.update(piece)
    return hashing.hexdigest()


def chained(records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Yield *records* as lines, each with its number and the hash of the line before."""
    previous = FIRST
    for number, record in enumerate(records):
        line = canonical({**record, "number": number, "previous": previous})
        previous = sha256(line)
        yield line


def seal(folder: RunFolder, signer: Signer) -> Head:
    """Close the captures of *folder*: merge the writers' parts, name every segment's digest, sign; once."""
    if folder.sealed:
        shutil.rmtree(folder.parts, ignore_errors=True)
        return read_head(folder.manifest)
    lines = list(chained(_sealed_records(folder)))
    previous = last_head(folder.path.parent, folder.id)
    head = sign_head(folder.id, lines, signer, previous)
    draft = folder.manifest.with_suffix(".draft")
    draft.write_bytes(b"".join(line + b"\n" for line in [*lines, canonical({"head": vars(head)})]))
    _append_head(folder.path.parent / HEADS, head)
    draft.replace(folder.manifest)
    shutil.rmtree(folder.parts, ignore_errors=True)
    return head


def _sealed_records(folder: RunFolder) -> Iterator[dict[str, Any]]:
    for part in sorted(folder.parts.glob("*.jsonl")):
        for line in part.read_text("utf-8").splitlines():
            yield {"type": "capture", **json.loads(line)}
    for segment in segments(folder):
        yield {
            "type": "segment",
            "segment": segment.name,
            "size": segment.stat().st_size,
            "sha256": file_sha256(segment),
        }


def sign_head(run: str, lines: list[bytes], signer: Signer, previous: tuple[str, str] | None) -> Head:
    """Return the signed head over *lines*."""
    head = Head(
        run=run,
        lines=len(lines),
        last=sha256(lines[-1]) if lines else FIRST,
        previous_run=previous[0] if previous else None,
        previous_head=previous[1] if previous else None,
        closed=datetime.now(UTC).isoformat(timespec="seconds"),
        public_key=signer.public,
        signature="",
    )
    return Head(**{**vars(head), "signature": signer.sign(head.content())})


def manifest_captures(folder: RunFolder) -> list[dict[str, Any]]:
    """Return the lines of the captures in the manifest of *folder*; it was sealed, and is taken at its word."""
    lines = (json.loads(line) for line in folder.manifest.read_bytes().splitlines())
    return [line for line in lines if line.get("type") == "capture"]


def read_head(manifest: Path) -> Head:
    """Return the head that closes *manifest*; raise ValueError, KeyError or TypeError where there is none."""
    last = manifest.read_bytes().splitlines()[-1]
    return Head(**json.loads(last)["head"])


def _append_head(path: Path, head: Head) -> None:
    """Enter *head* into the list of heads, in place of one that a killed seal left."""
    known = [entry for entry in heads(path.parent) if entry[0] != head.run]
    entries = [*known, (head.run, head.hash)]
    draft = path.with_suffix(".draft")
    draft.write_bytes(b"".join(canonical({"run": run, "head": digest}) + b"\n" for run, digest in entries))
    draft.replace(path)


def heads(runs: Path) -> list[tuple[str, str]]:
    """Return run and head hash of every run sealed in *runs*, in the order of sealing.

    Raise DamagedError where the list is not as it was written.
    """
    path = runs / HEADS
    if not path.exists():
        return []
    content = path.read_bytes()
    try:
        entries = [(record["run"], record["head"]) for record in map(json.loads, content.split(b"\n")[:-1])]
    except (ValueError, KeyError, TypeError):
        entries = []
    if content != b"".join(canonical({"run": run, "head": digest}) + b"\n" for run, digest in entries):
        raise DamagedError(f"{path} is not as it was written; it was altered, or a disk failed.")
    return entries


def last_head(runs: Path, run: str) -> tuple[str, str] | None:
    """Return run and hash of the head before *run*, or None for the first."""
    earlier = [entry for entry in heads(runs) if entry[0] != run]
    return earlier[-1] if earlier else None


def seal_derived(folder: RunFolder, signer: Signer) -> Head:
    """Sign what was made from the captures; done anew after every reprocessing, it leaves the captures' seal alone.

    What a killed stage left half-written is removed.
    """
    for draft in drafts(folder):
        draft.unlink()
    records = [
        {
            "type": "file",
            "path": str(path.relative_to(folder.path)),
            "size": path.stat().st_size,
            "sha256": file_sha256(path),
        }
        for path in derived_files(folder)
    ]
    lines = list(chained(records))
    head = sign_head(folder.id, lines, signer, (folder.id, read_head(folder.manifest).hash))
    draft = folder.derived.with_suffix(".draft")
    draft.write_bytes(b"".join(line + b"\n" for line in [*lines, canonical({"head": vars(head)})]))
    draft.replace(folder.derived)
    return head


def drafts(folder: RunFolder) -> list[Path]:
    """Return the files of *folder* that a stage had not finished."""
    return [path for name in ("documents", "crawl", ".") for path in sorted((folder.path / name).glob("*.draft"))]


def derived_files(folder: RunFolder) -> list[Path]:
    """Return the files of *folder* that are made from its captures."""
    made = [path for name in ("documents", "crawl") for path in sorted((folder.path / name).glob("*"))]
    alone = (folder.path / "report.json", folder.time_stamp)
    return [*(path for path in made if path.suffix != ".draft"), *(path for path in alone if path.exists())]
