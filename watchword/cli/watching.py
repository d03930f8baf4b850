"""Commands on watches, alerts and coverage."""

from datetime import datetime
from typing import Annotated

import typer

from watchword.cli.output import print_json, print_table, say
from watchword.cli.session import check_author, database, day, settings
from watchword.cli.stages import STAGE, StageGroup, watch

Name = Annotated[str, typer.Argument(help="Name of the watch.")]
AlertId = Annotated[str, typer.Argument(help="Id of the alert, or the beginning of it.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]

# The beginning of an id is enough to name an alert, and leaves room for its title.
SHOWN_ID = 8

watch_app = typer.Typer(
    cls=StageGroup, help="Standing questions, and who is told; with a run id, the stage that holds them against a run."
)
alerts_app = typer.Typer(help="What met a watch, with the reasons.", no_args_is_help=True)


@watch_app.command("add")
def add(
    name: Name,
    entity: Annotated[
        list[str] | None, typer.Option(help="Id of an entity, or `code:1C216` with all below it.")
    ] = None,
    list_name: Annotated[
        list[str] | None, typer.Option("--list", help="Name of an imported list: any party on it.")
    ] = None,
    query: Annotated[str, typer.Option(help="A query that the document must match.")] = "",
    tell: Annotated[
        list[str] | None, typer.Option(help="mailto:NAME@HOST, file:NAME.jsonl or https://HOST/PATH.")
    ] = None,
) -> None:
    """Add a watch: entities, codes and lists are alternatives; a query beside them narrows."""
    from watchword.errors import UsageError
    from watchword.watch.knowing import unknown_parts
    from watchword.watch.notify import recipient_problem
    from watchword.watch.register import add_watch
    from watchword.watch.watches import Watch

    watch = Watch(name, tuple(entity or ()), tuple(list_name or ()), query, tuple(tell or ()))
    if not (entity or list_name or query):
        raise UsageError("A watch asks for something: give --entity, --list or --query.")
    if query:
        from watchword.index import check_query

        check_query(query)
    problems = [*(p for p in map(recipient_problem, watch.tell) if p), *unknown_parts(settings(), watch)]
    if problems:
        raise UsageError(problems[0])
    add_watch(database(), watch)
    say(f"watch {name} added")


@watch_app.command("list")
def show_watches(json: Json = False) -> None:
    """List the watches in force."""
    from watchword.watch.register import watches

    known = watches(database())
    if json:
        for watch in known:
            print_json(vars(watch))
        return
    rows = [
        (w.name, " ".join((*w.entities, *(f"list:{n}" for n in w.lists))), w.query, " ".join(w.tell)) for w in known
    ]
    print_table("watches", ["name", "entities and lists", "query", "told"], rows)


@watch_app.command("remove")
def remove(name: Name) -> None:
    """Take a watch out of force; its alerts stay."""
    from watchword.watch.register import remove_watch

    remove_watch(database(), name)
    say(f"watch {name} removed")


@watch_app.command("test")
def try_watch(name: Name, json: Json = False) -> None:
    """Show what a watch would have found in everything collected, without raising an alert."""
    from watchword.process import met_in_archive
    from watchword.watch.register import find_watch

    met = 0
    for document, reasons in met_in_archive(settings(), database(), find_watch(database(), name)):
        met += 1
        if json:
            print_json({"document": document.id, "url": document.url, "reasons": [vars(r) for r in reasons]})
        else:
            say(f"{document.url}\n  " + "\n  ".join(f"{r.text!r}: {r.why}" for r in reasons))
    if not json:
        say(f"{met} documents meet the watch {name}" if met != 1 else f"1 document meets the watch {name}")


@alerts_app.command("list")
def show_alerts(
    watch: Annotated[str | None, typer.Option(help="Only alerts of this watch.")] = None,
    run: Annotated[str | None, typer.Option(help="Only alerts of this run.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Only alerts that nobody has acknowledged.")] = False,
    json: Json = False,
) -> None:
    """List alerts, newest first."""
    from watchword.watch.alerts import alerts

    found = alerts(database(), watch=watch, run=run, fresh_only=new)
    if json:
        for alert in found:
            print_json(alert.as_json())
        return
    rows = [
        (a.id[:SHOWN_ID], f"{a.raised:%Y-%m-%d}", a.watch, a.title, a.copies, len(a.reasons), a.acknowledged_by or "")
        for a in found
    ]
    print_table("alerts", ["id", "raised", "watch", "story", "copies", "reasons", "seen by"], rows)


@alerts_app.command("show")
def show_alert(identifier: AlertId, json: Json = False) -> None:
    """Show one alert with every reason."""
    from watchword.watch.alerts import find_alert
    from watchword.watch.notify import as_text

    alert = find_alert(database(), identifier)
    if json:
        print_json(alert.as_json())
    else:
        say(as_text(alert))


@alerts_app.command("acknowledge")
def acknowledge_alert(
    identifier: AlertId,
    by: Annotated[str, typer.Option(help="Who has seen it.")],
    note: Annotated[str, typer.Option(help="What was decided.")] = "",
) -> None:
    """Mark an alert as seen by a person."""
    from watchword.watch.alerts import acknowledge

    check_author(by)
    alert = acknowledge(database(), identifier, by=by, note=note)
    say(f"alert {alert.id} acknowledged by {by}")


def coverage(
    since: Annotated[str | None, typer.Option(help="First day, as YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, as YYYY-MM-DD.")] = None,
    json: Json = False,
) -> None:
    """Tell what was not seen in a period, and why."""
    from watchword.coverage import coverage_note
    from watchword.searching import answering

    note = coverage_note(database(), answering(settings(), database()), _start(since), _end(until))
    if json:
        print_json(note.as_json())
    else:
        say(note.as_text())


def _start(text: str | None) -> datetime | None:
    return day(text, "--since") if text else None


def _end(text: str | None) -> datetime | None:
    return day(text, "--until").replace(hour=23, minute=59, second=59) if text else None


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    watch_app.command(STAGE, hidden=True)(watch)
    app.add_typer(watch_app, name="watch")
    app.add_typer(alerts_app, name="alerts")
    app.command("coverage")(coverage)
