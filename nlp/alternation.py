"""Alternation: one regular expression of many words, for which a long text is scanned quickly.

`re` passes over what cannot begin a match only where an expression opens with letters; one that opens with a border,
such as `\\b`, it tries at every place, and there every word in turn. Here the first letters come first, in one class,
then the border before them, then the rest of the words by their first letter.
"""

import re
from collections.abc import Iterable, Iterator

CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
# A plain letter or sign, one that is escaped, or a class of letters; then what must not follow, as all may fail to be.
OPENING = re.compile(r"(?:(?P<one>[^\\\[\](){}|.^$?*+])|\\(?P<sign>[\W_])|\[(?P<several>[^\W\d_]+)\])(?![?*+{])")


def any_word(choices: Iterable[str], edge: str = "", *, ignore_case: bool = False) -> str:
    """Return the expression of any of *choices*, of which the first that fits is taken; *edge* holds before it.

    A choice is an expression that begins with a letter or a class of letters: `[Ii]nstitut\\w*`. Raise ValueError for
    one that may begin otherwise.
    """
    rests: dict[str, list[str]] = {}
    for choice in choices:
        for letter, rest in _openings(choice, ignore_case):
            rests.setdefault(re.escape(letter), []).append(rest)
    first, flags = "".join(rests), "i" if ignore_case else ""
    by_letter = "|".join(f"(?<={letter})(?{flags}:{'|'.join(those)})" for letter, those in rests.items())
    return f"[{first}](?<={edge}[{first}])(?:{by_letter})"


def _openings(choice: str, ignore_case: bool) -> Iterator[tuple[str, str]]:
    """Yield each letter that *choice* may begin with, and what follows it."""
    opening = OPENING.match(choice)
    if not opening:
        raise ValueError(f"{choice!r} does not begin with a letter that must be there.")
    letters = opening["one"] or opening["sign"] or opening["several"]
    cases = letters.lower() + letters.upper() if ignore_case else letters
    yield from ((letter, choice[opening.end() :]) for letter in dict.fromkeys(cases))


def alternatives(pattern: str) -> Iterator[str]:
    """Yield the expressions of which *pattern* matches any."""
    start = place = 0
    while place < len(pattern):
        if pattern[place] == "|":
            yield pattern[start:place]
            start = place + 1
        place = end_of_part(pattern, place)
    yield pattern[start:]


def end_of_part(pattern: str, place: int) -> int:
    """Return where the part of *pattern* ends that begins at *place*: a letter, an escape, a class or a group."""
    if pattern[place] == "\\":
        return place + 2
    if pattern[place] == "[":
        inside = CLASS.match(pattern, place)
        return inside.end() if inside else place + 1
    if pattern[place] != "(":
        return place + 1
    place += 1
    while place < len(pattern) and pattern[place] != ")":
        place = end_of_part(pattern, place)
    return place + 1
