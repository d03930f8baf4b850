"""Run one crawl in this process: `crawl_once.py FOLDER`, with an archive of pickled exchanges in the folder."""

import errno
import json
import pickle
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from crawlers.blocks import ListMapping
from crawlers.catalogue import load_sources
from crawlers.exchange import Exchange, ListChange, Seen
from crawlers.process import crawl
from crawlers.session import CrawlOptions


class PickleArchive:
    """Append each exchange to a file; `room` exchanges fit on its disk."""

    def __init__(self, path: Path, room: int | None) -> None:
        self.path = path
        self.room = room
        self.urls: set[str] = set()
        path.touch()
        with path.open("rb") as stream:
            while stream.peek(1):
                self.urls.add(pickle.load(stream).url)

    def keep(self, exchange: Exchange) -> str:
        """Write *exchange*, or raise OSError where there is no room."""
        if exchange.url.endswith("/unkeepable"):
            raise RuntimeError("the archive fails")
        if self.room is not None and len(self.urls) >= self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.urls.add(exchange.url)
        with self.path.open("ab") as stream:
            pickle.dump(exchange, stream)
        return exchange.url

    def kept(self, url: str) -> bool:
        """Say whether *url* is in the file."""
        return url in self.urls


class DictMemory:
    """Pages seen before, as the setup states them."""

    def __init__(self, seen: dict[str, list[str]], last: str, due: list[str]) -> None:
        self.pages = {url: Seen(*values) for url, values in seen.items()}
        self.last = last
        self.due = due

    def seen(self, url: str) -> Seen | None:
        """Return what the setup says of *url*."""
        return self.pages.get(url)

    def looked(self, _source: str) -> datetime | None:
        """Return when the setup says that sources were last seen."""
        return datetime.fromisoformat(self.last) if self.last else None

    def again(self, _source: str, days: Sequence[int]) -> list[str]:
        """Return the pages that the setup names, where any day is asked for."""
        return self.due if days else []

    def changes(self, name: str, body: bytes, mapping: ListMapping | None = None) -> list[ListChange]:  # noqa: ARG002
        """Take each line of *body* as a party that was added."""
        if not body.startswith(b"list"):
            raise ValueError("this is no list that is known")
        names = body.decode().splitlines()[1:]
        whole = ListChange("", f"List {name}", f"The list holds {len(names)} parties.")
        return [whole, *(ListChange(n, f"Added to {name}: {n}", n, None, (("name", n),)) for n in names)]


def main(folder: Path) -> None:
    """Crawl the sources of *folder* as its setup says, and leave the summary there."""
    setup = json.loads((folder / "setup.json").read_text())
    archive = PickleArchive(folder / "archive.pickle", setup.get("room"))
    sources = load_sources([folder / "sources.yaml"])
    memory = DictMemory(setup.get("seen", {}), setup.get("last", ""), setup.get("again", []))
    summary = crawl(sources, archive, memory, CrawlOptions(**setup["options"]))
    (folder / "summary.pickle").write_bytes(pickle.dumps(summary))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
