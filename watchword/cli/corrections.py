"""Commands on corrections: `corrections reject`, `retype`, `merge`, `undo`, `list`; and `reprocess`."""

from typing import TYPE_CHECKING, Annotated

import typer

from watchword.cli.output import print_json, print_table, say
from watchword.cli.session import check_author, database, settings

if TYPE_CHECKING:
    from watchword.corrections import Correction

Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]
By = Annotated[str, typer.Option(help="Who decided.")]
Entity = Annotated[str | None, typer.Option(help="Only where the wording was found as this entity.")]
Text = Annotated[str, typer.Argument(help="The wording, as it stands in a text.")]

corrections_app = typer.Typer(help="What analysts decided on mentions and entities.", no_args_is_help=True)


@corrections_app.command("reject")
def reject_mention(text: Text, by: By, entity: Entity = None) -> None:
    """Rule that a wording names nothing, or not this entity."""
    from watchword.corrections import reject

    _add(reject(text, entity=entity, by=by))


@corrections_app.command("retype")
def retype_mention(
    text: Text,
    type_name: Annotated[str, typer.Argument(metavar="TYPE", help="item, person, organisation, vessel or site.")],
    by: By,
    entity: Entity = None,
) -> None:
    """Rule that a wording names something of another type."""
    from watchword.corrections import retype

    _add(retype(text, type_name, entity=entity, by=by))


@corrections_app.command("merge")
def merge_entities(
    entity: Annotated[str, typer.Argument(help="Id of the entity that is another.")],
    into: Annotated[str, typer.Argument(help="Id of the entity that it is.")],
    by: By,
) -> None:
    """Rule that what is found as one entity is another."""
    from watchword.corrections import merge

    _add(merge(entity, into, by=by))


def _add(rule: "Correction") -> None:
    from watchword.store.corrections import add

    check_author(rule.author)
    say(f"correction {add(database(), rule)}: {rule.sentence}")


@corrections_app.command("undo")
def undo_correction(number: Annotated[int, typer.Argument(help="The number that `corrections list` shows.")]) -> None:
    """Take a correction out of force; it stays on record."""
    from watchword.store.corrections import undo

    undo(database(), number)
    say(f"correction {number} undone")


@corrections_app.command("list")
def list_corrections(
    undone: Annotated[bool, typer.Option("--all", help="Also those that were undone.")] = False, json: Json = False
) -> None:
    """List the corrections in force."""
    from watchword.store.corrections import corrections

    known = corrections(database(), undone=undone)
    if json:
        for rule in known:
            print_json(vars(rule))
        return
    rows = [(r.id, r.sentence, r.author, f"{r.made:%Y-%m-%d}", "undone" if r.undone else "") for r in known]
    print_table("corrections", ["number", "rule", "by", "made", ""], rows)


def reprocess(
    runs: Annotated[list[str], typer.Argument(help="Run ids.")],
    apply: Annotated[bool, typer.Option("--apply", help="Put the new reading in place of the old one.")] = False,
    json: Json = False,
) -> None:
    """Read runs again with today's extractor, catalogues, lists and models; show what is gained and lost."""
    from watchword.reprocessing import reprocess_run

    for run in runs:
        difference = reprocess_run(settings(), database(), run, apply=apply)
        if json:
            print_json(difference.as_json())
        else:
            say(difference.as_text())


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.add_typer(corrections_app, name="corrections")
    app.command("reprocess")(reprocess)
