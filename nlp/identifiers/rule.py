"""What a rule for identifiers is: a pattern, and a check that gives the number in its usual form."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# A number as long as this may stand between its cue and itself in words such as "number", "No." and "is".
CUE_GAP = r"[\s:#.,№°º*_=()（）：#\-–]{0,6}"


@dataclass(frozen=True)
class Found:
    """A number in its usual form, with the control-list, CAS or HS codes that it is."""

    name: str
    codes: tuple[str, ...] = ()


Check = Callable[[str], Found | None]


@dataclass(frozen=True)
class Rule:
    """Finds one kind of identifier: group `n` of *pattern* is the number; *check* refuses what is none.

    `near` names a pattern that must stand within `NEAR_CHARACTERS` of a number that no cue announces.
    """

    kind: str
    pattern: re.Pattern[str]
    check: Check
    reason: str
    score: float = 1.0
    near: re.Pattern[str] | None = None


def announced(cue: str, number: str) -> re.Pattern[str]:
    """Return the pattern of *number* after one of the *cue* words, with what usually stands between them."""
    between = rf"(?:{CUE_GAP}(?:\b(?:no|nos|nr|num|number|numbers|nº|numéro|número|номер|is)\b|رقم|号码|编号|为|是)){{0,2}}{CUE_GAP}"
    return re.compile(rf"(?:{cue}){between}(?P<n>{number})", re.IGNORECASE)
