"""Who supplied what to whom, where one sentence says it."""

import pytest

from nlp.mention import ITEM, ORGANISATION, Mention, Relation
from nlp.passage import Passage
from nlp.relations import find_relations
from nlp.roles import assign_roles


def read(marked: str, language: str) -> tuple[list[Mention], list[Relation], str]:
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
    passage = Passage(text, language)
    known = assign_roles(passage, mentions)
    return known, find_relations(passage, known), text


@pytest.mark.parametrize(
    ("language", "marked", "expected"),
    [
        ("en", "[Orbis] sold forty {valves} to [Parsa].", [("supplied", "Orbis", "Parsa", "valves")]),
        ("en", "Forty {valves} were sold to [Parsa] by [Orbis].", [("supplied", "Orbis", "Parsa", "valves")]),
        ("en", "[Parsa] bought forty {valves} from [Orbis].", [("supplied", "Orbis", "Parsa", "valves")]),
        ("en", "The {steel} was shipped by [Orbis] to [Parsa].", [("shipped", "Orbis", "Parsa", "steel")]),
        ("en", "[Velker] brokered the sale of {furnaces} to [Parsa].", [("brokered", "Velker", "Parsa", "furnaces")]),
        ("en", "The {furnaces} were financed by [Crescent Bank].", [("financed", "Crescent Bank", None, "furnaces")]),
        ("en", "The {steel} is manufactured by [Nordhavn].", [("manufactured", "Nordhavn", None, "steel")]),
        ("fr", "[Aéro SAS] a vendu deux {machines} à [Parsa].", [("supplied", "Aéro SAS", "Parsa", "machines")]),
        (
            "es",
            "[Química S.A.] vendió {tambores} a [Talleres].",
            [("supplied", "Química S.A.", "Talleres", "tambores")],
        ),
        (
            "ru",
            "[АО «Юг»] поставило {станки} в адрес [фирмы «Трейд»].",
            [("supplied", "АО «Юг»", "фирмы «Трейд»", "станки")],
        ),
        (
            "ar",
            "باعت [شركة البصريات] {مناظير} لصالح [مؤسسة الفجر].",
            [("supplied", "شركة البصريات", "مؤسسة الفجر", "مناظير")],
        ),
        ("zh", "[华南公司]将两台{机床}出售给[里海公司]。", [("supplied", "华南公司", "里海公司", "机床")]),
    ],
)
def test_a_sentence_says_who_did_what_for_whom(
    language: str, marked: str, expected: list[tuple[str, str, str | None, str]]
) -> None:
    mentions, relations, _ = read(marked, language)
    texts = [
        (
            r.kind,
            mentions[r.source].text,
            mentions[r.target].text if r.target is not None else None,
            mentions[r.item].text if r.item is not None else None,
        )
        for r in relations
    ]
    assert texts == expected


def test_a_relation_is_the_sentence_that_states_it() -> None:
    _, (relation,), text = read("A court met. [Orbis] sold {valves} to [Parsa]. It rained.", "en")
    assert relation.text == "Orbis sold valves to Parsa."
    assert text[relation.start : relation.end] == relation.text
    assert relation.reason == "by 'sold' and 'sold … to'"


def test_who_receives_goods_and_passes_them_on_is_in_two_relations() -> None:
    mentions, relations, _ = read("[Orbis] sold {valves} to the broker [Velker], which resold them to [Parsa].", "en")
    pairs = [(mentions[r.source].text, mentions[r.target or 0].text) for r in relations if r.kind == "supplied"]
    assert pairs == [("Orbis", "Velker"), ("Velker", "Parsa")]


def test_all_who_sell_together_are_related_to_who_buys() -> None:
    mentions, relations, _ = read("[Orbis] and [Velker], which deny it, supplied {valves} to [Parsa].", "en")
    assert [(mentions[r.source].text, mentions[r.target or 0].text) for r in relations] == [
        ("Orbis", "Parsa"),
        ("Velker", "Parsa"),
    ]


def test_parties_of_different_sentences_are_not_related() -> None:
    _, relations, _ = read("[Orbis] is the supplier. The consignee is [Parsa].", "en")
    assert relations == []


def test_without_goods_or_receiver_nothing_is_related() -> None:
    _, relations, _ = read("The supplier, [Orbis], is closed.", "en")
    assert relations == []


def test_a_record_of_labelled_lines_is_one_statement() -> None:
    first = (
        "licence: L-1\nexporter: [Nordhavn AB]\ngoods: 40 tubes of {steel}\nconsignee: [Levant FZE]\nend user: unknown"
    )
    mentions, relations, _ = read(
        f"{first}\n\nlicence: L-2\nexporter: [Ostrand Ltd]\ngoods: ink\nconsignee: [Papier SARL]", "en"
    )
    pairs = [
        (mentions[r.source].text, r.target is not None and mentions[r.target].text, r.item is not None)
        for r in relations
    ]
    assert pairs == [("Nordhavn AB", "Levant FZE", True), ("Ostrand Ltd", "Papier SARL", False)]
