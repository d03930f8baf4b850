"""Measure exports: documents and megabytes a second, and the largest memory of the process, for two sizes of a result.

    python -m benchmarks.export --documents 50000

Each format is written by `watchword export` in a process of its own, once for a tenth and once for all. The memory is
the largest private one that was seen, without mapped files; that it does not grow is the point of the table.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.corpus import documents
from crawlers.exchange import Exchange
from watchword.archive import RunFolder, Signer, Writer, seal
from watchword.document import Document
from watchword.export import FORMATS
from watchword.index.embedded import EmbeddedEngine
from watchword.settings import Settings
from watchword.store.database import Database

RUNS = 10
LOOK_SECONDS = 0.02
MEGABYTE = 2**20


def exchange(document: Document) -> Exchange:
    """Return the exchange that a document could have come from."""
    body = document.text.encode()
    return Exchange(
        url=document.url or f"http://host.test/{document.id}",
        source=document.source,
        started=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
        outcome="complete",
        raw_request=b"GET / HTTP/1.1\r\nHost: host.test\r\n\r\n",
        raw_response=b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body,
        status=200,
        media_type="text/plain",
        body=body,
    )


def archived(settings: Settings, number: int) -> Iterator[Document]:
    """Keep *number* documents in runs, and yield them with their captures; the first run holds a tenth of them."""
    made = documents(number)
    for run in range(RUNS):
        folder = RunFolder.create(settings.runs / f"20260302T01{run:02}00Z-{run:04x}")
        with Writer(folder, "all") as archive:
            for document in islice(made, number // RUNS):
                yield replace(document, run=folder.id, capture=archive.keep(exchange(document)))
        seal(folder, Signer.of(settings.folder))


def prepare(settings: Settings, number: int) -> None:
    """Fill a home with *number* documents."""
    Database(settings.database).close()
    engine = EmbeddedEngine(settings.folder / "index")
    found = archived(settings, number)
    while batch := list(islice(found, 5_000)):
        engine.add(batch)


def measured(settings: Settings, query: str, name: str) -> tuple[float, int, float]:
    """Export with a process of its own; return seconds, bytes, and the largest private memory in MB."""
    output = settings.folder / "export"
    command = [sys.executable, "-m", "watchword", "export", query, "--format", name, "--output", str(output)]
    started, largest = time.monotonic(), 0
    process = subprocess.Popen(command, env={**os.environ, **settings.environment}, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        largest = max(largest, private(process.pid))
        time.sleep(LOOK_SECONDS)
    assert process.returncode == 0, name
    return time.monotonic() - started, output.stat().st_size, largest / 1024


def private(process: int) -> int:
    """Return the private memory of a process in KB; none where it has just ended."""
    try:
        said = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in said.splitlines() if line.startswith("RssAnon:")), 0)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=50_000)
    number = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home", _env_file=None)
        prepare(settings, number)
        print(f"{'format':8} {'documents':>10} {'seconds':>8} {'docs/s':>8} {'MB':>8} {'largest memory, MB':>19}")
        first = f"run:{settings.runs.glob('*/').__next__().name}"
        for name in FORMATS:
            for query, count in ((first, number // RUNS), ("*", number)):
                seconds, size, memory = measured(settings, query, name)
                rate = count / seconds
                print(
                    f"{name:8} {count:10} {seconds:8.1f} {rate:8.0f} {size / MEGABYTE:8.1f} {memory:19.0f}", flush=True
                )


if __name__ == "__main__":
    main()
