"""Access to a cluster: its version, credentials, TLS, and what is said where it is away."""

import base64
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from cryptography import x509

from watchword.document import Document
from watchword.errors import UnavailableError, UsageError
from watchword.index import cluster_bulk, parse
from watchword.index.cluster import ClusterEngine
from watchword.settings import Settings

Cluster = Callable[..., AbstractContextManager[ClusterEngine]]


class _Server(BaseHTTPRequestHandler):
    """Answers as some other server would; or passes on to the real one what carries the right credentials."""

    protocol_version = "HTTP/1.1"
    version = "9.5.3"
    headers_sent: ClassVar[dict[str, str]] = {"X-Elastic-Product": "Elasticsearch"}
    behind = ""
    credentials = ""
    busy: ClassVar[list[int]] = []

    def answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        for name, value in {**self.headers_sent, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def pass_on(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size) if size else None
        if self.credentials and self.headers.get("Authorization") != self.credentials:
            self.answer(401, b'{"error": {"type": "security_exception", "reason": "who are you"}, "status": 401}')
            return
        if self.busy and "_bulk" in self.path:
            self.answer(self.busy.pop(), b'{"error": {"type": "rejected", "reason": "queue is full"}, "status": 429}')
            return
        if not self.behind:
            old = self.version.startswith("8") and "compatible-with=9" in self.headers.get("Accept", "")
            told = f'{{"version": {{"number": "{self.version}"}}, "tagline": "You Know, for Search"}}'
            refusal = (
                b'{"error": {"type": "media_type_header_exception", "reason": "Invalid media-type"}, "status": 400}'
            )
            self.answer(400 if old else 200, refusal if old else told.encode())
            return
        kept = {k: v for k, v in self.headers.items() if k.lower() in ("content-type", "accept")}
        request = Request(self.behind + self.path, data=body, headers=kept, method=self.command)
        try:
            answer = urlopen(request)
        except HTTPError as error:
            answer = error
        with answer:
            self.answer(answer.status or 500, answer.read(), answer.headers.get("Content-Type", ""))

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = pass_on  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Callable[..., ThreadingHTTPServer]]:
    """Return what starts a server; its attributes are those of its answers."""
    started: list[ThreadingHTTPServer] = []

    def start(*, tls: Path | None = None, **attributes: object) -> ThreadingHTTPServer:
        made = ThreadingHTTPServer(("127.0.0.1", 0), type("Made", (_Server,), attributes))
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls / "server.pem", tls / "server.key")
            made.socket = context.wrap_socket(made.socket, server_side=True)
        Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        started.append(made)
        return made

    yield start
    for made in started:
        made.shutdown()
        made.server_close()


@pytest.mark.parametrize("version", ["8.17.0", "7.10.2"])
def test_an_old_cluster_is_refused_with_its_version(server: Callable[..., ThreadingHTTPServer], version: str) -> None:
    port = server(version=version).server_port
    engine = ClusterEngine(Settings(elasticsearch_url=f"http://127.0.0.1:{port}"))
    with pytest.raises(UsageError, match=f"runs Elasticsearch {version}; Watchword needs 9 or later"):
        engine.count(parse("*"))
    engine.close()


def test_another_product_is_refused(server: Callable[..., ThreadingHTTPServer]) -> None:
    port = server(headers_sent={}).server_port
    engine = ClusterEngine(Settings(elasticsearch_url=f"http://127.0.0.1:{port}"))
    with pytest.raises(UsageError, match="is not Elasticsearch"):
        engine.count(parse("*"))
    engine.close()


@pytest.mark.parametrize(("rejections", "given_up"), [(1, False), (9, True)])
def test_what_a_busy_cluster_rejects_is_sent_again(
    server: Callable[..., ThreadingHTTPServer],
    a_cluster: Cluster,
    documents: list[Document],
    monkeypatch: pytest.MonkeyPatch,
    rejections: int,
    given_up: bool,
) -> None:
    monkeypatch.setattr(cluster_bulk, "RETRIES", 2)
    monkeypatch.setattr(cluster_bulk, "FIRST_PAUSE", 0.1)
    with a_cluster() as plain:
        port = server(behind=plain.connection.hosts[0], busy=[429] * rejections).server_port
        engine = ClusterEngine(Settings(elasticsearch_url=f"http://127.0.0.1:{port}", elasticsearch_index=plain.alias))
        with pytest.raises(UnavailableError, match="nothing is lost") if given_up else nullcontext():
            assert engine.add(documents) == ()
        plain.refresh()
        assert plain.count(parse("*")) == (0 if given_up else len(documents))
        engine.close()


@pytest.fixture
def secured(server: Callable[..., ThreadingHTTPServer], tmp_path: Path, a_cluster: Cluster) -> Callable[..., object]:
    """Return what asks the real cluster through a door with TLS and credentials."""
    certify(tmp_path)

    def ask(credentials: str, **settings: object) -> int:
        with a_cluster() as plain:
            behind = plain.connection.hosts[0]
            port = server(tls=tmp_path, behind=behind, credentials=credentials).server_port
            url = f"https://localhost:{port}"
            engine = ClusterEngine(Settings(elasticsearch_url=url, elasticsearch_index=plain.alias, **settings))  # type: ignore[arg-type]
            try:
                return engine.count(parse("*"))
            finally:
                engine.close()

    return ask


BASIC = "Basic " + base64.b64encode(b"watch:word").decode()


@pytest.mark.parametrize(
    ("credentials", "settings"),
    [
        ("ApiKey c2VjcmV0", {"elasticsearch_api_key": "c2VjcmV0"}),
        (BASIC, {"elasticsearch_user": "watch", "elasticsearch_password": "word"}),
    ],
)
def test_credentials_and_an_authority_open_the_door(
    secured: Callable[..., int], tmp_path: Path, credentials: str, settings: dict[str, str]
) -> None:
    assert secured(credentials, elasticsearch_ca=str(tmp_path / "server.pem"), **settings) == 0


def test_a_fingerprint_serves_in_place_of_an_authority(secured: Callable[..., int], tmp_path: Path) -> None:
    certificate = x509.load_pem_x509_certificate((tmp_path / "server.pem").read_bytes())
    from cryptography.hazmat.primitives.hashes import SHA256

    told = certificate.fingerprint(SHA256()).hex()
    assert secured("ApiKey c2VjcmV0", elasticsearch_api_key="c2VjcmV0", elasticsearch_fingerprint=told) == 0


def test_wrong_credentials_say_what_to_set(secured: Callable[..., int], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="WATCHWORD_ELASTICSEARCH_API_KEY"):
        secured("ApiKey c2VjcmV0", elasticsearch_ca=str(tmp_path / "server.pem"))


def test_an_unknown_authority_is_not_trusted(secured: Callable[..., int]) -> None:
    with pytest.raises(UnavailableError, match="certificate verify failed"):
        secured("", elasticsearch_api_key="c2VjcmV0")


def test_a_file_that_is_not_there_is_an_error_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        ClusterEngine(Settings(elasticsearch_url="https://localhost:1", elasticsearch_ca=str(tmp_path / "none.pem")))


def certify(folder: Path) -> None:
    """Write a key and a certificate for localhost into *folder*."""
    from datetime import UTC, datetime, timedelta

    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "server.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.key").write_bytes(private)


def test_a_cluster_that_is_away_is_named_and_nothing_is_lost() -> None:
    engine = ClusterEngine(Settings(elasticsearch_url="http://127.0.0.1:9"))
    with pytest.raises(UnavailableError, match=r"does not answer .*; nothing is lost, run it again later"):
        engine.count(parse("*"))
    engine.close()
