"""Every fault that is put into a sealed run is found, and named."""

import json
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.exchange import Exchange
from watchword.archive import (
    RunFolder,
    Signer,
    Tombstone,
    captures,
    forget,
    seal_derived,
    segments,
    trusted_keys,
    verify,
)
from watchword.archive.keys import keys_of
from watchword.archive.members import gzip_members
from watchword.errors import UsageError

MakeRun = Callable[..., RunFolder]


def flip(path: Path, position: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 0x10
    path.write_bytes(content)


def test_a_run_is_whole_with_its_key_and_consistent_without(home: Path, make_run: MakeRun) -> None:
    folder = make_run()
    assert verify(folder, trusted_keys(keys_of(home))).sentence.startswith(f"{folder.id}: whole")
    unknown = verify(folder)
    assert unknown.whole
    assert "consistent" in unknown.sentence
    assert "signer unknown" in unknown.sentence


def test_a_copy_of_the_folder_alone_can_be_checked_elsewhere(home: Path, make_run: MakeRun) -> None:
    make_run("20260301T010000Z-0000")
    folder = make_run()
    shutil.copytree(folder.path, home / "elsewhere" / "evidence")
    assert verify(RunFolder(home / "elsewhere" / "evidence"), trusted_keys(keys_of(home))).whole


@pytest.mark.parametrize("seed", range(8))
def test_a_flipped_byte_anywhere_is_found(home: Path, make_run: MakeRun, seed: int) -> None:
    folder = make_run()
    (folder.path / "documents").mkdir()
    (folder.path / "documents" / "a.jsonl").write_text("{}\n")
    seal_derived(folder, Signer.of(home))
    chance = random.Random(seed)
    for path in [p for p in folder.path.rglob("*") if p.is_file()]:
        whole = path.read_bytes()
        for position in [0, 3, 4, 9, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(12))]:
            if position < len(whole):
                flip(path, position)
                verdict = verify(folder)
                assert not verdict.whole, f"{path.name}, byte {position}"
                path.write_bytes(whole)
    assert verify(folder).whole


def rewritten(segment: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    segment.write_bytes(b"".join(change([member.content for member in gzip_members(segment)])))


@pytest.mark.parametrize(
    "change",
    [
        lambda records: records[:2] + records[3:],
        lambda records: records[:-1],
        lambda records: [*records, records[-1]],
        lambda records: [records[0], records[2], records[1], *records[3:]],
        lambda records: records[:1],
        lambda _records: [],
    ],
    ids=["removed", "last removed", "added", "swapped", "all removed", "emptied"],
)
def test_records_that_are_removed_added_or_swapped_are_found(
    make_run: MakeRun, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    folder = make_run()
    rewritten(segments(folder)[-1], change)
    verdict = verify(folder)
    assert not verdict.whole
    assert segments(folder)[-1].name in verdict.sentence


def test_a_truncated_segment_is_found_and_named(make_run: MakeRun) -> None:
    folder = make_run()
    segment = segments(folder)[0]
    segment.write_bytes(segment.read_bytes()[:-5])
    assert "truncated" in verify(folder).sentence


def test_a_file_that_is_missing_or_added_is_named(make_run: MakeRun) -> None:
    folder = make_run()
    segment = segments(folder)[0]
    segment.rename(segment.with_name("other.warc.gz"))
    assert f"{segment.name} is missing" in verify(folder).sentence
    shutil.copy(segment.with_name("other.warc.gz"), segment)
    assert "other.warc.gz is not in the manifest" in verify(folder).sentence


@pytest.mark.parametrize("line", [0, 2, -2, -1])
def test_an_altered_manifest_line_is_found_even_where_it_is_well_formed(make_run: MakeRun, line: int) -> None:
    folder = make_run()
    lines = folder.manifest.read_text("utf-8").splitlines()
    record = json.loads(lines[line])
    inner = record.get("head", record)
    inner["closed" if "head" in record else "type"] = "altered"
    lines[line] = json.dumps(record, sort_keys=True, separators=(",", ":"))
    folder.manifest.write_text("\n".join(lines) + "\n", "utf-8")
    assert not verify(folder).whole


def test_a_removed_manifest_line_is_found(make_run: MakeRun) -> None:
    folder = make_run()
    lines = folder.manifest.read_text("utf-8").splitlines()
    folder.manifest.write_text("\n".join(lines[:1] + lines[2:]) + "\n", "utf-8")
    assert "line 2: the chain breaks here" in verify(folder).sentence


@pytest.mark.parametrize("gone", ["20260301T010000Z-0000", "20260303T010000Z-0002"])
def test_a_missing_run_is_named(home: Path, make_run: MakeRun, gone: str) -> None:
    for name in ("20260301T010000Z-0000", "20260302T010000Z-0001", "20260303T010000Z-0002"):
        make_run(name)
    shutil.rmtree(home / "runs" / gone)
    assert f"The run {gone} is missing" in verify(RunFolder(home / "runs" / "20260302T010000Z-0001")).sentence


def test_a_foreign_key_is_found_where_a_trusted_one_is_given(home: Path, make_run: MakeRun) -> None:
    folder = make_run()
    Signer.of(home / "another")
    verdict = verify(folder, trusted_keys(keys_of(home / "another")))
    assert not verdict.whole
    assert "a key that is not trusted" in verdict.sentence


def test_a_run_that_is_sealed_anew_by_a_forger_is_found(home: Path, make_run: MakeRun) -> None:
    folder = make_run()
    forger = make_run_elsewhere(home, folder)
    shutil.copy(forger.manifest, folder.manifest)
    assert not verify(folder, trusted_keys(keys_of(home))).whole


def make_run_elsewhere(home: Path, folder: RunFolder) -> RunFolder:
    from watchword.archive import Writer, seal

    other = RunFolder.create(home / "forger" / "runs" / folder.id)
    with Writer(other, "gazette") as archive:
        archive.keep(next_exchange())
    seal(other, Signer.of(home / "forger"))
    return other


def next_exchange() -> Exchange:
    return Exchange("http://host.test/", "s", datetime(2026, 3, 2, tzinfo=UTC), "unreachable")


def test_a_run_that_is_not_sealed_is_said_to_be_so(home: Path) -> None:
    folder = RunFolder.create(home / "runs" / "open")
    assert "is not sealed" in verify(folder).sentence


def test_what_was_forgotten_is_gone_and_the_chain_holds(home: Path, make_run: MakeRun) -> None:
    folder = make_run()
    signer = Signer.of(home)
    stones = forget(folder, "http://host.test/page/2", reason="Art. 17 GDPR", by="Data officer", signer=signer)
    assert [stone.capture for stone in stones] == [f"{folder.id}/gazette-0000002"]
    assert "http://host.test/page/2" not in {capture.url for capture in captures(folder)}
    verdict = verify(folder, trusted_keys(keys_of(home)))
    assert verdict.whole
    assert verdict.forgotten == 1
    assert "Art. 17 GDPR" in verdict.sentence
    forget(folder, f"{folder.id}/gazette-0000000", reason="court order", by="Data officer", signer=signer)
    assert verify(folder).forgotten == 2


def test_a_tombstone_that_is_forged_or_altered_does_not_cover_a_deletion(home: Path, make_run: MakeRun) -> None:
    folder = make_run()
    forget(folder, "http://host.test/page/2", reason="Art. 17 GDPR", by="Data officer", signer=Signer.of(home))
    (stone,) = folder.tombstones.iterdir()
    whole = stone.read_text("utf-8")
    stone.write_text(whole.replace("Data officer", "Somebody else"), "utf-8")
    assert "is not signed" in verify(folder).sentence
    stone.unlink()
    assert not verify(folder).whole


def test_a_deletion_that_was_killed_is_finished_or_undone(home: Path, make_run: MakeRun) -> None:
    folder = make_run()
    signer = Signer.of(home)
    segment = segments(folder)[-1]
    before = segment.read_bytes()
    forget(folder, "http://host.test/page/2", reason="law", by="officer", signer=signer)
    (stone,) = folder.tombstones.iterdir()
    stone.rename(stone.with_suffix(".pending"))
    assert verify(folder).whole
    segment.write_bytes(before)
    assert verify(folder).whole
    forget(folder, "http://host.test/page/3", reason="law", by="officer", signer=signer)
    assert verify(folder).forgotten == 1


@pytest.mark.parametrize("selector", ["http://host.test/page/77", "nonsense"])
def test_what_is_not_there_cannot_be_forgotten(home: Path, make_run: MakeRun, selector: str) -> None:
    with pytest.raises(UsageError, match="holds no capture"):
        forget(make_run(), selector, reason="law", by="officer", signer=Signer.of(home))


def test_a_tombstone_says_who_when_and_why() -> None:
    stone = Tombstone("r", "r/c-1", "s", "law", "officer", "2026-03-02T00:00:00+00:00", (), "")
    assert str(stone) == "r/c-1 on 2026-03-02 by officer (law)"
