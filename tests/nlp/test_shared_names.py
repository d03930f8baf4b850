"""Names that share a word, and names in another order or in the words of another country."""

import pytest

from nlp.items import find_items
from nlp.passage import Passage


def items(text: str, language: str) -> set[tuple[str, str]]:
    return {(m.text, str(m.entity).removeprefix("item:")) for m in find_items(Passage(text, language)).mentions}


@pytest.mark.parametrize(
    ("language", "text", "named", "item"),
    [
        ("ru", "баллистические и крылатые ракеты", "баллистические", "ballistic-missile"),
        ("ru", "крылатые, баллистические и зенитные управляемые ракеты", "крылатые", "cruise-missile"),
        ("ru", "закись-окись и тетрафторид урана", "закись-окись", "uranium-ore-concentrate"),
        ("ru", "нитраты уранила и плутония", "плутония", "plutonium-nitrate"),
        ("ar", "الصواريخ الباليستية والجوالة", "الجوالة", "cruise-missile"),
        ("zh", "彈道與巡弋飛彈", "彈道", "ballistic-missile"),
        ("en", "ballistic and cruise missiles", "ballistic", "ballistic-missile"),
    ],
)
def test_each_of_two_names_that_share_a_word_is_found(language: str, text: str, named: str, item: str) -> None:
    assert (named, item) in items(text, language)


@pytest.mark.parametrize(
    ("language", "text", "item"),
    [
        ("ru", "Поставка: насос турбомолекулярный, 2 шт.", "high-vacuum-pump"),
        ("ru", "Сепаратор центробежный, 1 шт.", "centrifugal-separator"),
        ("zh", "出口光纖雷射須申請許可。", "fibre-laser"),
        ("zh", "電容式壓力感測器", "pressure-transducer"),
    ],
)
def test_a_name_is_found_in_another_order_or_country(language: str, text: str, item: str) -> None:
    assert item in {found for _, found in items(text, language)}
