"""Commands on official lists: `lists import`, `lists diff`, `lists show`."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchword.cli.output import print_json, print_table, progress, say, warn
from watchword.cli.session import existing, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawlers.blocks import ListMapping
    from nlp.party import Party

Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]
Mapped = Annotated[
    Path | None, typer.Option("--mapping", help="YAML that says where a list of any other shape keeps what.")
]

lists_app = typer.Typer(help="Official lists of parties.", no_args_is_help=True)


@lists_app.command("import")
def import_lists(
    files: Annotated[list[Path], typer.Argument(help="List files as their publishers give them, or a CSV.")],
    name: Annotated[str | None, typer.Option(help="Name of the list, where the file does not say it.")] = None,
    mapping: Mapped = None,
) -> None:
    """Import list files; their parties are found in every later reading."""
    from watchword.errors import UsageError
    from watchword.lists import Shelf, read_list

    if name and len(files) > 1:
        raise UsageError(f"--name {name} names one list, and {len(files)} files are given; import one at a time.")
    shelf = Shelf(settings().folder)
    # All are read before the first is kept, so that a wrong one leaves the shelf as it was.
    for file, read in [(file, read_list(existing(file), name, _mapping(mapping))) for file in files]:
        shelf.add(read)
        say(f"{read.name} from {read.publisher}: {read.account}")
        _warn(file, read.remarks)
    shelf.knowledge(_shown)


def _shown(parties: "Iterable[Party]", total: int) -> "Iterator[Party]":
    with progress("compiling the names", parties, total) as shown:
        yield from shown


@lists_app.command("diff")
def diff_lists(
    old: Annotated[Path, typer.Argument(help="The older file.")],
    new: Annotated[Path, typer.Argument(help="The newer file of the same publisher.")],
    mapping: Mapped = None,
) -> None:
    """Write what changed between two files of one publisher, as JSON Lines."""
    from watchword.lists import diff, read_list

    before, after = (read_list(existing(file), mapping=_mapping(mapping)) for file in (old, new))
    _warn(old, before.remarks)
    _warn(new, after.remarks)
    for change in diff(before, after):
        print_json(asdict(change))


def _mapping(file: Path | None) -> "ListMapping | None":
    from watchword.lists import load_mapping

    return load_mapping(existing(file)) if file else None


def _warn(file: Path, remarks: tuple[str, ...]) -> None:
    for remark in remarks:
        warn(f"{file}: {remark}")


@lists_app.command("show")
def show(
    identifier: Annotated[str | None, typer.Argument(help="Id of a party; without it, the imported lists.")] = None,
    json: Json = False,
) -> None:
    """Show the imported lists, or one party of them."""
    from watchword.lists import Shelf

    shelf = Shelf(settings().folder)
    if identifier:
        print_json(asdict(shelf.party(identifier)))
        return
    held = shelf.current()
    if json:
        for entry in held:
            print_json(
                {"list": entry.name, "publisher": entry.publisher, "parties": entry.parties, "imported": entry.imported}
            )
        return
    print_table(
        "lists",
        ["list", "publisher", "parties", "imported"],
        [(e.name, e.publisher, e.parties, e.imported) for e in held],
    )


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.add_typer(lists_app, name="lists")
