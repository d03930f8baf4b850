"""Commands on texts that are not stored: `read`, `language`, `stories`, `screen`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from watchword.cli.output import SET_ASIDE_EXIT, print_json, progress
from watchword.cli.session import existing, settings


def read(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, or .jsonl whose lines have a `text`.")],
    against: Annotated[Path | None, typer.Option(help="CSV of parties in place of the imported lists.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also give candidates that context decided against.")
    ] = False,
    relations: Annotated[bool, typer.Option("--relations", help="Also give who supplied what to whom.")] = False,
) -> None:
    """Read files and write what they say as JSON Lines; nothing is stored."""
    from watchword.reading import Extras, read_paths

    files = [existing(path) for path in paths]
    against = against and existing(against)
    set_aside = False
    records = read_paths(files, settings(), against, Extras(explain, relations))
    with progress("reading", records) as shown:
        for record in shown:
            set_aside = set_aside or "error" in record
            print_json(record)
    if set_aside:
        raise typer.Exit(SET_ASIDE_EXIT)


def language() -> None:
    """Identify the language of each line of stdin; `null` where it cannot be known."""
    from nlp.language import identify

    for line in sys.stdin.buffer:
        text = line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")
        found = identify(text)
        print_json({"language": found.language, "confidence": round(found.confidence, 3)})


def stories(
    file: Annotated[Path, typer.Argument(help="JSON Lines with `id`, `text`, and optional `title`, `published`.")],
) -> None:
    """Tell which texts are near-copies (a story) and which tell the same happening (an event)."""
    from watchword.reading import fold_file

    for record in fold_file(existing(file)):
        print_json(record)


def screen(
    names: Annotated[list[str] | None, typer.Argument(help="Names to look up.")] = None,
    file: Annotated[Path | None, typer.Option(help="File with a name a line.")] = None,
    pairs: Annotated[
        Path | None, typer.Option(help="CSV with columns `a`, `b` and optional `type`: is a the same name as b?")
    ] = None,
    against: Annotated[Path | None, typer.Option(help="CSV of parties in place of the imported lists.")] = None,
    kind: Annotated[str | None, typer.Option("--type", help="What is meant: person, organisation or vessel.")] = None,
    country: Annotated[str | None, typer.Option(help="Country of whom is meant, by name or code.")] = None,
    born: Annotated[str | None, typer.Option(help="Date or year of birth, as 1971-02-28 or 1971.")] = None,
    identifier: Annotated[str | None, typer.Option(help="Number of a passport, a company or a ship.")] = None,
) -> None:
    """Screen names against the lists, or name against name."""
    from watchword.errors import UsageError
    from watchword.screening import Known, compare_pairs, screen_names

    if pairs:
        for record in compare_pairs(existing(pairs)):
            print_json(record)
        return
    if not names and not file:
        raise UsageError("No name to screen; give names, --file or --pairs.")
    wanted = [*(names or ()), *(_lines(existing(file)) if file else ())]
    known = Known(kind, country, born, identifier)
    for record in screen_names(wanted, settings(), against and existing(against), known):
        print_json(record)


def _lines(path: Path) -> Iterator[str]:
    from watchword.errors import UsageError

    try:
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    lines = text.split("\n")
    for line in lines[:-1] if not lines[-1] else lines:
        yield line.rstrip("\r")


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command("read")(read)
    app.command("language")(language)
    app.command("stories")(stories)
    app.command("screen")(screen)
