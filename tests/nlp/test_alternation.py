"""One expression of many words matches what the words would, each after its border."""

import re

import pytest

from nlp.alternation import any_word

WORDS = ["Institut(?:e|o)", "[Ii]nstitution", "Bank", "Bankers", "№", r"\(Pty\) Ltd", "центр\\w*"]
TEXT = (
    "Institute of an institution, Banks and a Bank; Bankers (Pty) Ltd. № 5, Центра, центров, eurocentro InstitutoBank"
)


@pytest.mark.parametrize("edge", ["", r"\b", r"(?<![\w.])"])
@pytest.mark.parametrize("ignore_case", [False, True])
def test_any_word_finds_what_the_words_find_in_their_order(edge: str, ignore_case: bool) -> None:
    plain = re.compile(rf"{edge}(?:{'|'.join(WORDS)})", re.IGNORECASE if ignore_case else 0)
    quick = re.compile(any_word(WORDS, edge, ignore_case=ignore_case))
    found = [match.span() for match in quick.finditer(TEXT)]
    assert found == [match.span() for match in plain.finditer(TEXT)]
    assert len(found) > 3


@pytest.mark.parametrize("choice", [r"\bword", "a?b", "(?:a|b)c", "[a-z]b", ".x", "x*"])
def test_a_choice_that_may_begin_with_no_letter_of_its_own_is_refused(choice: str) -> None:
    with pytest.raises(ValueError, match="does not begin with a letter"):
        any_word([choice])
