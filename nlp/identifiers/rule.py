"""What a rule for identifiers is: a pattern, and a check that gives the number in its usual form."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from nlp.identifiers.literals import literals

DIGITS = re.compile(r"\d+")
# Of a heading of the Harmonised System: 8401 or 84.01.
HEADING = re.compile(r"\d{4}|\d\d\.\d\d")
SEVEN_DIGITS = re.compile(r"\d{7}")
# Letters that spaces part words of: a Chinese character beside a number is no part of it.
LETTERS = "A-Za-z0-9_\u00c0-\u024f\u0400-\u04ff"
BEFORE, AFTER = rf"(?<![{LETTERS}])", rf"(?![{LETTERS}])"
EDGE = rf"(?:(?<![{LETTERS}])(?=[{LETTERS}])|(?<=[{LETTERS}])(?![{LETTERS}]))"
# Between a cue and its number may stand marks and words for "number".
MARKS = r"[\s:#.,№°º*_=()（）：#\-–«\"]{0,6}"
NUMBER_WORDS = (
    r"\b(?:no|nos|nr|num|núm|number|numbers|nº|numéro|número|номер|is|was|es|era|est|était"
    r"|of the (?:vessel|ship)|del (?:buque|barco)|du (?:navire|bateau))\b|رقم|号码|编号|为|是"
)
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
class Pattern:
    """A regular expression, compiled when a text first has one of `needs`: case-folded letters, any where empty."""

    source: str
    flags: int = 0
    needs: frozenset[str] = frozenset()

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, compiled."""
        return re.compile(self.source, self.flags)


@dataclass(frozen=True)
class Rule:
    """Finds one kind of identifier: group `n` of *pattern* is the number; *check* refuses what is none.

    *again* finds a further number of a list, from the end of the last. `near` is a pattern that must stand close to a
    number that no cue announces. Only the surroundings of *triggers* are looked at, as most text holds no number.
    """

    kind: str
    pattern: Pattern
    check: Check
    reason: str
    score: float = 1.0
    near: re.Pattern[str] | None = None
    again: Pattern | None = None
    triggers: tuple[re.Pattern[str], ...] = (DIGITS,)


def any_of(cues: Iterable[str]) -> str:
    """Return the regular expression of any of *cues*; their `\\b` is an edge also between Latin and Chinese."""
    return "|".join(cues).replace(r"\b", EDGE)


def announced(cues: Iterable[str], number: str, *, ignore_case: bool = True) -> Pattern:
    """Return the pattern of *number* after one of *cues*, with what usually stands between them."""
    between = rf"(?:{MARKS}(?i:{NUMBER_WORDS})){{0,3}}{MARKS}"
    return after_cue(cues, rf"{between}(?P<n>{number})", re.IGNORECASE if ignore_case else 0)


def after_cue(cues: Iterable[str], rest: str, flags: int = 0) -> Pattern:
    """Return the pattern of *rest* right after one of *cues*, whose case is ignored."""
    cues = tuple(cues)
    return Pattern(f"(?i:{any_of(cues)}){rest}", flags, literals("|".join(cues)))


def listed(number: str) -> Pattern:
    """Return the pattern of a further *number* of a list."""
    return Pattern(rf"{JOIN}(?P<n>{number})")
