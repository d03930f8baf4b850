"""Searching: filters, facets, orders, suggestions, and the coverage beside the count."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from nlp.mention import Mention
from watchword.document import Document
from watchword.errors import UsageError
from watchword.index import SearchRequest, parse
from watchword.index.freshness import fresh
from watchword.searching import Desk, Filters, Question, View, search_documents
from watchword.settings import Settings
from watchword.store.database import Database

EVERYTHING = Filters()


def ids(desk: Desk, query: str = "*", filters: Filters = EVERYTHING, **view: object) -> list[str]:
    return [hit.document.id for hit in desk.ask(Question(query, filters, View(**view))).found]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(since="2026-02"), {"a", "b", "e", "copy"}),
        (Filters(since="2026-02-25", until="2026-02-26"), {"b", "copy"}),
        (Filters(until="2025"), {"c"}),
        (Filters(language=("fr", "ru")), {"c", "d"}),
        (Filters(source=("agency",)), {"c", "copy"}),
        (Filters(entity=("panel:P-001",)), {"a", "d", "copy"}),
        (Filters(entity=("Tarek Halimi",), language=("ru",)), {"d"}),
        (Filters(only=(("language", "en"), ("language", "fr")), without=(("source", "agency"),)), {"a", "b", "e"}),
        (Filters(without=(("entity", "panel:P-001"), ("language", "fr"))), {"b", "e"}),
        (Filters(only=(("publisher", "AGENCE"),)), {"c", "copy"}),
    ],
)
def test_filters_narrow_a_search(desk: Desk, filters: Filters, found: set[str]) -> None:
    assert set(ids(desk, filters=filters, fold=False)) == found
    assert {document.id for document in desk.documents(Question("*", filters))} == found


def test_filters_survive_being_saved() -> None:
    filters = Filters("2026", None, ("en",), (), ("un:1",), (("code", "1C216"),), (("source", "x"),))
    assert Filters.from_json(json.loads(json.dumps(filters.as_json()))) == filters


def test_a_facet_with_a_selection_is_counted_as_if_it_had_none(desk: Desk) -> None:
    filters = Filters(only=(("language", "ru"),), since="2026")
    answer = desk.ask(Question("*", filters, View(facets=("language", "source"), days=True)))
    assert answer.total == 1
    assert answer.facets == {"language": {"en": 4, "ru": 1}, "source": {"gazette": 1}}
    assert answer.days == {"2026-01-05": 1}


def test_a_story_is_one_hit_with_copies_and_origins(desk: Desk) -> None:
    answer = desk.ask(Question("centrifuge"))
    assert (answer.total, len(answer.found)) == (2, 1)
    assert (answer.found[0].copies, answer.found[0].origins) == (2, 2)
    assert "2 copies of 2 publishers" in answer.as_text()


def test_without_words_the_newest_come_first(desk: Desk) -> None:
    assert ids(desk, fold=False) == ["e", "copy", "b", "a", "d", "c"]
    assert ids(desk, order="oldest", fold=False) == ["c", "d", "a", "b", "copy", "e"]


def test_freshness_puts_the_newer_of_equals_first_and_finds_the_same(desk: Desk) -> None:
    assert set(ids(desk, "steel", order="fresh")) == set(ids(desk, "steel"))
    asked = SearchRequest(fresh(parse("title:tarek"), datetime(2026, 2, 27, tzinfo=UTC)), fold=False)
    assert [hit.document.id for hit in desk.engine.search(asked).hits] == ["copy", "a"]


def test_pages_follow_by_their_cursor(desk: Desk) -> None:
    seen, cursor = [], None
    while True:
        answer = desk.ask(Question("*", view=View(limit=2, cursor=cursor)))
        seen += [hit.document.id for hit in answer.found]
        cursor = answer.next
        if cursor is None:
            break
        assert f"--cursor {cursor}" in answer.as_text()
    assert seen == ["e", "copy", "b", "d", "c"]


def test_what_resembles_a_document_shares_its_words_or_names(desk: Desk) -> None:
    answer = desk.ask(Question(like="a"))
    assert {"copy", "d"} <= {hit.document.id for hit in desk.ask(Question(like="a", view=View(fold=False))).found}
    assert "a" not in {hit.document.id for hit in answer.found}
    with pytest.raises(UsageError, match="holds no document 'z'"):
        desk.ask(Question(like="z"))


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("Халимы", "entity:panel:P-001"),
        ("Halimee", "entity:panel:P-001"),
        ('"Tarik Haleemi"', "entity:panel:P-001"),
        ("entity:Халими", "entity:panel:P-001"),
        ("centrifusge", "centrifuge"),
    ],
)
def test_what_finds_nothing_is_answered_with_what_sounds_or_looks_alike(
    desk: Desk, query: str, suggestion: str
) -> None:
    answer = desk.ask(Question(query))
    assert answer.total == 0
    assert suggestion in [made.query for made in answer.suggestions]
    assert all(desk.ask(Question(made.query)).total == made.documents > 0 for made in answer.suggestions)
    assert "Did you mean" in answer.as_text()


@pytest.mark.parametrize("query", ['item:"马氏体时效钢"', 'entity:"Acier Maraging"'])
def test_a_name_that_the_catalogue_knows_in_another_language_leads_to_its_item(
    desk: Desk, held: list[Document], query: str
) -> None:
    steel = Mention(0, 3, "Tar", "item", "item:maraging-steel", "maraging steel", "name")
    desk.engine.add([replace(held[0], id="m", mentions=(steel,))])
    assert [made.query for made in desk.ask(Question(query)).suggestions] == ["item:maraging-steel"]


def test_what_is_found_is_not_second_guessed(desk: Desk) -> None:
    assert desk.ask(Question("steel")).suggestions == ()
    assert desk.ask(Question("steel or prices")).remarks != ()


def test_coverage_stands_beside_the_count(desk: Desk) -> None:
    answer = desk.ask(Question("steel"))
    assert answer.coverage.sentence == "2 sources seen; not seen at some time: silent"
    assert answer.as_text().endswith("3 documents, 2 shown; 2 sources seen; not seen at some time: silent")
    later = desk.ask(Question("steel", Filters(since="2099")))
    assert later.coverage.seen == ()


def test_an_answer_is_plain_json(desk: Desk) -> None:
    answer = json.loads(json.dumps(desk.ask(Question("centrifuge", view=View(facets=("source",)))).as_json()))
    assert answer["total"] == 2
    hit = answer["hits"][0]
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["centrifuge"]
    assert answer["facets"] == {"source": {"agency": 1, "gazette": 1}}
    assert answer["coverage"]["seen"] == ["agency", "gazette"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (Question("steel", view=View(order="best")), "There is no order 'best'"),
        (Question("steel", view=View(facets=("text",))), "There is no facet 'text'"),
        (Question("steel", Filters(only=(("colour", "red"),))), "There is no facet 'colour'"),
        (Question("steel", Filters(since="soon")), "'soon' is not a date"),
        (Question("steel", view=View(cursor="zzz")), "is no cursor"),
    ],
)
def test_a_question_that_cannot_be_is_refused_in_a_sentence(desk: Desk, question: Question, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        desk.ask(question)


def test_a_search_before_anything_was_collected_finds_nothing(settings: Settings, database: Database) -> None:
    answer = search_documents(settings, database, "steel")
    assert (answer.total, answer.found) == (0, ())
    assert not (settings.folder / "index").exists()
