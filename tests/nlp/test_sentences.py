"""Sentences end where they end, in every script, and not after an abbreviation."""

import pytest

from nlp.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One ends. Two begins.", ["One ends. ", "Two begins."]),
        ("Orbis Co. Ltd. sold it. Then no more.", ["Orbis Co. Ltd. sold it. ", "Then no more."]),
        ("A pump of 2.5 kW, e.g. a new one, runs.", ["A pump of 2.5 kW, e.g. a new one, runs."]),
        ("Продано ООО «Край». Далее тишина.", ["Продано ООО «Край». ", "Далее тишина."]),
        ("第一句。第二句！", ["第一句。", "第二句！"]),
        ("هل بيعت؟ نعم.", ["هل بيعت؟ ", "نعم."]),
        ("a line that\ngoes on", ["a line that\ngoes on"]),
        ("Consignee: X\nForwarder: Y", ["Consignee: X\n", "Forwarder: Y"]),
        ("end of one\n\nbeginning", ["end of one\n\n", "beginning"]),
        ("", [""]),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, sentences: list[str]) -> None:
    found = split_sentences(text)
    spans = [found.span(index) for index in range(len(found.starts))]
    assert [text[start:end] for start, end in spans] == sentences


def test_every_offset_lies_in_the_sentence_that_it_is_told() -> None:
    text = "One ends. Two begins! 三结束。Four."
    found = split_sentences(text)
    for offset in range(len(text)):
        start, end = found.span(found.index(offset))
        assert start <= offset < end
