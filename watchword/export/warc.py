"""WARC 1.1 of exactly the hits: their responses, requests and metadata, byte for byte as their runs hold them."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from watchword.archive.records import compressed, digest
from watchword.export.kept_records import kept_captures, run_folders
from watchword.export.selection import Selection
from watchword.export.spool import Spool

LINE_BREAKS: Final = str.maketrans("\r\n", "  ")


def write_warc(selection: Selection) -> Iterator[bytes]:
    """Yield the records of *selection*, run by run, after one that says what they were chosen by."""
    with closing(Spool()) as wanted:
        for document in selection.documents():
            wanted.add(document.run, document.capture)
        folders = run_folders(selection.desk.settings.runs, wanted)
        yield heading(selection.question.query)
        for folder in folders:
            for capture in kept_captures(folder, wanted):
                yield from (record.content for record in capture.records)


def heading(query: str) -> bytes:
    """Return the `warcinfo` record that begins the file."""
    lines = {
        "software": "Watchword",
        "format": "WARC File Format 1.1",
        "description": f"records of what was found by: {query.translate(LINE_BREAKS)}",
    }
    block = "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode("utf-8", "replace")
    headers = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": f"<{uuid4().urn}>",
        "WARC-Date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Content-Type": "application/warc-fields",
        "WARC-Block-Digest": digest(block),
        "Content-Length": str(len(block)),
    }
    return compressed(headers, block)
