"""Find identifiers in a passage, by all rules."""

import re
from collections.abc import Iterator
from itertools import chain

from nlp.identifiers.controls import CONTROLS
from nlp.identifiers.documents import DOCUMENTS
from nlp.identifiers.registers import REGISTERS
from nlp.identifiers.rule import Rule
from nlp.identifiers.transport import TRANSPORT
from nlp.mention import IDENTIFIER, Mention
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
    taken: list[Window] = []
    casefolded = passage.text.casefold()
    windows: dict[re.Pattern[str], list[Window]] = {}
    for rule in (rule for rule in RULES if rule.pattern.may_match(casefolded)):
        if rule.trigger not in windows:
            windows[rule.trigger] = _windows(rule.trigger, passage.text)
        for match in _matches(rule, passage.text, windows[rule.trigger]):
            start, end = match.span("n")
            mention = None if _overlaps(taken, start, end) else _mention(rule, passage.text, start, end)
            if mention:
                taken.append((start, end))
                yield mention


def _windows(trigger: re.Pattern[str], text: str) -> list[Window]:
    """Return the stretches around the matches of *trigger*, those that touch as one."""
    windows: list[Window] = []
    for match in trigger.finditer(text):
        start, end = max(0, match.start() - BEFORE_TRIGGER), min(len(text), match.end() + AFTER_TRIGGER)
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
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


def _overlaps(taken: list[Window], start: int, end: int) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)
