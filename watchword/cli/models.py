"""Commands on trained pipelines: `models train`, `models list`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from watchword.cli.output import print_json, print_table, say
from watchword.cli.session import existing, settings

models_app = typer.Typer(help="Trained pipelines that find names.", no_args_is_help=True)
SHORT_DIGITS = 3


@models_app.command("train")
def train(
    corpora: Annotated[Path, typer.Argument(help="Folder that holds the corpora: re3d-en, nd-ner-zh, nerel-ru.")],
    language: Annotated[
        list[str] | None, typer.Option(help="Language to train, again for more; all whose corpus is there.")
    ] = None,
    into: Annotated[Path | None, typer.Option(help="Folder to install into in place of the home folder.")] = None,
) -> None:
    """Train the pipelines for which there is a corpus, and install them into the home folder."""
    from watchword.knowledge import MODELS_FOLDER
    from watchword.models import install

    for trained in install(existing(corpora), into or settings().folder / MODELS_FOLDER, language or ()):
        say(f"{trained.language}: F1 {trained.score:.3f} on held-out texts, installed as {trained.pipeline}")


@models_app.command("list")
def show(json: Annotated[bool, typer.Option("--json", help="JSON Lines.")] = False) -> None:
    """List the pipelines that reading uses, a language each."""
    from watchword.models import in_use

    found = in_use(settings())
    if json:
        for model in found:
            print_json(asdict(model))
        return
    rows = [
        (m.language, m.name, m.origin, "" if m.score is None else round(m.score, SHORT_DIGITS), m.licence)
        for m in found
    ]
    print_table("models", ["language", "pipeline", "from", "F1 held out", "licence"], rows)


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.add_typer(models_app, name="models")
