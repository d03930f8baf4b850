"""Content codings: the payload of a response as its author wrote it, within bounds (RFC 9110, section 8.4)."""

import zlib
from dataclasses import dataclass

# What is asked for; a server that sends something else is set aside with a reason.
ACCEPTED = "gzip, deflate"
# Text compresses to a tenth; 100 MB that become more than this are a bomb or a stream.
MAX_DECODED_BYTES = 200 * 2**20
GZIP_WINDOW = 16 + zlib.MAX_WBITS
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class Decoded:
    """A decoded payload; `problem` says why it is not whole, `too_large` that the limit was the reason."""

    body: bytes
    problem: str = ""
    too_large: bool = False


def decode(payload: bytes, coding: str, *, limit: int = MAX_DECODED_BYTES) -> Decoded:
    """Undo the content codings that the header value *coding* names; never hold more than *limit* bytes."""
    result = Decoded(payload)
    for name in reversed([part.strip().lower() for part in coding.split(",")]):
        if name in ("gzip", "x-gzip", "deflate"):
            result = inflate(result.body, limit=limit)
        elif name not in ("", "identity"):
            return Decoded(b"", f"the content coding {name!r} was not asked for and cannot be read")
        if result.problem:
            return result
    return result


def inflate(data: bytes, *, limit: int = MAX_DECODED_BYTES) -> Decoded:
    """Decompress gzip (several members too), zlib or raw deflate *data*, whichever it is."""
    if not data:
        return Decoded(b"")
    windows = (GZIP_WINDOW,) if data.startswith(GZIP_MAGIC) else (zlib.MAX_WBITS, -zlib.MAX_WBITS)
    for window in windows:
        result = _inflate(data, window, limit)
        if result.body or result.too_large or not result.problem:
            return result
    return Decoded(data, "the body is declared compressed and is not")


def _inflate(data: bytes, window: int, limit: int) -> Decoded:
    body = bytearray()
    rest = data
    while rest and (window == GZIP_WINDOW or not body):
        member = zlib.decompressobj(window)
        try:
            body += member.decompress(rest, limit + 1 - len(body))
        except zlib.error as error:
            return Decoded(bytes(body), "" if body else f"the compressed body is damaged: {error}")
        if len(body) > limit:
            return Decoded(b"", f"the body unpacks to more than {limit} bytes", too_large=True)
        if not member.eof:
            return Decoded(bytes(body), "the compressed body stops before its end")
        rest = member.unused_data if member.unused_data.startswith(GZIP_MAGIC) else b""
    return Decoded(bytes(body))
