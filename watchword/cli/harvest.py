"""Commands that make a harvest: whole, by stage, and the exercise."""

import sys
from typing import Annotated

import click
import typer
from typer.core import TyperGroup

from watchword.cli.output import print_json, print_table, say, warn
from watchword.cli.session import database, settings

SET_ASIDE_EXIT = 3
Names = Annotated[list[str] | None, typer.Argument(help="Sources; none means all.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]
Due = Annotated[bool, typer.Option("--due", help="Only sources that are due by their schedule.")]
RunId = Annotated[str | None, typer.Argument(help="A run id; the newest run without it.")]


class StageGroup(TyperGroup):
    """A group whose own name is a stage: `watchword watch RUN` beside `watchword watch add`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command as the argument of the stage."""
        known = args and self.get_command(ctx, args[0]) is not None
        return super().resolve_command(ctx, args if known else ["stage", *args])


def harvest(sources: Names = None, due: Due = False, json: Json = False) -> None:
    """Crawl, archive, extract, read, index, watch and notify: one run, with its closing report."""
    from watchword.process import harvest as run_harvest

    report = run_harvest(settings(), database(), sources or (), due=due)
    if report is None:
        say("Nothing is due; 'watchword sources list' shows when each source is.")
        return
    if json:
        print_json(report.as_json())
    else:
        say(report.as_text())
    if not report.complete:
        raise typer.Exit(SET_ASIDE_EXIT)


def plan(sources: Names = None, due: Due = False) -> None:
    """Open a run and write its id and its groups of sources as one JSON object; the DAG maps over the groups."""
    from watchword.process import plan as make_plan

    made = make_plan(settings(), database(), sources or (), due=due)
    print_json({"run": made.run, "groups": made.groups} if made else {"run": "", "groups": []})


def crawl(run: RunId = None, sources: Names = None) -> None:
    """Crawl the sources of a run into its folder."""
    from watchword.process import crawl_run

    if not crawl_run(settings(), database(), run, sources or ()):
        raise typer.Exit(SET_ASIDE_EXIT)


def extract(run: RunId = None) -> None:
    """Seal the archive of a run, and read what it holds."""
    from watchword.process import extract_stage

    if not extract_stage(settings(), database(), run):
        raise typer.Exit(SET_ASIDE_EXIT)


def index(run: RunId = None) -> None:
    """Register and index the documents of a run."""
    from watchword.process import index_stage

    index_stage(settings(), database(), run)


def watch(run: RunId = None, json: Json = False) -> None:
    """Hold the watches against the documents of a run, tell who watches, and close the run."""
    from watchword.process import watch_stage

    report = watch_stage(settings(), database(), run)
    if json:
        print_json(report.as_json())
    else:
        say(report.as_text())
    if not report.complete:
        raise typer.Exit(SET_ASIDE_EXIT)


def demo() -> None:
    """Run the tabletop exercise: two nights, the alerts with their reasons, and the answer key."""
    from watchword.demo import run_demo

    if not run_demo(settings(), say):
        raise typer.Exit(1)


sources_app = typer.Typer(help="The source catalogue.", no_args_is_help=True)


@sources_app.command("list")
def list_sources(json: Json = False) -> None:
    """List the sources with their kind and when they were last seen."""
    from watchword.catalogue import all_sources
    from watchword.store.runs import last_seen

    seen = last_seen(database())
    known = all_sources(settings())
    if json:
        for source in known:
            print_json({**source.model_dump(mode="json"), "last_seen": seen.get(source.name)})
        return
    rows = [
        (s.name, s.kind, s.publisher, s.schedule, f"{seen[s.name]:%Y-%m-%d %H:%M}" if s.name in seen else "never")
        for s in known
    ]
    print_table("sources", ["source", "kind", "publisher", "schedule", "last seen"], rows)


@sources_app.command("check")
def check_sources() -> None:
    """Read the catalogue strictly and say what is wrong, if anything is."""
    from watchword.catalogue import all_sources

    say(f"{len(all_sources(settings()))} sources, all well formed")


@sources_app.command("health")
def health(json: Json = False) -> None:
    """Show for each source when it was last seen, its errors in a row, and its volume against what is expected."""
    from watchword.health import source_health

    states = source_health(settings(), database())
    if json:
        for state in states:
            print_json(vars(state))
        return
    rows = [
        (s.source, s.last_seen or "never", s.errors_in_a_row, f"{s.documents_a_week:.1f}", s.expected or "", s.remark)
        for s in states
    ]
    print_table("sources", ["source", "last seen", "errors", "documents a week", "expected", "remark"], rows)


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    for name, command in (("demo", demo), ("harvest", harvest), ("plan", plan), ("crawl", crawl), ("extract", extract)):
        app.command(name)(command)
    app.add_typer(sources_app, name="sources")


def report_progress(text: str) -> None:
    """Write a line on stderr, on a terminal only."""
    if sys.stderr.isatty():
        warn(text)
