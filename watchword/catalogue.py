"""The sources of this installation: what ships, or what the setting `sources` names."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from watchword.errors import UsageError
from watchword.looks import RECENT, histories, next_look
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.runs import now
from watchword.uploads import folder_of, uploaded

if TYPE_CHECKING:
    from crawlers.catalogue import Source

Stamps = tuple[tuple[str, int, int], ...]
# A harvest that starts a little early finds a source due that comes up within this time.
GRACE = timedelta(minutes=10)


def all_sources(settings: Settings) -> list["Source"]:
    """Return every source; raise UsageError where a file is wrong. Files that did not change are read once."""
    from crawlers.catalogue import SHIPPED, SourceError

    places = tuple(settings.source_folders or (SHIPPED,))
    if uploaded(settings):
        places = (*places, folder_of(settings))
    try:
        return list(_loaded(places, _stamps(places)))
    except SourceError as error:
        raise UsageError(str(error)) from None


@lru_cache(maxsize=8)
def _loaded(places: tuple[Path, ...], _stamps: Stamps) -> tuple["Source", ...]:
    from crawlers.catalogue import load_sources

    return tuple(load_sources(places))


def _stamps(places: tuple[Path, ...]) -> Stamps:
    """Return path, time and size of every file in *places*: what a change of the catalogue changes."""
    files = sorted(file for place in places for file in (place, *place.rglob("*")) if file.is_file())
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in [file.stat()])


def chosen_sources(settings: Settings, names: Sequence[str]) -> list["Source"]:
    """Return the sources *names*, or all but uploads where it is empty; raise UsageError for a name that none has."""
    sources = {source.name: source for source in all_sources(settings)}
    for name in names:
        if name not in sources:
            close = get_close_matches(name, sources, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            raise UsageError(f"No source named {name!r}.{hint} 'watchword sources list' shows all.")
    brought = uploaded(settings)
    return [sources[name] for name in names] if names else [s for n, s in sources.items() if n not in brought]


def due_sources(sources: Sequence["Source"], database: Database, at: datetime | None = None) -> list["Source"]:
    """Return those of *sources* that are due: never seen, not at the last look, or longer ago than `next_look` says."""
    moment = at or now()
    longest = max((timedelta(seconds=source.interval) for source in sources), default=RECENT)
    looks = histories(database, moment - max(RECENT, longest) - GRACE)
    nexts = {source.name: next_look(source, looks.get(source.name, ())) for source in sources}
    return [s for s in sources if (due := nexts[s.name]) is None or due <= moment + GRACE]
