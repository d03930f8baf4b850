"""What goes into the archive comes out of it, as it was, and nothing is torn."""

import io
import random
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.warcwriter import WARCWriter

from crawlers.exchange import Exchange
from watchword.archive import Original, RunFolder, Signer, Writer, captures, seal, segments, verify
from watchword.archive.reader import captures_in
from watchword.archive.redaction import redact, redact_url
from watchword.errors import DamagedError

MakeExchange = Callable[..., Exchange]
RUN = "20260302T010000Z-0001"


def records(folder: RunFolder, kind: str) -> list[bytes]:
    found: list[bytes] = []
    for segment in segments(folder):
        with segment.open("rb") as file:
            every = ArchiveIterator(file, no_record_parse=True)
            found += [record.raw_stream.read() for record in every if record.rec_type == kind]
    return found


def test_request_and_response_lie_in_the_archive_as_they_crossed_the_wire(
    exchange: MakeExchange, make_run: Callable[..., RunFolder]
) -> None:
    folder = make_run(pages=1)
    assert exchange(0).raw_response in records(folder, "response")
    assert exchange(0).raw_request in records(folder, "request")


def test_a_capture_comes_back_with_what_was_known_of_it(
    exchange: MakeExchange, make_run: Callable[..., RunFolder]
) -> None:
    first = next(c for c in captures(make_run()) if c.url.endswith("/0"))
    assert first.body == exchange(0).body
    assert (first.media_type, first.charset, first.etag) == ("text/html", "utf-8", '"x"')
    assert first.declared == exchange(0).declared
    assert first.captured == exchange(0).started


@pytest.mark.parametrize("outcome", ["refused", "unreachable"])
def test_a_page_that_was_not_asked_for_is_on_record(home: Path, exchange: MakeExchange, outcome: str) -> None:
    folder = RunFolder.create(home / "runs" / RUN)
    with Writer(folder, "w") as archive:
        archive.keep(exchange(1, outcome=outcome))
    (capture,) = captures(folder)
    assert (capture.outcome, capture.body) == (outcome, b"")


@pytest.mark.parametrize(
    ("outcome", "reason"), [("broken off", "disconnect"), ("timed out", "time"), ("too large", "length")]
)
def test_a_response_that_is_not_whole_says_so(home: Path, exchange: MakeExchange, outcome: str, reason: str) -> None:
    folder = RunFolder.create(home / "runs" / RUN)
    with Writer(folder, "w") as archive:
        archive.keep(exchange(1, outcome=outcome))
    with segments(folder)[0].open("rb") as file:
        marks = [r.rec_headers.get_header("WARC-Truncated") for r in ArchiveIterator(file) if r.rec_type == "response"]
    assert marks == [reason]


def test_an_unchanged_body_is_a_revisit_that_names_the_earlier_capture(home: Path, exchange: MakeExchange) -> None:
    folder = RunFolder.create(home / "runs" / RUN)
    earlier = Original("run-0", "run-0/w-0000001", "2026-03-01T01:00:00+00:00")
    with Writer(folder, "w", earlier=lambda _url, _digest: earlier) as archive:
        archive.keep(exchange(1))
    (capture,) = captures(folder)
    assert capture.unchanged
    with segments(folder)[0].open("rb") as file:
        (revisit,) = [r.rec_headers for r in ArchiveIterator(file) if r.rec_type == "revisit"]
    assert revisit.get_header("WARC-Profile").endswith("identical-payload-digest")
    assert revisit.get_header("WARC-Refers-To-Date") == "2026-03-01T01:00:00Z"


def test_the_checker_of_another_library_accepts_every_record(make_run: Callable[..., RunFolder]) -> None:
    folder = make_run()
    checker = Checker(Namespace(inputs=[str(s) for s in segments(folder)], verbose=False))
    assert checker.process_all() == 0


def test_a_replay_tool_finds_one_version_of_a_page(make_run: Callable[..., RunFolder]) -> None:
    with segments(make_run())[0].open("rb") as file:
        shown = [
            record.rec_headers.get_header("WARC-Target-URI")
            for record in ArchiveIterator(file)
            if record.rec_type not in {"request", "warcinfo"} and record.content_type != "application/warc-fields"
        ]
    assert shown
    assert len(shown) == len(set(shown))


def test_every_digest_holds_for_a_second_library(home: Path, exchange: MakeExchange) -> None:
    warc = pytest.importorskip("fastwarc.warc", reason="needs fastwarc, of the extra `test`")
    folder = RunFolder.create(home / "runs" / RUN)
    earlier = Original("run-0", "run-0/w-0000001", "2026-03-01T01:00:00+00:00")
    carried = replace(exchange(3), raw_request=b"", raw_response=b"", status=None, media_type="text/plain")
    known = {exchange(2).url: earlier}
    with Writer(folder, "w", earlier=lambda url, _digest: known.get(url)) as archive:
        for one in (exchange(1), exchange(2), carried, exchange(4, outcome="broken off")):
            archive.keep(one)
    with segments(folder)[0].open("rb") as file:
        checked = [
            (r.headers["WARC-Type"], r.verify_block_digest()) for r in warc.ArchiveIterator(file, parse_http=False)
        ]
    assert {kind for kind, _ in checked} == {"warcinfo", "response", "request", "metadata", "revisit", "resource"}
    assert all(holds for _, holds in checked)
    with segments(folder)[0].open("rb") as file:
        payloads = [r.verify_payload_digest() for r in warc.ArchiveIterator(file, warc.WarcRecordType.response)]
    assert payloads == [True, True]


def test_a_document_that_an_answer_carried_comes_back_as_it_was(home: Path, exchange: MakeExchange) -> None:
    folder = RunFolder.create(home / "runs" / RUN)
    record = replace(exchange(1), raw_request=b"", raw_response=b"", status=None, media_type="application/x-thing")
    with Writer(folder, "w") as archive:
        archive.keep(record)
    (capture,) = captures(folder)
    assert (capture.body, capture.media_type, capture.status) == (record.body, "application/x-thing", None)


def test_a_page_as_a_browser_shows_it_is_a_conversion_of_the_response(home: Path, exchange: MakeExchange) -> None:
    folder = RunFolder.create(home / "runs" / RUN)
    seen = Original("run-0", "run-0/w-0000001", "2026-03-01T01:00:00+00:00")
    with Writer(folder, "w", earlier=lambda _url, digest: seen if digest is None else None) as archive:
        sent = archive.keep(exchange(1))
        shown = {"raw_request": b"", "raw_response": b"", "status": None, "body": b"<p>shown", "purpose": "rendered"}
        archive.keep(replace(exchange(1), converted_from=sent, **shown))
    first, second = captures(folder)
    assert (second.body, second.purpose, second.charset) == (b"<p>shown", "rendered", "utf-8")
    with segments(folder)[0].open("rb") as file:
        records = {r.rec_type: r.rec_headers for r in ArchiveIterator(file) if r.rec_type in ("response", "conversion")}
    assert records["conversion"].get_header("WARC-Refers-To") == records["response"].get_header("WARC-Record-ID")
    assert first.id == sent


@pytest.mark.parametrize(
    "name", ["X-Api-Key", "Ocp-Apim-Subscription-Key", "X-Auth-Token", "X-Amz-Signature", "Cookie"]
)
def test_headers_that_carry_keys_are_redacted_whatever_they_are_called(name: str) -> None:
    cleaned = redact(f"GET / HTTP/1.1\r\nHost: h\r\n{name}: hunter2\r\nX-Keyboard: fr\r\n\r\n".encode())
    assert b"hunter2" not in cleaned.content
    assert b"X-Keyboard: fr" in cleaned.content
    assert cleaned.names == (name.lower(),)
    assert redact_url("https://a.test/?subscription-key=1&q=2&X-Sig=3") == (
        "https://a.test/?subscription-key=[redacted]&q=2&X-Sig=[redacted]"
    )


def test_secrets_stay_out_and_that_is_on_record(home: Path, exchange: MakeExchange) -> None:
    folder = RunFolder.create(home / "runs" / RUN)
    secret = replace(
        exchange(1),
        url="http://host.test/api?q=steel&api_key=hunter2",
        raw_request=b"GET /api?q=steel&api_key=hunter2 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer hunter2\r\n\r\n",
    )
    with Writer(folder, "w") as archive:
        archive.keep(secret)
    everything = b"".join(records(folder, kind)[0] for kind in ("request", "metadata"))
    assert b"hunter2" not in everything
    assert b"q=steel" in everything
    assert b'"redacted": ["api_key", "authorization"]' in everything


def test_a_writer_that_comes_back_goes_on_where_it_stopped(home: Path, exchange: MakeExchange) -> None:
    folder = RunFolder.create(home / "runs" / RUN)
    with Writer(folder, "w") as archive:
        archive.keep(exchange(1))
    with segments(folder)[0].open("ab") as file:
        file.write(b"half a record")
    with (folder.parts / "w.jsonl").open("ab") as file:
        file.write(b'{"half a li')
    with Writer(folder, "w") as archive:
        assert archive.kept("http://host.test/page/1")
        assert not archive.kept("http://host.test/page/2")
        archive.keep(exchange(2))
    seal(folder, Signer.of(home))
    assert verify(folder).whole
    assert [capture.url[-1] for capture in captures(folder)] == ["1", "2"]


def test_a_sealed_run_takes_nothing_more(make_run: Callable[..., RunFolder]) -> None:
    folder = make_run()
    with pytest.raises(DamagedError, match="is sealed"):
        Writer(folder, "late")


KEEP = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import make_exchange
from watchword.archive import RunFolder, Writer
with Writer(RunFolder.create(Path(sys.argv[1])), "w") as archive:
    for number in range(4000):
        if not archive.kept(f"http://host.test/page/{number}"):
            archive.keep(make_exchange(number))
            print(number, flush=True)
"""


def test_a_writer_that_is_killed_loses_nothing_that_it_kept(home: Path) -> None:
    folder = RunFolder.create(home / "runs" / RUN)
    told: list[str] = []
    chance = random.Random(1)
    for _ in range(4):
        command = [sys.executable, "-c", KEEP, str(folder.path), str(Path(__file__).parent)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told.append(process.stdout.readline().strip())
            time.sleep(chance.random() * 0.2)
            process.send_signal(signal.SIGKILL)
            told += process.stdout.read().split()
    with Writer(folder, "w"):
        pass
    seal(folder, Signer.of(home))
    assert verify(folder).whole
    found = [capture.url.rpartition("/")[2] for capture in captures(folder)]
    assert len(found) == len(set(found))
    assert set(told) - {""} <= set(found)


def test_a_disk_that_is_full_leaves_whole_captures(home: Path) -> None:
    """A limit on the size of a file stands for the full disk: the write fails half-way."""
    folder = RunFolder.create(home / "runs" / RUN)
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n{KEEP}"
    command = [sys.executable, "-c", limited, str(folder.path), str(Path(__file__).parent)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "File too large" in result.stderr
    with Writer(folder, "w"):
        pass
    seal(folder, Signer.of(home))
    assert verify(folder).whole
    assert len(list(captures(folder))) == len(result.stdout.split()) > 5


def test_a_run_with_bare_json_for_its_captures_is_read_as_any_other(make_run: Callable[..., RunFolder]) -> None:
    segment = segments(make_run())[0]
    known = list(captures_in(segment))
    older = segment.with_name("older.warc.gz")
    with segment.open("rb") as file, older.open("wb") as written:
        writer = WARCWriter(written, gzip=True)
        for record in ArchiveIterator(file, no_record_parse=True):
            if record.rec_type == "metadata":
                content = record.raw_stream.read().removeprefix(b"json-capture: ")
                record.content_type = "application/json"
                record.raw_stream, record.length = io.BytesIO(content), len(content)
            writer.write_record(record)
    assert known
    assert list(captures_in(older)) == known
