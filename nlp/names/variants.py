"""Names that one entry states together: `A / B`, `A a.k.a. B`, `A (B)`, `«A» (A for short)`."""

import re
from functools import lru_cache
from typing import Final

ALTERNATIVES: Final = re.compile(
    r"\s[/–—]\s|\b(?:a|f|n)\.?k\.?a\.?(?=[\s:])|;|\balias(?:es)?\b:?|\bformerly\b|\bor\b(?=.*\))|\b[b-f]\)\s",
    re.IGNORECASE,
)
# A name without any of these states no other.
MARKED: Final = re.compile(r"[(\[/;]|\b[afn]\.?k\.?a\b|\balias|\bformerly\b", re.IGNORECASE)
BRACKETED: Final = re.compile(r"[(（\[]([^()（）\[\]]+)[)）\]]")
MIN_CHARACTERS: Final = 3
MAX_VARIANTS: Final = 4
# What stands in brackets and is no name.
NO_NAME: Final = re.compile(r"^\W*(?:original script|previously|formerly|branch|\d[\d\W]*)\b", re.IGNORECASE)


@lru_cache(50_000)
def variants(name: str) -> tuple[str, ...]:
    """Return *name*, and the names in it where it states several; the whole comes first."""
    if name.isascii() and not MARKED.search(name):
        return (name,)
    inner = [found for found in BRACKETED.findall(name) if not NO_NAME.match(found)]
    outer = BRACKETED.sub(" ", name) if inner else name
    pieces = [piece.strip(" ,:-") for text in (outer, *inner) for piece in ALTERNATIVES.split(text)]
    told = [piece for piece in dict.fromkeys(pieces) if sum(map(str.isalpha, piece)) >= _least(piece)]
    others = [piece for piece in told if piece != name]
    return (name, *others[:MAX_VARIANTS]) if len(told) > 1 or inner else (name,)


def _least(piece: str) -> int:
    return MIN_CHARACTERS if piece.isascii() or not any(c >= "⺀" for c in piece) else 2
