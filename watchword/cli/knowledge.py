"""Commands on what Watchword knows: `items`, `sites`."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchword.cli.output import print_json, print_table, say, warn
from watchword.cli.session import existing
from watchword.errors import UsageError

if TYPE_CHECKING:
    from nlp.items import Item

Json = Annotated[bool, typer.Option("--json", help="Write JSON Lines.")]

items_app = typer.Typer(help="Controlled and dual-use items: what the catalogue knows.", no_args_is_help=True)
sites_app = typer.Typer(help="Nuclear, missile, chemical, biological and test sites.", no_args_is_help=True)


@items_app.command("show")
def show_item(item: Annotated[str, typer.Argument(help="An item's id.")], json: Json = False) -> None:
    """Show everything that the catalogue knows of an item."""
    known = {known.id: known for known in _items()}
    if item not in known:
        raise UsageError(f"No item {item!r}.{_near(item, known)} 'watchword items search WORDS' finds items.")
    if json:
        print_json(asdict(known[item]))
    else:
        say(_described(known[item]))


@items_app.command("search")
def search_item(
    words: Annotated[list[str], typer.Argument(help="A name, a code, a CAS number or an HS heading.")],
    json: Json = False,
) -> None:
    """Search items by name in any language, by code, CAS number or HS heading."""
    from nlp.items import search_items

    found = search_items(" ".join(words), _items())
    if json:
        for item in found:
            print_json(asdict(item))
        return
    rows = [(item.id, item.name, item.area, ", ".join(item.codes)) for item in found]
    print_table("items", ["id", "name", "area", "codes"], rows)


@items_app.command("check")
def check_items(
    controls: Annotated[Path | None, typer.Option(help="Folder with official lists to hold the codes against.")] = None,
) -> None:
    """Read the catalogue strictly, and hold its codes against the official lists where a folder is given."""
    from nlp.items.checking import OfficialLists, find_problems

    items = _items()
    problems = list(find_problems(items, OfficialLists(existing(controls)))) if controls else []
    for problem in problems:
        warn(problem)
    codes = sum(len(item.all_codes) for item in items)
    say(f"{len(items)} items with {codes} codes, {len(problems)} problems")
    if problems:
        raise typer.Exit(1)


@items_app.command("gaps")
def show_gaps(controls: Annotated[Path, typer.Option(help="Folder with official lists.")], json: Json = False) -> None:
    """Show the entries of official lists that no item of the catalogue falls under."""
    from nlp.items.checking import OfficialLists
    from nlp.items.gaps import count_entries, find_gaps

    lists = OfficialLists(existing(controls))
    gaps = list(find_gaps(_items(), lists))
    if json:
        for gap in gaps:
            print_json(asdict(gap))
        return
    print_table("gaps", ["list", "entry", "heading"], [(gap.list, gap.entry, gap.heading) for gap in gaps])
    say(f"{len(gaps)} of {count_entries(lists)} entries without an item")


@sites_app.command("show")
def show_site(site: Annotated[str, typer.Argument(help="A site's id.")], json: Json = False) -> None:
    """Show everything that the catalogue knows of a site."""
    from nlp.sites import all_sites, find_site

    found = find_site(site)
    if found is None:
        near = _near(site, [known.id for known in all_sites()])
        raise UsageError(f"No site {site!r}.{near} 'watchword sites search WORDS' finds sites.")
    record = found.model_dump(mode="json")
    if json:
        print_json(record)
    else:
        say("\n".join(f"{field}: {_flat(value)}" for field, value in record.items() if value))


@sites_app.command("search")
def search_site(
    words: Annotated[list[str], typer.Argument(help="A name, a place, a kind or an operator.")], json: Json = False
) -> None:
    """Search sites by name in any language."""
    from nlp.sites import search_sites

    found = search_sites(" ".join(words))
    if json:
        for site in found:
            print_json(site.model_dump(mode="json"))
        return
    print_table("sites", ["id", "name", "country"], [(site.id, site.name, site.country) for site in found])


def _items() -> "tuple[Item, ...]":
    from nlp.catalogue import CatalogueError
    from nlp.items import catalogue

    try:
        return catalogue()
    except CatalogueError as error:
        raise UsageError(str(error)) from None


def _near(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), 1)
    return f" Did you mean {found[0]!r}?" if found else ""


def _described(item: "Item") -> str:
    from nlp.items.thresholds import limit_in_words

    lines = [f"{item.id}: {item.name} ({item.area})", item.use, f"codes: {', '.join(item.codes)}"]
    lines += [f"{label}: {', '.join(codes)}" for label, codes in (("CAS", item.cas), ("HS", item.hs)) if codes]
    lines += [f"{language}: {', '.join(names)}" for language, names in item.names]
    lines += [f"trade names: {', '.join(item.trade)}"] if item.trade else []
    for label, phrases in (("weak", item.weak), ("context", item.context), ("against", item.against)):
        lines += [f"{label}, {language}: {', '.join(words)}" for language, words in phrases]
    lines += [f"{limit.code} controls {limit.parameter} {limit_in_words(limit)}" for limit in item.limits]
    return "\n".join(lines)


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(inner)}" for key, inner in value.items())
    return ", ".join(map(_flat, value)) if isinstance(value, list) else str(value)


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.add_typer(items_app, name="items")
    app.add_typer(sites_app, name="sites")
