"""Saved searches: kept under a name, asked with parameters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.errors import UsageError
from watchword.index import parse
from watchword.index.tree import Exact, Keyword, Phrase, Word
from watchword.saved import as_question, as_saved, asked_for
from watchword.searching import Desk, Filters, Question, View
from watchword.store.database import Database
from watchword.store.searches import SavedSearch, remove_search, save_search, saved_search, saved_searches


def filled(query: str, **values: str) -> str:
    return as_question(SavedSearch("s", query), values).query


@pytest.mark.parametrize(
    ("query", "values", "expected"),
    [
        ("code:${code}", {"code": "1C216.a"}, "code:1C216.a"),
        ("role:${role}", {"role": "end user"}, 'role:"end user"'),
        ('"${one} ${two}"~5', {"one": "steel", "two": "tubes"}, '"steel tubes"~5'),
        ("published:>=${since=now-7d}", {}, "published:>=now-7d"),
        ("published:>=${since=now-7d}", {"since": "2026-01"}, "published:>=2026-01"),
        ("${word}", {"word": "AND"}, '"AND"'),
        ("${word}", {"word": "-steel"}, '"-steel"'),
        ("${word}", {"word": 'a" OR *'}, '"a\\" OR *"'),
        ('"${word}" x', {"word": 'a" OR "b'}, '"a\\" OR \\"b" x'),
        ("entity:${id}", {"id": "un:KPi.033"}, 'entity:"un:KPi.033"'),
    ],
)
def test_parameters_are_filled_in(query: str, values: dict[str, str], expected: str) -> None:
    assert filled(query, **values) == expected


@given(st.text(min_size=1, max_size=30).filter(lambda text: any(c.isalnum() for c in text) and text.strip()))
def test_a_value_is_always_a_value(value: str) -> None:
    assert isinstance(parse(filled("source:${v}", v=value.replace("*", "").replace("?", "") or "x")), Keyword)


@given(st.text("abc AND OR NOT()[]{}:~^!+-/\\\"'", min_size=1, max_size=20).filter(lambda t: any(map(str.isalpha, t))))
def test_a_value_in_quotes_stays_in_them(value: str) -> None:
    assert isinstance(parse(filled('"${v}"', v=value)), Exact | Phrase | Word)


def test_a_saved_search_is_asked_with_its_filters_and_values(desk: Desk, database: Database) -> None:
    question = Question(
        "${word} -prices", Filters(language=("en",), only=(("source", "gazette"),)), View(order="oldest")
    )
    save_search(database, as_saved("words", question, "for the morning"))
    asked = as_question(saved_search(database, "words"), {"word": "steel"}, View(limit=5))
    assert asked.view == View(limit=5, order="oldest")
    assert [hit.document.id for hit in desk.ask(asked).found] == ["a"]


def test_what_is_given_beside_a_saved_search_narrows_it_and_never_widens_it(database: Database) -> None:
    kept = Filters(since="2026-01-05", until="2026-12", language=("en", "fr"), without=(("source", "agency"),))
    save_search(database, as_saved("words", Question("${word}", kept)))
    given = Filters(since="2026", until="2026-02", only=(("language", "en"), ("language", "ru"), ("source", "gazette")))
    asked = asked_for(database, "words", {"word": "steel"}, Question("*", given, View(limit=5)))
    assert asked.filters == Filters(
        since="2026-01-05",
        until="2026-02",
        only=(("language", "en"), ("source", "gazette")),
        without=(("source", "agency"),),
    )
    with pytest.raises(UsageError, match="is kept for language en or fr; language ru lies outside"):
        asked_for(database, "words", {"word": "steel"}, Question("*", Filters(language=("ru",))))
    with pytest.raises(UsageError, match="Give a query or a saved search"):
        asked_for(database, "words", {"word": "steel"}, Question("tubes"))


def test_a_search_is_kept_until_it_is_removed(database: Database) -> None:
    save_search(database, as_saved("one", Question("steel")))
    save_search(database, as_saved("one", Question("tubes"), "newer"))
    assert [(s.name, s.query, s.note) for s in saved_searches(database)] == [("one", "tubes", "newer")]
    remove_search(database, "one")
    with pytest.raises(UsageError, match="No search is saved as 'one'"):
        saved_search(database, "one")


@pytest.mark.parametrize(
    ("query", "values", "sentence"),
    [
        ("code:${code}", {}, "needs a value for 'code'"),
        ("code:${code}", {"code": "1", "list": "un"}, "has no parameter 'list'; it has code"),
    ],
)
def test_a_wrong_parameter_is_named(query: str, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        filled(query, **values)


def test_a_query_that_can_never_be_read_is_not_saved() -> None:
    with pytest.raises(UsageError, match="There is no field 'titel'"):
        as_saved("bad", Question("titel:${word}"))
