"""Organisations in Greek, Hebrew, Thai, Armenian, Georgian and Devanagari letters, by the legal form beside them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from nlp.legal_forms import LegalForm, alternatives, legal_forms
from nlp.naming.stretch import Stretch, quoted_after, quoted_before

# In scripts without capitals a name has at most this many words before its form.
WORDS = 4
LETTERS: Mapping[str, str] = {
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebrew": "\u0590-\u05ff",
    "Thai": "\u0e00-\u0e7f",
    "Armenian": "\u0530-\u058f",
    "Georgian": "\u10a0-\u10ff",
    "Devanagari": "\u0900-\u097f",
}
ANY_LETTER = re.compile(f"[{''.join(LETTERS.values())}]")
# Up to here a name has not begun: a Greek word with a capital, and what a Hebrew company is called.
OPENING: Mapping[str, re.Pattern[str]] = {
    "Greek": re.compile(r"(?<!\S)(?=[\u0386-\u03ab\u1f08-\u1f0f])"),
    "Hebrew": re.compile(r"(?<!\S)[ומלבשהכ]{0,2}(?=(?:חברת|חברה|מפעל|תאגיד|קבוצת)\s)"),
}
THAI_COMPANY = re.compile(r"(?:บริษัท|ห้างหุ้นส่วน)[ \u00a0]?[^\n]{2,60}?จำกัด(?:[ \u00a0]?\(มหาชน\))?")


@cache
def _forms(script: str, before: bool) -> re.Pattern[str] | None:
    letters = re.compile(f"[{LETTERS[script]}]")
    forms: list[LegalForm] = [form for form in legal_forms() if letters.match(form.written)]
    chosen = [form for form in forms if (form.stands_before if before else form.stands_after)]
    return re.compile(rf"(?<!\w)(?:{alternatives(chosen)})(?!\w)") if chosen else None


def find_in_other_scripts(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* in scripts that have no finder of their own."""
    if not ANY_LETTER.search(text):
        return
    for script, letters in LETTERS.items():
        if re.search(f"[{letters}]", text):
            yield from _thai(text) if script == "Thai" else _by_form(text, script, letters)


def _thai(text: str) -> Iterator[Stretch]:
    for match in THAI_COMPANY.finditer(text):
        yield Stretch(match.start(), match.end(), "the words บริษัท and จำกัด around a name")


def _by_form(text: str, script: str, letters: str) -> Iterator[Stretch]:
    word = rf"[{letters}][{letters}&.\-]*"
    name = re.compile(rf"{word}(?:[ \u00a0]{word}){{0,{WORDS - 1}}}")
    after, before = _forms(script, before=False), _forms(script, before=True)
    for match in after.finditer(text) if after else ():
        reach = text.rfind("\n", 0, match.start()) + 1
        found = re.compile(rf"{name.pattern}[ \u00a0]?$").search(text, max(reach, match.start() - 80), match.start())
        start = quoted_before(text, match.start()) or (_first_word(script, found) if found else None)
        if start is not None:
            yield Stretch(start, match.start() + len(match.group().rstrip()), f"the legal form {match.group().strip()}")
    for match in before.finditer(text) if before else ():
        end = quoted_after(text, match.end())
        if end:
            yield Stretch(match.start(), end, f"the legal form {match.group().strip()}")


def _first_word(script: str, found: re.Match[str]) -> int | None:
    """Return where a name begins among the words before its form: Greek has capitals, Hebrew a word for company."""
    opening = OPENING.get(script)
    if opening is None:
        return found.start()
    places = [match.end() for match in opening.finditer(found.group())]
    if script == "Greek":
        return found.start() + places[0] if places else None
    return found.start() + places[-1] if places else found.start()
