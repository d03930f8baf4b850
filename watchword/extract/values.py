"""Values of extraction: what is known beforehand, what was read, and why a payload was set aside."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from watchword.errors import WatchwordError


class SetAside(WatchwordError):  # noqa: N818  a verdict on a payload, given and kept as a value too
    """The payload cannot be read; `reason` is one sentence that says why."""

    def __init__(self, reason: str) -> None:
        """Keep the *reason*."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Hint:
    """What is known of a payload before it is read; none of it is trusted further than the bytes allow.

    `media_type` and `charset` come from the header, `title` and `published` from the place that linked here. `captured`
    is the time of capture, in UTC: no publication lies after it. `depth` counts the containers around the payload.
    """

    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    name: str | None = None
    title: str | None = None
    published: str | None = None
    captured: datetime | None = None
    depth: int = 0

    def inside(self, name: str, media_type: str | None = None) -> Self:
        """Return the hint for the part *name* of the payload."""
        return replace(
            self, name=name, media_type=media_type, charset=None, title=None, published=None, depth=self.depth + 1
        )


@dataclass(frozen=True)
class Extracted:
    """What a payload says.

    `published` is an ISO date in UTC. `declared_language` is what the markup claims, an ISO 639-1 code. `parts` are
    what a container holds (members of a ZIP file, messages of a mailbox, attachments), each named, in order; `text`
    is then the container's own text, which may be empty. `facts` are what a record of a service states, name and value.
    """

    media_type: str
    title: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    declared_language: str | None = None
    remarks: tuple[str, ...] = ()
    parts: tuple["Extracted", ...] = ()
    name: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def whole_text(self) -> str:
        """The text with that of all parts, each part under its name."""
        under_names = (f"{part.name}\n\n{part.whole_text}".strip() for part in self.parts)
        return "\n\n".join(piece for piece in (self.text, *under_names) if piece)

    @property
    def all_remarks(self) -> tuple[str, ...]:
        """The remarks with those of all parts, each after the part's name."""
        return self.remarks + tuple(f"{part.name}: {r}" for part in self.parts for r in part.all_remarks)
