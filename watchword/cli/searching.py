"""Commands on the index: `search`, `export`, and the state of the index."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from watchword.cli.output import print_json, print_table, say
from watchword.cli.session import database, settings

Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]
DEFAULT_LIMIT = 20


def search(
    query: Annotated[str, typer.Argument(help="Lucene syntax; docs/search.md has every field with examples.")],
    since: Annotated[str | None, typer.Option(help="First day of publication, as YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day of publication, as YYYY-MM-DD.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only documents in this language.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only documents of this source.")] = None,
    entity: Annotated[list[str] | None, typer.Option(help="Only documents that mention this entity.")] = None,
    fold: Annotated[bool, typer.Option("--fold/--no-fold", help="One hit a story.")] = True,
    limit: Annotated[int, typer.Option(min=1, help="Hits to show; the count is always of all.")] = DEFAULT_LIMIT,
    json: Json = False,
) -> None:
    """Search everything collected; the count is exact, and the coverage stands beside it."""
    from watchword.searching import Filters, search_documents

    filters = Filters(since, until, tuple(language or ()), tuple(source or ()), tuple(entity or ()))
    answer = search_documents(settings(), database(), query, filters, fold=fold, limit=limit)
    if json:
        for hit in answer.hits:
            print_json(hit)
        return
    say(answer.as_text(terminal=sys.stdout.isatty()))


def export(
    query: str,
    format_name: Annotated[str, typer.Option("--format", help="csv, jsonl, ftm, stix, warc or bundle.")] = "jsonl",
    output: Annotated[Path | None, typer.Option(help="File to write; stdout without it.")] = None,
) -> None:
    """Write everything that a query finds, with no ceiling."""
    from watchword.export import export_query

    export_query(settings(), query, format_name, output)


def status(json: Json = False) -> None:
    """Show what the index holds, and whether all that was collected is in it."""
    from watchword.searching import index_status

    state = index_status(settings(), database())
    if json:
        print_json(state)
    else:
        print_table("index", ["", ""], list(state.items()))


def rebuild() -> None:
    """Build the index anew from the run folders."""
    from watchword.searching import rebuild_index

    say(f"{rebuild_index(settings(), database())} documents indexed")


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command("search")(search)
    app.command("export")(export)
