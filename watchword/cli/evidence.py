"""Commands on evidence: `verify`, `forget`, `runs`, `versions`."""

from pathlib import Path
from typing import Annotated

import typer

from watchword.cli.output import print_json, print_table, say, warn
from watchword.cli.session import database, settings

Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]

runs_app = typer.Typer(help="Harvests and what became of them.", no_args_is_help=True)


@runs_app.command("list")
def show_runs(json: Json = False) -> None:
    """List the runs, newest first."""
    from watchword.store.runs import runs

    known = runs(database())
    if json:
        for run in known:
            print_json(vars(run))
        return
    rows = [
        (r.id, f"{r.started:%Y-%m-%d %H:%M}", len(r.sources), f"{r.closed:%H:%M}" if r.closed else "not whole")
        for r in known
    ]
    print_table("runs", ["run", "started", "sources", "closed"], rows)


@runs_app.command("show")
def show_run(run: Annotated[str, typer.Argument(help="A run id.")], json: Json = False) -> None:
    """Show the closing report of a run."""
    from watchword.archive import RunFolder
    from watchword.report import read_report

    report = read_report(RunFolder.find(settings().runs, run).path / "report.json")
    if json:
        print_json(report.as_json())
    else:
        say(report.as_text())


def verify(
    run: Annotated[str, typer.Argument(help="A run id, a run folder or an evidence bundle.")],
    key: Annotated[list[Path] | None, typer.Option(help="Public key file that is trusted.")] = None,
    json: Json = False,
) -> None:
    """Check offline every byte, hash and link of a run; name the first that is wrong."""
    from watchword.evidence import verify_run

    verdict = verify_run(settings(), run, key or [])
    if json:
        print_json(verdict.as_json())
    elif verdict.whole:
        say(verdict.sentence)
    else:
        warn(f"watchword: {verdict.sentence}")
    if not verdict.whole:
        raise typer.Exit(1)


def forget(
    run: Annotated[str, typer.Argument(help="A run id.")],
    selector: Annotated[str, typer.Argument(help="A URL, a capture id or a document id.")],
    reason: Annotated[str, typer.Option(help="The law or rule that demands it.")],
    by: Annotated[str, typer.Option(help="Who decided.")],
) -> None:
    """Delete what a law or a retention rule demands to delete; a signed tombstone stays, and the chain holds."""
    from watchword.evidence import forget_in_run

    say(forget_in_run(settings(), database(), run, selector, reason=reason, by=by))


def versions(url: Annotated[str, typer.Argument(help="Address of the page.")], json: Json = False) -> None:
    """List the versions of a page and show what changed in words."""
    from watchword.versions import page_versions

    for version in page_versions(settings(), database(), url):
        if json:
            print_json(vars(version))
        else:
            say(version.as_text())


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.add_typer(runs_app, name="runs")
    app.command("verify")(verify)
    app.command("forget")(forget)
    app.command("versions")(versions)
