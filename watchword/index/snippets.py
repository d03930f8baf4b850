"""Snippets: the stretch of a stored text that answers the query best, with marks around every kind of hit."""

from dataclasses import dataclass
from typing import Any

from index_mappings.analysis import stems, tokens
from watchword.document import Document
from watchword.index.query import And, Boost, Node, Or, Phrase, Term

SHOWN_CHARACTERS = 240
BOLD, PLAIN = "\033[1m", "\033[0m"


@dataclass(frozen=True)
class Snippet:
    """A stretch of text; `marks` are start and end of the hits in it, in characters."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the snippet as JSON values."""
        return {"snippet": self.text, "marks": [list(mark) for mark in self.marks]}

    def as_text(self, *, terminal: bool = False) -> str:
        """Return the snippet in one line, hits in bold on a terminal and between asterisks elsewhere."""
        before, after = (BOLD, PLAIN) if terminal else ("**", "**")
        parts, at = [], 0
        for start, end in self.marks:
            parts += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return " ".join("".join([*parts, self.text[at:]]).split())


def snippet(query: Node, document: Document) -> Snippet:
    """Return the snippet of *document* for *query*; its beginning where only other fields match."""
    words = _words(query)
    text = document.text
    hits = [(t.start, t.end) for t in tokens(text, document.language) if t.exact in words or t.stem in words]
    first = max(hits[0][0] - SHOWN_CHARACTERS // 3, 0) if hits else 0
    last = min(first + SHOWN_CHARACTERS, len(text))
    inside = tuple((start - first, end - first) for start, end in hits if start >= first and end <= last)
    return Snippet(text[first:last], inside)


def _words(node: Node) -> frozenset[str]:
    if isinstance(node, And | Or):
        return frozenset().union(*map(_words, node.parts))
    if isinstance(node, Boost):
        return _words(node.part)
    if isinstance(node, Phrase):
        return frozenset(node.words)
    if isinstance(node, Term) and node.field in ("text", "title"):
        return frozenset(stems(node.value))
    return frozenset()
