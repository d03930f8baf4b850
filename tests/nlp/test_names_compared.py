"""Name against name: what is one name in another spelling, order, script or length, and what only looks like it."""

from pathlib import Path

import pytest

from nlp.names import Artifact, build, compare, screen
from nlp.party import Party


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tarek Halimi", "Тарек Халими"),
        ("Tarek Halimi", "طارق حليمي"),
        ("Tarek Halimi", "Halimi, T."),
        ("Tarek Halimi", "Dr Tarik Haleemi"),
        ("Sergey Knyazev", "Сергей Княев"),
        ("Kim Chol Sam", "金哲三"),
        ("Kim Chol Sam", "김철삼"),
        ("Mao Tse-tung", "毛澤東"),
        ("Володимир Зеленський", "Владимир Зеленский"),
        ("Kurchatov Institute", "Институт имени Курчатова"),
        ("Saratov Instrument Plant", "ООО «Саратовский приборостроительный завод»"),
        ("JSC Bryansk Automobile Plant", "АО «Брянский автомобильный завод» (АО «БАЗ»)"),
        ("Saifullah Khan", "سيف الله خان"),
        ("Nasrallah Khan", "نصر الله خان"),
        ("Alyaksandr Kavalyou", "Александр Ковалёв"),
        ("Siarhei Dubrouski", "Сергей Дубровский"),
        ("NPO Zenith", "АО «НПО «Зенит»"),
        ("LLC BetaTech", "ООО «Бетатех»"),
        ("Union Corporation, JSC Kursk Radio Plant", "АО «Курский радиозавод»"),
        ("State Holding, Joint Stock Company Thunder", "АО «Гром»"),
    ],
)
def test_one_name_in_another_spelling_order_or_script_matches(one: str, other: str) -> None:
    assert compare(one, other).match
    assert compare(other, one).match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Тихонравов", "Вектор"),
        ("Кульков Олег", "Калугин Сергей"),
        ("طارق محمود حليمي", "حميدرضا محسن زاده"),
        ("深圳华洋光电", "日本精密機械"),
        ("王伟", "王卫"),
        ("김철수", "김철호"),
        ("Χρήστος Παππάς", "Νίκος Δένδιας"),
        ("הרצל", "נתניהו"),
        ("Plant No. 14", "Plant No. 41"),
        ("Bank Melli", "Bank Saderat"),
        ("НИИ Вектор", "NII Stali"),
        ("Acme Trading LLC", "Zenith Trading LLC"),
    ],
)
def test_names_of_others_do_not_match_in_any_script(one: str, other: str) -> None:
    assert not compare(one, other).match


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("АО «КМЗ»", "JSC Kovrov Mechanical Plant"),
        ("АО «КМЗ «Маяк»", "Kovrov Mechanical Plant Mayak"),
        ("КНИРТИ", "Kazan Research Institute of Radio Engineering"),
        ("ННТЦ", "Novgorod Nanotechnology Center"),
        ("АО ПЗ «Сигнал»", "JSC Instrument Plant Signal"),
        ("NSCI", "National Shipping Company of Iran"),
    ],
)
def test_first_letters_stand_for_a_name_or_a_run_in_it_in_either_language(short: str, name: str) -> None:
    found = compare(short, name)
    assert found.match
    assert "first letters" in found.reason


@pytest.mark.parametrize(
    ("short", "name"),
    [("АО «КБМ»", "Kirill Borisovich Makarov"), ("АО «ВС»", "Viktor Semyonov"), ("SPS", "شکاد پارس سهند")],
)
def test_first_letters_do_not_stand_for_a_person_or_for_a_script_without_them(short: str, name: str) -> None:
    assert not compare(short, name).match


@pytest.mark.parametrize(
    ("one", "other"), [("Ali", "Ali"), ("Mohammad", "Mohammad Hosseini"), ("Иван", "Ivan Sidorov")]
)
def test_a_common_name_alone_does_not_match(one: str, other: str) -> None:
    assert "a common name alone does not match" in compare(one, other).reason
    assert not compare(one, other).match


def test_a_candidate_that_may_match_stands_before_one_that_shares_common_names_only(tmp_path: Path) -> None:
    names = ["Sergei Dmitrievich LEONOV", "Sergey Dmitrievich KNYAZEV", "Sergei Dmitrievich ORLOV"]
    build((Party(str(place), name, "eu", type="person") for place, name in enumerate(names)), tmp_path / "matcher")
    found = screen("Сергей Дмитриевич КНЯЕВ", Artifact.open(tmp_path / "matcher"))
    assert (found[0].name, found[0].match) == ("Sergey Dmitrievich KNYAZEV", True)
