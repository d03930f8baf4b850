"""What an index holds of mentions: keywords with what stands above them, and the sparse stream at their words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from index_mappings.analysis import fold_keyword

FIELDS: Final = ("type", "entity", "item", "code", "role", "site", "list")
# A mention of more words is a whole sentence; its beginning is enough to be near to.
MAX_WORDS = 12
# What begins an entity id without being a list of parties.
CATALOGUED: Final = ("item", "site")
UNLISTED: Final = frozenset({*CATALOGUED, "place"})
# What separates a value from what stands above it.
ABOVE: Final = {"code": ".", "entity": ":/"}


@dataclass(frozen=True)
class IndexedMention:
    """What the index needs of a mention; `start` and `end` count characters of the text."""

    start: int
    end: int
    type: str
    entity: str | None
    name: str
    codes: tuple[str, ...]
    role: str | None

    def written(self) -> Iterator[tuple[str, str]]:
        """Yield field and value as they are shown and counted."""
        yield "type", self.type
        if self.role:
            yield "role", self.role
        for code in self.codes:
            yield "code", code
        if self.entity:
            prefix, _, key = self.entity.partition(":")
            yield "entity", self.entity
            yield from [(prefix, key)] if prefix in CATALOGUED else []
            yield from [("list", prefix)] if prefix not in UNLISTED else []

    def looked_up(self) -> Iterator[tuple[str, str]]:
        """Yield field and folded value as a query finds them: with names, and with what stands above."""
        for field, value in self.written():
            for above in ancestors(value, ABOVE.get(field, "")):
                yield field, fold_keyword(above)
        if self.entity and self.name:
            prefix = self.entity.partition(":")[0]
            yield "entity", fold_keyword(self.name)
            yield from [(prefix, fold_keyword(self.name))] if prefix in CATALOGUED else []


def ancestors(value: str, separators: str) -> list[str]:
    """Return *value* and what stands above it: `1C216.a` below `1C216`, `place:IR/isfahan` below `place:IR`."""
    cuts = [index for index in range(len(value) - 1, 0, -1) if value[index] in separators]
    return [value, *(value[:cut] for cut in cuts)]


def keywords(mentions: Sequence[IndexedMention]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the keyword values of *mentions* by field, as written and as looked up."""
    written: dict[str, dict[str, None]] = {}
    folded: dict[str, dict[str, None]] = {}
    for mention in mentions:
        for field, value in mention.written():
            written.setdefault(field, {})[value] = None
        for field, value in mention.looked_up():
            folded.setdefault(field, {})[value] = None
    return {f: list(values) for f, values in written.items()}, {f: list(values) for f, values in folded.items()}


def mention_token(field: str, value: str) -> str:
    """Return the token that stands for a field's value in the mention stream."""
    return f"{field}:{fold_keyword(value)}".replace(" ", "_")


def mention_stream(
    mentions: Sequence[IndexedMention], starts: Sequence[int], ends: Sequence[int], shift: int
) -> Mapping[int, tuple[str, ...]]:
    """Return the tokens of *mentions* by position, in order.

    *starts* and *ends* are where the words of the text begin and end; *shift* is the position of the first word.
    """
    placed: dict[int, dict[str, None]] = {}
    for mention in mentions:
        first = bisect_right(ends, mention.start)
        last = min(bisect_left(starts, mention.end), first + MAX_WORDS)
        told = [mention_token(field, value) for field, value in mention.looked_up()]
        for position in range(first, max(last, first + 1)):
            placed.setdefault(position + shift, {}).update(dict.fromkeys(told))
    return {position: tuple(placed[position]) for position in sorted(placed)}
