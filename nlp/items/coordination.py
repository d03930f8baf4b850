"""Names that share a word with the name beside them: "ballistic and cruise missiles", "oxides of uranium and thorium".

What stands before the conjunction is read with the end of the name behind it, and what stands behind it with the
beginning of the name before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from nlp.phrases import Found, PhraseBook
from nlp.words import IS_HAN, Words

Value = TypeVar("Value")

CONJUNCTIONS = frozenset(
    ["и", "или", "либо", "and", "or", "et", "ou", "y", "e", "o", "u", "和", "与", "及", "或", "跟", "同"]
)
ARABIC_AND = "و"
# What parts the members of a list, with white space around it.
COMMA = re.compile(r" ?[,،、] ?")
SPACE = re.compile(r"[ -]?")
# A member of a list has so many words, or Chinese characters, and so many stand before or behind the whole name.
LONGEST, LONGEST_HAN = 3, 6
SHORTEST_HAN = 2
MOST_MEMBERS = 4


@dataclass(frozen=True, slots=True)
class Part(Generic[Value]):
    """A part of a name: words *first* to *last*, and what they stand for with the word that they share."""

    first: int
    last: int
    values: tuple[Value, ...]


def find_shared(words: Words, found: Found[Value], book: PhraseBook[Value]) -> Iterator[Part[Value]]:
    """Yield the names that stand before or behind the whole name *found* and share a word with it."""
    if found.first == found.last:
        return
    end = found.first
    for _ in range(MOST_MEMBERS):
        stop = _before_conjunction(words, end)
        part = None if stop is None else _ending(words, stop, found, book)
        if part is None:
            break
        yield part
        end = part.first
    end = found.last
    for _ in range(MOST_MEMBERS):
        start = _behind_conjunction(words, end)
        part = None if start is None else _beginning(words, start, found, book)
        if part is None:
            break
        yield part
        end = part.last


def _before_conjunction(words: Words, start: int) -> int | None:
    """Return the last word of what a conjunction or comma joins to word *start*."""
    if start >= 2 and words.texts[start - 1] in CONJUNCTIONS:
        return start - 2
    return start - 1 if start >= 1 and COMMA.fullmatch(words.gap(start - 1)) else None


def _behind_conjunction(words: Words, end: int) -> int | None:
    """Return the first word of what a conjunction joins to word *end*; Arabic writes it onto that word."""
    if end + 2 < len(words) and words.texts[end + 1] in CONJUNCTIONS:
        return end + 2
    joined = end + 1 < len(words) and words.texts[end + 1].startswith(ARABIC_AND)
    return end + 1 if joined and not words.gap(end).strip(" ،,") else None


def _ending(words: Words, last: int, found: Found[Value], book: PhraseBook[Value]) -> Part[Value] | None:
    """Return what the words up to *last* name with the end of *found*."""
    for length in _lengths(words, last):
        first = last - length + 1
        if first < 0 or not book.begins(words.texts[first]) or not _stand_together(words, first, last):
            continue
        for shared in range(found.first + 1, found.last + 1):
            values = _named(words, [*range(first, last + 1), *range(shared, found.last + 1)], book)
            if values:
                return Part(first, last, values)
    return None


def _beginning(words: Words, first: int, found: Found[Value], book: PhraseBook[Value]) -> Part[Value] | None:
    """Return what the words from *first* name with the beginning of *found*."""
    if not book.knows(words.texts[first]):
        return None
    for length in _lengths(words, first):
        last = first + length - 1
        if last >= len(words) or not book.knows(words.texts[last]) or not _stand_together(words, first, last):
            continue
        for shared in range(found.last - 1, found.first - 1, -1):
            values = _named(words, [*range(found.first, shared + 1), *range(first, last + 1)], book)
            if values:
                return Part(first, last, values)
    return None


def _lengths(words: Words, place: int) -> range:
    if IS_HAN.match(words.texts[place]):
        return range(LONGEST_HAN, SHORTEST_HAN - 1, -1)
    return range(LONGEST, 0, -1)


def _stand_together(words: Words, first: int, last: int) -> bool:
    return all(SPACE.fullmatch(words.gap(index)) for index in range(first, last))


def _named(words: Words, chosen: list[int], book: PhraseBook[Value]) -> tuple[Value, ...]:
    """Return what the *chosen* words would stand for, beside one another."""
    return book.values_of([words.texts[index] for index in chosen])
