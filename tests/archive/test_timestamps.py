"""A third party attests when a run was sealed, and a token that does not hold is found."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from watchword.archive import RunFolder, Signer, seal_derived, stamp, trusted_keys, verify
from watchword.archive.der import DerError, elements, encode, encode_integer, encode_oid, only, read_oid
from watchword.archive.keys import keys_of
from watchword.archive.manifest import read_head
from watchword.archive.timestamps import check_token
from watchword.errors import DamagedError, UnavailableError, UsageError

CONFIGURATION = """
[tsa]
default_tsa = tsa_main
[tsa_main]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
[req]
distinguished_name = name
x509_extensions = usage
prompt = no
[name]
O = Witness
CN = Time of {usage}
[usage]
extendedKeyUsage = critical,{usage}
basicConstraints = CA:FALSE
"""

needs_openssl = pytest.mark.skipif(which("openssl") is None, reason="needs the command openssl, as the authority")


def openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def make_authority(folder: Path, key: tuple[str, ...], usage: str = "timeStamping") -> None:
    folder.mkdir()
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder, usage=usage))
    openssl("req", "-x509", "-newkey", *key, "-nodes", "-days", 3, "-config", folder / "tsa.cnf",
            "-keyout", folder / "key.pem", "-out", folder / "cert.pem")  # fmt: skip


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Start authorities; each answers with openssl, or with the bytes it is given."""
    servers: list[HTTPServer] = []

    def start(key: tuple[str, ...] = ("rsa:2048",), reply: bytes | None = None) -> str:
        folder = tmp_path / f"tsa-{len(servers)}"
        if reply is None:
            make_authority(folder, key)

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                content = answer(folder, asked) if reply is None else reply
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:
                """Print nothing."""

        server = HTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def answer(folder: Path, asked: bytes) -> bytes:
    (folder / "query").write_bytes(asked)
    openssl("ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", folder / "query", "-signer",
            folder / "cert.pem", "-inkey", folder / "key.pem", "-out", folder / "reply")  # fmt: skip
    return (folder / "reply").read_bytes()


@needs_openssl
@pytest.mark.parametrize("key", [("rsa:2048",), ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")], ids=["rsa", "ec"])
def test_a_run_carries_the_time_that_an_authority_attests(
    home: Path, make_run: Callable[..., RunFolder], authority: Callable[..., str], key: tuple[str, ...]
) -> None:
    folder = make_run()
    attested = stamp(folder, authority(key))
    assert abs(attested.time - datetime.now(UTC)) < timedelta(minutes=1)
    verdict = verify(folder, trusted_keys(keys_of(home)))
    assert verdict.whole
    assert "says CN=Time of timeStamping,O=Witness" in verdict.sentence
    assert stamp(folder, "http://127.0.0.1:9/") == attested


@needs_openssl
def test_a_flipped_byte_of_a_token_is_found(
    home: Path, make_run: Callable[..., RunFolder], authority: Callable[..., str]
) -> None:
    folder = make_run()
    stamp(folder, authority())
    seal_derived(folder, Signer.of(home))
    whole = folder.time_stamp.read_bytes()
    for position in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[position] ^= 0x04
        folder.time_stamp.write_bytes(damaged)
        assert not verify(folder).whole, position
    folder.time_stamp.unlink()
    assert "timestamp.tsr is missing" in verify(folder).sentence


@needs_openssl
def test_a_token_of_another_run_or_one_that_is_cut_off_does_not_hold(
    make_run: Callable[..., RunFolder], authority: Callable[..., str]
) -> None:
    first, second = make_run("20260301T010000Z-0000"), make_run()
    stamp(first, authority())
    second.time_stamp.write_bytes(first.time_stamp.read_bytes())
    assert "it is for other content" in verify(second).sentence
    with pytest.raises(DamagedError, match="does not hold"):
        check_token(first.time_stamp.read_bytes()[:-10], read_head(first.manifest).content())


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (b"<html>", "no time stamp"),
        (b"", "no time stamp"),
        (encode(0x30, encode(0x30, encode_integer(2))), r"refuses the time stamp \(status 2\)"),
    ],
)
def test_an_authority_that_refuses_or_babbles_leaves_the_run_whole(
    make_run: Callable[..., RunFolder], authority: Callable[..., str], reply: bytes, says: str
) -> None:
    folder = make_run()
    with pytest.raises(UnavailableError, match=says):
        stamp(folder, authority(reply=reply))
    assert not folder.time_stamp.exists()
    assert verify(folder).whole


def test_an_authority_that_is_away_or_no_address_says_so(make_run: Callable[..., RunFolder]) -> None:
    folder = make_run()
    with pytest.raises(UnavailableError, match="does not answer"):
        stamp(folder, "http://127.0.0.1:9/")
    with pytest.raises(UsageError, match="WATCHWORD_TIMESTAMP_URL"):
        stamp(folder, "file:///etc/hostname")


def test_der_reads_what_it_writes_and_refuses_the_rest() -> None:
    assert read_oid(only(encode_oid("1.2.840.113549.1.9.16.1.4"))) == "1.2.840.113549.1.9.16.1.4"
    assert read_oid(only(encode_oid("2.16.840.1.101.3.4.2.1"))) == "2.16.840.1.101.3.4.2.1"
    assert only(encode(0x04, b"x" * 70_000)).content == b"x" * 70_000
    assert int.from_bytes(only(encode_integer(2**63)).content) == 2**63
    for broken in (b"\x30", b"\x30\x85\x01", b"\x30\x05\x01", b"\x30\x80", b"\x30\x81"):
        with pytest.raises(DerError):
            list(elements(broken))
