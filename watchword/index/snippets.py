"""Snippets: the stretches of a stored text that answer a query best, with marks around every kind of hit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watchword.document import Document
from watchword.index.highlights import Highlighter, Mark, merged

# A stretch of this length is two lines; three of them show where parts of a query lie far apart.
STRETCH_CHARACTERS = 200
MAX_STRETCHES = 3
# How far a stretch moves to begin and end between words.
SLACK = 20
BETWEEN = " … "
BOLD, PLAIN = "\033[1m", "\033[0m"
# A harvested text must not steer the terminal that it is shown on.
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")

Span = tuple[int, int]


@dataclass(frozen=True)
class Snippet:
    """Text with its hits: *marks* are their start and end in characters of *text*."""

    text: str
    marks: tuple[Span, ...] = ()

    def as_text(self, *, terminal: bool = False) -> str:
        """Return the snippet in one line, hits in bold on a terminal and between asterisks elsewhere."""
        before, after = (BOLD, PLAIN) if terminal else ("**", "**")
        shown = ((piece.translate(CONTROLS), hit) for piece, hit in self.pieces())
        marked = "".join(f"{before}{piece}{after}" if hit else piece for piece, hit in shown)
        return " ".join(marked.split())

    def pieces(self) -> list[tuple[str, bool]]:
        """Return the text in pieces, each with whether it is a hit: what a template needs."""
        found, at = [], 0
        for start, end in self.marks:
            found += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [(piece, hit) for piece, hit in [*found, (self.text[at:], False)] if piece]


def title_of(highlighter: Highlighter, document: Document) -> Snippet:
    """Return the title of *document* with its hits."""
    return Snippet(document.title, tuple(merged(highlighter.title(document))))


def snippet_of(highlighter: Highlighter, document: Document) -> Snippet:
    """Return the snippet of *document*: its beginning where only other fields match."""
    text, marks = document.text, highlighter.text(document)
    spans = [widened(text, span) for span in stretches(marks)] or [widened(text, (0, 0))]
    pieces: list[str] = []
    shown: list[Span] = []
    length = 0
    for start, end in joined(spans):
        if pieces:
            length += len(BETWEEN)
        inside = merged(mark for mark in marks if start <= mark.start and mark.end <= end)
        shown += [(length + first - start, length + last - start) for first, last in inside]
        pieces.append(text[start:end])
        length += end - start
    return Snippet(BETWEEN.join(pieces), tuple(shown))


def stretches(marks: Sequence[Mark]) -> list[Span]:
    """Return the spans of marks that show the most parts of the query, in order of the text."""
    found: list[Span] = []
    owed = {mark.part for mark in marks}
    while owed and len(found) < MAX_STRETCHES:
        start, end, told = best(marks, owed)
        found.append((start, end))
        owed -= told
    return sorted(found)


def best(marks: Sequence[Mark], owed: set[int]) -> tuple[int, int, set[int]]:
    """Return the span that tells most of the parts that are *owed*, the first of equals, and what it tells."""
    winner: tuple[int, int, int, int, set[int]] | None = None
    last = 0
    for index, mark in enumerate(marks):
        last = max(last, index)
        while last + 1 < len(marks) and marks[last + 1].end - mark.start <= STRETCH_CHARACTERS:
            last += 1
        inside = marks[index : last + 1]
        told = {m.part for m in inside} & owed
        rank = (len(told), len(inside))
        if told and (winner is None or rank > winner[:2]):
            winner = (*rank, mark.start, max(m.end for m in inside), told)
    assert winner is not None, "a part that is owed has a mark"
    return winner[2], winner[3], winner[4]


def widened(text: str, span: Span) -> Span:
    """Return *span* with what stands around it, up to a stretch, cut between words where there are any."""
    spare = max(STRETCH_CHARACTERS - (span[1] - span[0]), 2 * SLACK)
    start = max(span[0] - spare // 3, 0)
    end = min(start + max(STRETCH_CHARACTERS, span[1] - start + SLACK), len(text))
    if start:
        start = next((i + 1 for i in range(start, min(start + SLACK, span[0])) if text[i].isspace()), start)
    if end < len(text):
        end = next((i for i in range(end, max(end - SLACK, span[1]), -1) if text[i].isspace()), end)
    return start, end


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return *spans* in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
