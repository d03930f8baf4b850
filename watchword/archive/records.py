"""WARC 1.1 records (ISO 28500:2017) of an exchange, each as a gzip member of its own."""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from importlib.metadata import version

from crawlers.exchange import Exchange
from watchword.archive.redaction import redact, redact_url

# Level 6 is 4 % larger than 9 on news pages and takes a third of the time.
GZIP_LEVEL = 6
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
TRUNCATED = {"too large": "length", "timed out": "time", "broken off": "disconnect"}
TOOLS = {name: version(name) for name in ("scrapy", "twisted", "warcio")}
# Replay tools take a metadata record of any other type for a version of the page.
WARC_FIELDS = "application/warc-fields"
# The field of a metadata record that says, as JSON, what is known of the capture.
FACTS = b"json-capture: "


@dataclass(frozen=True)
class Original:
    """The earlier capture that a revisit stands for."""

    run: str
    capture: str
    captured: str


@dataclass(frozen=True)
class Member:
    """One record as it stands in a segment: its compressed bytes and what the manifest says of it."""

    kind: str
    id: str
    content: bytes
    block_digest: str
    payload_digest: str | None = None


def digest(content: bytes) -> str:
    """Return the labelled digest that WARC headers carry."""
    return f"sha256:{base64.b32encode(hashlib.sha256(content).digest()).decode()}"


def record_id(seed: str, kind: str) -> str:
    """Return the URN of a record: the same exchange gives the same ids."""
    name = hashlib.sha256(f"{seed}\n{kind}".encode()).hexdigest()
    return f"urn:uuid:{name[:8]}-{name[8:12]}-5{name[13:16]}-8{name[17:20]}-{name[20:32]}"


def payload_of(raw_response: bytes) -> bytes:
    """Return what follows the header of a raw HTTP response."""
    return raw_response.partition(b"\r\n\r\n")[2]


def members(exchange: Exchange, capture: str, original: Original | None) -> Iterator[Member]:
    """Yield the records of *exchange*: response or revisit, request, metadata; the first carries the capture's id."""
    exchange = replace(exchange, url=redact_url(exchange.url))
    request = redact(exchange.raw_request)
    heading = _heading(exchange)
    if exchange.raw_response:
        yield _response(exchange, capture, heading, original)
    elif exchange.converted_from:
        yield _conversion(exchange, capture, heading)
    elif exchange.body:
        yield _resource(exchange, capture, heading, original)
    if exchange.raw_request:
        concurrent = {"WARC-Concurrent-To": f"<{record_id(capture, 'response')}>"} if exchange.raw_response else {}
        yield _member(
            "request",
            capture,
            {**heading, **concurrent, "Content-Type": "application/http; msgtype=request"},
            request.content,
        )
    about = {"WARC-Refers-To": f"<{record_id(capture, 'response')}>"} if exchange.raw_response or exchange.body else {}
    facts = json.dumps(_facts(exchange, capture, request.names), ensure_ascii=False, sort_keys=True).encode()
    yield _member("metadata", capture, {**heading, **about, "Content-Type": WARC_FIELDS}, FACTS + facts + b"\r\n")


def _heading(exchange: Exchange) -> dict[str, str]:
    heading = {"WARC-Target-URI": exchange.url, "WARC-Date": _warc_date(exchange.started)}
    return (
        {**heading, "WARC-IP-Address": exchange.address.rpartition(":")[0] or exchange.address}
        if exchange.address
        else heading
    )


def _warc_date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _response(exchange: Exchange, capture: str, heading: Mapping[str, str], original: Original | None) -> Member:
    payload = payload_of(exchange.raw_response)
    headers = {**heading, "WARC-Payload-Digest": digest(payload), "Content-Type": "application/http; msgtype=response"}
    if exchange.outcome in TRUNCATED:
        headers["WARC-Truncated"] = TRUNCATED[exchange.outcome]
    block = exchange.raw_response
    kind = "response"
    if original is not None and exchange.outcome == "complete":
        kind = "revisit"
        headers |= _refers_to(original, exchange.url, NOT_MODIFIED if exchange.status == 304 else IDENTICAL)
        block = block[: len(block) - len(payload)]
    return _member(kind, capture, headers, block, digest(payload), name="response")


def _resource(exchange: Exchange, capture: str, heading: Mapping[str, str], original: Original | None) -> Member:
    """Return the record of a document that another response carried: a `resource`, which has no HTTP of its own."""
    payload = digest(exchange.body)
    headers = {**heading, "WARC-Payload-Digest": payload, "Content-Type": exchange.media_type or "text/plain"}
    if original is not None:
        headers |= _refers_to(original, exchange.url, IDENTICAL)
        return _member("revisit", capture, headers, b"", payload, name="response")
    return _member("resource", capture, headers, exchange.body, payload, name="response")


def _conversion(exchange: Exchange, capture: str, heading: Mapping[str, str]) -> Member:
    """Return the record of a page as a browser shows it: a `conversion` of the response that it refers to."""
    payload = digest(exchange.body)
    headers = {
        **heading,
        "WARC-Refers-To": f"<{record_id(exchange.converted_from, 'response')}>",
        "WARC-Payload-Digest": payload,
        "Content-Type": f"{exchange.media_type}; charset=utf-8",
    }
    return _member("conversion", capture, headers, exchange.body, payload, name="response")


def _refers_to(original: Original, url: str, profile: str) -> dict[str, str]:
    return {
        "WARC-Profile": profile,
        "WARC-Refers-To-Target-URI": url,
        "WARC-Refers-To-Date": original.captured.replace("+00:00", "Z"),
        "WARC-Refers-To": f"<{record_id(original.capture, 'response')}>",
    }


def _facts(exchange: Exchange, capture: str, redacted: tuple[str, ...]) -> dict[str, object]:
    """Return what the exchange's metadata record says."""
    said = asdict(exchange)
    for name in ("raw_request", "raw_response", "body"):
        said.pop(name)
    said["started"] = exchange.started.isoformat()
    return {
        **said,
        "capture": capture,
        "body_digest": body_digest(exchange),
        "redacted": list(redacted),
        "tools": TOOLS,
    }


def body_digest(exchange: Exchange) -> str | None:
    """Return the digest of the decoded payload: the same words through another encoding are the same."""
    return digest(exchange.body) if exchange.body else None


def _member(
    kind: str, capture: str, headers: Mapping[str, str], block: bytes, payload: str | None = None, name: str = ""
) -> Member:
    identifier = record_id(capture, name or kind)
    block_digest = digest(block)
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<{identifier}>",
        **headers,
        "WARC-Block-Digest": block_digest,
        "Content-Length": str(len(block)),
    }
    return Member(kind, identifier, compressed(lines, block), block_digest, payload)


def compressed(headers: Mapping[str, str], block: bytes) -> bytes:
    """Return one WARC record as a gzip member; the same record gives the same bytes."""
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", GZIP_LEVEL, mtime=0)


def information(segment: str, run: str, writer: str) -> bytes:
    """Return the `warcinfo` member that begins a segment."""
    lines = {
        "software": "Watchword",
        "format": "WARC File Format 1.1",
        "isPartOf": run,
        "description": f"writer {writer}",
    }
    block = "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode()
    headers = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": f"<{record_id(f'{run}/{segment}', 'warcinfo')}>",
        "WARC-Date": f"{run[:4]}-{run[4:6]}-{run[6:8]}T{run[9:11]}:{run[11:13]}:{run[13:15]}Z"
        if len(run) > 16
        else "1970-01-01T00:00:00Z",
        "WARC-Filename": segment,
        "Content-Type": WARC_FIELDS,
        "WARC-Block-Digest": digest(block),
        "Content-Length": str(len(block)),
    }
    return compressed(headers, block)
