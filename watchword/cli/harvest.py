"""Commands that make a whole harvest, and the exercise."""

from pathlib import Path
from typing import Annotated

import typer

from watchword.cli.output import SET_ASIDE_EXIT, print_json, say, tell, warn
from watchword.cli.session import database, settings
from watchword.cli.stages import Due, Json, Names


def harvest(sources: Names = None, due: Due = False, json: Json = False) -> None:
    """Crawl, archive, extract, read, index, watch and notify: one run, with its closing report."""
    from watchword.process import harvest as run_harvest

    report = run_harvest(settings(), database(), sources or (), due=due, tell=tell)
    if report is None:
        (warn if json else say)("Nothing is due; 'watchword sources list' shows when each source is.")
        return
    if json:
        print_json(report.as_json())
    else:
        say(report.as_text())
    if not report.complete:
        raise typer.Exit(SET_ASIDE_EXIT)


def upload(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders; folders are taken with all below them.")],
    source: Annotated[str, typer.Option(help="Name under which they are kept and found.")] = "uploads",
    publisher: Annotated[str, typer.Option(help="Who published them.")] = "",
    language: Annotated[str | None, typer.Option(help="ISO 639 code, where all are in one language.")] = None,
    marking: Annotated[str, typer.Option(help="Handling marking that the documents carry.")] = "",
    json: Json = False,
) -> None:
    """Keep files of this machine as evidence, read and index them: one run, with its closing report."""
    from watchword.uploads import Upload, declare

    declare(settings(), Upload(paths, source, publisher, language, marking))
    harvest([source], json=json)


def demo() -> None:
    """Run the tabletop exercise: two nights, the alerts with their reasons, and the answer key."""
    from watchword.demo import run_demo

    if not run_demo(settings(), say):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command("demo")(demo)
    app.command("harvest")(harvest)
    app.command("upload")(upload)
