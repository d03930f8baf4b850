"""What a party does is said by the words beside it, before or after, in six languages."""

import pytest

from nlp.mention import ITEM, ORGANISATION, PERSON, Mention
from nlp.passage import Passage
from nlp.roles import assign_roles, find_by_role, without_role_words


def roles(marked: str, language: str) -> list[str | None]:
    """Return the roles of the parties in [brackets]; {braces} hold an item."""
    text, mentions, opened = "", [], 0
    for character in marked:
        if character in "[{":
            opened = len(text)
        elif character in "]}":
            kind = ORGANISATION if character == "]" else ITEM
            entity = None if character == "]" else "item:x"
            mentions.append(Mention(opened, len(text), text[opened:], kind, entity, text[opened:], "given"))
        else:
            text += character
    return [m.role for m in assign_roles(Passage(text, language), mentions) if m.type == ORGANISATION]


@pytest.mark.parametrize(
    ("language", "marked", "expected"),
    [
        ("en", "The supplier, [Ostrand Ltd], did not answer.", ["supplier"]),
        ("en", "[Ostrand Ltd], a supplier of {valves}, did not answer.", ["supplier"]),
        ("en", "Consignee: [Levant FZE]\nForwarder: [Blue Strait Pte Ltd]", ["consignee", "forwarder"]),
        ("en", "The licence named [Levant FZE] as consignee.", ["consignee"]),
        ("en", "{Valves} sold in 2011 by [Orbis GmbH] were found.", ["supplier"]),
        (
            "en",
            "[Orbis GmbH] sold forty {valves} to [Parsa Co.] through [Golden Gulf FZE].",
            ["supplier", "consignee", "broker"],
        ),
        ("en", "[Parsa Co.] bought the {furnace} from [Orbis GmbH].", ["consignee", "supplier"]),
        ("en", "Payment for the {furnace} came from [Crescent Bank].", ["financier"]),
        ("en", "The letter of credit issued by [Crescent Bank] paid for the cargo.", ["financier"]),
        ("en", "The {steel} is made by [Nordhavn AB] for use by [the Institute].", ["manufacturer", "end user"]),
        ("en", "The goods went by truck, said [the Ministry].", [None]),
        ("en", "A supplier of [Nordhavn AB] was questioned.", [None]),
        ("en", "[Nordhavn AB] regrets the statements of the consignee.", [None]),
        ("fr", "Le transitaire [Blue Strait SARL] affirme n'avoir rien su.", ["forwarder"]),
        ("fr", "La société [Blue Strait SARL], transitaire, est suspendue.", ["forwarder"]),
        ("fr", "[Aéro SAS] a vendu deux {machines} à [Parsa].", ["supplier", "consignee"]),
        (
            "fr",
            "Les {vannes} vendues par [Robinetterie SA] ont été réglées par [la Banque du Littoral].",
            ["supplier", "financier"],
        ),
        (
            "es",
            "[Química S.A.] vendió {tambores} a [Talleres Ltd]; el pago lo abonó [Banco del Istmo].",
            ["supplier", "consignee", "financier"],
        ),
        ("es", "El usuario final es [el Centro de Física].", ["end user"]),
        ("es", "[Levant FZE], que actuó como consignatario, calla.", ["consignee"]),
        (
            "ru",
            "Грузополучатель — [ООО «Край»]. Экспедитором выступила [компания Blue Strait].",
            ["consignee", "forwarder"],
        ),
        ("ru", "[АО «Юг»] поставило {станки} покупателю, которым была [фирма «Трейд»].", ["supplier", "consignee"]),
        ("ru", "Их изготовил [завод «Прибор»].", ["manufacturer"]),
        ("ru", "Посредником был [Виктор Зимин].", ["broker"]),
        ("ar", "وكان الوسيط [طارق حليمي] قد وقع عقد النقل.", ["broker"]),
        ("ar", "باعت [شركة البصريات] {مناظير} لصالح [مؤسسة الفجر].", ["supplier", "consignee"]),
        ("ar", "المرسل إليه [شركة ألبان] والمستخدم النهائي [معهد الدوران].", ["consignee", "end user"]),
        ("ar", "[طارق حليمي]، الوسيط المعتمد لدى [شركة ليفانت].", ["broker", None]),
        ("zh", "供应商：[莱万特公司]。收货人为[晨光公司]。", ["supplier", "consignee"]),
        (
            "zh",
            "[华南公司]将两台{机床}出售给[里海公司]，货款由[海岸银行]支付。",
            ["supplier", "consignee", "financier"],
        ),
        ("zh", "该公司通过[金湾公司]购得{真空炉}。", ["broker"]),
        ("zh", "货物的经纪人为[塔里克]，最终用户为[研究所]。", ["broker", "end user"]),
    ],
)
def test_the_words_beside_a_party_give_its_role(language: str, marked: str, expected: list[str | None]) -> None:
    assert roles(marked, language) == expected


def test_two_parties_joined_by_and_have_one_role() -> None:
    assert roles("{Valves} sold by [Orbis GmbH] and [Ostrand Ltd] arrived.", "en") == ["supplier", "supplier"]


def test_a_vague_verb_gives_a_role_only_where_goods_are_spoken_of() -> None:
    assert roles("[Fazl Rabi] provided support.", "en") == [None]
    assert roles("[Fazl Rabi] provided {valves}.", "en") == ["supplier"]


def test_the_reason_names_the_words() -> None:
    text = "The consignee, Levant FZE, is closed."
    party = Mention(15, 25, "Levant FZE", ORGANISATION, None, "Levant FZE", "legal form")
    (mention,) = assign_roles(Passage(text, "en"), [party])
    assert mention.reason == "legal form; consignee by the word 'consignee'"


def test_a_full_stop_of_a_legal_form_ends_no_sentence() -> None:
    assert roles("[Compositec S.L.] suministró dos {máquinas}.", "es") == ["supplier"]


def test_a_role_does_not_cross_a_sentence() -> None:
    assert roles("The consignee is unknown. [Nordhavn AB] closed.", "en") == [None]


@pytest.mark.parametrize(
    ("language", "text", "kind", "name"),
    [
        ("en", "Pavel Drozd acted as a broker for the buyer.", PERSON, "Pavel Drozd"),
        ("en", "The consignee, Qasim Marine Works, could not be reached.", ORGANISATION, "Qasim Marine Works"),
        (
            "en",
            "The freight forwarder Pacific Bridge Logistics filled in the bill of lading.",
            ORGANISATION,
            "Pacific Bridge Logistics",
        ),
        ("fr", "Le courtier Karim Belhaj a été entendu.", PERSON, "Karim Belhaj"),
        ("es", "El intermediario, Ramiro Quintana, calla.", PERSON, "Ramiro Quintana"),
        ("ru", "Посредником был Виктор Зимин.", PERSON, "Виктор Зимин"),
        ("ru", "Экспедитором была компания «Транзит-Море».", ORGANISATION, "компания «Транзит-Море»"),
        ("zh", "货物的经纪人为塔里克·哈利米。", PERSON, "塔里克·哈利米"),
        ("zh", "周立明作为中间人洽购变频器。", PERSON, "周立明"),
    ],
)
def test_a_name_beside_the_word_for_a_role_is_a_party(language: str, text: str, kind: str, name: str) -> None:
    (party,) = find_by_role(Passage(text, language), [])
    assert (party.type, party.text) == (kind, name)
    assert text[party.start : party.end] == name
    assert party.entity is None


@pytest.mark.parametrize(
    "text",
    [
        "The Security Council met the supplier.",
        "Happy Meal customers may choose a book.",
        "In May The Guardian quoted the broker.",
        "Fazl Rabi provides financial support.",
        "Official Gazette Notices Of Veldoria Name Supplier Orbis Systems Today",
    ],
)
def test_a_name_that_no_role_describes_is_no_party(text: str) -> None:
    assert find_by_role(Passage(text, "en"), []) == []


def test_a_chinese_name_does_not_begin_with_the_word_for_its_role() -> None:
    text = "发货人为北方金属有限公司。"
    too_long = Mention(0, 12, text[:12], ORGANISATION, None, text[:12], "legal form")
    (party,) = without_role_words(Passage(text, "zh"), [too_long])
    assert (party.text, party.start) == ("北方金属有限公司", 4)
    assert text[party.start : party.end] == party.text


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Carrier: Gulf Feeder. Agent: Pacific Gate.", {"Gulf Feeder": "forwarder", "Pacific Gate": "broker"}),
        ("fr", "La société Thermofluides a vendu deux fours à induction.", {"Thermofluides": "supplier"}),
        ("es", "Los tornos iban dirigidos a la firma Karama.", {"Karama": "consignee"}),
        ("ru", "Трубы отправлены «Рейнской химией» в порт.", {"«Рейнской химией»": "supplier"}),
        ("zh", "客户：萨哈尔石化配件商店；承运人：蓝锚。", {"萨哈尔石化配件商店": "consignee", "蓝锚": "forwarder"}),
        ("ar", "تسلمت المضخات من الصانع الألماني كوغلر للأجهزة الدقيقة.", {"كوغلر للأجهزة الدقيقة": "manufacturer"}),
    ],
)
def test_a_name_without_a_legal_form_is_a_party_in_the_place_of_one(
    language: str, text: str, names: dict[str, str]
) -> None:
    passage = Passage(text, language)
    found = assign_roles(passage, find_by_role(passage, []))
    assert {mention.text: mention.role for mention in found} == names
