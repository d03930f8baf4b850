"""A stretch of text that names an organisation, and how one is walked to from a word that gives it away."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# Words that a name may have, the legal form not counted; more than this is a sentence.
MAX_WORDS = 9
MAX_QUOTED = 100
# A shorter line was ended by its writer: a heading, a list.
WRAPPED_LINE = 40
WORD = re.compile(r"[^\W_][\w’'\-/+]*")
# Between words of one name: a space, a line break inside a paragraph, an ampersand, brackets.
GAP = re.compile(
    r"[ \u00a0\t]*\n?[ \u00a0\t]*(?:[&+][ \u00a0\t]*\n?[ \u00a0\t]*)?[(（]?|\)?[ \u00a0\t]*\n?[ \u00a0\t]*[(]?"
)
INITIAL_GAP = re.compile(r"\.[ \u00a0\t]?")
QUOTES = {"»": "«", "”": "“„", "“": "„", '"': '"', "’": "‘", "'": "'"}
OPENING = {"«": "»", "“": "”", "„": "“”", '"': '"'}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters from `start` to `end` name an organisation; `reason` says what gives it away."""

    start: int
    end: int
    reason: str
    score: float = 0.8


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text and where it stands."""

    start: int
    end: int
    text: str


Belongs = Callable[[Word], bool]


def words_before(text: str, end: int, reach: int = 200) -> list[Word]:
    """Return the words of *text* before *end*, the nearest first."""
    start = max(0, end - reach)
    if start:
        start = next((i + 1 for i in range(start, end) if not text[i].isalnum()), end)
    return [Word(m.start(), m.end(), m.group()) for m in WORD.finditer(text, start, end)][::-1]


def words_after(text: str, start: int, reach: int = 200) -> list[Word]:
    """Return the words of *text* from *start* on, the nearest first."""
    return [Word(m.start(), m.end(), m.group()) for m in WORD.finditer(text, start, min(len(text), start + reach))]


def walk_left(text: str, end: int, belongs: Belongs) -> list[Word]:
    """Return the words of a name that ends at *end*, in text order."""
    kept: list[Word] = []
    edge = end
    for word in words_before(text, end):
        if len(kept) == MAX_WORDS or not _joined(text, word, edge) or not belongs(word):
            break
        kept.append(word)
        edge = word.start
    return kept[::-1]


def walk_right(text: str, start: int, belongs: Belongs) -> list[Word]:
    """Return the words of a name that begins at *start*, in text order."""
    kept: list[Word] = []
    edge = start
    for word in words_after(text, start):
        gap = text[edge : word.start]
        joined = GAP.fullmatch(gap) or (kept and INITIAL_GAP.fullmatch(gap) and len(kept[-1].text) == 1)
        if len(kept) == MAX_WORDS or not joined or not belongs(word):
            break
        kept.append(word)
        edge = word.end
    return kept


def _joined(text: str, word: Word, edge: int) -> bool:
    gap = text[word.end : edge]
    if INITIAL_GAP.fullmatch(gap):
        return len(word.text) <= 2
    return GAP.fullmatch(gap) is not None and ("\n" not in gap or _is_wrapped(text, word.end))


def _is_wrapped(text: str, end: int) -> bool:
    """Say whether the line that ends after *end* is long enough to have been broken for its length."""
    return end - text.rfind("\n", 0, end) > WRAPPED_LINE


def quoted_before(text: str, end: int) -> int | None:
    """Return where the quotation starts that closes right before *end*, or None."""
    close = len(text[:end].rstrip(" \u00a0\n,")) - 1
    openers = QUOTES.get(text[close], "") if close >= 0 else ""
    found = max((text.rfind(opener, max(0, close - MAX_QUOTED), close) for opener in openers), default=-1)
    return found if found >= 0 and "\n\n" not in text[found:close] else None


def quoted_after(text: str, start: int) -> int | None:
    """Return where the quotation ends that opens right after *start*, or None; quotes inside quotes are passed over."""
    first = start
    while first < len(text) and text[first] in " \u00a0\n":
        first += 1
    closers = OPENING.get(text[first], "") if first < len(text) else ""
    if not closers:
        return None
    depth, opener = 1, text[first]
    for index in range(first + 1, min(len(text), first + MAX_QUOTED)):
        if text[index] in closers:
            depth -= 1
        elif text[index] == opener:
            depth += 1
        if depth == 0:
            return index + 1
    last = max(text.rfind(closer, first + 2, first + MAX_QUOTED) for closer in closers)
    return last + 1 if last > first else None
