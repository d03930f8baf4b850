"""Names by the weights of a trained pipeline are those that the pipeline itself gives."""

import pytest

from nlp.models import load, names_in, shipped_pipelines
from nlp.recognition import Recogniser, recogniser_of
from nlp.repeated import Named

TEXTS = {
    "en": (
        "John Smith of Alpha Trading Co. flew from Tehran to Vienna.\n\nThe Atomic Energy Agency said so.",
        "Vienna",
        "  \n\n \n",
        "Mr. O'Neill didn't meet Ali al-Hassan, and the regime's forces left Aleppo in the north of Syria",
        "nothing here is a name at all, 12 of 40 times",
        "№ 5 \U0001f600 naïve Zürich — İstanbul \u200b\u00a0 x" * 20,
    ),
    "zh": (
        "中国国防部发言人吴谦在北京表示，美国海军“里根”号航母进入南海。\n俄罗斯总统普京抵达莫斯科。",
        "京",
        "解放军 J-20 战斗机 2020年在 Zhuhai 亮相",
        "\n\n",
    ),
}


def own(text: str, pipeline: str) -> list[Named]:
    return [Named(span.start_char, span.end_char, span.label_) for span in load(pipeline)(text).ents]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_names_are_those_that_the_pipeline_gives(language: str) -> None:
    pipeline = shipped_pipelines()[language]
    assert recogniser_of(load(pipeline)) is not None
    found = [list(names_in(text, pipeline)) for text in TEXTS[language]]
    assert found == [own(text, pipeline) for text in TEXTS[language]]
    assert sum(map(len, found)) > 5


def test_an_empty_text_has_no_names() -> None:
    assert list(names_in("", shipped_pipelines()["en"])) == []


@pytest.mark.parametrize("room", [3, 20])
def test_names_are_the_same_when_few_words_are_remembered(room: int) -> None:
    pipeline = shipped_pipelines()["en"]
    recogniser = Recogniser(load(pipeline), room=room)
    for text in (TEXTS["en"][0], "In Vienna", TEXTS["en"][3], TEXTS["en"][0]):
        assert list(recogniser.names(text)) == own(text, pipeline)


def test_half_characters_are_no_obstacle() -> None:
    text = "John Smith \ud83d met Ali Hassan in Vienna."
    found = names_in(text, shipped_pipelines()["en"])
    assert "Vienna" in [text[named.start : named.end] for named in found]


def test_a_pipeline_of_other_parts_is_left_to_spacy() -> None:
    import spacy

    blank = spacy.blank("en")
    blank.add_pipe("entity_ruler")
    assert recogniser_of(blank) is None
