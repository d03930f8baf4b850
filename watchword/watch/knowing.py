"""A watch on something that is not known would never be met in silence: what it names is looked up when it is added."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from watchword.errors import UsageError
from watchword.lists import Shelf
from watchword.settings import Settings
from watchword.watch.watches import CODE, Watch

# A code of a control list begins so; the catalogue holds no whole list to look it up in.
CODE_SHAPE = re.compile(r"^(?:[0-9][A-E][0-9]{3}(?:\.[0-9a-z]+)*|ML[0-9].*|[A-Z]{2,4} .+|[0-9-]{4,}|[0-9.]{4,})$")


def unknown_parts(settings: Settings, watch: Watch) -> Iterator[str]:
    """Yield a sentence for each list or entity of *watch* that this installation does not know."""
    shelf = Shelf(settings.folder)
    held = [entry.name for entry in shelf.current()]
    for name in watch.lists:
        if name not in held:
            known = f"Imported are {', '.join(held)}" if held else "None is imported"
            yield f"No list {name!r}.{_near(name, held)} {known}; 'watchword lists import FILE' adds one."
    for entity in watch.entities:
        yield from _unknown_entity(shelf, held, entity)


def _unknown_entity(shelf: Shelf, held: list[str], entity: str) -> Iterator[str]:
    prefix, _, name = entity.partition(":")
    if entity.startswith(CODE):
        if not CODE_SHAPE.match(name):
            yield f"{name!r} is no code of a control list; write it as code:1C216, code:1C350.23 or 'code:MTCR 6.C.8'."
    elif prefix in ("item", "site"):
        ids = _catalogue(prefix)
        if name not in ids:
            yield f"No {prefix} {name!r}.{_near(name, ids)} 'watchword {prefix}s search WORDS' finds {prefix}s."
    elif prefix in held:
        yield from _unknown_party(shelf, entity)
    elif prefix != "place":
        known = ", ".join([*(f"{name}:" for name in held), "item:", "site:", "place:", CODE])
        yield f"{entity!r} is no entity; an entity begins with one of {known}"


def _unknown_party(shelf: Shelf, entity: str) -> Iterator[str]:
    try:
        shelf.party(entity)
    except UsageError as error:
        yield str(error)


def _catalogue(prefix: str) -> list[str]:
    if prefix == "item":
        from nlp.items import catalogue

        return [item.id for item in catalogue()]
    from nlp.sites import all_sites

    return [site.id for site in all_sites()]


def _near(word: str, known: Iterable[str]) -> str:
    found = get_close_matches(word, list(known), 1)
    return f" Did you mean {found[0]!r}?" if found else ""
