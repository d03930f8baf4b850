"""The pool: hostile documents, killed workers, bounds and order."""

import gzip
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

import psutil
import pytest

from watchword.extract import Extracted, ExtractionPool, Hint, SetAside
from watchword.extract.pool import WAITING_PER_WORKER
from watchword.extract.worker import hint_from_json, hint_to_json, result_from_json, result_to_json

PAGE = b"<html><body><h1>Licence refused</h1><p>The office refused a licence for two pumps, it says.</p></body></html>"


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractionPool]:
    with ExtractionPool(workers=1) as pool:
        yield pool


def reason_of(result: Extracted | SetAside) -> str:
    assert isinstance(result, SetAside)
    return result.reason


def pid_of(pool: ExtractionPool) -> int:
    process = pool.workers[0].process
    assert process is not None
    return process.pid


def test_a_page_comes_back_as_it_would_in_this_process(pool: ExtractionPool) -> None:
    result = pool.extract(PAGE, Hint(media_type="text/html", captured=datetime(2026, 1, 2, tzinfo=UTC)))
    assert isinstance(result, Extracted)
    assert (result.title, result.media_type) == ("Licence refused", "text/html")


def test_results_keep_the_order_of_what_was_handed_in() -> None:
    payloads = [
        (n, b"<p>page %d says what it says, at length." % n + b" word" * (n % 7 * 300), Hint()) for n in range(60)
    ]
    with ExtractionPool(workers=2) as pool:
        results = list(pool.map(payloads))
    assert [key for key, _ in results] == list(range(60))
    assert all(isinstance(r, Extracted) and f"page {key} says" in r.text for key, r in results)


def test_no_more_is_taken_in_than_can_soon_be_worked_on() -> None:
    taken = 0

    def endless() -> Iterator[tuple[int, bytes, Hint]]:
        nonlocal taken
        while True:
            taken += 1
            yield taken, PAGE, Hint()

    with ExtractionPool(workers=1) as pool:
        results = pool.map(endless())
        for _ in range(3):
            next(results)
    assert taken <= 3 + WAITING_PER_WORKER + 1


def test_a_worker_killed_from_outside_costs_no_document(pool: ExtractionPool) -> None:
    pool.extract(PAGE, Hint())
    os.kill(pid_of(pool), signal.SIGKILL)
    assert isinstance(pool.extract(PAGE, Hint()), Extracted)


def test_a_worker_killed_while_it_reads_costs_no_document() -> None:
    payload = b"<p>" + b"word and word, " * 100_000
    with ExtractionPool(workers=1) as pool:
        pool.extract(PAGE, Hint())
        killer = threading.Timer(0.05, os.kill, (pid_of(pool), signal.SIGKILL))
        killer.start()
        result = pool.extract(payload, Hint())
        killer.join()
    assert isinstance(result, Extracted)


def test_a_stopped_worker_is_killed_when_its_time_is_over() -> None:
    with ExtractionPool(workers=1, seconds=0.6) as pool:
        pool.extract(PAGE, Hint())
        first = pid_of(pool)
        os.kill(first, signal.SIGSTOP)
        assert isinstance(pool.extract(PAGE, Hint()), Extracted)
        assert pid_of(pool) != first
        assert not psutil.pid_exists(first)


def test_a_worker_that_had_to_wait_for_a_processor_costs_no_document() -> None:
    with ExtractionPool(workers=1, seconds=0.6) as pool:
        pool.extract(PAGE, Hint())
        first = pid_of(pool)
        os.kill(first, signal.SIGSTOP)
        turn = threading.Timer(1.0, os.kill, (first, signal.SIGCONT))
        turn.start()
        assert isinstance(pool.extract(PAGE, Hint()), Extracted)
        turn.join()
        assert pid_of(pool) == first


def test_a_document_that_takes_too_long_twice_is_set_aside_and_the_next_is_read() -> None:
    with ExtractionPool(workers=1, seconds=1.5) as pool:
        slow = b"[" + b"1," * 60_000_000 + b"1]"
        hint = Hint(media_type="application/json")
        assert "took longer than 1.5 s" in reason_of(pool.extract(slow, hint))
        assert isinstance(pool.extract(PAGE, Hint()), Extracted)


def test_a_document_that_needs_too_much_memory_is_set_aside(pool: ExtractionPool) -> None:
    objects = b"[" + b'{"a":1},' * 4_500_000 + b"0]"
    assert "memory" in reason_of(pool.extract(objects, Hint(media_type="application/json")))
    assert isinstance(pool.extract(PAGE, Hint()), Extracted)


def test_a_pdf_of_200_megabytes_is_read_or_set_aside_in_time(
    pool: ExtractionPool, make_pdf: Callable[..., bytes]
) -> None:
    small = make_pdf([["Annual report", "The plant made 40 tonnes of heavy water last year."]])
    padded = small.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + b"x" * (200 * 2**20) + b"\n", 1)
    started = time.monotonic()
    result = pool.extract(padded, Hint())
    assert time.monotonic() - started < 25
    assert isinstance(result, SetAside) or "heavy water" in result.text


def test_an_html_page_of_200_megabytes_is_cut_and_read(pool: ExtractionPool) -> None:
    page = b"<html><body>" + b"<p>One more line of the same, and another. " * (200 * 2**20 // 44)
    result = pool.extract(page, Hint())
    assert isinstance(result, Extracted)
    assert any("cut" in remark for remark in result.remarks)


@pytest.mark.parametrize("tag", [b"div", b"b", b"table", b"ul", b"font", b"a"])
def test_a_page_of_a_hundred_thousand_nested_tags_ends(pool: ExtractionPool, tag: bytes) -> None:
    page = b"<html><body>" + (b"<%s>" % tag) * 100_000 + b"deep" + (b"</%s>" % tag) * 100_000
    started = time.monotonic()
    pool.extract(page, Hint())
    assert time.monotonic() - started < 12


def test_xml_entities_are_not_expanded(pool: ExtractionPool) -> None:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "boom">%s]><r><t>quiet words</t>&e11;</r>' % entities
    result = pool.extract(bomb, Hint())
    assert isinstance(result, SetAside) or "boom" not in result.text


def test_a_zip_bomb_is_set_aside(pool: ExtractionPool, make_zip: Callable[[Mapping[str, bytes]], bytes]) -> None:
    bomb = make_zip({f"{n}.txt": b"0" * (60 * 2**20) for n in range(2)})
    assert len(bomb) < 2**20
    assert "bomb" in reason_of(pool.extract(bomb, Hint()))


def test_a_gzip_bomb_is_set_aside(pool: ExtractionPool) -> None:
    bomb = gzip.compress(b"\x00" * (300 * 2**20), compresslevel=1)
    assert "bomb" in reason_of(pool.extract(bomb, Hint()))


def test_json_nested_without_end_is_set_aside(pool: ExtractionPool) -> None:
    assert isinstance(pool.extract(b"[" * 3_000_000, Hint(media_type="application/json")), SetAside | Extracted)
    assert isinstance(pool.extract(PAGE, Hint()), Extracted)


def test_no_worker_outlives_the_pool() -> None:
    with ExtractionPool(workers=2) as pool:
        list(pool.map((n, PAGE, Hint()) for n in range(6)))
        pids = [w.process.pid for w in pool.workers if w.process is not None]
    assert pids
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_a_worker_stays_small(pool: ExtractionPool) -> None:
    pool.extract(PAGE, Hint())
    process = psutil.Process(pid_of(pool))
    assert process.memory_full_info().pss < 150 * 2**20


def test_hints_and_results_come_through_the_pipe_unchanged() -> None:
    hint = Hint(
        "text/html", "utf-8", "https://example.org/a", "a", "Ä", "2026-01-02", datetime(2026, 1, 2, tzinfo=UTC), 2
    )
    part = Extracted("text/plain", "部", "text", ("a", "b"), "2026-01-01", "zh", ("r",), name="p")
    whole = Extracted("application/zip", parts=(part,), remarks=("x set aside: y",))
    assert hint_from_json(hint_to_json(hint)) == hint
    assert result_from_json(result_to_json(whole)) == whole
    assert reason_of(result_from_json(result_to_json(SetAside("why")))) == "why"
