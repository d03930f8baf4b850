"""What the command line prints: JSON Lines, tables, progress, and errors as one sentence."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

Value = TypeVar("Value")
# Exit code of a command that is done, with some sources or documents set aside.
SET_ASIDE_EXIT = 3
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def print_json(record: Any) -> None:
    """Write one JSON line in UTF-8; times are ISO 8601 in UTC."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, default=_in_json) + "\n")


def _in_json(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='seconds')}{'' if value.tzinfo else 'Z'}"
    return str(value)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table for people, without the columns that say nothing; a sentence where there is no row."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [[harmless(str(cell)) for cell in row] for row in rows]
    if not cells:
        say(f"{title}: none")
        return
    shown = [number for number in range(len(columns)) if any(row[number] for row in cells)]
    table = Table(title=title, title_justify="left", show_edge=False)
    for number in shown:
        table.add_column(columns[number], overflow="fold")
    for row in cells:
        table.add_row(*(Text(row[number]) for number in shown))
    Console().print(table)


def harmless(text: str) -> str:
    """Return *text* without the characters that steer a terminal: what was harvested must not write to it freely."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str) -> None:
    """Write a line for people to stdout."""
    tell("")
    sys.stdout.write(f"{harmless(text)}\n")


def warn(text: str) -> None:
    """Write a line to stderr."""
    sys.stderr.write(f"{harmless(text)}\n")


def tell(text: str) -> None:
    """Show on a terminal how far long work is, each time in place of what was shown before."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}" if text else "\r\x1b[K")
        sys.stderr.flush()


@contextmanager
def progress(title: str, items: Iterable[Value], total: int | None = None) -> Iterator[Iterable[Value]]:
    """Yield *items* with a progress bar on a terminal, and as they are in a pipe."""
    if not sys.stderr.isatty():
        yield items
        return
    from rich.console import Console
    from rich.progress import track

    yield track(items, description=title, total=total, console=Console(stderr=True), transient=True)
