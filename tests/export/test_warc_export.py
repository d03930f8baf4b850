"""WARC of exactly the hits: the bytes that the runs hold, and no other."""

import hashlib
import io
import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from watchword.archive import RunFolder, Signer, forget, manifest_captures
from watchword.errors import DamagedError, UnavailableError
from watchword.export import Selection, exported
from watchword.searching import Desk, Question

Export = Callable[..., bytes]


def addresses(content: bytes) -> list[tuple[str, str]]:
    return [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
        for record in ArchiveIterator(io.BytesIO(content))
        if record.rec_type != "warcinfo"
    ]


def after_first_member(content: bytes) -> bytes:
    """Return what follows the first gzip member, which describes the file."""
    member = zlib.decompressobj(wbits=31)
    member.decompress(content)
    return member.unused_data


def test_the_file_holds_response_request_and_metadata_of_each_hit_and_nothing_else(export: Export) -> None:
    found = addresses(export("warc", "maraging"))
    urls = {"http://host.test/steel", "http://host.test/steel-again"}
    assert sorted(found) == sorted((kind, url) for kind in ("response", "request", "metadata") for url in urls)
    assert addresses(export("warc", "nothing-has-this-word")) == []


def test_each_record_is_byte_for_byte_the_one_that_was_sealed(export: Export, collected: Any, tmp_path: Path) -> None:
    content = export("warc")
    sealed = []
    for run in sorted(collected.runs):
        folder = RunFolder(collected.settings.runs / run)
        sealed += [record for line in manifest_captures(folder) for record in line["records"]]
    position = len(content) - len(after_first_member(content))
    for record in sealed:
        piece = content[position : position + record["length"]]
        assert hashlib.sha256(piece).hexdigest() == record["sha256"]
        position += record["length"]
    assert position == len(content)
    (tmp_path / "hits.warc.gz").write_bytes(content)
    arguments = type("Arguments", (), {"inputs": [str(tmp_path / "hits.warc.gz")], "verbose": False})
    checker = Checker(arguments)
    assert checker.process_all() in (0, None)
    assert checker.exit_value == 0


@pytest.fixture
def moved(collected: Any, desk: Desk, tmp_path: Path) -> tuple[Desk, RunFolder]:
    """A desk whose runs are a copy, and the first of these runs."""
    home = tmp_path / "home"
    shutil.copytree(collected.settings.folder / "runs", home / "runs")
    shutil.copytree(collected.settings.folder / "keys", home / "keys")
    copy = Desk.__new__(Desk)
    vars(copy).update(vars(desk), settings=collected.settings.model_copy(update={"home": home}))
    return copy, RunFolder(home / "runs" / collected.runs[0])


def test_records_are_found_where_a_deletion_moved_them(moved: tuple[Desk, RunFolder], export: Export) -> None:
    desk, run = moved
    line = manifest_captures(run)[0]
    forget(run, line["capture"], reason="law", by="officer", signer=Signer.of(desk.settings.folder))
    left = b"".join(exported(Selection(desk, Question(f'NOT url:"{line["url"]}"')), "warc"))
    assert addresses(left) == addresses(export("warc", f'NOT url:"{line["url"]}"'))
    with pytest.raises(UnavailableError, match="was forgotten"):
        b"".join(exported(Selection(desk, Question()), "warc"))


def test_a_run_that_is_not_here_is_named_before_the_first_byte(moved: tuple[Desk, RunFolder]) -> None:
    desk, run = moved
    shutil.rmtree(run.path)
    with pytest.raises(UnavailableError, match=rf"5 of the documents come from the run {run.id}"):
        exported(Selection(desk, Question()), "warc")


def test_a_record_that_was_altered_is_not_given_out(moved: tuple[Desk, RunFolder]) -> None:
    desk, run = moved
    segment = next(run.captures.iterdir())
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    with pytest.raises(DamagedError, match="is not as it was sealed"):
        b"".join(exported(Selection(desk, Question()), "warc"))


def test_a_query_with_line_breaks_does_not_break_the_first_record(desk: Desk) -> None:
    content = b"".join(
        exported(Selection(desk, replace(Question(), query='"maraging\r\nWARC-Type: response"')), "warc")
    )
    records = list(ArchiveIterator(io.BytesIO(content)))
    assert records[0].rec_type == "warcinfo"
