"""Identifiers in running text, in six languages: what is found, in which form, and what is refused."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.identifiers import find_identifiers
from nlp.identifiers.digits import cas, container, credit_code, iban, imo, inn, lei, ogrn
from nlp.mention import IDENTIFIER
from nlp.passage import Passage


def found(text: str) -> dict[str, str]:
    """Return what is found in *text*: the stretch and its usual form."""
    return {mention.text: mention.name for mention in find_identifiers(Passage(text))}


@pytest.mark.parametrize(
    ("check", "right"),
    [
        (cas, "7783815"),
        (cas, "7732185"),
        (imo, "9074729"),
        (container, "CSQU3054383"),
        (lei, "5493001KJTIIGC8Y1R12"),
        (iban, "GB82WEST12345698765432"),
        (inn, "7707083893"),
        (inn, "500100732259"),
        (ogrn, "1027700132195"),
        (credit_code, "91110000600037341L"),
    ],
)
def test_a_check_digit_fits_its_number_and_no_other(check: Callable[[str], bool], right: str) -> None:
    assert check(right)
    last = right[-1]
    others = [right[:-1] + digit for digit in "0123456789" if digit != last]
    assert sum(check(number) for number in others) == 0


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        ("uranium hexafluoride (CAS 7783-81-5)", "7783-81-5", ("7783-81-5",)),
        ("гексафторид урана, 7783‑81‑5", "7783-81-5", ("7783-81-5",)),
        ("falls under 1C350.23 of the list", "1C350.23", ("1C350.23",)),
        ("ECCN 3A001.a.2.b applies", "3A001.a.2.b", ("3A001.a.2.b",)),
        ("подпадает под 1С350.23", "1C350.23", ("1C350.23",)),
        ("属于0B001.b项", "0B001.b", ("0B001.b",)),
        ("an item of ML10.c", "ML10.c", ("ML10.c",)),
        ("classified as EAR99", "EAR99", ("EAR99",)),
        ("HS code 8401.20", "8401.20", ("8401.20",)),
        ("код ТН ВЭД ЕАЭС 8401 20 000 0", "8401.20.00.00", ("8401.20.00.00",)),
        ("税则号列8401", "8401", ("8401",)),
        ("sous-position 8401.20", "8401.20", ("8401.20",)),
        ("partida arancelaria 8456.90", "8456.90", ("8456.90",)),
        ("البند الجمركي 8401.20", "8401.20", ("8401.20",)),
        ("MTCR item 6.C.8", "6.C.8", ("6.C.8",)),
        ("a Schedule 2.B.4 chemical", "CWC schedule 2.B.4", ("CWC schedule 2.B.4",)),
    ],
)
def test_a_number_of_goods_carries_its_code(text: str, name: str, codes: tuple[str, ...]) -> None:
    (mention,) = find_identifiers(Passage(text))
    assert (mention.type, mention.name) == (IDENTIFIER, name)
    assert mention.codes[0].endswith(codes[0].removeprefix("CWC schedule "))


@pytest.mark.parametrize(
    "text",
    [
        "resolution 2231 (2015)",
        "UNSCR 2231",
        "la résolution 2231 (2015)",
        "la resolución 2231",
        "в резолюции 2231",
        "резолюции СБ ООН № 2231",
        "القرار 2231",
        "بقرار مجلس الأمن رقم ٢٢٣١",
        "第2231号决议",
        "第2231(2015)號決議",
    ],
)
def test_a_resolution_is_named_alike_in_six_languages(text: str) -> None:
    (name,) = found(text).values()
    assert name.startswith("Security Council resolution 2231")


def test_every_resolution_of_a_list_is_found() -> None:
    text = "resolutions 1718 (2006), 1874 (2009) and 2270 (2016)"
    assert list(found(text)) == ["1718 (2006)", "1874 (2009)", "2270 (2016)"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("see S/2010/573.", "S/2010/573"),
        ("A/RES/61/89 was adopted", "A/RES/61/89"),
        ("INFCIRC/254/Rev.13/Part 1", "INFCIRC/254/Rev.13/Part 1"),
        ("document NPT/CONF.2010/50", "NPT/CONF.2010/50"),
        ("GOV/2011/65", "GOV/2011/65"),
        ("resolution 61/89", "General Assembly resolution 61/89"),
        ("the vessel (IMO: 9074729)", "IMO 9074729"),
        ("номер ИМО 9074729", "IMO 9074729"),
        ("国际海事组织编号：9074729", "IMO 9074729"),
        ("MMSI 422028900", "MMSI 422028900"),
        ("container CSQU 305438 3", "CSQU3054383"),
        ("tail number EP-MNA", "EP-MNA"),
        ("an aircraft, EP-GOM, landed", "EP-GOM"),
        ("the aircraft N1234A landed", "N1234A"),
        ("tail N737US", "N737US"),
        ("goods of heading 84.01", "8401"),
        ("LEI 5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"),
        ("統一社会信用代码91110000600037341L", "91110000600037341L"),
        ("ИНН 7707083893", "INN 7707083893"),
        ("SWIFT: DEUTDEFF500", "DEUTDEFF500"),
        ("letter of credit No. LC-2023/0456", "LC-2023/0456"),
        ("信用证编号：LC20230456", "LC20230456"),
        ("аккредитив № 77-114", "77-114"),
        ("export licence No. E-123/45", "E-123/45"),
        ("رخصة تصدير رقم 4471", "4471"),
        ("出口许可证号：23-AA-100", "23-AA-100"),
        ("licencia de exportación núm. 557/B", "557/B"),
        ("licence d'exportation n° FR-2201", "FR-2201"),
        ("air waybill 176-12345675", "176-12345675"),
    ],
)
def test_a_number_is_named_in_its_usual_form(text: str, name: str) -> None:
    assert list(found(text).values()) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "the meeting of 2010-05-7",
        "CAS 7783-81-6",
        "IMO 9074728",
        "container CSQU3054384",
        "a screen resolution of 1080p and 1920x1080",
        "the resolution of the camera is 12 megapixels",
        "under the heading 2015",
        "the heading 84.01.2 of the report",
        "call 555-12-3456 today",
        "page 3 of 12",
        "version 2.0.1 of 2024-11-05",
        "a licence to fish",
        "the registration of voters",
        "room 2B777",
    ],
)
def test_a_number_that_is_no_identifier_is_left(text: str) -> None:
    assert found(text) == {}


def test_the_article_after_an_entry_is_no_paragraph() -> None:
    assert found("the 1C350 a buyer wants") == {"1C350": "1C350"}


def test_an_entry_that_no_list_has_is_doubted() -> None:
    (doubtful,) = find_identifiers(Passage("ECCN 3A087"))
    (known,) = find_identifiers(Passage("ECCN 3A001"))
    assert doubtful.score < known.score
    assert "no list" in doubtful.reason


@given(st.text(alphabet=st.sampled_from("ABCEMLHS0123456789./- \n()CASIMO第号決议резолюция"), max_size=80))
def test_offsets_are_those_of_the_text(text: str) -> None:
    for mention in find_identifiers(Passage(text)):
        assert text[mention.start : mention.end] == mention.text
        assert re.search(r"\d", mention.name)
