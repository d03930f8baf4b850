"""What a crawl hands over and what it needs: exchanges go to an `Archive`; a `Memory` knows pages of earlier runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from crawlers.blocks import ListMapping


@dataclass(frozen=True)
class Declared:
    """What the place that linked to a page said of it: a feed entry, a sitemap line, a listing."""

    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Exchange:
    """One request and its response, the bytes as they crossed the wire.

    `outcome` is `complete`, or why the response is not whole: `broken off`, `timed out`, `too large`, `refused`
    (robots.txt or address rules; nothing was sent), `unreachable`. `raw_request` and `raw_response` hold headers and
    body with their framing. `body` is the decoded payload, empty where there is none. `purpose` is `document`, `robots`
    or the kind of the structure page; what came before the end of a document is a `redirect` or an `attempt`. A text
    that a feed carries and a record of an answer have no raw bytes of their own; `detail` names where they stand. A
    page as a browser shows it is `rendered` from the capture `converted_from`; what it asked for is a `subresource`.
    """

    url: str
    source: str
    started: datetime
    outcome: str
    raw_request: bytes = b""
    raw_response: bytes = b""
    status: int | None = None
    media_type: str | None = None
    body: bytes = b""
    address: str | None = None
    detail: str = ""
    robots: str = ""
    redirected_from: tuple[str, ...] = ()
    tls: str | None = None
    seconds: float = 0.0
    purpose: str = "document"
    declared: Declared = Declared()
    converted_from: str = ""


@dataclass(frozen=True)
class Seen:
    """What an earlier run learned of a page, for a conditional request."""

    etag: str | None
    last_modified: str | None
    payload_digest: str | None


@dataclass(frozen=True)
class ListChange:
    """A change of an official list; without a `key` it is the statement of what the list holds as a whole."""

    key: str
    title: str
    text: str
    published: str | None = None
    facts: tuple[tuple[str, str], ...] = ()


class Archive(Protocol):
    """Where exchanges are kept. `keep` returns the capture's id when it is safely on disk."""

    def keep(self, exchange: Exchange) -> str:
        """Store *exchange*; raise OSError where the disk does not take it."""
        ...

    def kept(self, url: str) -> bool:
        """Say whether this run already holds a capture of *url*, so that a resumed crawl skips it."""
        ...


class Memory(Protocol):
    """What is known of pages, sources and lists from earlier runs."""

    def seen(self, url: str) -> Seen | None:
        """Return what is known of *url*, or None where it was never fetched whole."""
        ...

    def looked(self, source: str) -> datetime | None:
        """Return when *source* was last seen, or None where it never was."""
        ...

    def again(self, source: str, days: Sequence[int]) -> Sequence[str]:
        """Return the pages of *source* that last changed so many *days* ago and were not asked for since."""
        ...

    def changes(self, name: str, body: bytes, mapping: "ListMapping | None" = None) -> Sequence[ListChange]:
        """Return what the list *name* holds now that its file is *body*, and what changed; raise ValueError."""
        ...
