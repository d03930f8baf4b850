"""The engines agree: for any query, the same documents."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from watchword.document import Document
from watchword.errors import UsageError
from watchword.index import Engine, parse
from watchword.index.similar import similar_to

WORDS = st.sampled_from(
    [
        "steel",
        "tubes",
        "seize",
        "harbour",
        "prices",
        "École",
        "арест",
        "закупки",
        "变频器",
        "أنابيب",
        "χάλυβα",
        "absent",
    ]
)
MENTIONS = st.sampled_from(
    ["list:panel", "type:person", "type:item", "code:1C216", "site:natanz", "role:broker", "item:maraging-steel"]
)
FIELDS = st.sampled_from(
    [
        "language:en",
        "country:*",
        "source:a*",
        "published:2026-02",
        "published:[* TO 2026-02-25}",
        "version:>1",
        "words:[8 TO 20]",
        "geo:Natanz~20",
        "geo:[30,50 TO 34,52]",
        "story:en2",
        'entity:"tarek halimi"',
        "*",
    ]
)


def cut(word: str, length: int) -> str:
    return word[:length]


def two(pair: tuple[str, str, int]) -> str:
    return f'"{pair[0]} {pair[1]}"~{pair[2]}'


LEAVES = st.one_of(
    WORDS,
    WORDS.map(lambda word: f'"{word}"'),
    WORDS.map(lambda word: f"title:{word}"),
    st.tuples(WORDS, WORDS).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
    st.tuples(WORDS, WORDS, st.integers(0, 12)).map(two),
    st.tuples(WORDS, st.integers(1, 4)).map(lambda pair: f"{cut(*pair)}*"),
    st.tuples(WORDS, st.integers(1, 4)).map(lambda pair: f"*{pair[0][-pair[1] :]}"),
    st.tuples(WORDS, st.integers(0, 3)).map(lambda pair: f"{pair[0][: pair[1]]}?{pair[0][pair[1] + 1 :]}"),
    st.tuples(WORDS, WORDS).map(lambda pair: f'"{pair[0][:3]}* {pair[1][:2]}*"'),
    st.tuples(WORDS, st.integers(1, 2)).map(lambda pair: f"{pair[0][:-1]}~{pair[1]}"),
    st.tuples(WORDS, st.integers(1, 3)).map(lambda pair: f"/{cut(*pair)}[a-zа-я]{{1,5}}/"),
    MENTIONS,
    st.tuples(MENTIONS, MENTIONS, st.integers(0, 20)).map(two),
    st.tuples(WORDS, MENTIONS, st.integers(0, 20)).map(two),
    st.sampled_from(["/.+/", "/.*(un|item|steel)/", "/[^a-z]+/", "*l", "?te*"]),
    FIELDS,
)
TREES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.tuples(part, part).map(lambda pair: f"({pair[0]} AND {pair[1]})"),
        st.tuples(part, part).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        st.tuples(part, part).map(lambda pair: f"({pair[0]} NOT {pair[1]})"),
        part.map(lambda one: f"(NOT {one})"),
        part.map(lambda one: f"({one})^2.5"),
    ),
    max_leaves=6,
)


def readable(query: str) -> bool:
    try:
        parse(query)
    except UsageError:
        return False
    return True


@hypothesis(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(query=TREES.filter(readable))
def test_both_engines_agree_on_generated_queries(both: tuple[Engine, Engine], query: str) -> None:
    embedded, cluster = both
    found = set(embedded.matching(query))
    assert found == set(cluster.matching(query))
    assert embedded.count(parse(query)) == cluster.count(parse(query)) == len(found)


@pytest.mark.parametrize("identifier", ["en1", "en2", "ru1", "ar1", "zh1"])
def test_both_engines_find_the_same_resembling_documents(both: tuple[Engine, Engine], identifier: str) -> None:
    found = []
    for engine in both:
        document = engine.get(identifier)
        assert document is not None
        found.append({hit.id for hit in engine.scan(similar_to(engine, document))})
    assert found[0] == found[1]
    assert identifier not in found[0]


def test_a_resembling_document_shares_names_across_languages(both: tuple[Engine, Engine]) -> None:
    for engine in both:
        document = engine.get("ar1")
        assert document is not None
        assert "en1" in {hit.id for hit in engine.scan(similar_to(engine, document))}


def test_a_chinese_text_resembles_one_that_shares_its_words(filled: Engine, document: Callable[..., Document]) -> None:
    text = "海关在港口查获一批伪报为乳品设备的变频器，货物运往纳坦兹。"
    near = document("near", "zh", "港口查获变频器", "港口的海关查获变频器，伪报为乳品设备。")
    assert filled.add([document("asked", "zh", "海关查获变频器", text), near]) == ()
    filled.refresh()
    asked = filled.get("asked")
    assert asked is not None
    found = {hit.id for hit in filled.scan(similar_to(filled, asked))}
    assert {"near", "zh1"} <= found
    assert "zh2" not in found


@pytest.mark.parametrize("query", ["steel", "tubes", "*", "type:*"])
def test_both_engines_count_the_same_values(both: tuple[Engine, Engine], query: str) -> None:
    fields = ("language", "source", "publisher", "type", "entity", "code", "role", "site", "list")
    embedded, cluster = (engine.counts(parse(query), fields, days=True) for engine in both)
    assert embedded == cluster


def test_both_engines_hold_the_same_states(both: tuple[Engine, Engine]) -> None:
    embedded, cluster = both
    assert set(embedded.states()) == set(cluster.states())
