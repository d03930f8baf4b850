"""Find identifiers in a passage, by all rules."""

from collections.abc import Iterator

from nlp.identifiers.controls import CONTROLS
from nlp.identifiers.documents import DOCUMENTS
from nlp.identifiers.registers import REGISTERS
from nlp.identifiers.rule import Rule
from nlp.identifiers.transport import TRANSPORT
from nlp.mention import IDENTIFIER, Mention
from nlp.passage import Passage

RULES: tuple[Rule, ...] = (*CONTROLS, *DOCUMENTS, *TRANSPORT, *REGISTERS)
# A number that no cue stands directly before is believed when a word of its trade stands within this distance.
NEAR_CHARACTERS = 120


def find_identifiers(passage: Passage) -> Iterator[Mention]:
    """Yield the identifiers of *passage*, each stretch once, by the first rule that takes it."""
    taken: list[tuple[int, int]] = []
    for rule in RULES:
        for mention in _by_rule(rule, passage.text):
            if not any(mention.start < end and start < mention.end for start, end in taken):
                taken.append((mention.start, mention.end))
                yield mention


def _by_rule(rule: Rule, text: str) -> Iterator[Mention]:
    for match in rule.pattern.finditer(text):
        start, end = match.span("n")
        found = rule.check(match.group("n"))
        if found is None or (rule.near and not _is_near(rule, text, start, end)):
            continue
        written = text[start:end]
        yield Mention(
            start,
            end,
            written,
            IDENTIFIER,
            None,
            found.name,
            f"{rule.kind}: {rule.reason}",
            found.codes,
            score=rule.score,
        )


def _is_near(rule: Rule, text: str, start: int, end: int) -> bool:
    around = text[max(0, start - NEAR_CHARACTERS) : start] + " " + text[end : end + NEAR_CHARACTERS]
    return rule.near is None or rule.near.search(around) is not None
