"""Commands that run one stage of a harvest: what the tasks of a DAG call."""

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from watchword.cli.output import SET_ASIDE_EXIT, print_json, say
from watchword.cli.session import database, settings

Names = Annotated[list[str] | None, typer.Argument(help="Sources; none means all.")]
RunId = Annotated[str | None, typer.Argument(help="A run id; the newest run without it.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]
Due = Annotated[bool, typer.Option("--due", help="Only sources that are due by their schedule.")]
Segments = Annotated[
    list[str] | None,
    typer.Option(
        "--segment", help="Only this segment of a sealed run: a share of the reading; - takes names, a line each."
    ),
]
STAGE = "stage"


class StageGroup(TyperGroup):
    """A group whose own name is a stage: `watchword watch RUN` beside `watchword watch add`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take a first word that is no command of the group as the argument of the stage."""
        first = args[0] if args else ""
        is_stage = first not in self.commands and first != "--help"
        return super().parse_args(ctx, [STAGE, *args] if is_stage else args)


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


def extract(run: RunId = None, segment: Segments = None) -> None:
    """Seal the archive of a run, and read what it holds."""
    from watchword.process import extract_stage, read_segments
    from watchword.stages.sharing import TOLD

    if segment:
        names = (line.strip() for line in sys.stdin) if segment == [TOLD] else iter(segment)
        for name in read_segments(settings(), database(), run, names):
            print(name, flush=True)
        return
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


def register(app: typer.Typer) -> None:
    """Add these commands to *app*; `index` and `watch` stand in the groups of those names."""
    for name, command in (("plan", plan), ("crawl", crawl), ("extract", extract)):
        app.command(name)(command)
