"""Redaction: secrets in request headers and addresses are kept out of the archive, and that is on record."""

import re
from dataclasses import dataclass

REDACTED = b"[redacted]"
SECRET_HEADERS = re.compile(
    rb"(?im)^((?:[\w-]*-)?(?:authorization|cookie|(?:api-?)?key|token|secret|password|signature|session|credentials?)):"
    rb"[^\r\n]*"
)
SECRET_PARAMETERS = re.compile(
    rb"(?i)([?&](?:[\w.-]*[_.-])?(?:api_?key|app_?id|key|token|auth|password|secret|signature|sig)=)[^&\s#]+"
)


@dataclass(frozen=True)
class Redaction:
    """Bytes without their secrets, and the names of what was taken out."""

    content: bytes
    names: tuple[str, ...]


def redact(request: bytes) -> Redaction:
    """Return the raw *request* without its secrets."""
    names: list[str] = []

    def header(match: re.Match[bytes]) -> bytes:
        names.append(match[1].decode("ascii").lower())
        return match[1] + b": " + REDACTED

    def parameter(match: re.Match[bytes]) -> bytes:
        names.append(match[1].decode("ascii", "replace").strip("?&=").lower())
        return match[1] + REDACTED

    head, gap, body = request.partition(b"\r\n\r\n")
    line, end, headers = head.partition(b"\r\n")
    cleaned = SECRET_PARAMETERS.sub(parameter, line) + end + SECRET_HEADERS.sub(header, headers)
    return Redaction(cleaned + gap + body, tuple(dict.fromkeys(names)))


def redact_url(url: str) -> str:
    """Return *url* without the values of secret parameters."""
    return SECRET_PARAMETERS.sub(rb"\1" + REDACTED, url.encode()).decode()
