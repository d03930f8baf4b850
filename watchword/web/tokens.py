"""Tokens of the HTTP API: long random ones, kept as SHA-256, so that a file that is read by others gives nothing away.

A line of the file is `NAME SHA256 TIME`. A digest without a slow hash is enough: nobody guesses 256 random bits.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from watchword.errors import UsageError
from watchword.settings import Settings

FILE: Final = "api-tokens"
TOKEN_BYTES: Final = 32
PREFIX: Final = "ww_"
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Token:
    """A token in force: whose it is, the digest of it, when it was made."""

    name: str
    digest: str
    made: str


def tokens_file(settings: Settings) -> Path:
    """Return the file of tokens: that of the settings, or one in the home folder."""
    return Path(settings.api_tokens).expanduser() if settings.api_tokens else settings.folder / FILE


def read_tokens(settings: Settings) -> list[Token]:
    """Return the tokens in force; raise UsageError where the file cannot be read as one."""
    path = tokens_file(settings)
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        if settings.api_tokens:
            raise UsageError(f"WATCHWORD_API_TOKENS={settings.api_tokens!r}: there is no such file.") from None
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}).") from None
    return [_token(path, number, line) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]


def _token(path: Path, number: int, line: str) -> Token:
    name, digest, made = [*line.split(), "", "", ""][:3]
    if not DIGEST.fullmatch(digest):
        raise UsageError(f"{path}, line {number}: a line is a name, a SHA-256 in hex, and a time.")
    return Token(name, digest, made)


def digest_of(token: str) -> str:
    """Return the digest by which *token* is known."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def bearer(tokens: list[Token], given: str) -> str | None:
    """Return the name of the token *given*, None where it is none of *tokens*; the time taken tells nothing."""
    digest = digest_of(given)
    found = [token.name for token in tokens if hmac.compare_digest(token.digest, digest)]
    return found[0] if found else None


def make_token(settings: Settings, name: str) -> str:
    """Put a new token in force and return it; raise UsageError where the name is taken or no name."""
    known = _held(settings)
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be the name of a token; take letters, digits, dots and hyphens.")
    if any(token.name == name for token in known):
        raise UsageError(f"A token {name!r} is in force; 'watchword tokens remove {name}' takes it out.")
    made = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    _write(tokens_file(settings), [*known, Token(name, digest_of(made), now)])
    return made


def drop_token(settings: Settings, name: str) -> None:
    """Take the token *name* out of force; raise UsageError where there is none."""
    known = _held(settings)
    kept = [token for token in known if token.name != name]
    if len(kept) == len(known):
        raise UsageError(f"No token {name!r} is in force; 'watchword tokens list' shows all.")
    _write(tokens_file(settings), kept)


def _held(settings: Settings) -> list[Token]:
    return read_tokens(settings) if tokens_file(settings).exists() else []


def _write(path: Path, tokens: list[Token]) -> None:
    """Write the file in one step, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    draft.touch(mode=0o600)
    draft.write_text("".join(f"{token.name} {token.digest} {token.made}\n" for token in tokens), "utf-8")
    draft.replace(path)
