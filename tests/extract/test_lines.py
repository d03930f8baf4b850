"""Lines: broken ones are joined, lists and headings are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.extract.lines import glue, is_wrapped, unwrap

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
ENGLISH = (
    "The group of experts considered the purpose of verification and the way\n"
    "in which the concept has developed, with the methods, procedures and the\n"
    "technology that serve it. It makes twenty-one recommendations for member\n"
    "states, treaty bodies and the United Nations to consider in due course.\n"
)


def test_a_paragraph_that_was_wrapped_is_one_line() -> None:
    assert unwrap(ENGLISH) == ENGLISH.strip().replace("\n", " ")


def test_an_empty_line_keeps_paragraphs_apart() -> None:
    assert len(unwrap(f"{ENGLISH}\n{ENGLISH}").split("\n\n")) == 2


def test_text_that_is_not_wrapped_stays_as_it_is() -> None:
    text = "One line.\nAnother line that is longer.\nA third.\n\nThe end, of it all."
    assert unwrap(text) == text


def test_chinese_lines_are_joined_without_a_space() -> None:
    text = (
        "十年来，国际安全环境发生了重大变化，对不扩散、军备控制、裁军和建立\n"
        "信任措施等问题产生了相应的影响。这些变化也涉及到总体核查问题，并进一步\n"
        "突出了遵守现有条约、协定和承诺下各项义务的重要性。人们也由此更加认识到，\n"
        "需要对不遵守现行安排的行为做出回应。\n"
    )
    assert unwrap(text) == text.replace("\n", "")


def test_double_spaced_lines_are_joined() -> None:
    assert unwrap(ENGLISH.replace("\n", "\n\n")) == ENGLISH.strip().replace("\n", " ")


@pytest.mark.parametrize("marker", ["(a) ", "1. ", "• ", "- ", "2.1 ", "（一）", "Note: "])
def test_the_points_of_a_list_stay_apart(marker: str) -> None:
    point = marker + ENGLISH
    assert len(unwrap(point + point).split("\n\n")) == 2


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("the purifi\u00ad", "cation plant", "the purification plant"),
        ("the purifi-", "cation plant", "the purification plant"),
        ("a list of dual-", "use goods", "a list of dual-use goods"),
        ("the Franco-", "German border", "the Franco-German border"),
        ("pages 10-", "12 of it", "pages 10- 12 of it"),
        ("核查领", "域的作用", "核查领域的作用"),
        ("according to", "the report", "according to the report"),
    ],
)
def test_a_word_that_was_divided_is_whole_again(above: str, below: str, joined: str) -> None:
    vocabulary = frozenset({"dual", "use", "purification"})
    assert glue(above, below, vocabulary) == joined


@given(st.text(max_size=400))
def test_joining_loses_no_letter(text: str) -> None:
    def bare(value: str) -> str:
        return "".join(c for c in value if not c.isspace() and c not in "-‐\u00ad")

    assert bare(unwrap(text)) == bare(text)


def test_the_chinese_un_document_has_whole_sentences() -> None:
    path = SHARED / "documents" / "un-a-61-1028-zh.txt"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    text = path.read_text("utf-8")
    assert is_wrapped(text.split("\n"))
    joined = unwrap(text)
    assert "核查的一切方面，包括联合国在核查领域的作用”的报告。" in joined
    assert "应大会第 59/60 号决议的请求，秘书长设立了一个政府专家组" in joined
    assert "1990 年和 1995 年关于该主题" in joined
