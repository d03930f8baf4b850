"""The evidence bundle: what was found, the captures behind it, the proof that they were sealed, and a signature.

    bundle.json                what is in the bundle, by size and SHA-256, with counts; signed
    README.txt                 what each file is, and how to check it without Watchword
    query.json  coverage.json  what was asked, and what was not seen
    documents.jsonl.gz         the documents; mentions.jsonl.gz: their mentions, a line each
    captures.warc.gz           the captures of the documents, byte for byte
    proofs.jsonl               for each capture: its line in the manifest of its run, and where its records lie
    runs/RUN/manifest.jsonl    the whole manifest, whose signed head closes the chain; timestamp.tsr where there is one

Everything is put together in a temporary folder, so memory does not grow with the number of hits.
"""

import gzip
import io
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from nlp.mention import as_json
from watchword.archive import Signer
from watchword.archive.manifest import canonical, file_sha256, read_head
from watchword.export.json_lines import line
from watchword.export.kept_records import KeptCapture, kept_captures, run_folders
from watchword.export.selection import Selection
from watchword.export.spool import Spool
from watchword.export.warc import heading
from watchword.export.zipped import zip_pieces

FORMAT: Final = "watchword evidence bundle 1"
STATEMENT: Final = "bundle.json"
DOCUMENTS, MENTIONS = "documents.jsonl.gz", "mentions.jsonl.gz"
CAPTURES, PROOFS = "captures.warc.gz", "proofs.jsonl"
QUERY, COVERAGE, README = "query.json", "coverage.json", "README.txt"
# Text is written once; a higher level takes three times as long for 4 % less.
GZIP_LEVEL: Final = 6


def write_bundle(selection: Selection) -> Iterator[bytes]:
    """Yield the bundle of *selection* as a ZIP file; its statement comes first."""
    with TemporaryDirectory(prefix="watchword-bundle-") as place, closing(Spool()) as wanted:
        folder = Path(place)
        counts = _write_documents(selection, folder, wanted)
        counts |= _write_captures(selection, folder, wanted)
        _write_question(selection, folder)
        statement = _statement(selection, folder, counts)
        (folder / STATEMENT).write_bytes(canonical(statement) + b"\n")
        names = [STATEMENT, *(entry["path"] for entry in statement["files"])]
        yield from zip_pieces((name, folder / name) for name in names)


def _write_documents(selection: Selection, folder: Path, wanted: Spool) -> dict[str, int]:
    """Write documents and mentions; note the captures that are wanted."""
    documents = mentions = 0
    with ExitStack() as stack:
        texts = _packing(stack, folder / DOCUMENTS)
        found = _packing(stack, folder / MENTIONS)
        for document in selection.documents():
            texts.write(line(document.as_json()))
            for mention in document.mentions:
                found.write(line({"document": document.id, **as_json(mention)}))
            wanted.add(document.run, document.capture)
            documents += 1
            mentions += len(document.mentions)
    return {"documents": documents, "mentions": mentions}


def _packing(stack: ExitStack, path: Path) -> io.BufferedIOBase:
    """Return the gzip file *path*, open for writing, without the time in its header."""
    raw = stack.enter_context(path.open("wb"))
    return stack.enter_context(gzip.GzipFile("", "wb", GZIP_LEVEL, raw, mtime=0))


def _write_captures(selection: Selection, folder: Path, wanted: Spool) -> dict[str, int]:
    """Write the captures, their proofs, and the manifests of their runs."""
    runs = run_folders(selection.desk.settings.runs, wanted)
    count = 0
    with (folder / CAPTURES).open("wb") as warc, (folder / PROOFS).open("wb") as proofs:
        warc.write(heading(selection.question.query))
        for run in runs:
            place = folder / "runs" / run.id
            place.mkdir(parents=True)
            for path in filter(Path.exists, (run.manifest, run.time_stamp)):
                shutil.copyfile(path, place / path.name)
            for capture in kept_captures(run, wanted):
                proofs.write(canonical(proof(capture, warc.tell())) + b"\n")
                for record in capture.records:
                    warc.write(record.content)
                count += 1
    return {"captures": count, "runs": len(runs)}


def proof(capture: KeptCapture, offset: int) -> dict[str, Any]:
    """Return the line that leads from a capture, whose records begin at *offset*, to its line in the manifest."""
    records = []
    for record in capture.records:
        length = len(record.content)
        records.append({"kind": record.kind, "offset": offset, "length": length, "sha256": record.sha256})
        offset += length
    return {
        "run": capture.run,
        "capture": capture.capture,
        "url": capture.url,
        "line": capture.number,
        "records": records,
    }


def _write_question(selection: Selection, folder: Path) -> None:
    """Write what was asked, what was not seen, and how to read the bundle."""
    question = selection.question
    asked = {"query": question.query, "filters": asdict(question.filters), "like": question.like}
    (folder / QUERY).write_bytes(canonical(asked) + b"\n")
    note = selection.desk.coverage(question.filters)
    told = {"sentence": note.sentence, **note.as_json()}
    (folder / COVERAGE).write_bytes(line(_plain(told)))
    text = files("watchword.export").joinpath("bundle_readme.txt").read_bytes()
    (folder / README).write_bytes(text)


def _plain(value: Any) -> Any:
    """Return *value* with times as texts."""
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    return value.isoformat() + "Z" if isinstance(value, datetime) else value


def _statement(selection: Selection, folder: Path, counts: dict[str, int]) -> dict[str, Any]:
    """Return the signed statement of what *folder* holds."""
    signer = Signer.of(selection.desk.settings.folder)
    held = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    said = {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "tool": f"watchword {version('watchword')}",
        "query": selection.question.query,
        "counts": counts,
        "files": [_entry(folder, name) for name in held],
        "heads": {path.name: read_head(path / "manifest.jsonl").hash for path in sorted((folder / "runs").glob("*"))},
        "public_key": signer.public,
    }
    return {**said, "signature": signer.sign(canonical(said))}


def _entry(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    return {"path": name, "size": path.stat().st_size, "sha256": file_sha256(path)}
