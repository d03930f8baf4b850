"""Tombstones: what a law demands to delete is deleted, and a signed record says that, when, why and by whom.

The manifest keeps the digests of what was removed, so the chain holds; `verify` accepts an absent record where a signed
tombstone stands, and nowhere else.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watchword.archive.folder import RunFolder
from watchword.archive.keys import Signer, signed_by
from watchword.archive.manifest import canonical, file_sha256, manifest_captures, read_head, sha256
from watchword.archive.members import gzip_members
from watchword.archive.records import compressed, digest, record_id
from watchword.errors import DamagedError, UsageError

PENDING = ".pending"


@dataclass(frozen=True)
class Tombstone:
    """A signed deletion: `removed` are the digests of the records that stood there, `record_sha256` what stands now."""

    run: str
    capture: str
    segment: str
    reason: str
    by: str
    when: str
    removed: tuple[str, ...]
    record_sha256: str
    segment_sha256: str = ""
    public_key: str = ""
    signature: str = ""

    def content(self) -> bytes:
        """Return what is signed."""
        return canonical({name: value for name, value in self.fields().items() if name != "signature"})

    def fields(self) -> dict[str, Any]:
        """Return the fields as JSON has them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {"removed": list(self.removed)}

    def __str__(self) -> str:
        """Say what was forgotten, for a verdict."""
        return f"{self.capture} on {self.when[:10]} by {self.by} ({self.reason})"


def read_tombstones(folder: RunFolder, public_key: str) -> list[Tombstone]:
    """Return the tombstones of *folder* in their order; raise DamagedError where one is not signed by *public_key*."""
    stones = []
    for path in sorted(folder.tombstones.glob("*")):
        try:
            record = json.loads(path.read_bytes())
            stone = Tombstone(**{**record, "removed": tuple(record["removed"])})
            signed = stone.public_key == public_key and signed_by(public_key, stone.content(), stone.signature)
        except (ValueError, KeyError, TypeError):
            raise DamagedError(f"tombstones/{path.name} cannot be read.") from None
        if not signed or canonical(stone.fields()) != path.read_bytes():
            raise DamagedError(f"tombstones/{path.name} is not signed by the key of the run.")
        if path.suffix != PENDING or file_sha256(folder.captures / stone.segment) == stone.segment_sha256:
            stones.append(stone)
    return stones


def forgotten_captures(folder: RunFolder) -> frozenset[str]:
    """Return the ids of the captures of a sealed *folder* that a signed tombstone stands for."""
    return frozenset(stone.capture for stone in read_tombstones(folder, read_head(folder.manifest).public_key))


def forget(folder: RunFolder, *selectors: str, reason: str, by: str, signer: Signer) -> list[Tombstone]:
    """Delete the records of the captures that *selectors* mean (addresses or capture ids) from a sealed run.

    A deletion that was interrupted is finished by the next one. Raise UsageError where nothing fits, and where the run
    was sealed with another key.
    """
    if not folder.sealed:
        raise UsageError(f"The run {folder.id} is not sealed; finish it with 'watchword harvest' first.")
    head = read_head(folder.manifest)
    if head.public_key != signer.public:
        raise UsageError(f"The run {folder.id} was sealed with another key; only its owner can sign a tombstone.")
    settle_pending(folder)
    gone = forgotten_captures(folder)
    wanted = frozenset(selectors)
    chosen = [x for x in manifest_captures(folder) if wanted & {x["capture"], x["url"]} and x["capture"] not in gone]
    if not chosen:
        raise UsageError(f"The run {folder.id} holds no capture {selectors[0]!r} that is not forgotten already.")
    stones: list[Tombstone] = []
    for segment in sorted({line["segment"] for line in chosen}):
        those = [line for line in chosen if line["segment"] == segment]
        stones += _rewrite(folder, segment, those, Tombstone(head.run, "", segment, reason, by, _now(), (), ""), signer)
    return stones


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _rewrite(
    folder: RunFolder, segment: str, lines: Sequence[dict[str, Any]], form: Tombstone, signer: Signer
) -> list[Tombstone]:
    """Write *segment* anew with a tombstone record in place of each capture of *lines*; switch in one step."""
    path = folder.captures / segment
    records = {record["sha256"]: line for line in lines for record in line["records"]}
    stones: dict[str, Tombstone] = {}
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        for packed in gzip_members(path):
            line = records.get(sha256(packed.content))
            if line is None:
                file.write(packed.content)
            elif line["capture"] not in stones:
                removed = tuple(record["sha256"] for record in line["records"])
                member = _member(replace(form, capture=line["capture"], removed=removed))
                file.write(member)
                stones[line["capture"]] = replace(
                    form, capture=line["capture"], removed=removed, record_sha256=sha256(member)
                )
    signed = [_signed(replace(stone, segment_sha256=file_sha256(draft)), signer) for stone in stones.values()]
    files = _write_pending(folder, signed)
    draft.replace(path)
    for pending in files:
        pending.rename(pending.with_suffix(".json"))
    return signed


def _member(stone: Tombstone) -> bytes:
    block = canonical({name: stone.fields()[name] for name in ("run", "capture", "reason", "by", "when", "removed")})
    headers = {
        "WARC-Type": "metadata",
        "WARC-Record-ID": f"<{record_id(stone.capture, 'tombstone')}>",
        "WARC-Date": stone.when.replace("+00:00", "Z"),
        "Content-Type": "application/json; profile=tombstone",
        "WARC-Block-Digest": digest(block),
        "Content-Length": str(len(block)),
    }
    return compressed(headers, block)


def _signed(stone: Tombstone, signer: Signer) -> Tombstone:
    named = replace(stone, public_key=signer.public)
    return replace(named, signature=signer.sign(named.content()))


def _write_pending(folder: RunFolder, stones: Iterable[Tombstone]) -> list[Path]:
    folder.tombstones.mkdir(exist_ok=True)
    first = len(list(folder.tombstones.glob("*.json")))
    files = []
    for number, stone in enumerate(stones, first):
        path = folder.tombstones / f"{number:05d}{PENDING}"
        path.write_bytes(canonical(stone.fields()))
        files.append(path)
    return files


def settle_pending(folder: RunFolder) -> None:
    """Finish or drop what a killed deletion left."""
    for draft in folder.captures.glob("*.draft"):
        draft.unlink()
    for path in sorted(folder.tombstones.glob(f"*{PENDING}")):
        stone = json.loads(path.read_bytes())
        if file_sha256(folder.captures / stone["segment"]) == stone["segment_sha256"]:
            path.rename(path.with_suffix(".json"))
        else:
            path.unlink()
