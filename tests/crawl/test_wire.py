"""Every byte that crosses the wire is kept, whatever the server does with the connection."""

import asyncio
import gzip
import ipaddress
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawlers.addresses import Resolver
from crawlers.wire import Ask, Transfer, Wire

Serve = Callable[..., Any]
CHUNKED = b"HTTP/1.1 200 Quite Fine\r\nX-cAsE: kept\r\nTransfer-Encoding: chunked\r\n\r\n5;ext\r\nhello\r\n0\r\n\r\n"
PACKED = gzip.compress(b"packed " * 50)
ZIPPED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b" % (len(PACKED), PACKED)


def fetch(*asks: Ask, resolver: Resolver | None = None) -> list[Transfer]:
    """Send *asks* one after another over one pool of connections."""

    async def run() -> list[Transfer]:
        wire = Wire(resolver or Resolver())
        transfers = [await wire.fetch(ask) for ask in asks]
        await wire.close()
        return transfers

    return asyncio.run(run())


def ask(port: int, path: str, *, timeout: float = 2, limit: int = 2**20, scheme: str = "http") -> Ask:
    """Return a request to a local server."""
    url = f"{scheme}://127.0.0.1:{port}{path}"
    return Ask(url, headers=(("User-Agent", "T/1"), ("x-Odd", "y")), local=True, timeout=timeout, limit=limit)


def slowly(data: bytes, pause: float = 0.02) -> Callable[[Callable[[bytes], None]], None]:
    """Return an answer that drips *data*, a byte at a time."""

    def write(send: Callable[[bytes], None]) -> None:
        for byte in data:
            send(bytes([byte]))
            time.sleep(pause)

    return write


def endless(send: Callable[[bytes], None]) -> None:
    """Answer with a chunked body that does not end."""
    send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        send(b"10000\r\n" + bytes(65536) + b"\r\n")


def test_request_and_response_are_kept_as_they_crossed_a_reused_connection(serve: Serve) -> None:
    site, port = serve({"/a": CHUNKED, "/b?x=1": ZIPPED})
    first, second = fetch(ask(port, "/a"), ask(port, "/b?x=1"))
    assert [first.outcome, second.outcome] == ["complete", "complete"]
    assert first.sent == f"GET /a HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: T/1\r\nx-Odd: y\r\n\r\n".encode()
    assert [request for _, request in site.requests] == [first.sent, second.sent]
    assert bytes(first.reader.raw) == CHUNKED
    assert bytes(second.reader.raw) == ZIPPED
    assert bytes(second.reader.payload) == PACKED
    assert first.address == f"127.0.0.1:{port}"
    assert site.connections == 1


@pytest.mark.parametrize(
    ("answer", "outcome", "received"),
    [
        (lambda send: send(CHUNKED[:-7]), "broken off", CHUNKED[:-7]),
        (lambda send: send(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nhalf"), "broken off", b"half"),
        (lambda send: send(b"HTTP/1.1 200 OK\r\nCont"), "broken off", b"HTTP/1.1 200 OK\r\nCont"),
        (lambda send: send(b"SSH-2.0-Open\r\n"), "broken off", b"SSH-2.0-Open\r\n"),
        (lambda send: send(b""), "unreachable", b""),
        (lambda send: send(b"HTTP/1.0 200 OK\r\n\r\nuntil the end"), "complete", b"until the end"),
        (lambda send: send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokextra"), "complete", b"okextra"),
        (slowly(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 500), "timed out", b"HTTP"),
        (lambda _: time.sleep(0.7), "timed out", b""),
        (endless, "too large", b"10000\r\n"),
        (lambda send: send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"), "too large", b"99999999"),
        (lambda send: send(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000), "broken off", b"yyy"),
    ],
)
def test_what_arrived_before_the_end_is_kept(serve: Serve, answer: Any, outcome: str, received: bytes) -> None:
    _, port = serve({"/": answer})
    begun = time.monotonic()
    (transfer,) = fetch(ask(port, "/", timeout=0.5))
    assert transfer.outcome == outcome
    assert received in transfer.reader.raw
    assert transfer.outcome == "complete" or transfer.detail
    assert transfer.sent.startswith(b"GET / ")
    assert time.monotonic() - begun < 2
    assert len(transfer.reader.raw) < 2**20 + 2**19


def test_a_connection_that_the_server_closed_meanwhile_is_opened_again(serve: Serve) -> None:
    calls = []

    def second(send: Callable[[bytes], None]) -> None:
        calls.append(1)
        if len(calls) > 1:
            send(CHUNKED)

    site, port = serve({"/a": CHUNKED, "/b": second})
    transfers = fetch(ask(port, "/a"), ask(port, "/b"))
    assert [transfer.outcome for transfer in transfers] == ["complete", "complete"]
    assert site.connections == 2
    assert bytes(transfers[1].reader.raw) == CHUNKED


def test_a_port_where_nothing_listens_is_unreachable(dead_port: int) -> None:
    (transfer,) = fetch(ask(dead_port, "/"))
    assert (transfer.outcome, transfer.sent) == ("unreachable", b"")
    assert "refused" in transfer.detail.lower() or "Connect call failed" in transfer.detail


def test_an_internal_address_gets_no_byte_from_a_public_source(serve: Serve) -> None:
    site, port = serve({"/": CHUNKED})
    (transfer,) = fetch(Ask(f"http://localhost:{port}/"))
    assert (transfer.outcome, transfer.sent) == ("refused", b"")
    assert "loopback" in transfer.detail
    assert site.connections == 0


def test_a_connection_of_a_local_source_does_not_serve_a_public_one(serve: Serve) -> None:
    _, port = serve({"/": CHUNKED})
    url = f"http://127.0.0.1:{port}/"
    local, public = fetch(Ask(url, local=True), Ask(url))
    assert (local.outcome, public.outcome) == ("complete", "refused")


def test_a_pinned_host_keeps_its_name_in_the_request(serve: Serve) -> None:
    _, port = serve({"gazette.test/": CHUNKED})
    resolver = Resolver({"gazette.test": f"127.0.0.1:{port}"})
    (transfer,) = fetch(Ask("http://gazette.test/", local=True), resolver=resolver)
    assert b"Host: gazette.test\r\n" in transfer.sent
    assert transfer.outcome == "complete"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a self-signed certificate for 127.0.0.1 and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gazette.test")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).add_extension(names, critical=False)
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


def test_bytes_inside_tls_are_kept_and_a_certificate_that_nobody_vouches_for_is_on_record(
    serve: Serve, certificate: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site, port = serve({"/a": CHUNKED, "/b": ZIPPED}, context)
    first, second = fetch(ask(port, "/a", scheme="https"), ask(port, "/b", scheme="https"))
    assert (bytes(first.reader.raw), bytes(second.reader.raw)) == (CHUNKED, ZIPPED)
    assert [request for _, request in site.requests] == [first.sent, second.sent]
    assert first.tls is not None
    assert first.tls.startswith("TLSv1.3 TLS_")
    assert "not trusted: self-signed certificate" in first.tls
    assert second.tls == first.tls


def test_a_server_that_is_trusted_is_recorded_so(
    serve: Serve, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    _, port = serve({"/": CHUNKED}, context)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    (transfer,) = fetch(ask(port, "/", scheme="https"))
    held = x509.load_pem_x509_certificate(certificate.read_bytes())
    assert (transfer.tls or "").endswith(f", certificate sha256 {held.fingerprint(hashes.SHA256()).hex()}, trusted")


def test_a_server_that_does_not_speak_tls_is_unreachable_with_the_reason(serve: Serve) -> None:
    _, port = serve({"/": CHUNKED})
    (transfer,) = fetch(ask(port, "/", scheme="https", timeout=0.6))
    assert transfer.outcome in ("unreachable", "timed out")
    assert transfer.detail
