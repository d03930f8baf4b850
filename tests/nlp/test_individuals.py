"""Persons and vessels found by the word before them."""

import pytest

from nlp.individuals import find_individuals
from nlp.passage import Passage


@pytest.mark.parametrize(
    ("language", "text", "name", "kind"),
    [
        ("ru", "Задержан житель Тольятти Сергей Балашов.", "Сергей Балашов", "person"),
        ("ru", "Посредником был гражданин Ли Фанвэй.", "Ли Фанвэй", "person"),
        ("ru", "Теплоход «Чхонмасан» вошёл в порт.", "Чхонмасан", "vessel"),
        ("ar", "اعتقلت الشرطة رجل الأعمال كريم عطية بتهمة الوساطة.", "كريم عطية", "person"),
        ("ar", "فتشت البحرية سفينة الشحن «نسيم البحر» أمس.", "نسيم البحر", "vessel"),
        ("zh", "法院认定，被告人周建平居间介绍。", "周建平", "person"),
        ("zh", "“捷顺号”货轮抵达港口。", "捷顺号", "vessel"),
    ],
)
def test_the_word_before_a_name_says_what_it_names(language: str, text: str, name: str, kind: str) -> None:
    assert (name, kind) in {(m.text, m.type) for m in find_individuals(Passage(text, language))}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Директор завода в Туле подписал договор."),
        ("ar", "قال التاجر إنه باع البضاعة في السوق."),
        ("zh", "商人表示，货物已经交付。"),
    ],
)
def test_a_word_for_a_person_without_a_name_names_nobody(language: str, text: str) -> None:
    assert not list(find_individuals(Passage(text, language)))
