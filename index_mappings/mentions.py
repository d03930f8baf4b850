"""What an index holds of mentions: keywords with what stands above them, and the sparse stream at their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from index_mappings.analysis import Span, fold_keyword

FIELDS: Final = ("type", "entity", "item", "code", "role", "site", "list")
# A mention of more words is a whole sentence; its beginning is enough to be near to.
MAX_WORDS = 12
# Names repeat: this many serve nearly every mention of a harvest.
CACHED_NAMES = 100_000
# What begins an entity id without being a list of parties.
CATALOGUED: Final = ("item", "site")
UNLISTED: Final = frozenset({*CATALOGUED, "place"})
# Fields of which any value can be asked for near something else: any listed party, any controlled item, any role.
ANY: Final = ("list", "code", "role")
# What separates a value from what stands above it.
ABOVE: Final = {"code": ".", "entity": ":/"}


@dataclass(frozen=True, eq=False)
class Named:
    """What a mention names, and as what; made once and known by being the same, which is found at once."""

    type: str
    entity: str | None
    name: str
    codes: tuple[str, ...]
    role: str | None


Pairs = tuple[tuple[str, str], ...]


@lru_cache(CACHED_NAMES)
def written(named: Named) -> Pairs:
    """Return field and value of *named* as they are shown and counted."""
    prefix, _, key = (named.entity or "").partition(":")
    found = [("type", named.type), *(("code", code) for code in named.codes)]
    found += [("role", named.role)] if named.role else []
    found += [("entity", named.entity)] if named.entity else []
    found += [(prefix, key)] if prefix in CATALOGUED else []
    found += [("list", prefix)] if prefix and prefix not in UNLISTED else []
    return tuple(found)


@lru_cache(CACHED_NAMES)
def looked_up(named: Named) -> Pairs:
    """Return field and folded value of *named* as a query finds them: with names, and with what stands above."""
    found = [
        (field, fold_keyword(above))
        for field, value in written(named)
        for above in ancestors(value, ABOVE.get(field, ""))
    ]
    prefix = (named.entity or "").partition(":")[0]
    if prefix and named.name:
        found.append(("entity", fold_keyword(named.name)))
        found += [(prefix, fold_keyword(named.name))] if prefix in CATALOGUED else []
    return tuple(found)


@lru_cache(CACHED_NAMES)
def mention_tokens(named: Named) -> tuple[str, ...]:
    """Return the tokens that stand for *named* in the mention stream."""
    told = [(field, "*") for field, _ in written(named) if field in ANY]
    return tuple(dict.fromkeys(mention_token(field, value) for field, value in (*looked_up(named), *told)))


def ancestors(value: str, separators: str) -> list[str]:
    """Return *value* and what stands above it: `1C216.a` below `1C216`, `place:IR/isfahan` below `place:IR`."""
    cuts = [index for index in range(len(value) - 1, 0, -1) if value[index] in separators]
    return [value, *(value[:cut] for cut in cuts)]


def keywords(mentions: Iterable[Named]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the keyword values of *mentions* by field, as written and as looked up."""
    names = dict.fromkeys(mentions)
    return _by_field(map(written, names)), _by_field(map(looked_up, names))


def _by_field(told: Iterable[Pairs]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for pairs in told:
        for field, value in pairs:
            found.setdefault(field, {})[value] = None
    return {field: list(values) for field, values in found.items()}


def mention_token(field: str, value: str) -> str:
    """Return the token that stands for a field's value in the mention stream."""
    return f"{field}:{fold_keyword(value)}".replace(" ", "_")


def mention_stream(placed: Iterable[tuple[Named, Span]], shift: int) -> Mapping[int, tuple[str, ...]]:
    """Return the tokens of mentions by position, in order.

    *placed* are names with the positions of their words; *shift* is the position of the first word of the text.
    """
    found: dict[int, tuple[str, ...]] = {}
    for named, (first, last) in placed:
        told = mention_tokens(named)
        for position in range(first + shift, max(min(last, first + MAX_WORDS), first + 1) + shift):
            found[position] = tuple(dict.fromkeys((*found[position], *told))) if position in found else told
    return {position: found[position] for position in sorted(found)}
