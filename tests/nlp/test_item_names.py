"""Names of the catalogue that ships, as chemists, biologists and news write them."""

import pytest

from nlp.items import find_items
from nlp.passage import Passage


@pytest.mark.parametrize(
    ("text", "language", "entity", "found"),
    [
        ("traces of bis(2-chloroethyl) sulfide", "en", "sulfur-mustard", "bis(2-chloroethyl) sulfide"),
        ("N,N-diisopropyl-(beta)-aminoethanol, 20 kg", "en", "diisopropylaminoethanol", None),
        ("two drums of 3,3-dimethylbutan-2-ol", "en", "pinacolyl-alcohol", "3,3-dimethylbutan-2-ol"),
        ("О,О-диэтилтиофосфат в бочках", "ru", "diethyl-phosphorothioate", "О,О-диэтилтиофосфат"),
        ("cultures of B. anthracis", "en", "bacillus-anthracis", "B. anthracis"),
        ("поставка треххлористого фосфора", "ru", "phosphorus-trichloride", "треххлористого фосфора"),
        ("采购N,N-二乙基乙脒", "zh", "acetamidines", "N,N-二乙基乙脒"),
    ],
)
def test_a_systematic_name_is_found_whole(text: str, language: str, entity: str, found: str | None) -> None:
    mentions = find_items(Passage(text, language)).mentions
    assert [mention.entity for mention in mentions] == [f"item:{entity}"]
    assert found is None or mentions[0].text == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It was made of carbon. Fibre was next.", "en"),
        ("阳光气息扑面而来，天花板很高", "zh"),
        ("新城疫情防控工作会议", "zh"),
        ("Президент Германии прибыл в Москву", "ru"),
        ("les sanctions sur le charbon nord-coréen", "fr"),
        ("Problems plague the region amid sanctions", "en"),
        ("Зарина Темирова выиграла турнир по теннису", "ru"),
        ("The laser printer in the office is broken", "en"),
        ("El presidente de Polonia viajó a Madrid", "es"),
        ("Może dać głos. Wirtualna Polonia napisała", "pl"),
        ("叙利亚总统阿萨德会见了萨德尔", "zh"),
        ("Il a passé la journée à glander", "fr"),
        ("asylum seekers and job seekers", "en"),
        ("He was vain, she said in their defence of breast implants, and other implants", "en"),
        ("o conversor e a verba", "pt"),
    ],
)
def test_everyday_text_names_no_item(text: str, language: str) -> None:
    assert find_items(Passage(text, language)).mentions == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a crate of FPGAs", ["FPGAs"]),
        ("two TWTs for a radar", ["TWTs", "radar"]),
        ("the dacs and fpgas of a choir", []),
    ],
)
def test_an_acronym_is_found_in_the_plural_and_in_its_capitals(text: str, found: list[str]) -> None:
    assert [mention.text for mention in find_items(Passage(text, "en")).mentions] == found


# Frequent words that names of goods come near to, by inflection, by hyphen or without their accents and capitals.
FREQUENT = {
    "en": "seeker seekers boson neuron stinger hellfire tomahawk reticle gallows guillotine dac adc rpg jammer implant",
    "fr": "glander implanter stato guillotine",
    "es": "Polonia soñar csic centralita conversor",
    "ru": "Калифорния Калифорнии панцирь",
    "ar": "مشوشة",
    "zh": "阿萨德 萨德尔",
    "pl": "dać konkurs piorun",
    "pt": "verba unha sua conversor",
    "it": "bontà centralità stato sua",
}


@pytest.mark.parametrize(
    ("language", "word"), [(code, word) for code, words in FREQUENT.items() for word in words.split()]
)
def test_a_frequent_word_alone_is_no_item(language: str, word: str) -> None:
    assert find_items(Passage(word, language)).mentions == ()
