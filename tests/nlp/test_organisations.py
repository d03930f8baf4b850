"""Organisations that no list knows: exact stretches, in the scripts of the world, by form and by institution."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.legal_forms import legal_forms
from nlp.mention import ORGANISATION
from nlp.organisations import find_organisations
from nlp.overlaps import settle
from nlp.passage import Passage


def found(text: str) -> list[str]:
    """Return the organisations of *text*, overlaps settled as reading settles them."""
    return [mention.text for mention in settle(find_organisations(Passage(text)))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It bought from Alpha Trading Co., Ltd. in May.", ["Alpha Trading Co., Ltd."]),
        ("Papers of Beta Industrial (Shanghai) Co.,\nLtd, were", ["Beta Industrial (Shanghai) Co.,\nLtd"]),
        ("Delta Stahl GmbH & Co. KG and Gamma FZE paid", ["Delta Stahl GmbH & Co. KG", "Gamma FZE"]),
        ("wrote to Smith & Sons Ltd.", ["Smith & Sons Ltd"]),
        ("from PT Nusantara Pompa Tbk in", ["PT Nusantara Pompa Tbk"]),
        ("from Bombas Porto, Lda in", ["Bombas Porto, Lda"]),
        ("from Gulf Pumps K.S.C.C. in", ["Gulf Pumps K.S.C.C."]),
        ("ポンプは東洋真空（株）から購入された。", ["東洋真空（株）"]),
        ("펌프는 한국진공 주식회사에서 구매했다.", ["한국진공 주식회사"]),
        ("펌프는 주식회사 한국진공에서 구매했다.", ["주식회사 한국진공"]),
        ("该批泵购自宁波恒通机械（集团）有限公司。", ["宁波恒通机械（集团）有限公司"]),
        ("the Bureau of Prisons and the Department of Justice need", ["Bureau of Prisons", "Department of Justice"]),
        ("the Academy of Sciences and Ministry of Health", ["Academy of Sciences", "Ministry of Health"]),
        ("the Ministry of Trade and Industry said", ["Ministry of Trade and Industry"]),
        ("HORNO DE INDUCCIÓN AL VACÍO 50 KG", []),
        ("هر کس حق دارد در اداره شرکت کند", []),
        ("花色面包未标注北京通天釜食品有限公司", ["北京通天釜食品有限公司"]),
        ("1972年，陈绍华考入西安美术学院", ["西安美术学院"]),
        ("今年加拿大邮务公司共发行", ["加拿大邮务公司"]),
        ("por Comercial Andina S.A. de C.V., de", ["Comercial Andina S.A. de C.V."]),
        ("Delta Makina San. ve Tic. Ltd. Şti. ile", ["Delta Makina San. ve Tic. Ltd. Şti."]),
        ("spółka Omega Sp. z o.o. z", ["Omega Sp. z o.o."]),
        ("through Tosan Sdn Bhd of", ["Tosan Sdn Bhd"]),
        ("by PT Bina Sakti in", ["PT Bina Sakti"]),
        ('with OOO "Romashka-Plus" and', ['OOO "Romashka-Plus"']),
        ("Moreover, JSC Granit bought it", ["JSC Granit"]),
        ("the chief of Iskra Design JSC", ["Iskra Design JSC"]),
        ("for the Kharkov Institute of Physics and Technology", ["Kharkov Institute of Physics and Technology"]),
        ("Deputy Head of the Ministry of Defence said", ["Ministry of Defence"]),
        ("l’Institut de Physique Nucléaire a", ["Institut de Physique Nucléaire"]),
        ("la Universidad Nacional de Colombia y", ["Universidad Nacional de Colombia"]),
    ],
)
def test_a_name_in_latin_letters_is_found_whole(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("и ООО «Торговый дом «Север» поставило", ["ООО «Торговый дом «Север»"]),
        ("завод АО Заслон в", ["АО Заслон"]),
        ("ФГУП ПО «Маяк»", ["ФГУП ПО «Маяк»"]),
        ("обществу с ограниченной ответственностью «Вектор»", ["обществу с ограниченной ответственностью «Вектор»"]),
        ("„Арсенал“ АД продаде", ["„Арсенал“ АД"]),
        ("компания «Ромашка» и", ["компания «Ромашка»"]),
        ("в Институте ядерной физики работают", ["Институте ядерной физики"]),
    ],
)
def test_a_name_in_cyrillic_letters_is_found_whole(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وقالت شركة النور للتجارة العامة ذ.م.م إن", ["شركة النور للتجارة العامة ذ.م.م"]),
        ("المعدات لشركة دلتا للصناعات في دبي", ["شركة دلتا للصناعات"]),
        ("وأعلنت وزارة الدفاع أن", ["وزارة الدفاع"]),
        ('باعت مؤسسة "الفجر" المعدات', ['مؤسسة "الفجر"']),
        ("深圳市华强电子有限公司向该公司出售", ["深圳市华强电子有限公司"]),
        ("据悉，北京天龙科技股份有限公司表示", ["北京天龙科技股份有限公司"]),
        ("他在上海交通大学工作", ["上海交通大学"]),
        ("東京の株式会社山田製作所は", ["株式会社山田製作所"]),
        ("서울의 주식회사 한빛정밀은", ["주식회사 한빛정밀"]),
        ("(주)대우통신과", ["(주)대우통신"]),
        ('חברת אלביט בע"מ', ['חברת אלביט בע"מ']),
        ("บริษัท สยามเทค จำกัด", ["บริษัท สยามเทค จำกัด"]),
    ],
)
def test_a_name_without_capitals_is_found_whole(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "He works as a driver, as his father did.",
        "The company is limited by law.",
        "limited edition, Inc",
        "该公司表示",
        "这家公司",
        "в ООО говорят",
        "AS WELL AS OTHERS",
        "The Russian Federation said",
    ],
)
def test_words_without_a_name_are_no_organisation(text: str) -> None:
    assert found(text) == []


def test_the_forms_of_many_countries_are_known() -> None:
    assert len(legal_forms()) >= 90
    assert len({country for form in legal_forms() for country in form.countries}) >= 60
    assert len({form.written for form in legal_forms()}) == len(legal_forms())


@given(st.text(alphabet=st.sampled_from("ABCdef .,&()«»\"'ООО有限公司شركة\nLtdGmbHCo"), max_size=120))
def test_offsets_are_those_of_the_text(text: str) -> None:
    for mention in find_organisations(Passage(text)):
        assert text[mention.start : mention.end] == mention.text
        assert mention.type == ORGANISATION
        assert mention.name.strip()
