"""Who is served, and what each answer tells the browser: to run nothing, load nothing from elsewhere, keep nothing.

Where there are tokens, the API asks everybody for one. Everything else is for this machine alone: the client has a
loopback address, and the address that it asked for names this machine, so that no page of another site can read along
by a name that it points here (DNS rebinding).
"""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from watchword.errors import WatchwordError
from watchword.settings import Settings
from watchword.web.tokens import bearer, read_tokens

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

API: Final = "/api/"
STATIC: Final = "/static/"
READING: Final = ("GET", "HEAD")
LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class Refusal:
    """Why a request is not served, with its HTTP status."""

    status: int
    sentence: str


class Guard:
    """Middleware that refuses who is not served, and puts the headers on every answer."""

    def __init__(self, app: App, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def marked(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Cache-Control"] = "no-cache" if scope["path"].startswith(STATIC) else "no-store"
            await send(message)

        refused = refusal(scope, self.settings)
        # The server leaves the body of an answer to HEAD out; the routes know GET alone.
        await (answer_of(refused) if refused else self.app)({**scope, "method": "GET"}, receive, marked)


def answer_of(refused: Refusal) -> Response:
    """Return the answer that says why a request is not served."""
    headers = {401: {"WWW-Authenticate": "Bearer"}, 405: {"Allow": ", ".join(READING)}}.get(refused.status, {})
    body = json.dumps({"error": refused.sentence, "position": None}) + "\n"
    return Response(body, refused.status, headers, "application/json")


def refusal(scope: Scope, settings: Settings) -> Refusal | None:
    """Return why the request of *scope* is not served, or None."""
    headers = Headers(scope=scope)
    if scope["method"] not in READING:
        return Refusal(405, "Nothing can be changed here; the commands of 'watchword' do that.")
    if not scope["path"].startswith(API):
        return _stranger(scope, headers)
    try:
        tokens = read_tokens(settings)
    except WatchwordError as error:
        return Refusal(500, str(error))
    kind, _, given = headers.get("authorization", "").partition(" ")
    # A client that shows a token relies on it: it hears that the last one was taken back, too.
    if not tokens and kind.lower() != "bearer":
        return _stranger(scope, headers)
    if kind.lower() == "bearer" and bearer(tokens, given.strip()):
        return None
    return Refusal(401, "A token is needed: 'Authorization: Bearer …'; 'watchword tokens add NAME' makes one.")


def _stranger(scope: Scope, headers: Headers) -> Refusal | None:
    """Return why a request without a token is not served, or None where it comes from this machine."""
    if not is_loopback(scope.get("client")):
        return Refusal(403, "Only this machine is served; docs/api.md says how others use the API with a token.")
    if host_of(headers.get("host", "")) not in LOCAL_NAMES:
        return Refusal(403, "This address is not one of this machine; use http://127.0.0.1 with the port.")
    if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
        return Refusal(403, "A page of another site asks for this; only pages from here may.")
    return None


def is_loopback(client: object) -> bool:
    """Say whether *client*, an address and a port, is this machine; nobody known is not."""
    if not isinstance(client, list | tuple) or not client:
        return False
    try:
        address = ip_address(str(client[0]))
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def host_of(header: str) -> str:
    """Return the name in a `Host` header, without its port."""
    name = header.strip().lower()
    end = name.find("]") + 1 if name.startswith("[") else name.find(":")
    return name if end < 0 else name[:end]
