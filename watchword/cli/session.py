"""What commands open: settings, the state database, files and days that the user names."""

from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from watchword.errors import UsageError

if TYPE_CHECKING:
    from watchword.settings import Settings
    from watchword.store.database import Database

# As many as the state database keeps.
AUTHOR_CHARACTERS = 200


def settings() -> "Settings":
    """Return the settings of this process."""
    from watchword.settings import load_settings

    return load_settings()


@lru_cache(maxsize=4)
def _open(url: str) -> "Database":
    from watchword.store.database import Database

    return Database(url)


def database() -> "Database":
    """Return the state database, opened once a process."""
    return _open(settings().database)


def existing(path: Path) -> Path:
    """Return *path*; raise UsageError where nothing is there."""
    if not path.exists():
        raise UsageError(f"There is no file or folder {str(path)!r}.")
    return path


def day(text: str, option: str) -> datetime:
    """Return the day that *text* names; raise UsageError where it is none."""
    try:
        return datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a day; write it as 2026-01-31.") from None


def check_author(by: str) -> None:
    """Raise UsageError where *by* names nobody, or is longer than a name that can be kept."""
    if not by.strip() or len(by) > AUTHOR_CHARACTERS:
        raise UsageError(f"--by names who decided, in 1 to {AUTHOR_CHARACTERS} characters.")
