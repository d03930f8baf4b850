"""Every fault that is put into the folder of a real run is found: a byte, a record, a file, a key, a run."""

import gzip
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchword.archive import RunFolder, Signer, keys_of, trusted_keys, verify
from watchword.archive.members import gzip_members
from watchword.errors import UsageError
from watchword.evidence import verify_run

FLIPS_PER_FILE = 25
EDGES = (*range(12), *range(-12, 0))


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def run(two_nights: Any, tmp_path: Path) -> RunFolder:
    """A copy of the second run, alone, as it is handed to somebody else."""
    newest = sorted(two_nights.settings.runs.glob("2*"))[-1]
    return RunFolder(Path(shutil.copytree(newest, tmp_path / "handed-over" / newest.name)))


def test_a_run_holds_every_kind_of_file_and_record(run: RunFolder) -> None:
    names = {path.relative_to(run.path).parts[0] for path in files_of(run.path)}
    assert names == {"captures", "crawl", "derived.jsonl", "documents", "manifest.jsonl", "report.json"}
    segment = next(run.captures.iterdir())
    kinds = {member.unpacked.partition(b"WARC-Type: ")[2].partition(b"\r")[0] for member in gzip_members(segment)}
    assert kinds == {b"warcinfo", b"response", b"request", b"metadata", b"revisit"}


@pytest.mark.parametrize("seed", range(2))
def test_every_flipped_byte_in_every_file_is_found(run: RunFolder, seed: int) -> None:
    chance = random.Random(seed)
    missed, tried = [], 0
    for path in files_of(run.path):
        whole = path.read_bytes()
        places = {*(p % len(whole) for p in EDGES), *(chance.randrange(len(whole)) for _ in range(FLIPS_PER_FILE))}
        for place in places:
            damaged = bytearray(whole)
            damaged[place] ^= 1 << chance.randrange(8)
            path.write_bytes(damaged)
            tried += 1
            if verify(run).whole:
                missed.append((path.name, place))
        path.write_bytes(whole)
    assert tried > 300
    assert missed == []
    assert verify(run).whole


def test_every_byte_of_a_head_and_of_a_records_frame_counts(run: RunFolder) -> None:
    segment = next(run.captures.iterdir())
    whole = segment.read_bytes()
    starts = [member.position for member in gzip_members(segment)]
    frames = {start + offset for start in starts for offset in (*range(10), *range(-8, 0)) if start + offset >= 0}
    for place in frames:
        damaged = bytearray(whole)
        damaged[place] ^= 0x01
        segment.write_bytes(damaged)
        assert not verify(run).whole, place
    segment.write_bytes(whole)
    last = run.manifest.read_bytes()
    begin = last.rstrip(b"\n").rfind(b"\n") + 1
    for place in range(begin, len(last)):
        damaged = bytearray(last)
        damaged[place] ^= 0x01
        run.manifest.write_bytes(damaged)
        assert not verify(run).whole, place


def test_a_file_that_is_removed_added_or_cut_is_found_and_named(run: RunFolder) -> None:
    for path in files_of(run.path):
        whole = path.read_bytes()
        path.unlink()
        assert not verify(run).whole, f"{path.name} removed"
        for length in (0, 1, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:length])
            assert not verify(run).whole, f"{path.name} cut to {length}"
        path.write_bytes(whole + b"\n")
        assert not verify(run).whole, f"{path.name} with a byte more"
        path.write_bytes(whole)
        added = path.with_name(f"zz-{path.name}")
        added.write_bytes(whole)
        assert added.name in verify(run).sentence
        added.unlink()
    assert verify(run).whole


@pytest.mark.parametrize("folder", ["captures", "documents", "crawl", "."])
def test_a_draft_that_somebody_left_is_named(run: RunFolder, folder: str) -> None:
    (run.path / folder / "left.draft").write_text("x")
    assert "left.draft" in verify(run).sentence


def rewrite(segment: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    segment.write_bytes(b"".join(change([member.content for member in gzip_members(segment)])))


def test_every_record_that_is_removed_doubled_or_moved_is_found(run: RunFolder) -> None:
    segment = next(run.captures.iterdir())
    whole = segment.read_bytes()
    count = len(list(gzip_members(segment)))
    for number in range(count):
        for change in (
            lambda r, n=number: r[:n] + r[n + 1 :],
            lambda r, n=number: [*r[: n + 1], r[n], *r[n + 1 :]],
            lambda r, n=number: [*r[:n], r[(n + 1) % count], r[n], *r[n + 2 :]],
            lambda r, n=number: [*r[:n], gzip.compress(gzip.decompress(r[n]), 1), *r[n + 1 :]],
        ):
            rewrite(segment, change)
            verdict = verify(run)
            assert not verdict.whole, number
            assert segment.name in verdict.sentence
            segment.write_bytes(whole)


def test_every_manifest_line_that_says_something_else_is_found(run: RunFolder) -> None:
    for manifest in (run.manifest, run.derived):
        whole = manifest.read_bytes()
        lines = whole.splitlines(keepends=True)
        for number, line in enumerate(lines):
            record = json.loads(line)
            inner = record.get("head", record)
            for name, value in list(inner.items()):
                inner[name] = "other" if not isinstance(value, int) else value + 1
                altered = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
                manifest.write_bytes(b"".join([*lines[:number], altered + b"\n", *lines[number + 1 :]]))
                assert not verify(run).whole, (number, name)
                inner[name] = value
        manifest.write_bytes(whole)
    assert verify(run).whole


def test_a_run_sealed_anew_with_a_foreign_key_is_not_trusted(two_nights: Any, run: RunFolder, tmp_path: Path) -> None:
    from watchword.archive import seal, seal_derived
    from watchword.archive.manifest import manifest_captures

    lines = manifest_captures(run)
    run.parts.mkdir()
    bare = [{k: v for k, v in line.items() if k not in ("type", "number", "previous")} for line in lines]
    (run.parts / "paper.jsonl").write_text("".join(json.dumps(line) + "\n" for line in bare))
    run.manifest.unlink()
    forger = Signer.of(tmp_path / "forger")
    seal(run, forger)
    (run.path.parent / "heads.jsonl").unlink()
    seal_derived(run, forger)
    assert "consistent, signer unknown" in verify(run).sentence
    verdict = verify(run, trusted_keys(keys_of(two_nights.settings.folder)))
    assert not verdict.whole
    assert "not trusted" in verdict.sentence


def test_a_run_that_is_missing_is_named_by_each_of_the_others(two_nights: Any, tmp_path: Path) -> None:
    runs = Path(shutil.copytree(two_nights.settings.runs, tmp_path / "runs"))
    first, second = sorted(path for path in runs.iterdir() if path.is_dir())
    assert verify(RunFolder(first)).whole
    assert verify(RunFolder(second)).whole
    aside = first.rename(tmp_path / "aside")
    assert f"The run {first.name} is missing" in verify(RunFolder(second)).sentence
    aside.rename(first)
    second.rename(tmp_path / "aside")
    assert f"The run {second.name} is missing" in verify(RunFolder(first)).sentence
    (tmp_path / "aside").rename(second)
    heads = (runs / "heads.jsonl").read_bytes()
    for place in range(0, len(heads), 3):
        damaged = bytearray(heads)
        damaged[place] ^= 0x01
        (runs / "heads.jsonl").write_bytes(damaged)
        assert not verify(RunFolder(second)).whole, place


def test_a_missing_run_is_noticed_at_home_even_without_the_list_of_heads(two_nights: Any, tmp_path: Path) -> None:
    home = Path(shutil.copytree(two_nights.settings.folder, tmp_path / "home"))
    settings = two_nights.settings.model_copy(update={"home": home})
    first, second = sorted(path.name for path in (home / "runs").iterdir() if path.is_dir())
    (home / "runs" / "heads.jsonl").unlink()
    assert verify_run(settings, second).whole
    shutil.rmtree(home / "runs" / first)
    assert first in verify_run(settings, second).sentence
    assert not verify_run(settings, second).whole


def test_verify_takes_an_id_or_a_folder_and_the_keys_of_the_home_or_given_ones(two_nights: Any, run: RunFolder) -> None:
    settings = two_nights.settings
    assert "whole, signed by the trusted key" in verify_run(settings, run.id).sentence
    assert "whole, signed by the trusted key" in verify_run(settings, str(run.path)).sentence
    elsewhere = settings.model_copy(update={"home": run.path.parent / "empty"})
    verdict = verify_run(elsewhere, str(run.path))
    assert verdict.whole
    assert "consistent, signer unknown" in verdict.sentence
    assert verdict.signer
    assert verdict.signer in verdict.sentence
    assert verify_run(elsewhere, str(run.path), keys_of(settings.folder)).trusted
    with pytest.raises(UsageError, match="No run folder"):
        verify_run(settings, "20990101T000000Z-ffff")


def test_a_folder_whose_captures_are_gone_is_damaged_not_unknown(two_nights: Any, run: RunFolder) -> None:
    shutil.rmtree(run.captures)
    verdict = verify_run(two_nights.settings, str(run.path))
    assert not verdict.whole
    assert "captures" in verdict.sentence
