"""The shelf: the versions of imported lists in `WATCHWORD_HOME/lists`, and the matcher that is compiled from them.

lists/<list>/<time of import>-<digest>/about.json, entries.jsonl.gz
lists/.compiled/<digest of what was compiled>/
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from nlp.party import Party
from watchword.errors import UsageError
from watchword.lists.entry import Entry, OfficialList, party_of

COMPILED = ".compiled"
ABOUT, ENTRIES = "about.json", "entries.jsonl.gz"
DIGEST_CHARACTERS = 16
Watched = Callable[[Iterable[Party], int], Iterable[Party]]


def unwatched(parties: Iterable[Party], _: int) -> Iterable[Party]:
    """Return *parties* as they are: nobody looks on."""
    return parties


@dataclass(frozen=True)
class Held:
    """A version of a list on the shelf; times are UTC."""

    name: str
    publisher: str
    parties: int
    published: str
    imported: str
    digest: str
    file: str
    remarks: tuple[str, ...]
    lines: int = 0
    set_aside: int = 0


class Shelf:
    """The imported lists of one home folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "lists"

    def add(self, read: OfficialList) -> Held:
        """Keep *read* as the newest version of its list, in one step; the same file again changes nothing."""
        if not read.name or read.name.startswith(".") or not read.name.replace("-", "").replace("_", "").isalnum():
            raise UsageError(f"{read.name!r} cannot be the name of a list; take letters, digits and hyphens: --name.")
        newest = self._newest(read.name)
        if newest is not None and self._about(newest).digest == read.digest:
            return self._about(newest)
        now = datetime.now(UTC)
        held = Held(
            read.name,
            read.publisher,
            len(read.entries),
            read.published,
            now.isoformat(timespec="seconds").replace("+00:00", "Z"),
            read.digest,
            read.file,
            read.remarks,
            read.lines,
            read.set_aside,
        )
        place = self.folder / read.name / f"{now:%Y%m%dT%H%M%S%fZ}-{read.digest[:DIGEST_CHARACTERS]}"
        self._write(place, held, read)
        return held

    def _write(self, place: Path, held: Held, read: OfficialList) -> None:
        draft = self.folder / f".{uuid4().hex}.draft"
        draft.mkdir(parents=True)
        with gzip.open(draft / ENTRIES, "wt", encoding="utf-8", compresslevel=3) as file:
            for entry in read.entries:
                file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
        (draft / ABOUT).write_text(json.dumps(asdict(held), ensure_ascii=False, indent=2) + "\n", "utf-8")
        place.parent.mkdir(exist_ok=True)
        draft.rename(place)

    def current(self) -> list[Held]:
        """Return the newest version of each list, in the order of their names."""
        return [self._about(newest) for name in self._names() if (newest := self._newest(name))]

    def versions(self, name: str) -> list[Held]:
        """Return all versions of the list *name*, oldest first."""
        return [self._about(place) for place in self._places(name)]

    def read(self, name: str, digest: str = "") -> OfficialList:
        """Return a version of the list *name*, the newest with *digest*; raise UsageError where there is none."""
        places = self._places(name)
        if not places:
            known = ", ".join(self._names()) or "none"
            raise UsageError(f"No list named {name!r} is imported; imported are: {known}.")
        wanted = [place for place in places if self._about(place).digest.startswith(digest)]
        if not wanted:
            known = ", ".join(self._about(place).digest[:DIGEST_CHARACTERS] for place in places)
            raise UsageError(f"The list {name!r} has no version {digest!r}; it has {known}.")
        place = wanted[-1]
        about = self._about(place)
        return OfficialList(
            about.name,
            about.publisher,
            tuple(self._entries(place)),
            about.published,
            about.digest,
            about.file,
            about.remarks,
            about.lines,
            about.set_aside,
        )

    def _parties(self, held: Iterable[Held]) -> Iterator[Party]:
        for about in held:
            yield from (party_of(about.name, entry) for entry in self._entries(self._newest(about.name)))

    def _entries(self, place: Path | None) -> Iterator[Entry]:
        if place is not None:
            with gzip.open(place / ENTRIES, "rt", encoding="utf-8") as file:
                yield from map(_entry, file)

    def party(self, identifier: str) -> Entry:
        """Return the entry with the id *identifier*, such as `un:KPi.033`; raise UsageError where there is none."""
        name, colon, number = identifier.partition(":")
        if not colon:
            raise UsageError(f"{identifier!r} is not an id of a party; write LIST:NUMBER, such as un:KPi.033.")
        found = next((entry for entry in self.read(name).entries if entry.number == number), None)
        if found is None:
            raise UsageError(f"The list {name!r} has no party {number!r}; 'watchword screen NAME' finds it by name.")
        return found

    def knowledge(self, watched: Watched = unwatched) -> Path | None:
        """Return the folder of the matcher of all current lists, compiled where it is not yet; None without lists.

        The parties pass through *watched* on their way, with their number, so that progress can be shown.
        """
        held = self.current()
        if not held:
            return None
        from nlp.names import build
        from nlp.names.artifact import FORMAT

        digest = hashlib.sha256(FORMAT.encode())
        for about in held:
            digest.update(f"\n{about.name} {about.digest}".encode())
        folder = self.folder / COMPILED / digest.hexdigest()[:DIGEST_CHARACTERS]
        if not folder.exists():
            build(watched(self._parties(held), sum(about.parties for about in held)), folder)
            self._forget_older(folder)
        return folder

    def _forget_older(self, kept: Path) -> None:
        """Remove other compiled matchers; a process that has one open keeps it until it ends."""
        for other in kept.parent.iterdir():
            if other != kept and not other.name.endswith(".draft"):
                shutil.rmtree(other, ignore_errors=True)

    def _names(self) -> list[str]:
        if not self.folder.exists():
            return []
        return sorted(entry.name for entry in self.folder.iterdir() if entry.is_dir() and entry.name[0] != ".")

    def _places(self, name: str) -> list[Path]:
        folder = self.folder / name
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def _newest(self, name: str) -> Path | None:
        return next(reversed(self._places(name)), None)

    def _about(self, place: Path) -> Held:
        record = json.loads((place / ABOUT).read_text("utf-8"))
        return Held(**{**record, "remarks": tuple(record["remarks"])})


def _entry(line: str) -> Entry:
    record = json.loads(line)
    held = {name: tuple(values) for name, values in record["properties"].items()}
    return Entry(record["number"], record["schema"], held)
