"""Items in running text: names in six languages, context, parameters, CAS numbers, offsets."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.items import FoundItems, Item, Limit, find_items
from nlp.items.lexicon import Lexicon, compile_lexicon
from nlp.passage import Passage


def item(name: str, **fields: object) -> Item:
    blank = {"area": "nuclear", "use": "", "codes": (), "cas": (), "hs": (), "names": (), "trade": (), "weak": ()}
    return Item(name.replace(" ", "-"), name, **{**blank, "context": (), "against": (), "limits": (), **fields})  # type: ignore[arg-type]


STEEL = item(
    "maraging steel",
    codes=("1C116", "1C216"),
    names=(
        ("en", ("maraging steel",)),
        ("fr", ("acier maraging",)),
        ("es", ("acero maraging",)),
        ("ru", ("мартенситно-стареющая сталь",)),
        ("ar", ("فولاذ ماراجينغ",)),
        ("zh", ("马氏体时效钢",)),
    ),
    trade=("Vascomax", "C350"),
    limits=(
        Limit("tensile strength", "1C216", "MPa", 1950, None, True),
        Limit("diameter", "1C216", "mm", 75, None, False),
    ),
)
CENTRIFUGE = item(
    "gas centrifuge",
    names=(("en", ("gas centrifuge",)),),
    weak=(("en", ("centrifuge",)), ("fr", ("centrifugeuse",)), ("ru", ("центрифуга",)), ("zh", ("离心机",))),
)
CHANGER = item(
    "frequency changer",
    weak=(("en", ("frequency converter",)), ("zh", ("变频器",)), ("ar", ("محول تردد",))),
    limits=(Limit("frequency", "3A225", "Hz", 600, None, True), Limit("power", "3A225", "VA", 40, None, True)),
)
SARIN = item(
    "sarin", area="chemical", cas=("107-44-8",), names=(("en", ("sarin",)), ("zh", ("沙林",))), weak=(("en", ("GB",)),)
)
ANTHRAX = item("anthrax", area="biological", names=(("en", ("anthrax",)), ("zh", ("炭疽",))))
MUSTARD = item(
    "mustard",
    area="chemical",
    names=(("en", ("mustard gas",)),),
    weak=(("en", ("mustard",)),),
    against=(("en", ("mustard seed",)),),
)
KNOWN: Lexicon = compile_lexicon((STEEL, CENTRIFUGE, CHANGER, SARIN, ANTHRAX, MUSTARD))


def read(text: str, language: str = "en") -> FoundItems:
    return find_items(Passage(text, language), KNOWN)


def names(text: str, language: str = "en") -> list[str]:
    return [mention.text for mention in read(text, language).mentions]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "320 tubes of maraging\nsteel were stopped", "maraging\nsteel"),
        ("fr", "des tubes en aciers maraging saisis", "aciers maraging"),
        ("es", "tubos de aceros maraging", "aceros maraging"),
        ("ru", "при закупке мартенситностареющей стали", "мартенситностареющей стали"),
        ("ar", "شحنة من الأنابيب وبالفولاذ الماراجينغ", "الفولاذ الماراجينغ"),
        ("zh", "查獲馬氏體時效鋼管", "馬氏體時效鋼"),
        ("ru", "сталь марки Vascomax", "Vascomax"),
        ("zh", "牌号Vascomax，现货", "Vascomax"),
    ],
)
def test_a_name_is_found_in_its_exact_place_in_every_language(language: str, text: str, found: str) -> None:
    (mention,) = read(text, language).mentions
    assert mention.text == found
    assert text[mention.start : mention.end] == found
    assert mention.entity == "item:maraging-steel"
    assert mention.codes[:2] == ("1C116", "1C216")


def test_the_reason_says_which_name_matched_and_in_which_language() -> None:
    assert read("tubes of maraging steel").mentions[0].reason == "English name 'maraging steel'"
    assert "trade name or grade 'Vascomax'" in read("Vascomax tube").mentions[0].reason


def test_neighbouring_names_of_one_item_are_one_mention() -> None:
    assert names("bars of Vascomax C350 in stock") == ["Vascomax C350"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Three laundry centrifuges from a hotel, with manuals.", "en"),
        ("Six centrifugeuses de cuisine, du jus de pommes.", "fr"),
        ("В прачечной сломалась центрифуга.", "ru"),
        ("家用洗衣脱水离心机二十台", "zh"),
        ("The football team The Centrifuges won; the goalkeeper was praised.", "en"),
        ("Fans of the band Anthrax bought the album.", "en"),
        ("炭疽乐队开演唱会", "zh"),
        ("Add a spoon of mustard to the sauce, says the chef.", "en"),
        ("mustard seed and nuclear weapons, sarin-free", "en"),
        ("长沙林业部门说，树苗很多。", "zh"),
        ("the GB team and sports", "en"),
    ],
)
def test_a_word_in_its_everyday_sense_is_rejected_with_a_reason(text: str, language: str) -> None:
    found = read(text, language)
    meant = [mention for mention in found.mentions if mention.name != "sarin" or language == "zh"]
    assert meant == []
    assert all(mention.reason for mention in found.rejected)


@pytest.mark.parametrize(
    "text",
    [
        "The plant enriches uranium in centrifuges of a new type.",
        "The crates, declared as laundry and kitchen equipment, held gas centrifuges; each centrifuge was new.",
        "The centrifuge was bought with maraging steel.",
        "frequency converters with an output frequency of 800 Hz",
    ],
)
def test_context_speaks_for_a_weak_name(text: str) -> None:
    found = read(text)
    assert any(mention.name in ("gas centrifuge", "frequency changer") for mention in found.mentions)
    assert found.rejected == ()


def test_a_rejected_name_carries_its_reason() -> None:
    (rejected,) = read("A laundry centrifuge is for sale.").rejected
    assert rejected.entity == "item:gas-centrifuge"
    assert rejected.reason == "English name 'centrifuge'; everyday sense: 'laundry'"


@pytest.mark.parametrize(
    ("language", "text", "met"),
    [
        ("en", "maraging steel with a tensile strength of 2,400 MPa", True),
        ("en", "maraging steel with a tensile strength of 1,400 MPa", False),
        ("en", "maraging steel of unknown make", None),
        ("en", "maraging steel tube. Tensile strength: 290 ksi.", True),
        ("fr", "acier maraging, résistance à la traction 1 950 MPa", True),
        ("es", "acero maraging con resistencia a la tracción de 1.950 MPa", True),
        ("ru", "мартенситно-стареющая сталь, предел прочности 2,1 ГПа", True),
        ("ar", "فولاذ ماراجينغ مقاومة الشد فيه ٢٤٠٠ ميغاباسكال", True),
        ("zh", "马氏体时效钢管，抗拉强度2400兆帕", True),
        ("zh", "抗拉强度1400兆帕的马氏体时效钢管", False),
    ],
)
def test_a_parameter_is_held_against_the_limit_of_the_entry(language: str, text: str, met: bool | None) -> None:
    threshold = read(text, language).mentions[0].threshold
    assert (threshold and threshold.met) == met


def test_the_threshold_gives_value_and_unit_as_the_text_does() -> None:
    mention = read("maraging steel tube. Tensile strength: 290 ksi.").mentions[0]
    assert mention.threshold is not None
    assert (mention.threshold.code, mention.threshold.parameter) == ("1C216", "tensile strength")
    assert (mention.threshold.value, mention.threshold.unit) == (290, "ksi")
    assert "tensile strength 290 ksi meets 1C216 (at least 1950 MPa)" in mention.reason


def test_one_limit_that_is_not_met_decides_for_the_entry() -> None:
    mention = read("maraging steel rod, tensile strength 2,400 MPa, diameter 40 mm").mentions[0]
    assert mention.threshold is not None
    assert (mention.threshold.parameter, mention.threshold.met) == ("diameter", False)
    assert "tensile strength 2400 MPa meets" in mention.reason


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("frequency converter, output frequency 400 to 1,200 Hz", True),
        ("frequency converter, output frequency up to 500 Hz", False),
        ("frequency converter, output frequency up to 800 Hz", True),
        ("frequency converter, output frequency above 400 Hz", None),
        ("frequency converter, output frequency 600 Hz or more", True),
        ("frequency converter, output frequency less than 500 Hz", False),
    ],
)
def test_bounds_and_ranges_are_met_as_far_as_they_decide(text: str, met: bool | None) -> None:
    found = read(f"{text}, for uranium enrichment")
    threshold = found.mentions[0].threshold
    assert threshold is not None
    assert threshold.met is met


def test_a_parameter_belongs_to_the_nearest_item_that_has_it() -> None:
    text = "Maraging steel, 2,400 MPa tensile strength; frequency converter for uranium cascades, frequency 50 Hz."
    steel, changer = read(text).mentions
    assert steel.threshold is not None
    assert changer.threshold is not None
    assert (steel.threshold.met, changer.threshold.met) == (True, False)


def test_a_cas_number_is_an_item_only_with_its_check_digit() -> None:
    assert names("drums marked CAS 107-44-8") == ["107-44-8"]
    assert names("drums marked CAS 107-44-9") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "zirconium sponge, sarin content below 0.01 %"),
        ("fr", "zirconium à moins de 0,01 % de sarin"),
        ("zh", "海绵锆，含沙林低于0.01%"),
    ],
)
def test_a_substance_given_as_a_trace_is_no_item(language: str, text: str) -> None:
    known = compile_lexicon((item("sarin", names=(("en", ("sarin",)), ("fr", ("sarin",)), ("zh", ("沙林",)))),))
    found = find_items(Passage(text, language), known)
    assert found.mentions == ()
    assert found.rejected[0].reason.endswith("named as a trace in something else")


def test_a_name_on_the_stage_is_no_item_and_speaks_for_no_other() -> None:
    found = read("The rapper's album Sarin is out; the song about sarin and its refrain opens the concert.")
    assert found.mentions == ()


def test_an_acronym_is_found_in_capitals_only() -> None:
    assert names("nerve agent GB and the precursor of a chemical weapon; sarin") == ["GB", "sarin"]
    assert names("nerve agent gb and a chemical weapon") == []


def test_a_weak_name_of_another_language_is_no_item() -> None:
    assert names("He likes the word centrifugeuse of uranium enrichment.", "en") == []


PIECES = """maraging steel|мартенситностареющей стали|وبالفولاذ الماراجينغ|馬氏體時效鋼|aciers maraging|ﬁbre|Т800
|of|и|و|的|Vascomax|uranium|gas-\ncentrifuges|107-44-8|600 Hz|٢٤٠٠ ميغاباسكال|\u200bsarin\u00ad|İ|ß|\U0001f680|é́|，|。
|\n\n"""
WORDS = st.sampled_from(PIECES.split("|"))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(
    st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=20),
    st.sampled_from(["ar", "en", "es", "fr", "ru", "zh", None]),
)
def test_the_text_at_a_mention_is_the_mention_in_every_language(pieces: list[str], language: str | None) -> None:
    text = " ".join(pieces)
    found = find_items(Passage(text, language), KNOWN)
    for mention in (*found.mentions, *found.rejected):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text
    starts = [mention.start for mention in found.mentions]
    assert starts == sorted(starts)
