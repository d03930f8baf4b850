"""Time stamps: a third party attests that a head existed at a time (RFC 3161, with the CMS signature of RFC 5652).

The token names the SHA-256 of the head and carries the certificate of its signer. What is checked offline: that it
names this head, that its signature holds, and that the certificate is one for time stamping. Whether the authority
deserves trust is for the reader, who is told its name and the fingerprint of its certificate.
"""

import hashlib
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID

from watchword.archive import der
from watchword.archive.der import DerError, Element
from watchword.archive.folder import RunFolder
from watchword.archive.manifest import read_head, sha256
from watchword.errors import DamagedError, UnavailableError, UsageError

SHA256 = "2.16.840.1.101.3.4.2.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
DIGESTS: dict[str, type[hashes.HashAlgorithm]] = {
    SHA256: hashes.SHA256,
    "2.16.840.1.101.3.4.2.2": hashes.SHA384,
    "2.16.840.1.101.3.4.2.3": hashes.SHA512,
}
GRANTED = (0, 1)
BROKEN = (DerError, InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound)
# Tokens with a chain of certificates have some 6 KB.
MAX_TOKEN_BYTES = 2**17
SECONDS = 20.0


@dataclass(frozen=True)
class TimeStamp:
    """What a token attests: when, in UTC, and who says so."""

    time: datetime
    authority: str
    fingerprint: str

    def __str__(self) -> str:
        return f"existed at {self.time:%Y-%m-%d %H:%M:%S} UTC, says {self.authority} (certificate {self.fingerprint})"


def stamp(folder: RunFolder, url: str) -> TimeStamp:
    """Have the authority at *url* attest the head of a sealed *folder*, and keep its token there; once.

    Raise UnavailableError where the authority does not answer or refuses; the run is whole without.
    """
    head = read_head(folder.manifest).content()
    if not folder.time_stamp.exists():
        token = _ask(url, hashlib.sha256(head).digest())
        check_token(token, head)
        draft = folder.time_stamp.with_suffix(".draft")
        draft.write_bytes(token)
        draft.replace(folder.time_stamp)
    return check_token(folder.time_stamp.read_bytes(), head)


def request_for(digest: bytes, nonce: int) -> bytes:
    """Return the TimeStampReq that asks for *digest*, a SHA-256, with the signer's certificate."""
    algorithm = der.encode(der.SEQUENCE, der.encode_oid(SHA256), der.encode(der.NULL))
    imprint = der.encode(der.SEQUENCE, algorithm, der.encode(der.OCTET_STRING, digest))
    certificates = der.encode(der.BOOLEAN, b"\xff")
    return der.encode(der.SEQUENCE, der.encode_integer(1), imprint, der.encode_integer(nonce), certificates)


def _ask(url: str, digest: bytes) -> bytes:
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"WATCHWORD_TIMESTAMP_URL={url!r}: an address that begins with http:// or https:// is needed.")
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    asked = urllib.request.Request(url, request_for(digest, secrets.randbits(63)), headers)
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
            reply = answer.read(MAX_TOKEN_BYTES)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise UnavailableError(f"The time-stamping authority at {url} does not answer ({error}).") from None
    return _token_of(url, reply)


def _token_of(url: str, reply: bytes) -> bytes:
    try:
        status, *rest = der.only(reply).expect(der.SEQUENCE).parts()
        code = int.from_bytes(status.parts()[0].expect(der.INTEGER).content)
    except (DerError, IndexError, ValueError):
        raise UnavailableError(f"The authority at {url} answers with something that is no time stamp.") from None
    if code not in GRANTED or not rest:
        raise UnavailableError(f"The authority at {url} refuses the time stamp (status {code}).")
    return rest[0].raw


def check_token(token: bytes, content: bytes) -> TimeStamp:
    """Return what *token* attests of *content*; raise DamagedError where it does not hold."""
    try:
        return _check(token, content)
    except (*BROKEN, ValueError, IndexError, KeyError, TypeError) as error:
        raise DamagedError(f"The time stamp does not hold: {str(error) or type(error).__name__}.") from None


def _check(token: bytes, content: bytes) -> TimeStamp:
    kind, wrapped = der.only(token).expect(der.SEQUENCE).parts()
    if der.read_oid(kind) != SIGNED_DATA:
        raise DerError("it is no signed message")
    parts = der.only(wrapped.expect(der.CONTEXT_0).content).expect(der.SEQUENCE).parts()
    info = _info_of(parts[2])
    imprint, time = _imprint_and_time(info)
    if imprint != hashlib.sha256(content).digest():
        raise DerError("it is for other content")
    signer = _signed_by(parts[-1], info, pkcs7.load_der_pkcs7_certificates(token))
    name = signer.subject.rfc4514_string()
    return TimeStamp(time, name, sha256(signer.public_bytes(Encoding.DER))[:32])


def _info_of(encapsulated: Element) -> bytes:
    kind, content = encapsulated.expect(der.SEQUENCE).parts()
    if der.read_oid(kind) != TST_INFO:
        raise DerError("it is a message of another kind")
    return der.only(content.expect(der.CONTEXT_0).content).expect(der.OCTET_STRING).content


def _imprint_and_time(info: bytes) -> tuple[bytes, datetime]:
    fields = der.only(info).expect(der.SEQUENCE).parts()
    algorithm, digest = fields[2].expect(der.SEQUENCE).parts()
    if der.read_oid(algorithm.parts()[0]) != SHA256:
        raise DerError("it uses another digest than SHA-256")
    text = fields[4].expect(der.GENERAL_TIME).content.decode("ascii").partition(".")[0].rstrip("Z")
    return digest.expect(der.OCTET_STRING).content, datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _signed_by(signers: Element, info: bytes, certificates: list[x509.Certificate]) -> x509.Certificate:
    """Return the certificate whose key signed *info*; raise where none did."""
    fields = der.only(signers.expect(der.SET).content).expect(der.SEQUENCE).parts()
    serial = int.from_bytes(fields[1].parts()[1].expect(der.INTEGER).content)
    signer = next((c for c in certificates if c.serial_number == serial), None)
    if signer is None:
        raise DerError("the certificate of its signer is not in it")
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if ExtendedKeyUsageOID.TIME_STAMPING not in usage:
        raise DerError("the certificate of its signer is not for time stamping")
    digest = DIGESTS[der.read_oid(fields[2].parts()[0])]()
    attributes, signature = fields[3].expect(der.CONTEXT_0), fields[5].expect(der.OCTET_STRING).content
    if _stated_digest(attributes) != _hashed(digest, info):
        raise DerError("its signature is for other content")
    _verify(signer, signature, der.encode(der.SET, attributes.content), digest)
    return signer


def _stated_digest(attributes: Element) -> bytes:
    for attribute in attributes.parts():
        kind, values = attribute.expect(der.SEQUENCE).parts()
        if der.read_oid(kind) == MESSAGE_DIGEST:
            return der.only(values.expect(der.SET).content).expect(der.OCTET_STRING).content
    raise DerError("its signature names no digest")


def _hashed(algorithm: hashes.HashAlgorithm, content: bytes) -> bytes:
    hashing = hashes.Hash(algorithm)
    hashing.update(content)
    return hashing.finalize()


def _verify(signer: x509.Certificate, signature: bytes, content: bytes, digest: hashes.HashAlgorithm) -> None:
    key = signer.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, content, padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, content, ec.ECDSA(digest))
    else:
        raise DerError("its signer has a key that is neither RSA nor of an elliptic curve")
