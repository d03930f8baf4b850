"""Content codings are undone within bounds, and what is damaged says so."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.coding import decode, inflate


def raw_deflate(data: bytes) -> bytes:
    """Compress without the zlib frame, as some servers do for `deflate`."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@given(body=st.binary(max_size=2000))
def test_every_coding_that_is_asked_for_is_undone(body: bytes) -> None:
    assert decode(gzip.compress(body), "gzip").body == body
    assert decode(gzip.compress(body), " X-GZIP ").body == body
    assert decode(zlib.compress(body), "deflate").body == body
    assert decode(raw_deflate(body), "deflate").body == body
    assert decode(gzip.compress(zlib.compress(body)), "deflate, gzip").body == body
    assert decode(body, "identity").body == body


def test_several_gzip_members_make_one_body() -> None:
    assert decode(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip").body == b"one two"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_is_stopped_at_the_limit(coding: str) -> None:
    pack = gzip.compress if coding == "gzip" else zlib.compress
    result = decode(pack(bytes(50_000_000)), coding, limit=100_000)
    assert result.too_large
    assert result.body == b""
    assert "more than 100000 bytes" in result.problem


def test_a_body_that_stops_early_gives_what_there_is_and_says_so() -> None:
    whole = gzip.compress(bytes(range(256)) * 100)
    result = inflate(whole[: len(whole) // 2])
    assert 0 < len(result.body) < 25_600
    assert "stops before its end" in result.problem


def test_a_body_that_is_not_compressed_as_declared_is_taken_as_it_is() -> None:
    result = decode(b"<html>plain</html>", "gzip")
    assert result.body == b"<html>plain</html>"
    assert "is not" in result.problem


def test_an_unknown_coding_is_named() -> None:
    result = decode(b"xyz", "br")
    assert result.body == b""
    assert "'br'" in result.problem
