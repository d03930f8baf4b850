"""Templates of features: which columns of which neighbours are read together.

A template such as `word-1 word` reads the word of the token before and the token's own. A feature is the template and
what it read; where any of it is empty there is no feature, and beyond the ends of a sequence stands `EDGE`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

Columns = Mapping[str, Sequence[str]]

EDGE = "^"
PART = re.compile(r"(?P<column>[a-z]+\d*)(?P<offset>[+-]\d)?")


@cache
def _parts(template: str) -> tuple[tuple[str, int], ...]:
    matches = (PART.fullmatch(part) for part in template.split())
    return tuple((match["column"], int(match["offset"] or 0)) for match in matches if match)


def around(column: str, reach: int) -> tuple[str, ...]:
    """Return the templates of *column* at a token and at up to *reach* tokens before and after it."""
    return (column, *(f"{column}{sign}{step}" for step in range(1, reach + 1) for sign in "-+"))


def rows(columns: Columns, templates: Iterable[str]) -> list[list[str]]:
    """Return the features of each token whose attributes *columns* hold."""
    filled = [_filled(columns, template) for template in templates]
    return [[feature for feature in row if feature] for row in zip(*filled, strict=True)]


def _filled(columns: Columns, template: str) -> list[str]:
    first, *others = (_shifted(columns[column], offset) for column, offset in _parts(template))
    if not others:
        return [value and f"{template}={value}" for value in first]
    return [f"{template}={'|'.join(values)}" if all(values) else "" for values in zip(first, *others, strict=True)]


def _shifted(column: Sequence[str], by: int) -> Sequence[str]:
    if by < 0:
        return [EDGE] * min(-by, len(column)) + list(column[:by])
    return [*column[by:], *[EDGE] * min(by, len(column))] if by else column
