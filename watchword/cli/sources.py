"""Commands on the source catalogue: `sources list`, `check`, `try` and `health`."""

from typing import Annotated

import typer

from watchword.cli.output import SET_ASIDE_EXIT, print_json, print_table, say
from watchword.cli.session import database, settings

Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]

sources_app = typer.Typer(help="The source catalogue.", no_args_is_help=True)


@sources_app.command("list")
def list_sources(json: Json = False) -> None:
    """List the sources with their kind, when they were last seen and when they are due."""
    from watchword.catalogue import all_sources
    from watchword.health import source_health

    known = {source.name: source for source in all_sources(settings())}
    states = sorted(source_health(settings(), database()), key=lambda state: state.source)
    if json:
        for s in states:
            seen = {"last_seen": s.last_seen, "next_look": s.next_look}
            print_json({**known[s.source].model_dump(mode="json"), **seen})
        return
    rows = [
        (s.source, known[s.source].kind, known[s.source].publisher, s.seen_text, s.next_look or "due now")
        for s in states
    ]
    print_table("sources", ["source", "kind", "publisher", "last seen", "next look"], rows)


@sources_app.command("check")
def check_sources() -> None:
    """Read the catalogue strictly and say what is wrong, if anything is."""
    from watchword.catalogue import all_sources

    say(f"{len(all_sources(settings()))} sources, all well formed")


@sources_app.command("try")
def try_sources(
    sources: Annotated[list[str], typer.Argument(help="Sources to look at, live.")],
    pages: Annotated[int, typer.Option(min=2, max=100, help="Pages that are fetched of each source at most.")] = 6,
    json: Json = False,
) -> None:
    """Look at sources live, keep nothing, and say what is wrong with each entry."""
    from watchword.trial import try_sources as look

    trials = look(settings(), sources, pages)
    for trial in trials:
        if json:
            print_json(trial.as_json())
        else:
            say(trial.as_text())
    if not all(trial.works for trial in trials):
        raise typer.Exit(SET_ASIDE_EXIT)


@sources_app.command("health")
def health(json: Json = False) -> None:
    """Show for each source when it was last seen, its errors in a row, and its volume against what is expected."""
    from watchword.health import source_health

    states = source_health(settings(), database())
    if json:
        for state in states:
            print_json(state.as_json())
        return
    rows = [
        (s.source, s.seen_text, s.errors_in_a_row, f"{s.documents_a_week:.1f}", s.expected or "", s.remark)
        for s in states
    ]
    print_table("sources", ["source", "last seen", "errors", "documents a week", "expected", "remark"], rows)


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.add_typer(sources_app, name="sources")
