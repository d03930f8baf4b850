"""Find identifiers in a passage, by all rules."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from nlp.identifiers.controls import CONTROLS
from nlp.identifiers.documents import DOCUMENTS
from nlp.identifiers.registers import REGISTERS
from nlp.identifiers.rule import Rule
from nlp.identifiers.transport import TRANSPORT
from nlp.mention import IDENTIFIER, Mention
from nlp.overlaps import Stretches
from nlp.passage import Passage

RULES: tuple[Rule, ...] = (*CONTROLS, *DOCUMENTS, *TRANSPORT, *REGISTERS)
# A cue and its number lie within this many characters before a trigger, or after it where the cue follows.
BEFORE_TRIGGER, AFTER_TRIGGER = 80, 45
# A number that no cue stands directly before is believed when a word of its trade stands within this distance.
NEAR_CHARACTERS = 120
# What speaks against a number leaves it this much of its score.
DOUBTED = 0.6
Window = tuple[int, int]


def find_identifiers(passage: Passage) -> Iterator[Mention]:
    """Yield the identifiers of *passage*, each stretch once, by the first rule that takes it."""
    taken = Stretches()
    windows: dict[tuple[re.Pattern[str], ...], list[Window]] = {}
    for rule in _promising(passage.text):
        if rule.triggers not in windows:
            windows[rule.triggers] = _windows(rule.triggers, passage.text)
        for match in _matches(rule, passage.text, windows[rule.triggers]):
            start, end = match.span("n")
            mention = _mention(rule, passage.text, start, end) if taken.are_free(start, end) else None
            if mention:
                taken.take(start, end)
                yield mention


def _promising(text: str) -> Iterator[Rule]:
    """Yield the rules that *text* has the letters for."""
    present = frozenset(letters for _, letters in _letters().iter(text.casefold()))
    return (rule for rule in RULES if not rule.pattern.needs or not rule.pattern.needs.isdisjoint(present))


@cache
def _letters() -> Any:
    """Return the letters that any rule needs, looked for all at once."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for letters in {letters for rule in RULES for letters in rule.pattern.needs}:
        automaton.add_word(letters, letters)
    automaton.make_automaton()
    return automaton


def _windows(triggers: tuple[re.Pattern[str], ...], text: str) -> list[Window]:
    """Return the stretches around the matches of *triggers*, those that touch as one."""
    windows: list[Window] = []
    for first, last in sorted(match.span() for trigger in triggers for match in trigger.finditer(text)):
        start, end = max(0, first - BEFORE_TRIGGER), min(len(text), last + AFTER_TRIGGER)
        if windows and start <= windows[-1][1]:
            start, before = windows.pop()
            end = max(before, end)
        windows.append((start, end))
    return windows


def _matches(rule: Rule, text: str, windows: list[Window]) -> Iterator[re.Match[str]]:
    for match in chain.from_iterable(rule.pattern.compiled.finditer(text, start, end) for start, end in windows):
        found: re.Match[str] | None = match
        while found:
            yield found
            found = rule.again.compiled.match(text, found.end()) if rule.again else None


def _mention(rule: Rule, text: str, start: int, end: int) -> Mention | None:
    written = text[start:end]
    found = rule.check(written)
    if found is None or (rule.near and not rule.near.search(_around(text, start, end))):
        return None
    written = written.rstrip(" .,-/\n")
    reason = f"{rule.kind}: {found.doubt or rule.reason}"
    score = rule.score * (DOUBTED if found.doubt else 1)
    return Mention(start, start + len(written), written, IDENTIFIER, None, found.name, reason, found.codes, score=score)


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - NEAR_CHARACTERS) : start] + " " + text[end : end + NEAR_CHARACTERS]
