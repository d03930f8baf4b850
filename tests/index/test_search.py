"""One query language, the same answers on both engines."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from watchword.document import Document
from watchword.errors import UsageError
from watchword.index import Engine, SearchRequest, parse

QUERIES = [
    ("steel", {"en1", "en2", "en3"}),
    ("tube", {"en1", "en2", "en3", "fr1"}),
    ("seize tubes", {"en1", "en2", "en3"}),
    ('"maraging steel"', {"en1"}),
    ('"steel maraging"', set()),
    ('"officers tubes"~3', {"en1", "en2", "en3"}),
    ("title:steel", {"en1"}),
    ("title:steel OR title:tubes", {"en1", "en2", "en3"}),
    ("tubes -prices", {"en1", "fr1"}),
    ("tubes NOT prices", {"en1", "fr1"}),
    ("NOT language:en NOT language:zh", {"fr1", "ru1", "ar1", "es1", "de1", "el1"}),
    ("+tubes +prices", {"en2", "en3"}),
    ("tubes && prices", {"en2", "en3"}),
    ("harbour || école", {"en1", "fr1"}),
    ("tubes !prices", {"en1", "fr1"}),
    ("ecole", {"fr1"}),
    ("посредники", {"ru1"}),
    ("закупка", {"ru1"}),
    ("أنابيب", {"ar1"}),
    ("انابيب", {"ar1"}),
    ("变频器", {"zh1"}),
    ("變頻器", {"zh1"}),
    ("国际原子能机构", {"zh2"}),
    ("nino", {"es1"}),
    ("Lieferung", {"de1"}),
    ("grosse", {"de1"}),
    ("σωλήνας OR σωληνες", {"el1"}),
    ("lang*", set()),
    ("harb*", {"en1"}),
    ("h?rbour", {"en1"}),
    ("/har.*r/", {"en1"}),
    ("harbuor~1", {"en1"}),
    ("hrbuor~2", {"en1"}),
    ("list:panel", {"en1", "ru1"}),
    ("entity:panel:P-001 AND language:ru", {"ru1"}),
    ('entity:"panel:P-001"', {"en1", "ru1"}),
    ("code:1C216", {"en1", "ar1"}),
    ("code:1C216.a", {"en1", "ar1"}),
    ("code:1C21", set()),
    ("item:maraging-steel role:broker", {"en1"}),
    ("site:natanz", {"zh1"}),
    ("type:site OR type:person", {"zh1", "en1", "ru1"}),
    ("country:QX", {"ru1"}),
    ("source:agency", {"en2"}),
    ("source:a*", {"en2"}),
    ("run:20260302T010000Z-0001 AND harbour", {"en1"}),
    ("published:2026-02-25", {"en2"}),
    ("published:2026-02", {"en1", "en2", "en3"}),
    ("published:[2026-02-25 TO 2026-02-26]", {"en2", "en3"}),
    ("published:{2026-02-25 TO *]", {"en3"}),
    ("published:>=2026-02-26", {"en3"}),
    ("published:<2026-02", {"fr1"}),
    ("date:2026-03-02 AND type:site", {"zh1"}),
    ("“maraging steel”", {"en1"}),
    ("harbour OR ecole tubes", {"en1", "fr1"}),
    ("(harbour OR ecole)^3 AND tubes", {"en1", "fr1"}),
    ("*", {"en1", "en2", "en3", "fr1", "ru1", "ar1", "zh1", "zh2", "es1", "de1", "el1"}),
]


def found(engine: Engine, query: str) -> set[str]:
    return {document.id for document in engine.scan(parse(query))}


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[query for query, _ in QUERIES])
def test_each_engine_finds_the_same(engine: Engine, query: str, expected: set[str]) -> None:
    assert found(engine, query) == expected
    assert engine.count(parse(query)) == len(expected)
    assert set(engine.matching(query)) == expected


def test_a_story_is_one_hit_with_its_copies(engine: Engine) -> None:
    page = engine.search(SearchRequest(parse("title:tubes")))
    assert (page.total, [hit.copies for hit in page.hits]) == (2, [2])
    plain = engine.search(SearchRequest(parse("title:tubes"), fold=False, sort="newest"))
    assert [hit.document.id for hit in plain.hits] == ["en3", "en2"]


def test_pages_follow_each_other_without_gap_or_repeat(engine: Engine) -> None:
    pages = [engine.search(SearchRequest(parse("*"), fold=False, limit=4, offset=o, sort="oldest")) for o in (0, 4, 8)]
    assert sorted(hit.document.id for page in pages for hit in page.hits) == sorted(found(engine, "*"))


def test_facets_count_every_match(engine: Engine) -> None:
    page = engine.search(SearchRequest(parse("language:en OR language:ru"), facets=("language", "list")))
    assert page.facets == {"language": {"en": 3, "ru": 1}, "list": {"panel": 2}}


def test_a_document_comes_back_as_it_went_in(engine: Engine) -> None:
    stored = engine.get("ru1")
    assert stored is not None
    assert stored.mentions[0].entity == "panel:P-001"
    assert engine.get("nothing") is None


def test_a_document_that_is_added_again_replaces_itself(engine: Engine, document: Callable[..., Document]) -> None:
    engine.add([document("en1", "en", "Other words", "entirely")])
    engine.refresh()
    assert found(engine, "entirely") == {"en1"}
    assert found(engine, "harbour") == set()
    assert engine.status().documents == 11


def test_a_document_that_is_removed_is_gone(engine: Engine) -> None:
    engine.remove(["en1"])
    engine.refresh()
    assert found(engine, "harbour") == set()


def test_a_rebuild_holds_what_it_was_given_and_nothing_else(engine: Engine, document: Callable[..., Document]) -> None:
    assert engine.rebuild(iter([document("new", "en", "Only", "this")])) == 1
    assert found(engine, "*") == {"new"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "is empty"),
        ("titel:steel", "Did you mean 'title'"),
        ("steel AND", "cannot be read"),
        ('"a b c"~2', "nearness works for two"),
        ("steel~3", "write ~1 or ~2"),
        ("published:soon", "is not a date"),
        ("title:[a TO b]", "ranges work on"),
        ("!!!", "holds no letter"),
        ('"…"', "holds no letter"),
        ("((steel)", "cannot be read"),
    ],
)
def test_a_query_that_cannot_be_answered_is_refused_in_a_sentence(empty: Engine, query: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        empty.count(parse(query))


WORDS = st.sampled_from(
    ["steel", "tubes", "harbour", "prices", "école", "арест", "变频器", "أنابيب", "seized", "absent"]
)
LEAVES = st.one_of(
    WORDS,
    st.tuples(WORDS, WORDS).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
    WORDS.map(lambda word: f"{word[:3]}*"),
    WORDS.map(lambda word: f"{word}~1"),
    st.sampled_from(["language:en", "list:panel", "code:1C216", "type:item", "published:2026-02", "source:agency"]),
    WORDS.map(lambda word: f"title:{word}"),
)
TREES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.tuples(part, part).map(lambda pair: f"({pair[0]} AND {pair[1]})"),
        st.tuples(part, part).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        st.tuples(part, part).map(lambda pair: f"({pair[0]} NOT {pair[1]})"),
    ),
    max_leaves=5,
)


@hypothesis(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=TREES)
def test_both_engines_agree_on_generated_queries(both: tuple[Engine, Engine], query: str) -> None:
    embedded, cluster = both
    assert found(embedded, query) == found(cluster, query)
