"""Lines: what a printer broke, joined into paragraphs again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
# Marks that Chinese shares with other writing.
SHARED_MARKS = "“”‘’—…·"
# What a PDF reader leaves of a hyphen at the end of a line that it has joined with the next.
LINE_HYPHEN = "\x02"
DIVIDED = re.compile(rf"\w+{LINE_HYPHEN}\w+")
HYPHENS = "-‐\u00ad"
ENDS_SENTENCE = re.compile(r"[.!?…。！？؟۔;；:：][\"'”’»）)\]]*$")
MARKER = re.compile(
    r"(?:[•●▪◦‣·○■□➢✓*–—-]\s|\(?[0-9]{1,3}[.)、．]\s|\(?[a-zA-Zа-яА-Я]{1}[.)]\s|\(?[ivxIVX]{1,5}[.)]\s|[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}\.?\s"
    r"|[（(][一二三四五六七八九十0-9a-zA-Z]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百0-9]{1,4}[条章节]"
    r"|[0-9][A-E][0-9]{3}\s|Note\s?\d*\s?:|N\.?B\.?[\s:]|Technical Notes?:)"
)
# A line that reaches this share of the widest lines around it was broken for want of room.
FULL = 0.8
# Half a line, and the next goes on in lower case: still one sentence.
HALF_FULL = 0.45
# Text wrapped by a machine has this share of its lines near one width.
WRAPPED_SHARE = 0.35
# A column shows its edge within so many lines.
NEIGHBOURS = 6
# Shorter texts do not show how they were wrapped, and longer lines are paragraphs already.
MIN_WRAPPED_LINES = 4
MAX_WRAPPED_WIDTH = 130


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. `left` and `right` are its edges, in any one unit; `gap` says that space stands above it.

    *beside* says that it stands in the row of the line before it, as an exponent or the next cell does.
    """

    text: str
    left: float
    right: float
    gap: bool = False
    size: float = 0.0
    beside: bool = False


def width(text: str) -> int:
    """Return the width of *text* in columns of a fixed-width face; East Asian characters take two."""
    return len(text) + len(EAST_ASIAN.findall(text))


def join_lines(lines: Sequence[Line]) -> list[str]:
    """Return *lines* as paragraphs."""
    vocabulary = words_of(line.text for line in lines)
    edges = right_edges(lines)
    paragraphs: list[str] = []
    for index, line in enumerate(lines):
        if index and belongs(lines[index - 1], line, edges[index - 1]):
            paragraphs[-1] = glue(paragraphs[-1], line.text.strip(), vocabulary)
        else:
            paragraphs.append(line.text.strip())
    return [mend(p, vocabulary) for p in paragraphs if p]


def mend(paragraph: str, vocabulary: frozenset[str]) -> str:
    """Return *paragraph* with the words that `LINE_HYPHEN` divides whole again, or with their own hyphen."""
    if LINE_HYPHEN not in paragraph:
        return paragraph
    head, *rest = paragraph.split(LINE_HYPHEN)
    for piece in rest:
        head = glue(f"{head}-", piece, vocabulary)
    return head


def right_edges(lines: Sequence[Line]) -> list[float]:
    """Return, for each of *lines*, the right edge of the column around it; infinity where there is no column.

    A column is made by the wider lines nearby; addresses and lists of names alone make none.
    """
    widths = sorted(line.right - line.left for line in lines)
    typical = widths[int(len(widths) * 0.8)] if widths else 0.0
    wide = [line.right if line.right - line.left >= typical * 0.7 else -1.0 for line in lines]
    edges = (max(wide[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1]) for i in range(len(lines)))
    return [edge if edge > 0 else float("inf") for edge in edges]


def belongs(last: Line, line: Line, full: float) -> bool:
    """Say whether *line* goes on with the paragraph of *last*."""
    above, below = last.text.rstrip(), line.text.lstrip()
    if not above or not below:
        return False
    if line.beside:
        return True
    if MARKER.match(below):
        return False
    if last.size and line.size and abs(last.size - line.size) > 0.15 * last.size:
        return False
    if above[-1] in HYPHENS and above[-2:-1].isalpha() and below[0].isalpha():
        return True
    ended = bool(ENDS_SENTENCE.search(above))
    if line.gap and (ended or not below[0].islower()):
        return False
    if below[0].islower() and not ended:
        return last.right >= full * HALF_FULL
    if ended and line.left > last.left + full * 0.01:
        return False
    return last.right >= full * (0.93 if ended else FULL)


def glue(paragraph: str, text: str, vocabulary: frozenset[str]) -> str:
    """Return *paragraph* followed by *text*, the break between them undone."""
    if not paragraph or not text:
        return paragraph + text
    if text[0] in SUPERSCRIPTS:
        return paragraph + text
    if paragraph[-1] == "\u00ad":
        return paragraph[:-1] + text
    if paragraph[-1] in HYPHENS and paragraph[-2:-1].isalpha():
        return paragraph[:-1] + text if is_broken_word(paragraph, text, vocabulary) else paragraph + text
    if is_east_asian(paragraph[-1], paragraph[-2:-1]) and is_east_asian(text[0], text[1:2]):
        return paragraph + text
    return f"{paragraph} {text}"


def is_east_asian(character: str, neighbour: str) -> bool:
    """Say whether *character* is East Asian writing, or a quotation mark or dash beside such writing."""
    return bool(EAST_ASIAN.match(character) or (character in SHARED_MARKS and EAST_ASIAN.match(neighbour)))


def is_broken_word(paragraph: str, text: str, vocabulary: frozenset[str]) -> bool:
    """Say whether the hyphen between *paragraph* and *text* was put there by the line break.

    The rest of the document decides: the whole word without a hyphen, the word with it, or its two halves.
    """
    head = re.search(r"[^\W\d_]+$", paragraph[:-1])
    tail = re.match(r"[^\W\d_]+", text)
    if not head or not tail or not text[0].islower():
        return False
    first, second = head.group().lower(), tail.group().lower()
    if first + second in vocabulary:
        return True
    if f"{first}-{second}" in vocabulary:
        return False
    return not (first in vocabulary and second in vocabulary)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that stand whole inside *texts*, lower case: the first and last of a line may be halves."""
    found: set[str] = set()
    for text in texts:
        words = WORD.findall(DIVIDED.sub(" ", text.lower()))
        found.update(words[1:-1] if text.rstrip()[-1:] in HYPHENS else words)
    return frozenset(found)


def is_wrapped(lines: Sequence[str]) -> bool:
    """Say whether the non-empty *lines* of a text were evidently broken by a machine at one width."""
    widths = [width(line.rstrip()) for line in lines if line.strip()]
    if len(widths) < MIN_WRAPPED_LINES:
        return False
    edge = sorted(widths)[int(len(widths) * 0.95)]
    if not 30 <= edge <= MAX_WRAPPED_WIDTH:
        return False
    near = sum(1 for w in widths if w >= edge * 0.85)
    unfinished = sum(1 for line in lines if line.strip() and not ENDS_SENTENCE.search(line.rstrip()))
    return near >= len(widths) * WRAPPED_SHARE and unfinished >= len(widths) * 0.4


def unwrap(text: str) -> str:
    """Return *text* with paragraphs on one line each where it was evidently hard-wrapped, else as it is."""
    raw = text.expandtabs().split("\n")
    if not is_wrapped(raw):
        return text
    spaced = is_double_spaced(raw)
    lines: list[Line] = []
    blanks = 0
    for line in raw:
        if not line.strip():
            blanks += 1
            continue
        indent = float(len(line) - len(line.lstrip()))
        lines.append(Line(line.strip(), indent, float(width(line.rstrip())), blanks > spaced))
        blanks = 0
    return "\n\n".join(join_lines(lines))


def is_double_spaced(lines: Sequence[str]) -> bool:
    """Say whether an empty line stands between most lines, so that it means nothing."""
    written = [i for i, line in enumerate(lines) if line.strip()]
    apart = sum(1 for a, b in pairwise(written) if b - a == 2)
    return apart > len(written) * 0.5
