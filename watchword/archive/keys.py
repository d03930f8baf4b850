"""Signing keys: Ed25519, made on first use, and the public keys that a verifier trusts."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from watchword.errors import UsageError


@dataclass(frozen=True)
class Signer:
    """Holds the private key of this installation."""

    key: Ed25519PrivateKey

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return the signer of *home*; make its key, readable by its owner alone, where there is none."""
        path = home / "keys" / "signing.pem"
        if path.exists():
            loaded = form.load_pem_private_key(path.read_bytes(), None)
            if not isinstance(loaded, Ed25519PrivateKey):
                raise UsageError(f"{path} holds no Ed25519 key; move it away, and a new one is made.")
            return cls(loaded)
        key = Ed25519PrivateKey.generate()
        (path.parent / "trusted").mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_bytes(key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()))
        draft.rename(path)
        public = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
        (path.parent / "trusted" / "own.pem").write_bytes(public)
        return cls(key)

    @property
    def public(self) -> str:
        """The public key, base64 of its 32 bytes."""
        return b64encode(self.key.public_key().public_bytes_raw()).decode()

    def sign(self, content: bytes) -> str:
        """Return the signature of *content*, base64."""
        return b64encode(self.key.sign(content)).decode()


def signed_by(public: str, content: bytes, signature: str) -> bool:
    """Say whether the key *public* signed *content*; key and signature count in their one base64 form only."""
    try:
        key, mark = b64decode(public, validate=True), b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(mark, content)
    except (InvalidSignature, ValueError):
        return False
    return (b64encode(key).decode(), b64encode(mark).decode()) == (public, signature)


def fingerprint(public: str) -> str:
    """Return the short name of a public key that people compare."""
    digest = hashlib.sha256(b64decode(public)).hexdigest()
    return ":".join(digest[i : i + 4] for i in range(0, 32, 4))


def trusted_keys(files: Iterable[Path]) -> list[str]:
    """Return the public keys of PEM *files*; raise UsageError where one holds none."""
    keys = []
    for path in files:
        try:
            loaded = form.load_pem_public_key(path.read_bytes())
        except (OSError, ValueError, UnsupportedAlgorithm) as error:
            raise UsageError(f"{path} holds no public key in PEM form ({error}).") from None
        if not isinstance(loaded, Ed25519PublicKey):
            raise UsageError(f"{path} holds a key that is not Ed25519.")
        keys.append(b64encode(loaded.public_bytes_raw()).decode())
    return keys


def keys_of(home: Path) -> list[Path]:
    """Return the files of the keys that *home* trusts."""
    return sorted((home / "keys" / "trusted").glob("*.pem"))
