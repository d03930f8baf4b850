"""Countries and cities in running text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.passage import Passage
from nlp.places import find_places


def found(text: str) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.entity) for mention in find_places(Passage(text))]


@pytest.mark.parametrize(
    ("text", "place", "entity"),
    [
        ("a broker in Iran", "Iran", "place:IR"),
        ("the Islamic Republic of\nIran said", "Islamic Republic of\nIran", "place:IR"),
        ("the D.P.R.K. launched", "D.P.R.K.", "place:KP"),
        ("U.S. officials", "U.S.", "place:US"),
        ("l'Iran dément", "Iran", "place:IR"),
        ("aux États-Unis", "États-Unis", "place:US"),
        ("en EE.UU. y Corea del Norte", "Corea del Norte", "place:KP"),
        ("между Соединёнными Штатами и Кубой", "Соединёнными Штатами", "place:US"),
        ("в Саудовской Аравии", "Саудовской Аравии", "place:SA"),
        ("самолёт из Ирана", "Ирана", "place:IR"),
        ("قال مسؤول في إيران", "إيران", "place:IR"),
        ("سافر إلى روسيا وبالسعودية", "السعودية", "place:SA"),
        ("在伊朗首都", "伊朗", "place:IR"),
        ("對伊朗實施制裁，美國表示", "美國", "place:US"),
        ("shipped from Shenzhen", "Shenzhen", "place:CN/shenzhen"),
        ("через Шэньчжэнь", "Шэньчжэнь", "place:CN/shenzhen"),
        ("в Тегеране", "Тегеране", "place:IR/tehran"),
        ("إلى دبي", "دبي", "place:AE/dubai"),
        ("抵达德黑兰", "德黑兰", "place:IR/tehran"),
        ("à Genève", "Genève", "place:CH/geneva"),
        ("desde Ciudad de México", "Ciudad de México", "place:MX/mexico-city"),
        ("a hotel in Nice", "Nice", "place:FR/nice"),
    ],
)
def test_a_place_is_found_in_its_language_and_case(text: str, place: str, entity: str) -> None:
    assert (place, entity) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Iranian officials and Chinese traders met Russians.",
        "A nice reading of the mobile orange.",
        "Nice weather again.",
        "иранский министр и российские учёные",
        "法国人会说法语",
        "潍坊舰抵港",
        "The border with New Mexico is long.",
        "Владимир сказал Остину",
        "They gave us the papers.",
        "Michael Jordan scored 40 points.",
        "游客在马里兰州停留",
        "صور الأقمار الصناعية",
        "المشهد السياسي في مدينة صغيرة",
        "دعم مالي كبيرا لأول مرة يوميا",
        "أنبوب بقطر 75 مم",
        "منفاخ بقطر اسمي خمسين مليمترا",
        "قال باراك إنه كائن في الميدان",
    ],
)
def test_adjectives_people_and_common_words_are_no_places(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("From Tripoli the ship went to Beirut in Lebanon.", "place:LB/tripoli"),
        ("From Tripoli the ship went to Malta.", "place:LY/tripoli"),
        ("A dealer in London wrote to Canada.", "place:GB/london"),
        ("وصل الوفد إلى عمان في الأردن", "place:JO/amman"),
        ("وصل الوفد إلى عمان أمس", "place:OM"),
        ("سافر من قطر إلى مالي", "place:ML"),
        ("سافر من قطر إلى مالي", "place:QA"),
        ("غادرت السفينة مدينة صور", "place:LB/tyre"),
        ("سافر الوفد إلى المدينة المنورة", "place:SA/madinah"),
        ("سلمت الشحنة للرياض", "place:SA/riyadh"),
    ],
)
def test_a_name_of_several_places_goes_by_the_countries_of_the_text(text: str, entity: str) -> None:
    assert entity in {of for _, of in found(text)}


@settings(deadline=None)
@given(st.text(st.sampled_from("Iran وإيران伊朗США, \u0301-’.\n\u200f"), max_size=60))
def test_a_mention_is_the_text_between_its_offsets(text: str) -> None:
    assert all(text[mention.start : mention.end] == mention.text for mention in find_places(Passage(text)))
