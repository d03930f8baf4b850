"""What a text must have for a pattern to match: letters to look for before the pattern itself is tried, or compiled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.alternation import alternatives, end_of_part

OPTIONAL = ("?", "*", "{0")
LOOKAROUND = re.compile(r"\(\?(?:<?[=!])")
GROUP = re.compile(r"\((?:\?(?:P<\w+>|[a-z]*:))?")
QUANTIFIER = re.compile(r"[?*+]|\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a pattern: plain letters, or a group that must be there; `source` is empty for anything else."""

    source: str
    group: bool = False


def literals(pattern: str) -> frozenset[str]:
    """Return letters, case-folded, of which a match of *pattern* has at least one; none where that is not known."""
    found: set[str] = set()
    for alternative in alternatives(pattern):
        needed = _of_row(alternative)
        if not needed:
            return frozenset()
        found |= needed
    return frozenset(found)


def _of_row(row: str) -> frozenset[str]:
    """Return the letters that tell most: the longest plain ones, else those of a group that must be there."""
    pieces = list(_pieces(row))
    plain = max((piece.source for piece in pieces if not piece.group), key=len, default="")
    if plain.strip():
        return frozenset({plain.casefold()})
    return next((found for piece in pieces if piece.group and (found := literals(piece.source))), frozenset())


def _pieces(row: str) -> Iterator[_Piece]:
    plain, place = "", 0
    while place < len(row):
        end = end_of_part(row, place)
        quantifier = QUANTIFIER.match(row, end)
        if end == place + 1 and row[place] not in ".^$" and not quantifier:
            plain, place = plain + row[place], end
            continue
        yield _Piece(plain)
        plain = ""
        optional = quantifier is not None and quantifier.group().startswith(OPTIONAL)
        if row[place] == "(" and not optional and not LOOKAROUND.match(row, place):
            opening = GROUP.match(row, place)
            yield _Piece(row[opening.end() if opening else place : end - 1], group=True)
        place = quantifier.end() if quantifier else end
    yield _Piece(plain)
