"""Letters that a match needs: they never rule out a text that a pattern matches."""

import re

import pytest

from nlp.identifiers.finding import RULES
from nlp.identifiers.literals import literals

PATTERNS = {
    r"\bHTS(?:US)?\b": {"hts"},
    r"\b(?:CN|customs) codes?\b": {" code"},
    r"ТН\s?ВЭД(?:\s(?:ЕАЭС|ТС))?": {"вэд"},
    r"(?:海关|税号)(?:编码|号)|品目号?": {"海关", "税号", "品目"},
    r"\b(?:export )*licen[cs]e": {"licen"},
    r"\bposition\b(?= \d{4})": {"position"},
    r"a{0,2}bc{1,3}d": {"b"},
    r"x?(?!abc)\d": set(),
    r"one|t?": set(),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_letters_that_a_match_must_have_are_read_off_the_pattern(pattern: str) -> None:
    assert literals(pattern) == PATTERNS[pattern]


@pytest.mark.parametrize("text", ["resolution 1540", "UNSCR 2231", "letters of credit", "L/C", "REGISTRATION", "Ü ß ſ"])
@pytest.mark.parametrize("cue", [r"\bUNSCR|\bresolutions?", r"\bletters? of credit|\bL/?C\b", "registration"])
def test_a_text_without_the_letters_has_no_match(cue: str, text: str) -> None:
    if re.search(cue, text, re.IGNORECASE):
        assert any(need in text.casefold() for need in literals(cue))


def test_most_rules_need_letters() -> None:
    assert sum(1 for rule in RULES if rule.pattern.needs) > len(RULES) // 2
