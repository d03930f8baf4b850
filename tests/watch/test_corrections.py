"""Corrections: rules on mentions that hold until they are undone."""

import pytest

from nlp.mention import Mention
from watchword.corrections import merge, reject, retype
from watchword.errors import UsageError
from watchword.store.corrections import add, corrections, undo
from watchword.store.database import Database

BROKER = Mention(0, 6, "Halimi", "person", "panel:P-001", "Tarek Halimi", "alias")
NAMESAKE = Mention(0, 6, "HALIMI", "person", "un:Q.1", "Ali Halimi", "alias")


def test_a_rejected_wording_is_no_mention_in_any_case() -> None:
    rule = reject("halimi", entity=None, by="Ana")
    assert (rule(BROKER), rule(NAMESAKE)) == (None, None)


def test_a_rejected_entity_leaves_its_namesake() -> None:
    rule = reject("Halimi", entity="panel:P-001", by="Ana")
    assert rule(BROKER) is None
    assert rule(NAMESAKE) == NAMESAKE


def test_a_retyped_mention_names_who_decided_and_when() -> None:
    kept = retype("Halimi", "organisation", entity=None, by="Ana")(BROKER)
    assert kept is not None
    assert kept.type == "organisation"
    assert "corrected by Ana on 20" in kept.reason


def test_a_merged_entity_becomes_the_other_wherever_it_is_found() -> None:
    kept = merge("un:Q.1", "panel:P-001", by="Ana")(NAMESAKE)
    assert kept is not None
    assert kept.entity == "panel:P-001"


def test_a_rule_is_in_force_until_it_is_undone_and_stays_on_record(database: Database) -> None:
    number = add(database, reject("Halimi", entity=None, by="Ana"))
    assert [rule.id for rule in corrections(database)] == [number]
    undo(database, number)
    assert corrections(database) == []
    assert [bool(rule.undone) for rule in corrections(database, undone=True)] == [True]
    with pytest.raises(UsageError, match="No correction"):
        undo(database, number)


@pytest.mark.parametrize(("text", "type_name"), [("", "person"), ("x", "colour")])
def test_a_rule_that_cannot_be_is_refused(text: str, type_name: str) -> None:
    with pytest.raises(UsageError):
        retype(text, type_name, entity=None, by="Ana")


def test_an_entity_is_not_merged_into_itself() -> None:
    with pytest.raises(UsageError, match="itself"):
        merge("un:1", "un:1", by="Ana")
