"""What a rule for identifiers is: a pattern, and a check that gives the number in its usual form."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

DIGITS = re.compile(r"\d+")
FOUR_DIGITS, SEVEN_DIGITS = re.compile(r"\d{4}"), re.compile(r"\d{7}")
# Letters that spaces part words of: a Chinese character beside a number is no part of it.
LETTERS = "A-Za-z0-9_\u00c0-\u024f\u0400-\u04ff"
BEFORE, AFTER = rf"(?<![{LETTERS}])", rf"(?![{LETTERS}])"
EDGE = rf"(?:(?<![{LETTERS}])(?=[{LETTERS}])|(?<=[{LETTERS}])(?![{LETTERS}]))"
# Between a cue and its number may stand marks and words for "number".
MARKS = r"[\s:#.,№°º*_=()（）：#\-–«\"]{0,6}"
NUMBER_WORDS = r"\b(?:no|nos|nr|num|núm|number|numbers|nº|numéro|número|номер|is)\b|رقم|号码|编号|为|是"
# Between two numbers of a list.
JOIN = r"[\s,;،、]{0,3}(?:(?:and|or|et|ou|y|o|и|или|و|和|及|與|与)[\s]?)?(?:№\s?)?"


@dataclass(frozen=True)
class Found:
    """A number in its usual form and the control-list, CAS or HS codes that it is; `doubt` speaks against it."""

    name: str
    codes: tuple[str, ...] = ()
    doubt: str = ""


Check = Callable[[str], Found | None]


@dataclass(frozen=True)
class Rule:
    """Finds one kind of identifier: group `n` of *pattern* is the number; *check* refuses what is none.

    *again* finds a further number of a list, from the end of the last. `near` is a pattern that must stand close to a
    number that no cue announces. Only the surroundings of *trigger* are looked at, as most text holds no number.
    """

    kind: str
    pattern: re.Pattern[str]
    check: Check
    reason: str
    score: float = 1.0
    near: re.Pattern[str] | None = None
    again: re.Pattern[str] | None = None
    trigger: re.Pattern[str] = DIGITS


def any_of(cues: Iterable[str]) -> str:
    """Return the regular expression of any of *cues*; their `\\b` is an edge also between Latin and Chinese."""
    return "|".join(cues).replace(r"\b", EDGE)


def announced(cues: Iterable[str], number: str, *, ignore_case: bool = True) -> re.Pattern[str]:
    """Return the pattern of *number* after one of *cues*, with what usually stands between them."""
    between = rf"(?:{MARKS}(?i:{NUMBER_WORDS})){{0,2}}{MARKS}"
    cue = any_of(cues)
    return re.compile(rf"(?i:{cue}){between}(?P<n>{number})", re.IGNORECASE if ignore_case else 0)


def listed(number: str) -> re.Pattern[str]:
    """Return the pattern of a further *number* of a list."""
    return re.compile(rf"{JOIN}(?P<n>{number})")
