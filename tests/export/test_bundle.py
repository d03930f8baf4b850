"""The evidence bundle: complete, accepted by `verify`, and no byte of it can be altered without being found."""

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchword.archive import RunFolder, Signer, keys_of, manifest_captures, trusted_keys
from watchword.archive.manifest import canonical
from watchword.errors import DamagedError
from watchword.evidence import verify_run
from watchword.export.bundle_check import verify_bundle
from watchword.export.zipped import LIMIT, Member, directory, members_of, zip_pieces
from watchword.searching import Filters

Export = Callable[..., bytes]
FILES = {
    "README.txt",
    "bundle.json",
    "captures.warc.gz",
    "coverage.json",
    "documents.jsonl.gz",
    "mentions.jsonl.gz",
    "proofs.jsonl",
    "query.json",
}
# Flipped one after the other; each is a whole verification, or a look at what stands around the files.
FLIPPED_BYTES = 50
FLIPPED_AROUND = 400


@pytest.fixture(scope="module")
def bundle(export: Export, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "evidence.zip"
    path.write_bytes(export("bundle", "maraging OR Natanz", Filters(since="2000-01-01")))
    return path


@pytest.fixture
def unpacked(bundle: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path / "evidence")
    return tmp_path / "evidence"


def json_lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def test_a_bundle_holds_what_was_found_what_was_asked_and_what_was_not_seen(bundle: Path, collected: Any) -> None:
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    assert set(held) == FILES | {f"runs/{run}/manifest.jsonl" for run in collected.runs}
    documents = json_lines(gzip.decompress(held["documents.jsonl.gz"]))
    mentions = json_lines(gzip.decompress(held["mentions.jsonl.gz"]))
    assert len(documents) == 4
    assert len(mentions) == sum(len(document["mentions"]) for document in documents)
    assert json.loads(held["query.json"])["query"] == "maraging OR Natanz"
    assert json.loads(held["query.json"])["filters"]["since"] == "2000-01-01"
    assert json.loads(held["coverage.json"])["never"] == ["gazette", "agency"]
    assert json.loads(held["bundle.json"])["counts"] == {
        "captures": 4,
        "documents": 4,
        "mentions": len(mentions),
        "runs": 2,
    }


def test_a_proof_leads_from_the_bytes_to_the_line_of_the_whole_manifest(bundle: Path, collected: Any) -> None:
    with zipfile.ZipFile(bundle) as archive:
        proofs = json_lines(archive.read("proofs.jsonl"))
        warc = archive.read("captures.warc.gz")
        for run in collected.runs:
            manifest = (collected.settings.runs / run / "manifest.jsonl").read_bytes()
            assert archive.read(f"runs/{run}/manifest.jsonl") == manifest
    for proof in proofs:
        line = manifest_captures(RunFolder(collected.settings.runs / proof["run"]))[proof["line"]]
        assert line["capture"] == proof["capture"]
        for kept in proof["records"]:
            unpacked = gzip.decompress(warc[kept["offset"] : kept["offset"] + kept["length"]])
            assert f"WARC-Target-URI: {proof['url']}".encode() in unpacked


def test_verify_takes_a_bundle_for_a_run_and_says_who_signed_it(bundle: Path, collected: Any, tmp_path: Path) -> None:
    trusted = verify_run(collected.settings, str(bundle))
    assert trusted.whole
    assert trusted.trusted
    assert "4 documents, 4 captures of 2 runs proved" in trusted.sentence
    stranger = collected.settings.model_copy(update={"home": tmp_path / "elsewhere"})
    unknown = verify_run(stranger, str(bundle))
    assert unknown.whole
    assert "consistent, signer unknown" in unknown.sentence
    other = trusted_keys(keys_of(tmp_path)) or [Signer.of(tmp_path).public]
    refused = verify_bundle(bundle, other)
    assert not refused.whole
    assert "a key that is not trusted signed it" in refused.sentence


def test_an_unpacked_bundle_is_verified_as_well(unpacked: Path, collected: Any) -> None:
    assert verify_run(collected.settings, str(unpacked)).whole
    (unpacked / "runs" / "note.txt").write_text("added")
    assert "runs/note.txt is not in bundle.json: it was added" in verify_bundle(unpacked).sentence
    (unpacked / "runs" / "note.txt").unlink()
    (unpacked / "query.json").unlink()
    assert "query.json is missing" in verify_bundle(unpacked).sentence


def test_any_altered_byte_is_found(bundle: Path, tmp_path: Path) -> None:
    content = bundle.read_bytes()
    assert verify_bundle(bundle).whole
    places = random.Random(5).sample(range(len(content)), FLIPPED_BYTES)
    altered = tmp_path / "altered.zip"
    for place in places:
        altered.write_bytes(content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :])
        assert not verify_bundle(altered).whole, place


def test_any_altered_byte_outside_of_the_files_is_found(bundle: Path, tmp_path: Path) -> None:
    content = bundle.read_bytes()
    members = members_of(bundle)
    places = [p for m in members for p in range(m.offset, m.offset + len(m.header))]
    places += range(members[-1].end, len(content))
    assert len(places) > 1_000
    altered = tmp_path / "altered.zip"
    for place in random.Random(7).sample(places, FLIPPED_AROUND):
        altered.write_bytes(content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :])
        with pytest.raises(DamagedError):
            members_of(altered)


@pytest.mark.parametrize("change", ["cut", "longer", "before", "empty", "no zip"])
def test_a_bundle_that_was_cut_or_added_to_is_not_whole(bundle: Path, tmp_path: Path, change: str) -> None:
    content = bundle.read_bytes()
    changed = {
        "cut": content[:-1],
        "longer": content + b"\0",
        "before": b"MZ" + content,
        "empty": b"",
        "no zip": b"<html>",
    }
    path = tmp_path / "changed.zip"
    path.write_bytes(changed[change])
    assert not verify_bundle(path).whole


def resigned(folder: Path, home: Path, **changes: Any) -> None:
    """Sign the statement of *folder* anew, over the files as they are, as somebody who has a key could."""
    import hashlib

    said = json.loads((folder / "bundle.json").read_bytes())
    signer = Signer.of(home)
    for entry in said["files"]:
        content = (folder / entry["path"]).read_bytes()
        entry |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    said = {**said, **changes, "public_key": signer.public}
    del said["signature"]
    (folder / "bundle.json").write_bytes(canonical({**said, "signature": signer.sign(canonical(said))}) + b"\n")


def test_who_signs_a_bundle_anew_cannot_put_other_captures_in(unpacked: Path, tmp_path: Path) -> None:
    resigned(unpacked, tmp_path)
    assert verify_bundle(unpacked).whole
    warc = unpacked / "captures.warc.gz"
    content = warc.read_bytes()
    proofs = json_lines((unpacked / "proofs.jsonl").read_bytes())
    start = proofs[0]["records"][0]["offset"]
    body = gzip.decompress(content[start : start + proofs[0]["records"][0]["length"]])
    forged = gzip.compress(body.replace(b"tubes", b"pipes"), mtime=0)
    warc.write_bytes(content[:start] + forged + content[start + proofs[0]["records"][0]["length"] :])
    resigned(unpacked, tmp_path)
    assert "is not as it was sealed" in verify_bundle(unpacked).sentence


def test_who_signs_a_bundle_anew_cannot_put_other_documents_in(unpacked: Path, tmp_path: Path) -> None:
    path = unpacked / "documents.jsonl.gz"
    documents = json_lines(gzip.decompress(path.read_bytes()))
    documents[0]["capture"] = "20200101T000000Z-0000/gazette-0000000"
    path.write_bytes(gzip.compress(b"".join(json.dumps(d).encode() + b"\n" for d in documents)))
    resigned(unpacked, tmp_path)
    assert "is not in the bundle" in verify_bundle(unpacked).sentence


@pytest.mark.parametrize(
    "changes",
    [{"format": "other 9"}, {"heads": {}}, {"heads": {"../..": "0"}}, {"heads": 3}, {"counts": {}}, {"counts": None}],
)
def test_a_statement_that_watchword_never_writes_is_refused_in_a_sentence(
    unpacked: Path, tmp_path: Path, changes: dict[str, Any]
) -> None:
    resigned(unpacked, tmp_path, **changes)
    verdict = verify_bundle(unpacked)
    assert not verdict.whole
    assert verdict.sentence.endswith((".", ")."))


def test_an_archive_that_would_write_outside_of_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    path = tmp_path / "evil.zip"
    path.write_bytes(b"".join(zip_pieces([("../evil.txt", tmp_path / "x")])))
    assert "no name of a file in a bundle" in verify_bundle(path).sentence
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_large_archive_has_the_form_that_other_programs_read() -> None:
    first = Member("large", LIMIT + 5, 1, 0)
    second = Member("after", 3, 2, first.end)
    read = io.BytesIO(directory([first, second]))
    with zipfile.ZipFile(_Shifted(read, second.end)) as archive:
        sizes = {info.filename: (info.file_size, info.header_offset) for info in archive.infolist()}
    assert sizes == {"large": (LIMIT + 5, 0), "after": (3, first.end)}


class _Shifted(io.RawIOBase):
    """A file whose last bytes are given, and whose first *shift* bytes nobody reads."""

    def __init__(self, end: io.BytesIO, shift: int) -> None:
        self._end, self._shift, self._at = end, shift, 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        size = self._shift + len(self._end.getvalue())
        self._at = {0: 0, 1: self._at, 2: size}[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        start = self._at - self._shift
        assert start >= 0
        found = self._end.getvalue()[start : None if size < 0 else start + size]
        self._at += len(found)
        return found
