"""Names that one entry states together: `A / B`, `A a.k.a. B`, `A (B)`, `«A» (A for short)`."""

import re
from functools import lru_cache
from typing import Final

from nlp.folding import folded
from nlp.names.vocabulary import FORMS, GENERIC, WORDS, phrases

ALTERNATIVES: Final = re.compile(
    r"\s[/–—]\s|\b(?:a|f|n)\.?k\.?a\.?(?=[\s:])|;|\balias(?:es)?\b:?|\bformerly\b|\bor\b(?=.*\))|\b[b-f]\)\s",
    re.IGNORECASE,
)
# A name without any of these states no other.
MARKED: Final = re.compile(r"[(\[/;]|\b[afn]\.?k\.?a\b|\balias|\bformerly\b", re.IGNORECASE)
BRACKETED: Final = re.compile(r"[(（\[]([^()（）\[\]]+)[)）\]]")
# `Holding Company, Instrument Plant`: two bodies, of which the second is meant.
COMMA: Final = re.compile(r",\s+")
WORD: Final = re.compile(r"\w+")
INSTITUTIONAL: Final = frozenset({FORMS, GENERIC, WORDS})
# The parent of a body stands before it; what follows without a legal form must have so many words to be a body.
ENOUGH_WORDS: Final = 3
MIN_CHARACTERS: Final = 3
MAX_VARIANTS: Final = 4
# What stands in brackets and is no name.
NO_NAME: Final = re.compile(r"^\W*(?:original script|previously|formerly|branch|\d[\d\W]*)\b", re.IGNORECASE)


@lru_cache(50_000)
def variants(name: str) -> tuple[str, ...]:
    """Return *name*, and the names in it where it states several; the whole comes first."""
    if name.isascii() and not MARKED.search(name):
        return (name, *_bodies(name)[:MAX_VARIANTS])
    inner = [found for found in BRACKETED.findall(name) if not NO_NAME.match(found)]
    outer = BRACKETED.sub(" ", name) if inner else name
    pieces = [piece.strip(" ,:-") for text in (outer, *inner) for piece in ALTERNATIVES.split(text)]
    told = [piece for piece in dict.fromkeys(pieces) if sum(map(str.isalpha, piece)) >= _least(piece)]
    others = [piece for piece in told if piece != name] if len(told) > 1 or inner else []
    return (name, *dict.fromkeys((*others, *_bodies(name))))[: MAX_VARIANTS + 1]


def _bodies(name: str) -> list[str]:
    """Return the institutions that stand between commas and may be meant alone: `Group A, B Joint Stock Company`."""
    pieces = COMMA.split(name) if ", " in name else []
    kinds = [[known.section if known else "" for _, known in phrases(WORD.findall(folded(piece)))] for piece in pieces]
    if len(pieces) < 2 or not all(INSTITUTIONAL.intersection(of) for of in kinds):
        return []
    return [
        piece
        for place, (piece, of) in enumerate(zip(pieces, kinds, strict=True))
        if set(of) - {FORMS} and (FORMS in of or (place > 0 and len(of) >= ENOUGH_WORDS))
    ]


def _least(piece: str) -> int:
    return MIN_CHARACTERS if piece.isascii() or not any(c >= "⺀" for c in piece) else 2
