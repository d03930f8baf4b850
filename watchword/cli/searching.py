"""Commands on the index: `search`, saved searches, and the state of the index."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from watchword.cli.output import SET_ASIDE_EXIT, print_json, print_table, say, warn
from watchword.cli.session import database, settings
from watchword.cli.stages import STAGE, StageGroup, index

if TYPE_CHECKING:
    from watchword.searching import Filters, Question

Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]
Query = Annotated[str, typer.Argument(help="Lucene syntax; docs/search.md has every field with examples.")]
Since = Annotated[str | None, typer.Option(help="First day of publication: 2026-01-31, 2026-01, or now-7d.")]
Until = Annotated[str | None, typer.Option(help="Last day of publication.")]
Language = Annotated[list[str] | None, typer.Option(help="Only documents in this language.")]
Source = Annotated[list[str] | None, typer.Option(help="Only documents of this source.")]
Entity = Annotated[list[str] | None, typer.Option(help="Only documents that mention this entity, by id or name.")]
Only = Annotated[list[str] | None, typer.Option(help="A selection, as FIELD=VALUE; two of one field are alternatives.")]
Without = Annotated[list[str] | None, typer.Option(help="What to leave out, as FIELD=VALUE.")]
Facet = Annotated[list[str] | None, typer.Option(help="Count the results by this field.")]
Order = Annotated[str, typer.Option(help="relevance, fresh, newest or oldest.")]
Fold = Annotated[bool, typer.Option("--fold/--no-fold", help="One hit a story.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="Hits to show; the count is always of all.")]
Name = Annotated[str, typer.Argument(help="Name of the saved search.")]
DEFAULT_LIMIT = 20

index_app = typer.Typer(cls=StageGroup, help="The index: its state and upkeep; with a run id, the stage that fills it.")
index_app.command(STAGE, hidden=True)(index)
searches_app = typer.Typer(help="Searches that are kept under a name.", no_args_is_help=True)


def search(
    query: Annotated[str, typer.Argument(help="Lucene syntax; docs/search.md has every field with examples.")] = "*",
    since: Since = None,
    until: Until = None,
    language: Language = None,
    source: Source = None,
    entity: Entity = None,
    only: Only = None,
    without: Without = None,
    facet: Facet = None,
    days: Annotated[bool, typer.Option(help="Count the results by day.")] = False,
    order: Order = "",
    fold: Fold = True,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Annotated[str | None, typer.Option(help="The cursor that the page before ended with.")] = None,
    like: Annotated[str | None, typer.Option(help="Id of a document: find what resembles it.")] = None,
    saved: Annotated[str | None, typer.Option(help="Ask a saved search, in place of a query.")] = None,
    give: Annotated[list[str] | None, typer.Option("--set", help="A parameter of it, as NAME=VALUE.")] = None,
    json: Json = False,
) -> None:
    """Search everything collected; the count is exact, and the coverage stands beside it."""
    from watchword.searching import Question, View, ask

    view = View(fold, limit, order, cursor, tuple(facet or ()), days)
    given = Question(query, chosen(since, until, language, source, entity, only, without), view, like)
    answer = ask(settings(), database(), kept(saved, give, given))
    if not json:
        say(answer.as_text(terminal=sys.stdout.isatty()))
        return
    for hit in answer.hits:
        print_json(hit)
    warn(answer.around())


def kept(saved: str | None, give: list[str] | None, given: "Question") -> "Question":
    """Return the question of the search *saved*, narrowed by what is *given*; that alone where none is named."""
    from watchword.errors import UsageError
    from watchword.saved import asked_for

    values = dict(pairs(give, "--set"))
    if saved:
        return asked_for(database(), saved, values, given)
    if values:
        raise UsageError("--set gives a value to a saved search; name it with --saved.")
    return given


def chosen(
    since: str | None,
    until: str | None,
    language: list[str] | None,
    source: list[str] | None,
    entity: list[str] | None,
    only: list[str] | None,
    without: list[str] | None,
) -> "Filters":
    """Return the filters that the options state."""
    from watchword.searching import Filters

    return Filters(
        since,
        until,
        tuple(language or ()),
        tuple(source or ()),
        tuple(entity or ()),
        pairs(only, "--only"),
        pairs(without, "--without"),
    )


def pairs(given: list[str] | None, option: str) -> tuple[tuple[str, str], ...]:
    """Return NAME=VALUE options as pairs; raise UsageError where one is none."""
    from watchword.errors import UsageError

    found = []
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise UsageError(f"{option} {text!r} is not written as NAME=VALUE.")
        found.append((name, value))
    return tuple(found)


@searches_app.command("save")
def save(
    name: Name,
    query: Query,
    since: Since = None,
    until: Until = None,
    language: Language = None,
    source: Source = None,
    entity: Entity = None,
    only: Only = None,
    without: Without = None,
    order: Order = "",
    note: Annotated[str, typer.Option(help="What it is for.")] = "",
) -> None:
    """Keep a search under a name; `${code}` in its query is a parameter, `${since=now-7d}` one with a default."""
    from watchword.saved import as_saved
    from watchword.searching import Question, View
    from watchword.store.searches import save_search

    filters = chosen(since, until, language, source, entity, only, without)
    save_search(database(), as_saved(name, Question(query, filters, View(order=order)), note))
    say(f"search {name} saved")


@searches_app.command("list")
def list_searches(json: Json = False) -> None:
    """List the saved searches."""
    from watchword.store.searches import saved_searches

    known = saved_searches(database())
    if json:
        for search in known:
            print_json(vars(search))
        return
    print_table("saved searches", ["name", "query", "note"], [(s.name, s.query, s.note) for s in known])


@searches_app.command("remove")
def remove(name: Name) -> None:
    """Forget a saved search."""
    from watchword.store.searches import remove_search

    remove_search(database(), name)
    say(f"search {name} removed")


@index_app.command("status")
def status(json: Json = False) -> None:
    """Show what the index holds, and whether all that was collected is in it."""
    from watchword.upkeep import index_status

    state = index_status(settings(), database())
    if json:
        print_json(state)
    else:
        print_table("index", ["", ""], list(state.items()))
    if state["waiting"] or "remark" in state:
        raise typer.Exit(SET_ASIDE_EXIT)


@index_app.command("rebuild")
def rebuild() -> None:
    """Build the index anew from the run folders; the old one answers until the new one is whole."""
    from watchword.upkeep import rebuild_index

    say(f"{rebuild_index(settings(), database())} documents indexed")


@index_app.command("migrate")
def migrate() -> None:
    """Bring an index that another version made to the present fields; do nothing where it has them."""
    from watchword.upkeep import migrate_index

    number = migrate_index(settings(), database())
    say("the index has the present fields" if number is None else f"{number} documents indexed with the present fields")


@index_app.command("snapshot")
def snapshot() -> None:
    """Take a snapshot of the index on Elasticsearch, and delete those beyond the number that is kept."""
    from watchword.upkeep import take_snapshot

    say(f"snapshot {take_snapshot(settings())} taken")


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command("search")(search)
    app.add_typer(index_app, name="index")
    app.add_typer(searches_app, name="searches")
