"""Looking items up by name, code, CAS number or HS heading."""

from collections.abc import Iterator

from nlp.folding import folded
from nlp.items.catalogue import Item, catalogue


def search_items(words: str, items: tuple[Item, ...] | None = None) -> list[Item]:
    """Return the items that *words* name, those with a name or code of exactly these words first."""
    wanted = folded(words)
    found = []
    for item in items if items is not None else catalogue():
        texts = [folded(text) for text in _texts(item)]
        if wanted in texts:
            found.append((0, item))
        elif any(wanted in text for text in texts):
            found.append((1, item))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _texts(item: Item) -> Iterator[str]:
    yield from (item.id, item.name, item.use, *item.all_codes, *item.trade)
    for phrases in (item.names, item.weak):
        for _, texts in phrases:
            yield from texts
