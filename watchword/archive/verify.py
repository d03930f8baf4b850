"""Verify: every byte, hash and link of a run, offline, from its folder alone; the first fault is named.

Checked in this order: the manifest's chain and signed head; the set of files; each segment record by record, against
the manifest or a signed tombstone; each record's WARC block against its digest; the derived files; the run before.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from watchword.archive.folder import RunFolder
from watchword.archive.keys import fingerprint, signed_by
from watchword.archive.manifest import (
    FIRST,
    HEADS,
    Head,
    canonical,
    derived_files,
    drafts,
    file_sha256,
    heads,
    read_head,
    sha256,
)
from watchword.archive.members import Packed, gzip_members
from watchword.archive.records import digest
from watchword.archive.timestamps import check_token
from watchword.archive.tombstones import Tombstone, read_tombstones
from watchword.errors import DamagedError

# Files that a whole run folder may hold beside its folders.
KNOWN_FILES = frozenset({"manifest.jsonl", "derived.jsonl", "report.json", "timestamp.tsr"})
KNOWN_FOLDERS = frozenset({"captures", "documents", "crawl", "tombstones"})


@dataclass(frozen=True)
class Verdict:
    """What verifying came to; `sentence` says it, and names the first thing that is wrong."""

    whole: bool
    sentence: str
    captures: int = 0
    forgotten: int = 0
    signer: str | None = None
    trusted: bool = False
    time_stamp: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the verdict as one JSON object."""
        return asdict(self)


def verify(folder: RunFolder, trusted: Sequence[str] = (), *, at_home: bool = False) -> Verdict:
    """Check the run *folder* against itself, and its signature against the *trusted* public keys.

    A run that is *at_home* lies among all its fellows, so that the run before must be there too.
    """
    try:
        head, lines = read_manifest(folder.manifest)
        stones = read_tombstones(folder, head.public_key)
        _files(folder, lines)
        counted = sum(_segment(folder, lines, name, stones) for name in _named(lines, "segment"))
        attested = _time_stamp(folder, head)
        _derived(folder, head)
        _neighbours(folder, head, at_home=at_home)
    except DamagedError as error:
        return Verdict(False, str(error))
    known = head.public_key in trusted
    signer = fingerprint(head.public_key)
    if trusted and not known:
        return Verdict(
            False, f"{folder.id} is consistent, but a key that is not trusted signed it: {signer}.", signer=signer
        )
    said = f"whole, signed by the trusted key {signer}" if known else f"consistent, signer unknown (key {signer})"
    gone = f"; {len(stones)} forgotten: " + "; ".join(str(stone) for stone in stones) if stones else ""
    stamped = f"; {attested}" if attested else ""
    sentence = f"{folder.id}: {said}; {counted} records checked{stamped}{gone}"
    return Verdict(True, sentence, len(_named(lines, "capture")), len(stones), signer, known, attested)


def read_manifest(path: Path) -> tuple[Head, list[dict[str, Any]]]:
    """Return the head and the lines of a manifest whose chain holds."""
    if not path.exists():
        raise DamagedError(f"{path.parent.name} has no {path.name}: the run is not sealed, or the file was removed.")
    raw = path.read_bytes()
    *body, last = raw.split(b"\n")[:-1] or [b""]
    head = _head(path, last)
    records, previous = [], FIRST
    for number, line in enumerate(body):
        record = _parsed(path, number, line)
        if record.get("number") != number or record.get("previous") != previous or canonical(record) != line:
            raise DamagedError(
                f"{path.name}, line {number + 1}: the chain breaks here; this line or the one before was altered."
            )
        previous = sha256(line)
        records.append(record)
    if len(body) != head.lines or previous != head.last or not raw.endswith(b"\n"):
        raise DamagedError(
            f"{path.name}: the head closes {head.lines} lines, and the {len(body)} here do not end in its hash."
        )
    return head, records


def _head(path: Path, line: bytes) -> Head:
    try:
        head = Head(**json.loads(line)["head"])
        whole = canonical({"head": vars(head)}) == line and signed_by(head.public_key, head.content(), head.signature)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DamagedError(f"{path.name}, last line: the signed head is missing or cannot be read.") from None
    if not whole:
        raise DamagedError(f"{path.name}, last line: the signature does not fit the head.")
    return head


def _parsed(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError:
        raise DamagedError(f"{path.name}, line {number + 1} is not JSON.") from None
    if not isinstance(record, dict):
        raise DamagedError(f"{path.name}, line {number + 1} is not an object.")
    return record


def _named(lines: Sequence[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [line for line in lines if line.get("type") == kind]


def _files(folder: RunFolder, lines: Sequence[dict[str, Any]]) -> None:
    """Raise where a segment is missing, or something lies in the folder that nothing names."""
    named = {line["segment"] for line in _named(lines, "segment")}
    there = {path.name for path in folder.captures.glob("*")}
    for name in sorted(named - there):
        raise DamagedError(f"captures/{name} is missing.")
    for name in sorted(there - named):
        raise DamagedError(f"captures/{name} is not in the manifest: it was added.")
    for path in sorted(folder.path.iterdir()):
        if path.name not in (KNOWN_FOLDERS if path.is_dir() else KNOWN_FILES):
            raise DamagedError(f"{path.name} does not belong into a run folder: it was added.")
    for draft in drafts(folder):
        where = draft.relative_to(folder.path)
        raise DamagedError(f"{where} was added, or a stage was stopped; run it again to finish it.")


def _segment(
    folder: RunFolder, lines: Sequence[dict[str, Any]], segment: dict[str, Any], stones: Sequence[Tombstone]
) -> int:
    """Check one segment record by record; return how many records it holds."""
    name = segment["segment"]
    path = folder.captures / name
    expected = _expected(lines, name, stones)
    for number, member in enumerate(_bounded_members(path, expected)):
        if number == 0:
            continue
        wanted, where = expected[number - 1] if number <= len(expected) else ("", "a record that was sealed")
        if sha256(member.content) != wanted:
            raise DamagedError(f"captures/{name}: the record at byte {member.position} is not {where}.")
        _block(name, member)
    altered = next((s for s in reversed(stones) if s.segment == name), None)
    if file_sha256(path) != (altered.segment_sha256 if altered else segment["sha256"]):
        raise DamagedError(f"captures/{name}: its bytes are not those that were sealed (its first record was altered).")
    return len(expected)


def _bounded_members(path: Path, expected: Sequence[tuple[str, str]]) -> Iterator[Packed]:
    """Yield the members of *path*; raise where there are fewer than *expected*."""
    count = 0
    for member in gzip_members(path):
        yield member
        count += 1
    if count < len(expected) + 1:
        missing = expected[count - 1][1] if count else "its first record"
        raise DamagedError(f"captures/{path.name}: {missing} is missing at its end: the file was cut.")


def _expected(lines: Sequence[dict[str, Any]], segment: str, stones: Sequence[Tombstone]) -> list[tuple[str, str]]:
    """Return digest and name of each record that *segment* must hold, a tombstone's in place of what it removed."""
    replaced = {stone.capture: stone for stone in stones}
    wanted = []
    for line in _named(lines, "capture"):
        if line["segment"] != segment:
            continue
        stone = replaced.get(line["capture"])
        if stone is not None:
            wanted.append((stone.record_sha256, f"the tombstone of {line['capture']}"))
            continue
        wanted += [(r["sha256"], f"the {r['kind']} record of {line['capture']}") for r in line["records"]]
    return wanted


def _block(name: str, member: Packed) -> None:
    """Raise where a record's block does not fit the digest in its own header."""
    head, _, rest = member.unpacked.partition(b"\r\n\r\n")
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").splitlines())
    stated = {key.strip().lower(): value.strip() for key, _, value in lines}
    block = rest[: int(stated.get("content-length", "0"))]
    if digest(block) != stated.get("warc-block-digest"):
        raise DamagedError(f"captures/{name}: the block of the record at byte {member.position} is not its digest's.")


def _time_stamp(folder: RunFolder, head: Head) -> str | None:
    """Return what a third party attests of the sealed captures, None where nobody was asked."""
    if not folder.time_stamp.exists():
        return None
    return f"the seal {check_token(folder.time_stamp.read_bytes(), head.content())}"


def _derived(folder: RunFolder, sealed: Head) -> None:
    """Check the files made from the captures, where they were signed."""
    if not folder.derived.exists():
        if (folder.path / "report.json").exists():
            raise DamagedError("derived.jsonl is missing, though the run was closed.")
        return
    head, lines = read_manifest(folder.derived)
    if head.public_key != sealed.public_key or head.previous_head != sealed.hash:
        raise DamagedError("derived.jsonl was made for other captures, or signed with another key.")
    named = {line["path"]: line for line in lines}
    there = {str(path.relative_to(folder.path)): path for path in derived_files(folder)}
    for path in sorted(named.keys() ^ there.keys()):
        raise DamagedError(f"{path} is {'missing' if path in named else 'not in derived.jsonl: it was added'}.")
    for path, line in named.items():
        if there[path].stat().st_size != line["size"] or file_sha256(there[path]) != line["sha256"]:
            raise DamagedError(f"{path} is not as it was signed.")


def _neighbours(folder: RunFolder, head: Head, *, at_home: bool) -> None:
    """Raise where the folder lies among its fellows and one of them is missing or another."""
    runs = folder.path.parent
    listed = dict(heads(runs))
    if not listed:
        listed = {head.run: head.hash} if at_home else {}
        listed |= {head.previous_run: head.previous_head or ""} if listed and head.previous_run else {}
    if not listed:
        return
    if listed.get(head.run) != head.hash:
        raise DamagedError(f"{HEADS} names another head for {head.run}: the run or the list was replaced.")
    for run, expected in listed.items():
        try:
            found = read_head(runs / run / "manifest.jsonl").hash
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            raise DamagedError(f"The run {run} is missing from {runs}, or its manifest cannot be read.") from None
        if found != expected:
            raise DamagedError(f"The run {run} beside this one is not the one that was sealed.")
    if head.previous_run is not None and listed.get(head.previous_run) != head.previous_head:
        raise DamagedError(f"The run before, {head.previous_run}, is missing or is not the one that this run names.")
