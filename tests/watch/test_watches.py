"""What meets a watch, and why."""

import pytest

from nlp.mention import Mention, Threshold
from watchword.watch.watches import Watch, explain, meets, reasons

STEEL = Mention(3, 18, "maraging steel", "item", "item:maraging-steel", "Maraging steel", "named", ("1C216.a", "1C116"))
BROKER = Mention(30, 36, "Halimi", "person", "panel:P-001", "Tarek Halimi", "alias", (), "broker")


@pytest.mark.parametrize(
    ("watch", "met"),
    [
        (Watch("w", entities=("item:maraging-steel",)), ["item:maraging-steel"]),
        (Watch("w", entities=("code:1C216",)), ["code:1C216"]),
        (Watch("w", entities=("code:1C216.a",)), ["code:1C216.a"]),
        (Watch("w", entities=("code:1C116", "code:3A1", "code:1C216")), ["code:1C116", "code:1C216"]),
        (Watch("w", entities=("code:1C2",)), []),
        (Watch("w", entities=("code:1C21",)), []),
        (Watch("w", lists=("panel",)), []),
        (Watch("w", query="steel"), []),
    ],
)
def test_an_item_meets_its_entity_and_its_codes_with_their_parents(watch: Watch, met: list[str]) -> None:
    assert meets(STEEL, watch) == met


def test_any_party_of_a_list_meets_a_watch_on_the_list() -> None:
    assert meets(BROKER, Watch("w", lists=("un", "panel"))) == ["list:panel"]


def test_a_list_whose_name_begins_alike_is_another_list() -> None:
    assert meets(BROKER, Watch("w", lists=("pan",))) == []


def test_an_explanation_names_the_rule_the_role_and_the_threshold() -> None:
    limit = Threshold("1C216", "tensile strength", 2400, "MPa", True)
    told = explain(Mention(0, 1, "x", "item", "item:x", "X", "named", (), "supplier", limit))
    assert told == "named; role: supplier; tensile strength 2400 MPa meets 1C216"


def test_the_same_words_twice_are_one_reason(document: object) -> None:
    made = document("http://a.test/1", BROKER, BROKER, STEEL)  # type: ignore[operator]
    found = list(reasons(made, Watch("w", entities=("code:1C216",), lists=("panel",))))
    assert [reason.entity for reason in found] == ["panel:P-001", "item:maraging-steel"]
