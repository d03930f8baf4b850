"""Legal forms of companies: `Co., Ltd`, `ООО`, `有限公司`; how each is written and on which side of the name it stands.

The table is `legal_forms.tsv`. Dots, commas, spaces and, for longer forms, capitals vary in real text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from nlp.alternation import any_word

AFTER, BEFORE, BOTH = "after", "before", "both"
# Two or three letters are a form only as they are usually written: `AS` and `SE` are words otherwise.
SHORT = 4
MAX_DOTTED = 6
SPACE = r"[ \u00a0\t]*\n?[ \u00a0\t]*"


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form as it is written, the side of the name on which it stands, and the countries that have it."""

    written: str
    position: str
    countries: tuple[str, ...]

    @property
    def stands_after(self) -> bool:
        """Whether the form may follow the name."""
        return self.position in (AFTER, BOTH)

    @property
    def stands_before(self) -> bool:
        """Whether the form may go before the name."""
        return self.position in (BEFORE, BOTH)

    @property
    def patterns(self) -> tuple[str, ...]:
        """The regular expressions of the form in real text."""
        spellings = {self.written}
        letters = [c for c in self.written if c.isalpha()]
        if len(letters) >= SHORT:
            spellings |= {self.written.upper(), self.written.title()}
        return tuple(_flexible(spelling) for spelling in sorted(spellings))


def _flexible(spelling: str) -> str:
    # Small letters without their dots are words: `as`, `ad`.
    dot = r"\." if spelling.islower() and len(spelling) <= MAX_DOTTED else r"\.?"
    pieces = {".": dot + SPACE, ",": ",?", " ": SPACE, "-": r"[-\s]?"}
    loose = "".join(pieces.get(character, re.escape(character)) for character in spelling.rstrip("."))
    return loose + (dot if "." in spelling else "")


@cache
def legal_forms() -> tuple[LegalForm, ...]:
    """Return the legal forms, the longest first."""
    lines = files("nlp").joinpath("legal_forms.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    forms = [LegalForm(written, position, tuple(countries.split())) for written, position, countries in rows]
    return tuple(sorted(forms, key=lambda form: (-len(form.written), form.written)))


def alternatives(forms: list[LegalForm]) -> str:
    """Return the regular expression of any of *forms*, the longest first."""
    return "|".join(chain.from_iterable(form.patterns for form in forms))


def alternatives_after(edge: str, forms: list[LegalForm], others: Iterable[str] = ()) -> str:
    """Return the regular expression of any of *forms*, or else of the patterns *others*, after *edge*."""
    return any_word([*chain.from_iterable(form.patterns for form in forms), *others], edge)
