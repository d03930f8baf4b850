"""Addresses in one form, so that a page is fetched once however it is linked."""

import re
from urllib.parse import parse_qsl, quote, urljoin, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that say where a reader came from, not what the page is.
TRACKING = re.compile(r"(?i)^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|_ga|igshid|at_(medium|campaign))(=|$)")
SESSION = re.compile(r"(?i);jsessionid=[^/?;]*")
PLAIN = re.compile(r"[A-Za-z0-9/:=&?~+!$,;@()*._-]*")
SAFE = "%/:=&?~+!$,;'@()*-._"
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# Longer addresses come from spider traps; browsers and servers stop between 2,000 and 8,000.
MAX_URL_CHARACTERS = 4096


def canonical(url: str, base: str = "") -> str | None:
    """Return *url*, seen on the page *base*, in the form it is fetched and kept under; None where it is not HTTP.

    Scheme and host are in lower case (IDNA), default ports, fragments, dot segments, session ids and tracking
    parameters are gone, and escapes are written one way. The order of parameters stays: servers may read it.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not host:
        return None
    netloc = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    path = _escape(SESSION.sub("", _without_dots(parts.path)) or "/")
    query = "&".join(part for part in parts.query.split("&") if part and not TRACKING.match(part))
    whole = urlunsplit((parts.scheme, netloc, path, _escape(query).replace("'", "%27"), ""))
    return whole if len(whole) <= MAX_URL_CHARACTERS else None


def page_key(url: str) -> str:
    """Return what the canonical addresses of one page share: *url* with its parameters sorted."""
    parts = urlsplit(url)
    if "&" not in parts.query:
        return url
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, repr(pairs), ""))


def host_of(url: str) -> str:
    """Return the host of *url* without its port, in lower case."""
    return urlsplit(url).hostname or ""


def host_key(host: str) -> str:
    """Return what `www.example.org` and `example.org` share."""
    return host.lower().removeprefix("www.")


def origin_of(url: str) -> str:
    """Return scheme, host and port of *url*: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _host(host: str) -> str:
    bare = host.rstrip(".").lower()
    if ":" in bare:
        return f"[{bare}]"
    return bare if bare.isascii() else bare.encode("idna").decode("ascii")


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    return "/".join(kept) + ("/" if path.endswith(("/.", "/..")) else "")


def _escape(text: str) -> str:
    if PLAIN.fullmatch(text):
        return text
    return ESCAPE.sub(_normal_escape, quote(text, safe=SAFE))


def _normal_escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in UNRESERVED else match[0].upper()
