"""One query language, the same answers on both engines."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from nlp.mention import Mention
from watchword.document import Document
from watchword.errors import UsageError
from watchword.index import Engine, SearchRequest, parse

QUERIES = [
    # words
    ("steel", {"en1", "en2", "en3"}),
    ("tube", {"en1", "en2", "en3", "fr1"}),
    ("seize tubes", {"en1", "en2", "en3"}),
    ("title:steel", {"en1"}),
    ("title:steel OR title:tubes", {"en1", "en2", "en3"}),
    ("title:(steel OR tubes)", {"en1", "en2", "en3"}),
    ('"seized"', {"en1", "en2", "en3"}),
    ('"seize"', set()),
    ("ecole", {"fr1"}),
    ("Lieferung", {"de1"}),
    ("grosse", {"de1"}),
    ("nino", {"es1"}),
    ("посредники", {"ru1"}),
    ("закупка", {"ru1"}),
    ("أنابيب", {"ar1"}),
    ("انابيب", {"ar1"}),
    ("σωλήνας OR σωληνες", {"el1"}),
    ("ΣΩΛΗΝΕΣ", {"el1"}),
    ("变频器", {"zh1"}),
    ("變頻器", {"zh1"}),
    ("国际原子能机构", {"zh2"}),
    ("หมุนเหวี่ยง", {"th1"}),
    # joining words
    ("tubes -prices", {"en1", "fr1"}),
    ("tubes NOT prices", {"en1", "fr1"}),
    ("NOT language:en NOT language:zh", {"fr1", "ru1", "ar1", "es1", "de1", "el1", "th1"}),
    ("+tubes +prices", {"en2", "en3"}),
    ("tubes && prices", {"en2", "en3"}),
    ("harbour || école", {"en1", "fr1"}),
    ("tubes !prices", {"en1", "fr1"}),
    ("harbour OR ecole tubes", {"en1", "fr1"}),
    ("(harbour OR ecole)^3 AND tubes", {"en1", "fr1"}),
    ("harbour AND tubes OR ecole", {"en1", "fr1"}),
    ("NOT (tubes OR language:zh OR type:*)", {"es1", "el1", "th1"}),
    # phrases and nearness
    ('"maraging steel"', {"en1"}),
    ("“maraging steel”", {"en1"}),
    ("„maraging steel“", {"en1"}),
    ("🚀 maraging → steel", {"en1"}),
    ('"the maraging steel last year?"', {"en1"}),
    ('"¿maraging steel???"', {"en1"}),
    ('"http://host.test/?maraging=steel"', set()),
    ("「变频器」", {"zh1"}),
    ('"steel maraging"', set()),
    ('"officers tubes"~3', {"en1", "en2", "en3"}),
    ('"tube officer"~3', {"en1", "en2", "en3"}),
    ('"officers tubes"~1', {"en1"}),
    ('"уран обогащения"~2', {"ru1"}),
    ('"steel customs"~1', {"en1"}),
    ('title:"seized tubes"~0', {"en2", "en3"}),
    # patterns and misspellings
    ("lang*", set()),
    ("harb*", {"en1"}),
    ("École*", {"fr1"}),
    ("h?rbour", {"en1"}),
    ("*bour", {"en1"}),
    ("/har.*r/", {"en1"}),
    ("/HAR[a-z]+/", {"en1"}),
    ('"marag* steel"', {"en1"}),
    ('"* steel"', {"en1", "en2", "en3"}),
    ("?", {"fr1", "ru1", "zh1", "zh2", "es1", "de1", "th1"}),
    ("harbuor~1", {"en1"}),
    ("hrbuor~2", {"en1"}),
    ("hrbuor~", {"en1"}),
    ("hrbuor~1", set()),
    # mentions
    ("list:panel", {"en1", "ru1", "fr1"}),
    ("list:PANEL", {"en1", "ru1", "fr1"}),
    ("entity:panel", {"en1", "ru1", "fr1"}),
    ("entity:panel:P-001 AND language:ru", {"ru1"}),
    ('entity:"panel:P-001"', {"en1", "ru1"}),
    ('entity:"tarek halimi"', {"en1", "ru1"}),
    ("entity:panel:*2", {"fr1"}),
    ("code:1C216", {"en1", "ar1"}),
    ("code:1c216.A", {"en1", "ar1"}),
    ("code:1C21", set()),
    ("code:(3A225 OR 1C216)", {"en1", "ar1", "zh1"}),
    ("item:maraging-steel role:broker", {"en1"}),
    ('item:"maraging steel"', {"en1", "ar1"}),
    ('role:"end user"', {"fr1"}),
    ("site:natanz", {"zh1", "ru1"}),
    ("type:site OR type:person", {"zh1", "en1", "ru1"}),
    ("type:*", {"zh1", "en1", "ru1", "fr1", "ar1", "de1"}),
    ('"list:panel code:1C216"~15', {"en1"}),
    ('"code:1C216 list:panel"~3', {"en1"}),
    ('"code:* list:*"~3', {"en1"}),
    ('"list:* role:broker"~0', {"en1", "ru1"}),
    ('"code:1C216 list:panel"~2', set()),
    ('"type:person role:broker"~0', {"en1", "ru1"}),
    ('"list:panel site:natanz"~10', {"ru1"}),
    ('"item:frequency-changer site:natanz"~20', {"zh1"}),
    ('"role:end_user type:organisation"~0', {"fr1"}),
    # places
    ("geo:Natanz~20", {"zh1", "ru1", "de1"}),
    ('geo:"Natanz"~5km', {"zh1", "ru1"}),
    ("geo:site:natanz", {"zh1", "ru1", "de1"}),
    ("geo:33.7,51.6~3", {"de1"}),
    ("geo:[33.0,51.0 TO 34.0,52.0]", {"zh1", "ru1", "de1"}),
    ("geo:[33.5,51.5 TO 33.71,51.65]", {"de1"}),
    ("geo:*", {"zh1", "ru1", "de1"}),
    # other fields
    ("country:qx", {"ru1"}),
    ("country:*", {"ru1"}),
    ("source:agency", {"en2"}),
    ("source:a*", {"en2"}),
    ("publisher:agencia", {"en2"}),
    ('author:"ada kovac"', {"en1"}),
    ("marking:internal", {"zh2"}),
    ("story:en2", {"en2", "en3"}),
    ("kind:feed harbour", {"en1"}),
    ("run:20260302T010000Z-0001 AND harbour", {"en1"}),
    ("media_type:text/html site:natanz", {"zh1", "ru1"}),
    ("url:http://host.test/en1", {"en1"}),
    ("http://host.test/en1", {"en1"}),
    ("url:http://host.test/e*", {"en1", "en2", "en3", "es1", "el1"}),
    ("version:2", {"en3"}),
    ("version:>1", {"en3"}),
    ("words:<=6", {"el1"}),
    ("id:en1 OR page:q", {"en1"}),
    # dates
    ("published:2026-02-25", {"en2"}),
    ("published:2026-02", {"en1", "en2", "en3"}),
    ("published:[2026-02-25 TO 2026-02-26]", {"en2", "en3"}),
    ("published:{2026-02-25 TO *]", {"en3"}),
    ("published:>=2026-02-26", {"en3"}),
    ("published:<2026-02", {"fr1"}),
    ("published:*", {"en1", "en2", "en3", "fr1"}),
    ("published:[* TO *]", {"en1", "en2", "en3", "fr1"}),
    ("title:seizure words:[* TO *}", {"en1"}),
    ("date:2026-03-02 AND type:site", {"zh1", "ru1"}),
    ("captured:>2026-03-03", set()),
    ("*", {"en1", "en2", "en3", "fr1", "ru1", "ar1", "zh1", "zh2", "es1", "de1", "el1", "th1"}),
]


def found(engine: Engine, query: str) -> set[str]:
    return {document.id for document in engine.scan(parse(query))}


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[query for query, _ in QUERIES])
def test_each_engine_finds_the_same(engine: Engine, query: str, expected: set[str]) -> None:
    assert set(engine.matching(query)) == expected
    assert engine.count(parse(query)) == len(expected)


def test_a_story_is_one_hit_with_its_copies_and_origins(engine: Engine) -> None:
    page = engine.search(SearchRequest(parse("title:tubes")))
    assert (page.total, [(hit.copies, hit.origins) for hit in page.hits]) == (2, [(2, 2)])
    plain = engine.search(SearchRequest(parse("title:tubes"), fold=False, sort="newest"))
    assert [hit.document.id for hit in plain.hits] == ["en3", "en2"]


@pytest.mark.parametrize("sort", ["score", "newest", "oldest"])
@pytest.mark.parametrize(("fold", "limit"), [(True, 3), (True, 11), (False, 3), (False, 5)])
def test_pages_follow_each_other_without_gap_or_repeat_up_to_the_last(
    engine: Engine, sort: str, fold: bool, limit: int
) -> None:
    ids: list[str] = []
    cursor = None
    for _ in range(9):
        page = engine.search(SearchRequest(parse("*"), fold=fold, limit=limit, sort=sort, cursor=cursor))  # type: ignore[arg-type]
        assert page.total == 12
        assert page.hits
        ids += [hit.document.id for hit in page.hits]
        cursor = page.next
        if cursor is None:
            break
    assert len(ids) == len(set(ids)) == (11 if fold else 12)


def test_both_engines_give_dates_in_the_same_order(both: tuple[Engine, Engine]) -> None:
    ids = [
        [hit.document.id for hit in engine.search(SearchRequest(parse("*"), fold=False, sort="newest")).hits]
        for engine in both
    ]
    assert ids[0] == ids[1]
    assert ids[0][-4:] == ["en3", "en2", "en1", "fr1"]


def test_an_offset_leaves_out_what_was_seen(engine: Engine) -> None:
    first = engine.search(SearchRequest(parse("*"), limit=5, sort="oldest"))
    second = engine.search(SearchRequest(parse("*"), limit=20, offset=5, sort="oldest"))
    ids = [hit.document.id for hit in (*first.hits, *second.hits)]
    assert len(ids) == len(set(ids)) == 11


def test_facets_and_days_count_every_match(engine: Engine) -> None:
    counts = engine.counts(parse("language:en OR language:ru"), ("language", "list", "code"), days=True)
    assert counts.facets == {
        "language": {"en": 3, "ru": 1},
        "list": {"panel": 2},
        "code": {"1C216.a": 1, "7224-10": 1},
    }
    assert counts.days == {"2026-02-24": 1, "2026-02-25": 1, "2026-02-26": 1, "2026-03-02": 1}


def test_facets_are_cut_after_the_most_frequent(engine: Engine) -> None:
    assert engine.counts(parse("*"), ("language",), limit=2).facets == {"language": {"en": 3, "zh": 2}}


def test_a_document_comes_back_as_it_went_in(engine: Engine, documents: list[Document]) -> None:
    stored = {document.id: document for document in engine.scan(parse("*"))}
    assert stored == {document.id: document for document in documents}
    assert engine.get("ru1") == stored["ru1"]
    assert engine.get("nothing") is None


def test_an_index_that_was_never_made_holds_nothing(empty: Engine) -> None:
    assert empty.search(SearchRequest(parse("steel"))).hits == ()
    assert empty.count(parse("*")) == 0
    assert list(empty.scan(parse("*"))) == []
    assert list(empty.states()) == []
    assert empty.counts(parse("*"), ("language",), days=True).facets == {"language": {}}
    assert empty.get("en1") is None
    assert empty.status().documents == 0


def test_a_document_that_is_added_again_replaces_itself(filled: Engine, document: Callable[..., Document]) -> None:
    filled.add([document("en1", "en", "Other words", "entirely")])
    filled.refresh()
    assert found(filled, "entirely") == {"en1"}
    assert found(filled, "harbour") == set()
    assert filled.status().documents == 12


def test_a_document_that_is_removed_is_gone(filled: Engine) -> None:
    filled.remove(["en1", "never-there"])
    filled.refresh()
    assert found(filled, "harbour") == set()
    assert filled.count(parse("*")) == 11


def test_a_rebuild_holds_what_it_was_given_and_nothing_else(filled: Engine, document: Callable[..., Document]) -> None:
    before = filled.status().generation
    assert filled.rebuild(iter([document("new", "en", "Only", "this")])) == 1
    assert found(filled, "*") == {"new"}
    assert filled.status().generation != before
    filled.add([document("newer", "en", "And", "that")])
    filled.refresh()
    assert found(filled, "*") == {"new", "newer"}


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(filled: Engine, document: Callable[..., Document]) -> None:
    def broken() -> Document:
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError):
        filled.rebuild(broken() if index else document("new", "en", "Only", "this") for index in range(2))
    assert len(found(filled, "*")) == 12


def test_every_document_tells_its_state_once(filled: Engine, document: Callable[..., Document]) -> None:
    before = set(filled.states())
    assert len(before) == 12
    filled.add([document("en2", "en", "Tubes", "seized", story="other")])
    filled.refresh()
    assert len(set(filled.states()) - before) == 1


def test_a_mention_with_many_names_keeps_its_place_among_the_words(
    document: Callable[..., Document], empty: Engine
) -> None:
    part = Mention(0, 5, "Valve", "item", "item:valve", "Valve", "name", tuple(f"WA CAT-{n:03}.a.1" for n in range(40)))
    place = Mention(23, 29, "Natanz", "site", "site:natanz", "Natanz", "name")
    assert not empty.add([replace(document("d", "en", "", "Valve and pump came to Natanz"), mentions=(part, place))])
    empty.refresh()
    assert empty.count(parse('"item:valve site:natanz"~4')) == 1
    assert empty.count(parse('"item:valve site:natanz"~3')) == 0


def test_a_phrase_with_a_wildcard_for_any_word_is_refused_alike(
    document: Callable[..., Document], empty: Engine
) -> None:
    assert not empty.add([document("d", "en", "", " ".join(f"w{number}" for number in range(17_000)))])
    empty.refresh()
    with pytest.raises(UsageError, match="write more of its letters"):
        empty.count(parse('"w1 *"'))
