"""Verifying an evidence bundle, offline and from itself alone; the first fault is named.

Checked in this order: the ZIP file's own bytes; the signed statement; the set of files, each by size and SHA-256; the
chain and head of each manifest, and its time stamp; the records of each capture against its line; the documents.
"""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Final

from watchword.archive import Verdict
from watchword.archive.keys import fingerprint, signed_by
from watchword.archive.manifest import Head, canonical, file_sha256, sha256
from watchword.archive.members import gzip_members
from watchword.archive.timestamps import check_token
from watchword.archive.verify import read_manifest
from watchword.document import Document
from watchword.errors import DamagedError
from watchword.export.bundle import CAPTURES, DOCUMENTS, FORMAT, PROOFS, STATEMENT
from watchword.export.spool import Spool
from watchword.export.zipped import file_crc, members_of, pieces_between

Statement = dict[str, Any]
Lines = Sequence[dict[str, Any]]
# A statement names a file for each run and a handful of others; a larger one is no statement.
MAX_STATEMENT_BYTES: Final = 64 * 2**20


@dataclass(frozen=True)
class Sealed:
    """A run of the bundle: its head, the lines of its manifest, what a third party attests."""

    head: Head
    lines: Lines
    time_stamp: str


def is_bundle(path: Path) -> bool:
    """Say whether *path* is a file, or a folder that a bundle was unpacked to."""
    return path.is_file() or (path / STATEMENT).is_file()


def verify_bundle(path: Path, trusted: Sequence[str] = ()) -> Verdict:
    """Check the bundle at *path*, a ZIP file or a folder, and its signatures against the *trusted* public keys."""
    try:
        return _checked(path, trusted)
    except DamagedError as error:
        return Verdict(False, str(error))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # Somebody signed what Watchword never writes; it proves nothing, whoever it was.
        return Verdict(False, f"{path.name} is signed, and is no evidence bundle ({type(error).__name__}: {error}).")


def _checked(path: Path, trusted: Sequence[str]) -> Verdict:
    if path.is_dir():
        return _verdict(path, path.resolve().name, trusted)
    with TemporaryDirectory(prefix="watchword-bundle-") as place:
        unpack(path, Path(place))
        return _verdict(Path(place), path.name, trusted)


def unpack(path: Path, folder: Path) -> None:
    """Unpack the ZIP file at *path* into *folder*; raise DamagedError where a byte outside of its files was altered."""
    for member in members_of(path):
        name = PurePosixPath(member.name)
        if name.is_absolute() or ".." in name.parts or "\\" in member.name:
            raise DamagedError(f"{path.name}: {member.name!r} is no name of a file in a bundle.")
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            file.writelines(pieces_between(path, member.end - member.size, member.end))
        if file_crc(place) != member.crc:
            raise DamagedError(f"{path.name}: {member.name} is not as it was packed.")


def _verdict(folder: Path, name: str, trusted: Sequence[str]) -> Verdict:
    said = _statement(folder)
    _files(folder, said)
    runs = {run: _sealed(folder, run, head) for run, head in said["heads"].items()}
    with closing(Spool()) as proved:
        captures = _captures(folder, runs, proved)
        documents = _documents(folder, proved)
    counted = {"captures": captures, "documents": documents, "runs": len(runs)}
    if any(said["counts"][kind] != number for kind, number in counted.items()):
        raise DamagedError(f"{STATEMENT} counts {said['counts']}, and the bundle holds {counted}.")
    return _judged(name, said, runs, trusted)


def _statement(folder: Path) -> Statement:
    raw = (folder / STATEMENT).read_bytes() if (folder / STATEMENT).exists() else b""
    try:
        said = json.loads(raw[:MAX_STATEMENT_BYTES])
        signed = {name: value for name, value in said.items() if name != "signature"}
        whole = canonical(said) + b"\n" == raw and signed_by(said["public_key"], canonical(signed), said["signature"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DamagedError(f"{STATEMENT} is missing or cannot be read.") from None
    if not whole:
        raise DamagedError(f"{STATEMENT}: the signature does not fit what it says.")
    if said["format"] != FORMAT:
        raise DamagedError(
            f"{STATEMENT} is of the format {said['format']!r}; this version of Watchword reads {FORMAT!r}."
        )
    return dict(said)


def _files(folder: Path, said: Statement) -> None:
    named = {entry["path"]: entry for entry in said["files"]}
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted({STATEMENT, *named} ^ there.keys()):
        raise DamagedError(f"{name} is {'missing' if name in named else f'not in {STATEMENT}: it was added'}.")
    for name, entry in named.items():
        if there[name].stat().st_size != entry["size"] or file_sha256(there[name]) != entry["sha256"]:
            raise DamagedError(f"{name} is not as it was signed.")


def _sealed(folder: Path, run: str, expected: str) -> Sealed:
    """Check the manifest of one run."""
    place = folder / "runs" / run
    try:
        head, lines = read_manifest(place / "manifest.jsonl")
        token = place / "timestamp.tsr"
        attested = f"the seal of {run} {check_token(token.read_bytes(), head.content())}" if token.exists() else ""
    except DamagedError as error:
        raise DamagedError(f"runs/{run}: {error}") from None
    if head.hash != expected or head.run != run:
        raise DamagedError(f"runs/{run}: the head is not the one that {STATEMENT} names.")
    return Sealed(head, lines, attested)


def _captures(folder: Path, runs: Mapping[str, Sealed], proved: Spool) -> int:
    """Hold the records of every capture against its proof and the manifest of its run; return their number."""
    members = gzip_members(folder / CAPTURES)
    next(members, None)
    for proof in _json_lines(folder / PROOFS):
        line = _line(runs, proof)
        for kept, sealed in zip(proof["records"], line["records"], strict=True):
            member = next(members, None)
            found = member and (member.position, len(member.content), sha256(member.content))
            if found != (kept["offset"], kept["length"], sealed["sha256"]):
                raise DamagedError(
                    f"{CAPTURES}: the {kept['kind']} record of {proof['capture']} is not as it was sealed."
                )
        proved.add(proof["run"], proof["capture"])
    if next(members, None) is not None:
        raise DamagedError(f"{CAPTURES} holds a record that {PROOFS} does not name.")
    return len(proved)


def _line(runs: Mapping[str, Sealed], proof: dict[str, Any]) -> dict[str, Any]:
    """Return the line of the manifest that *proof* names."""
    sealed = runs.get(proof["run"])
    number = proof["line"]
    line = sealed.lines[number] if sealed and 0 <= number < len(sealed.lines) else {}
    digests = [record["sha256"] for record in line.get("records", ())]
    if line.get("capture") != proof["capture"] or digests != [record["sha256"] for record in proof["records"]]:
        raise DamagedError(f"{PROOFS}: line {number} of the manifest of {proof['run']} is not {proof['capture']}.")
    return line


def _documents(folder: Path, proved: Spool) -> int:
    """Hold every document against the captures; return their number."""
    count = 0
    for record in _json_lines(folder / DOCUMENTS):
        document = Document.from_json(record)
        if not proved.has(document.run, document.capture):
            raise DamagedError(f"{DOCUMENTS}: {document.id} comes from {document.capture}, which is not in the bundle.")
        if any(document.text[m.start : m.end] != m.text for m in document.mentions):
            raise DamagedError(f"{DOCUMENTS}: a mention of {document.id} is not where it is said to be.")
        count += 1
    return count


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield from map(json.loads, file)
    except (ValueError, EOFError, zlib.error, gzip.BadGzipFile):
        raise DamagedError(f"{path.name} cannot be read.") from None


def _judged(name: str, said: Statement, runs: Mapping[str, Sealed], trusted: Sequence[str]) -> Verdict:
    """Return the verdict on a bundle that is consistent, by who signed it and who sealed its runs."""
    signers = dict.fromkeys([said["public_key"], *(sealed.head.public_key for sealed in runs.values())])
    strangers = [fingerprint(key) for key in signers if key not in trusted]
    signer, counts = fingerprint(said["public_key"]), said["counts"]
    if trusted and strangers:
        sentence = f"{name} is consistent, but a key that is not trusted signed it or its runs: {', '.join(strangers)}."
        return Verdict(False, sentence, signer=signer)
    known = not strangers
    who = f"whole, signed by the trusted key {signer}" if known else f"consistent, signer unknown (key {signer})"
    others = [fingerprint(key) for key in list(signers)[1:]]
    who += f", its runs sealed by {', '.join(others)}" if others else ""
    what = f"{counts['documents']} documents, {counts['captures']} captures of {counts['runs']} runs proved"
    stamps = [sealed.time_stamp for sealed in runs.values() if sealed.time_stamp]
    sentence = "; ".join([f"{name}: {who}", what, *stamps])
    return Verdict(True, sentence, counts["captures"], 0, signer, known, "; ".join(stamps) or None)
