"""Stories and events: copies fold whatever was done to them, others stay apart, order does not matter."""

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.anchors import skeleton
from nlp.clustering import average_linkage
from nlp.events import _stemmer
from nlp.stories import Sketch, StoryText, fold, fold_copies, near_copies, sketch, words

SEIZURE = """Customs officers in the port of Almar seized forty tubes of maraging steel on Monday, the harbour
master said. The tubes were packed as pipes for a dairy in Qaramir and had come by sea from Nordhavn. The papers named
a trader in the free zone, Levant Meridian, which has no office at the address that it gave. Inspectors found the
stamp of the mill on nine of the tubes. A court in Veldoria will decide within ten days whether the goods may be
destroyed. Two men were questioned and released. The trader did not answer calls. Officials said that the same name
stood on 3 earlier consignments that left the port in March, and that the bank which paid for them has been asked for
its records. The mill said that it had sold the steel to a maker of tools in 2024, with a statement of its end use,
and that it would check its customers."""
ELSEWHERE = """Forty rotor tubes hidden among dairy pipes have been stopped at Almar. They are of maraging steel, a
material for centrifuges, and were bound for Qaramir, according to two people who know the case. Levant Meridian, the
broker in the free zone that appears in the shipping papers, seems to exist on paper only. The steel came from
Nordhavn, where the producer confirmed its stamp. It remembers an order of 2024 by a tool maker. Veldorian judges now
have 10 days to rule on the destruction of the cargo. Nobody has been charged, although a pair of clerks had to answer
questions."""
IN_RUSSIAN = """Таможня порта Альмар задержала 40 труб из мартенситно-стареющей стали, которые везли в Карамир под
видом труб для молочного завода. Посредник Левант Меридиан из свободной зоны не имеет офиса по указанному адресу.
Сталь пришла из Нордхавна, завод узнал своё клеймо и вспомнил заказ 2024 года. Суд в Велдории за 10 дней решит судьбу
груза."""
FLOOD = """Heavy rain flooded the lower town of Sankhara on Friday and cut the road to the airport for six hours.
Firemen carried thirty people out of a cinema where the water stood a metre high. The mayor asked the government for
pumps and for money to repair two bridges. Forecasters expect more rain until Sunday. Schools stay closed. The river
passed its mark of 1998 by eleven centimetres, and the power station below the town was switched off as a precaution.
No one was hurt."""
NOTICE = """Notice {number}. The competent authority has received an application by {name} for a licence to export
machine tools of chapter 84 to {place}. Anyone with an interest may inspect the file at the office of the authority on
working days between nine and twelve. Objections in writing reach the authority within thirty days of this notice. The
authority decides after that period. The decision is published in the gazette."""


def replace_words(text: str, share: float) -> str:
    """Return *text* with a share of its words replaced."""
    chance = random.Random(7)
    return " ".join("otherwise" if chance.random() < share else word for word in text.split())


CHANGES: dict[str, Callable[[str], str]] = {
    "a tenth of the words edited": lambda text: replace_words(text, 0.1),
    "cut to its first half": lambda text: text[: len(text) // 2],
    "cut to its middle": lambda text: text[len(text) // 4 : -len(text) // 4],
    "framed by other text": lambda text: f"{FLOOD[:250]}\n{text}\nSubscribe to our newsletter. All rights reserved.",
    "in capitals": str.upper,
    "broken into lines": lambda text: text.replace(". ", ".\n\n"),
}


def stories(texts: Sequence[str]) -> list[str]:
    """Return the story of each text, the texts named by their places."""
    return [folded.story for folded in fold([StoryText(str(i), text) for i, text in enumerate(texts)])]


@pytest.mark.parametrize("change", CHANGES)
def test_a_copy_folds_when_it_is(change: str) -> None:
    assert stories([SEIZURE, CHANGES[change](SEIZURE), FLOOD]) == ["0", "0", "2"]


def test_the_same_happening_in_other_words_is_an_event_and_no_story() -> None:
    texts = [StoryText(name, text) for name, text in (("a", SEIZURE), ("b", ELSEWHERE), ("c", FLOOD))]
    assert [(f.story, f.event) for f in fold(texts)] == [("a", "a"), ("b", "a"), ("c", "c")]


def test_an_event_reaches_into_another_language() -> None:
    texts = [StoryText(name, text) for name, text in (("en", SEIZURE), ("ru", IN_RUSSIAN), ("flood", FLOOD))]
    assert [f.event for f in fold(texts)] == ["en", "en", "flood"]


def test_the_same_words_months_apart_are_one_story_and_other_words_two_events() -> None:
    later = [StoryText("a", SEIZURE, published="2026-01-05"), StoryText("b", ELSEWHERE, published="2026-05-05")]
    assert [f.event for f in fold(later)] == ["a", "b"]


def test_notices_by_one_template_stay_apart() -> None:
    applicants = (("14", "Nordhavn Metall GmbH", "Qaramir"), ("15", "Alpine Werkzeug AG", "Sankhara"))
    assert stories([NOTICE.format(number=n, name=who, place=where) for n, who, where in applicants]) == ["0", "1"]


def test_short_texts_fold_only_where_they_are_the_same() -> None:
    assert stories(["Rain in Almar.", "Rain in Almar.", "Rain in Qaramir.", ""]) == ["0", "0", "2", "3"]


@settings(max_examples=15, deadline=None)
@given(st.permutations(["m", "c", "x", "k", "a"]), st.randoms(use_true_random=False))
def test_the_order_of_texts_does_not_matter(names: list[str], chance: random.Random) -> None:
    half = len(SEIZURE) // 2
    told = [SEIZURE, replace_words(SEIZURE, 0.1), ELSEWHERE, FLOOD, SEIZURE[:half]]
    texts = [StoryText(name, text) for name, text in zip(names, told, strict=True)]
    expected = {f.id: f for f in fold(texts)}
    chance.shuffle(texts)
    found = fold(texts)
    assert [f.id for f in found] == [text.id for text in texts]
    assert {f.id: f for f in found} == expected
    assert all(f.story <= f.id and f.event <= f.story for f in found)


@given(st.text(max_size=400))
def test_a_sketch_comes_back_from_its_bytes(text: str) -> None:
    mark = sketch(text)
    assert Sketch.from_bytes(mark.to_bytes()) == mark
    assert near_copies(mark, sketch(text))
    assert all(0 <= band < 2**63 for band in mark.bands)


def test_many_copies_of_one_text_are_one_story() -> None:
    mark = sketch(SEIZURE)
    folded = fold_copies({f"{i:05}": mark for i in range(20_000)})
    assert set(folded.values()) == {"00000"}


@pytest.mark.parametrize("language", ["en", "ru", "fr", "fa", "tr", "hi", "zh", None])
def test_no_word_is_stemmed_to_nothing(language: str | None) -> None:
    stem = _stemmer(language)
    letters = ["s", "ing", "ها", "ي", "lar", "ов", "ment", "में", "年"]
    assert all(stem(word) for word in letters)


def test_a_chinese_character_is_a_word() -> None:
    assert words("查获40根 pipes") == ["查", "获", "40", "根", "pipes"]


def test_groups_join_by_their_average_likeness() -> None:
    likeness = [[1, 0.9, 0.1, 0], [0.9, 1, 0.3, 0], [0.1, 0.3, 1, 0.8], [0, 0, 0.8, 1]]
    assert average_linkage(likeness, 0.25) == [[0, 1], [2, 3]]


@pytest.mark.parametrize(("one", "other"), [("Меридиан", "Meridian"), ("Велдория", "Veldoria")])
def test_spellings_of_a_name_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""
