"""The reader of HTTP/1.1 responses keeps every byte and finds the payload, however the bytes arrive."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.http1 import MAX_CHUNK_LINE_BYTES, MAX_HEAD_BYTES, ProtocolError, ResponseReader

CHUNKED = (
    b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\n5\r\npedia\r\n0\r\nTrailer: t\r\n\r\n"
)
COUNTED = (
    b"HTTP/1.1 200 OK\r\nx-Odd-CASE:  spaced \r\nContent-Length: 9\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nWikipedia"
)
CONTINUED = b"HTTP/1.1 100 Continue\r\n\r\n" + COUNTED


def read(*parts: bytes) -> ResponseReader:
    reader = ResponseReader()
    for part in parts:
        reader.feed(part)
    return reader


@pytest.mark.parametrize("response", [CHUNKED, COUNTED, CONTINUED])
@given(cuts=st.lists(st.integers(min_value=0, max_value=130)))
def test_a_response_cut_anywhere_reads_the_same(response: bytes, cuts: list[int]) -> None:
    edges = sorted({0, *(min(cut, len(response)) for cut in cuts), len(response)})
    reader = read(*(response[a:b] for a, b in pairwise(edges)))
    assert reader.done
    assert reader.payload == b"Wikipedia"
    assert reader.raw == response
    assert (reader.status, reader.excess, reader.reusable) == (200, 0, True)


@given(sizes=st.lists(st.integers(min_value=1, max_value=70), max_size=8), data=st.data())
def test_a_chunked_payload_comes_out_as_it_went_in(sizes: list[int], data: st.DataObject) -> None:
    pieces = [data.draw(st.binary(min_size=size, max_size=size)) for size in sizes]
    framed = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    reader = read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + framed + b"0\r\n\r\n")
    assert reader.done
    assert reader.payload == b"".join(pieces)


def test_headers_keep_their_case_order_and_repetition() -> None:
    reader = read(COUNTED)
    assert [name for name, _ in reader.headers] == [b"x-Odd-CASE", b"Content-Length", b"Set-Cookie", b"Set-Cookie"]
    assert reader.header(b"x-odd-case") == b"spaced"
    assert read(CHUNKED).reason == b"Fine"


def test_a_folded_header_and_a_line_without_a_colon_do_not_stop_the_reading() -> None:
    reader = read(b"HTTP/1.1 200 OK\r\nX-Long: one\r\n two\r\nnonsense\r\nContent-Length: 0\r\n\r\n")
    assert reader.done
    assert reader.header(b"x-long") == b"one two"


def test_a_body_without_a_length_ends_with_the_connection() -> None:
    reader = read(b"HTTP/1.0 200 OK\r\n\r\nall ", b"of it")
    assert not reader.done
    assert reader.end()
    assert reader.payload == b"all of it"
    assert not reader.reusable


def test_a_counted_body_that_stops_early_is_not_whole() -> None:
    reader = read(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    assert not reader.end()
    assert reader.payload == b"half"


def test_bytes_after_the_end_are_kept_counted_and_end_the_connection() -> None:
    reader = read(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more")
    assert reader.payload == b"four"
    assert reader.excess == len(b" and more")
    assert reader.raw.endswith(b"and more")
    assert not reader.reusable


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_a_status_without_a_body_ends_with_its_head(status: str) -> None:
    assert read(f"HTTP/1.1 {status}\r\nContent-Length: 50\r\n\r\n".encode()).done


def test_a_server_that_closes_is_not_asked_again() -> None:
    assert not read(b"HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n").reusable


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (b"SSH-2.0-OpenSSH_9.6\r\n", "not HTTP/1.1"),
        (b"HTTP/1.1 OK\r\n", "not HTTP/1.1"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "not a number"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "two different lengths"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\n", "was not asked for"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "not a size"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", "not with its line end"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1" * (MAX_CHUNK_LINE_BYTES + 1), "longer than"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * (MAX_HEAD_BYTES // 6 + 1), "the head is longer"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * (MAX_HEAD_BYTES + 1), "longer than"),
    ],
)
def test_what_is_not_a_response_is_refused_with_the_reason(response: bytes, says: str) -> None:
    with pytest.raises(ProtocolError, match=says):
        read(response)


@given(noise=st.binary(max_size=300))
def test_noise_is_read_or_refused_and_always_kept(noise: bytes) -> None:
    reader = ResponseReader()
    with suppress(ProtocolError):
        reader.feed(noise)
    assert reader.raw == noise
