"""Commands that give out what was collected: `export`, `serve`, and the tokens of the HTTP API."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchword.cli.output import print_json, print_table, say, tell, warn
from watchword.cli.searching import chosen, kept
from watchword.cli.session import database, settings

if TYPE_CHECKING:
    from watchword.searching import Question

Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]
TokenName = Annotated[str, typer.Argument(help="Who or what the token is for: letters, digits, hyphens.")]
DEFAULT_PORT = 8000

tokens_app = typer.Typer(help="Tokens of the HTTP API; only their digests are kept.", no_args_is_help=True)


def export(
    query: Annotated[str, typer.Argument(help="Lucene syntax; docs/search.md has every field with examples.")] = "*",
    format_name: Annotated[
        str, typer.Option("--format", help="csv, jsonl, ftm, stix, warc, bundle or atom; docs/export.md says more.")
    ] = "jsonl",
    output: Annotated[Path | None, typer.Option(help="File to write, whole or not at all; stdout without it.")] = None,
    since: Annotated[str | None, typer.Option(help="First day of publication: 2026-01-31, 2026-01, or now-7d.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day of publication.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only documents in this language.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only documents of this source.")] = None,
    entity: Annotated[list[str] | None, typer.Option(help="Only documents that mention this entity.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="A selection, as FIELD=VALUE.")] = None,
    without: Annotated[list[str] | None, typer.Option(help="What to leave out, as FIELD=VALUE.")] = None,
    saved: Annotated[str | None, typer.Option(help="Ask a saved search, in place of a query.")] = None,
    give: Annotated[list[str] | None, typer.Option("--set", help="A parameter of it, as NAME=VALUE.")] = None,
) -> None:
    """Write everything that a query finds, with no ceiling."""
    from watchword.searching import Question

    filters = chosen(since, until, language, source, entity, only, without)
    _export(kept(saved, give, Question(query, filters)), format_name, output)


def _export(question: "Question", format_name: str, output: Path | None) -> None:
    from watchword.errors import UsageError
    from watchword.export import Selection, exported, known_format, write_file
    from watchword.searching import Desk

    if output is None and known_format(format_name).binary and sys.stdout.isatty():
        raise UsageError(f"A {format_name} file is not for a terminal; name one with --output.")
    desk = Desk(settings(), database())
    try:
        selection = Selection(desk, question, lambda number: tell(f"{number} documents"))
        pieces = exported(selection, format_name)
        if output is None:
            _pour(pieces)
        else:
            say(f"{write_file(output, pieces)} bytes written to {output}")
    finally:
        desk.close()


def _pour(pieces: Iterable[bytes]) -> None:
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
    tell("")


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")] = DEFAULT_PORT,
) -> None:
    """Open the desk for a browser on this machine, with the HTTP API beside it; both only read."""
    from watchword.web.server import run_server

    run_server(settings(), port, warn)


@tokens_app.command("add")
def add_token(name: TokenName) -> None:
    """Make a token for the HTTP API and print it, once; from then on the API asks everybody for one."""
    from watchword.web.tokens import make_token

    say(make_token(settings(), name))


@tokens_app.command("list")
def list_tokens(json: Json = False) -> None:
    """List the tokens by name."""
    from watchword.web.tokens import read_tokens

    known = read_tokens(settings())
    if json:
        for token in known:
            print_json({"name": token.name, "made": token.made})
        return
    print_table("tokens", ["name", "made"], [(token.name, token.made) for token in known])


@tokens_app.command("remove")
def remove_token(name: TokenName) -> None:
    """Take a token out of force."""
    from watchword.web.tokens import drop_token

    drop_token(settings(), name)
    say(f"token {name} removed")


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command("export")(export)
    app.command("serve")(serve)
    app.add_typer(tokens_app, name="tokens")
