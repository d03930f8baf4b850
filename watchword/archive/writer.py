"""The writer: keeps exchanges in WARC segments of its own, so that several crawl processes write into one run.

A line in the writer's manifest part follows each capture's records. What stands behind the last whole line is cut off
when the run is taken up again: a capture is there with all its records, or not at all.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawlers.exchange import Exchange
from watchword.archive.folder import SEGMENT_SUFFIX, RunFolder
from watchword.archive.records import Original, body_digest, information, members
from watchword.archive.redaction import redact_url
from watchword.errors import DamagedError

# Larger files are slow to copy and to check one by one; smaller ones are many.
SEGMENT_BYTES = 250 * 2**20
# A power cut loses at most this many captures, or this many seconds of them; the next crawl fetches them again.
SYNC_CAPTURES = 64
SYNC_SECONDS = 5.0

Earlier = Callable[[str, str | None], Original | None]


def nothing_earlier(_url: str, _body_digest: str | None) -> Original | None:
    """Know no earlier captures."""
    return None


class Writer:
    """An archive for one crawl process, used in a `with` statement; `earlier` finds what a revisit refers to."""

    def __init__(self, folder: RunFolder, name: str, earlier: Earlier = nothing_earlier) -> None:
        if folder.sealed:
            raise DamagedError(f"The run {folder.id} is sealed; nothing can be added to it.")
        self.folder = folder
        self.name = name
        self.earlier = earlier
        self._part = folder.parts / f"{name}.jsonl"
        self._kept: dict[str, str] = {}
        self._number = 0
        self._count = 0
        self._unsynced = 0
        self._synced = time.monotonic()

    def __enter__(self) -> Self:
        """Open the run for writing, after the last whole capture of this writer."""
        self.folder.parts.mkdir(exist_ok=True)
        ends = self._recover()
        self._lines = Appending(self._part)
        self._number = max(ends, default=0)
        self._segment = self._open_segment()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write everything to disk and close."""
        try:
            self._sync()
        finally:
            self._segment.close()
            self._lines.close()

    def kept(self, url: str) -> bool:
        """Say whether this writer already holds a document captured from *url*."""
        return redact_url(url) in self._kept

    def keep(self, exchange: Exchange) -> str:
        """Store *exchange* and return the capture's id; raise OSError, leaving nothing torn, where the disk is full."""
        if self._segment.end >= SEGMENT_BYTES:
            self._sync()
            self._segment.close()
            self._number += 1
            self._segment = self._open_segment()
        capture = f"{self.name}-{self._count:07d}"
        line = self._write(exchange, f"{self.folder.id}/{capture}")
        self._count += 1
        if exchange.purpose == "document":
            self._kept[line["url"]] = line["capture"]
        self._unsynced += 1
        if self._unsynced >= SYNC_CAPTURES or time.monotonic() - self._synced > SYNC_SECONDS:
            self._sync()
        return str(line["capture"])

    def _write(self, exchange: Exchange, capture: str) -> dict[str, Any]:
        found = self.earlier(exchange.url, body_digest(exchange))
        records, content, start = [], b"", self._segment.end
        for member in members(exchange, capture, found):
            records.append(
                {
                    "kind": member.kind,
                    "id": member.id,
                    "offset": start + len(content),
                    "length": len(member.content),
                    "sha256": hashlib.sha256(member.content).hexdigest(),
                    "block": member.block_digest,
                    "payload": member.payload_digest,
                }
            )
            content += member.content
        line = self._line(exchange, capture, records)
        self._segment.append(content)
        try:
            self._lines.append(json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        except OSError:
            self._segment.cut(start)
            raise
        return line

    def _line(self, exchange: Exchange, capture: str, records: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "capture": capture,
            "url": redact_url(exchange.url),
            "source": exchange.source,
            "time": exchange.started.isoformat(),
            "outcome": exchange.outcome,
            "status": exchange.status,
            "purpose": exchange.purpose,
            "body": body_digest(exchange),
            "segment": self._segment.path.name,
            "records": records,
        }

    def _open_segment(self) -> "Appending":
        path = self.folder.captures / f"{self.name}-{self._number:05d}{SEGMENT_SUFFIX}"
        segment = Appending(path)
        if segment.end == 0:
            segment.append(information(path.name, self.folder.id, self.name))
        return segment

    def _recover(self) -> list[int]:
        """Cut off what a killed writer left torn; return the numbers of its segments."""
        ends: dict[str, int] = {}
        whole = 0
        content = self._part.read_bytes() if self._part.exists() else b""
        for raw in content.splitlines(keepends=True):
            if not raw.endswith(b"\n"):
                break
            line = json.loads(raw)
            whole += len(raw)
            last = line["records"][-1]
            ends[line["segment"]] = last["offset"] + last["length"]
            self._count += 1
            if line["purpose"] == "document":
                self._kept[line["url"]] = line["capture"]
        if content:
            os.truncate(self._part, whole)
        numbers = []
        for path in self.folder.captures.glob(f"{self.name}-?????{SEGMENT_SUFFIX}"):
            number = int(path.name.removesuffix(SEGMENT_SUFFIX)[-5:])
            if path.name not in ends:
                path.unlink()
                continue
            numbers.append(number)
            if path.stat().st_size < ends[path.name]:
                raise DamagedError(
                    f"{path} is shorter than its manifest part says; the run {self.folder.id} is damaged."
                )
            os.truncate(path, ends[path.name])
        return numbers

    def _sync(self) -> None:
        self._segment.sync()
        self._lines.sync()
        self._unsynced, self._synced = 0, time.monotonic()


class Appending:
    """A file that grows by whole pieces: a piece is there, or the file is as long as before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab", buffering=0)
        self.end = self._file.tell()

    def append(self, content: bytes) -> None:
        """Write *content* at the end; cut it off again and raise OSError where the disk does not take all of it."""
        written = 0
        try:
            while written < len(content):
                written += self._file.write(content[written:])
        except OSError:
            self.cut(self.end)
            raise
        self.end += len(content)

    def cut(self, length: int) -> None:
        """Make the file *length* bytes long."""
        self._file.truncate(length)
        self.end = length

    def sync(self) -> None:
        """Wait until the disk holds everything."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()
