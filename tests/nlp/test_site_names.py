"""Site names in running text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.passage import Passage
from nlp.sites import find_sites, rejected_sites


def found(text: str) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.entity) for mention in find_sites(Passage(text))]


@pytest.mark.parametrize(
    ("text", "name", "site"),
    [
        ("the plant at Natanz was", "Natanz", "natanz"),
        ("NATANZ AND OTHER SITES", "NATANZ", "natanz"),
        ("Natanz's cascades", "Natanz", "natanz"),
        ("the Savannah\nRiver Site", "Savannah\nRiver Site", "savannah-river"),
        ("the Y‑12 plant", "Y‑12 plant", "oak-ridge-y12"),
        ("Yongbyŏn, north of", "Yongbyŏn", "yongbyon"),
        ("the test at Punggye Ri", "Punggye Ri", "punggye-ri"),
        ("a P'unggye-ri tunnel", "P'unggye-ri", "punggye-ri"),
        ("la centrale nucléaire de Zaporijjia", "centrale nucléaire de Zaporijjia", "zaporizhzhia"),
        ("au Laser Mégajoule", "Laser Mégajoule", "laser-megajoule"),
        ("под Натанзом", "Натанзом", "natanz"),
        ("о Новой Земле", "Новой Земле", "novaya-zemlya"),
        ("с Белоярской АЭС", "Белоярской АЭС", "beloyarsk"),
        ("Горно-химическим комбинатом", "Горно-химическим комбинатом", "zheleznogorsk"),
        ("в Челябинске-70", "Челябинске-70", "snezhinsk"),
        ("НОВАЯ ЗЕМЛЯ", "НОВАЯ ЗЕМЛЯ", "novaya-zemlya"),
        ("وبنطنز", "نطنز", "natanz"),
        ("ولفوردو", "فوردو", "fordow"),
        ("من التويثة", "التويثة", "tuwaitha"),
        ("للضبعة", "لضبعة", "el-dabaa"),
        ("在纳坦兹附近", "纳坦兹", "natanz"),
        ("納坦茲的離心機", "納坦茲", "natanz"),
        ("豐溪里", "豐溪里", "punggye-ri"),
        ("六ヶ所再処理工場", "六ヶ所", "rokkasho"),
        ("영변 핵시설에서", "영변", "yongbyon"),
    ],
)
def test_a_site_is_found_in_its_scripts_cases_and_spellings(text: str, name: str, site: str) -> None:
    assert (name, f"site:{site}") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "He drank Arak from a small glass.",
        "Маяк на мысе светит морякам.",
        "A lighthouse called Mayak stands on the shore.",
        "Tourists visit Isfahan and Shiraz.",
        "natanzi cuisine",
        "The Arzamas 16 were never found.",
        "The Treaty of Pelindaba was signed in Cairo.",
        "По щучьему велению",
        "رابطة العالم الإسلامي",
        "我们有六所学校",
    ],
)
def test_another_sense_of_a_name_is_no_site(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He drank Arak from a small glass of water.", "glass of"),
        ("Маяк на берегу видели все.", "берег"),
        ("Dimona lost at home.", "no word of nuclear"),
        ("Isfahan and Shiraz are old.", "no nuclear plant"),
        ("Uranium was found. The mayor of Dimona opened a school.", "'mayor' stands nearer"),
    ],
)
def test_what_is_rejected_says_why(text: str, word: str) -> None:
    (mention,) = rejected_sites(Passage(text))
    assert word in mention.reason
    assert mention.score == 0


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Plutonium is made in Dimona.", "plutonium"),
        ("The conversion facility at Isfahan makes uranium hexafluoride.", "facility at"),
        ("Strikes hit Natanz and Isfahan.", "named together with Natanz"),
        ("The Arak heavy water reactor; later, Arak again. " + "Nothing. " * 40 + "Arak.", "in other words"),
    ],
)
def test_what_decided_for_an_ambiguous_name_is_in_the_reason(text: str, word: str) -> None:
    assert any(word in mention.reason for mention in find_sites(Passage(text)))


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("Plutonium from Youngbyon", "yongbyon"),
        ("the Zaporozhzhia nuclear plant", "zaporizhzhia"),
        ("enrichment at Kahoota", "kahuta"),
        ("a missile from Plessetzk", "plesetsk"),
    ],
)
def test_an_unlisted_transliteration_is_found_beside_words_of_its_area(text: str, site: str) -> None:
    (mention,) = find_sites(Passage(text))
    assert mention.entity == f"site:{site}"
    assert "spelt differently" in mention.reason


@pytest.mark.parametrize("text", ["Dr Kahoota bakes bread.", "kahoota enrichment", "Inches of rain fell on Zeitung."])
def test_a_word_that_only_sounds_like_a_site_is_none(text: str) -> None:
    assert found(text) == []


def test_a_town_in_a_list_of_sites_is_one_whatever_else_the_sentence_tells() -> None:
    text = "Natanz, Fordow and Isfahan were hit; schools were closed."
    assert [entity for _, entity in found(text)][-1] == "site:isfahan-uranium-conversion"


def test_the_nearer_word_decides() -> None:
    text = "Маяк на берегу моря погас. На комбинате Маяк выделяют плутоний."
    assert [(m.text, m.start) for m in find_sites(Passage(text))] == [("комбинате Маяк", text.index("комбинате"))]


def test_a_reason_names_the_form_the_country_and_the_place() -> None:
    (mention,) = find_sites(Passage("Обогащение в Натанзе"))
    assert mention.name == "Natanz Fuel Enrichment Plant"
    assert all(part in mention.reason for part in ("'Натанз' (ru)", "IR", "33.724, 51.727"))


@pytest.mark.parametrize(
    ("text", "name", "site"),
    [
        ("Туристы любят маяк на берегу. Отходы везут на ПО «Маяк».", "ПО «Маяк»", "site:mayak"),
        ("תמונות של הכור שבדימונה ובנתנז", "הכור שבדימונה", "site:dimona"),
        ("הצנטריפוגות בנתנז פועלות", "נתנז", "site:natanz"),
    ],
)
def test_a_full_name_stands_for_its_site_with_its_quotes_and_without_what_is_written_onto_it(
    text: str, name: str, site: str
) -> None:
    assert (name, site) in {(mention.text, mention.entity) for mention in find_sites(Passage(text))}


@pytest.mark.parametrize("text", ["صوت الضمير في الأثير", "قال باراك أوباما", "زارت السفيرة المدرسة", "كبر الولد"])
def test_a_common_arabic_word_is_no_site(text: str) -> None:
    assert not list(find_sites(Passage(text, "ar")))


PIECES = [
    "Natanz",
    "Натанзом",
    "بنطنز",
    "納坦茲",
    "Arak",
    "Маяк",
    " reactor ",
    "́",
    "\u200f",
    ".",
    "\n",
    "İ",
    "ﬁ",
    "-",
    "'",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_mention_is_the_text_between_its_offsets(text: str) -> None:
    passage = Passage(text)
    for mention in (*find_sites(passage), *rejected_sites(passage)):
        assert text[mention.start : mention.end] == mention.text
