"""The query language: what people type is understood, and what cannot be read is refused at its place."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.errors import UsageError
from watchword.index.query import MAX_WORDS, QueryError, parse, remarks
from watchword.index.tree import (
    All,
    And,
    DateRange,
    Exact,
    Exists,
    Keyword,
    MentionNear,
    MentionsNear,
    Near,
    Not,
    NumberRange,
    Or,
    Pattern,
    Phrase,
    RowNear,
    RowsNear,
    Word,
)

NOW = datetime(2026, 5, 31, 12, 30, 15, tzinfo=UTC)
A, B, C = (Word("text", letter) for letter in "abc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b OR c", And((A, Or((B, C))))),
        ("a OR b c", And((Or((A, B)), C))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a NOT b", And((A, Not(B)))),
        ("NOT a OR b", Or((Not(A), B))),
        ("a && b || !c", Or((And((A, B)), Not(C)))),
        ("a & b | c", Or((And((A, B)), C))),
        ("+a -b", And((A, Not(B)))),
        ("a - b, c;", And((A, B, C))),
        ("--a", A),
        ("（a　ＯＲ　b）", Or((A, B))),
        ("((a))", A),
        ("R&D", Phrase("text", ("r", "d"))),
        ("dual-use", Phrase("text", ("dual", "use"))),
        ("12:30", Phrase("text", ("12", "30"))),
        ("rock 'n' roll", And((Word("text", "rock"), Word("text", "n"), Word("text", "roll")))),
        ("«a b»", Phrase("text", ("a", "b"))),
        ("»a b«", Phrase("text", ("a", "b"))),
        ("“a b”", Phrase("text", ("a", "b"))),
        ("『a b』", Phrase("text", ("a", "b"))),
        (r'"a \"b\""', Phrase("text", ("a", "b"))),
        ('"a"', Exact("text", "a")),
        ("title：a", Word("title", "a")),
        ("Title: a", Word("title", "a")),
        ("title:(a OR b)", Or((Word("title", "a"), Word("title", "b")))),
        ("entity:un:KPi.033", Keyword("entity", "un:kpi.033")),
        ("(entity:un:KPi.033)", Keyword("entity", "un:kpi.033")),
        ("story:AbC", Keyword("story", "AbC")),
        ("url:https://x.test/a(b)?q=1", Keyword("url", "https://x.test/a(b)?q=1")),
        ("url:https://x.test/*", Pattern("url", r"https://x\.test/.*")),
        (
            "https://x.test/?a",
            Or((Keyword("url", "https://x.test/?a"), Phrase("text", ("https", "x", "test", "a")))),
        ),
        ("/etc/passwd", Phrase("text", ("etc", "passwd"))),
        ("/ab+/", Pattern("text", "ab+")),
        ("*", All()),
        ("*:*", All()),
        ("role:*", Exists("role")),
        ("_exists_:role", Exists("role")),
        ("a*", Pattern("text", "a.*")),
        (r"code:1C\*", Keyword("code", "1c*")),
        ("code:840120", Keyword("code", "8401.20")),
        ("code:8401", Keyword("code", "8401")),
        ("变频*", Phrase("text", ("变", "频"))),
        ('"a b"~3', Near("text", "a", "b", 3)),
        ('"list:un code:1C216"~15', MentionsNear("list:un", "code:1c216", 15)),
        ("“list：un code：1C216”~15", MentionsNear("list:un", "code:1c216", 15)),
        ('"Steel list:un"~15', MentionNear("Steel", "list:un", 15)),
        ('"list:un steel"~0', MentionNear("steel", "list:un", 0)),
        ('"離心機 list:un"~15', RowNear(("离", "心", "机"), "list:un", 15)),
        ('"离心机 Siemens"~5', RowsNear("text", ("离", "心", "机"), ("siemens",), 5)),
        ("version:2", NumberRange("version", 2, 2)),
        ("version:{1 TO 3}", NumberRange("version", 2, 2)),
        ("words:>=100", NumberRange("words", 100, None)),
    ],
)
def test_what_people_type_is_understood(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("published:2026", "2026-01-01 00:00:00", "2026-12-31 23:59:59"),
        ("published:2024-02", "2024-02-01 00:00:00", "2024-02-29 23:59:59"),
        ("published:[2026-02-01 TO 2026-02-03}", "2026-02-01 00:00:00", "2026-02-02 23:59:59"),
        ("captured:2026-02-01T10:00:00Z", "2026-02-01 10:00:00", "2026-02-01 10:00:00"),
        ('captured:"2026-02-01 10:00"', "2026-02-01 10:00:00", "2026-02-01 10:00:00"),
        ("published:today", "2026-05-31 00:00:00", "2026-05-31 23:59:59"),
        ("published:>=now-7d", "2026-05-24 12:30:15", None),
        ("published:>now-3m", "2026-02-28 12:30:16", None),
        ("published:<=now-1y", None, "2025-05-28 12:30:15"),
    ],
)
def test_a_date_means_the_time_that_it_covers(text: str, low: str | None, high: str | None) -> None:
    node = parse(text, NOW)
    assert isinstance(node, DateRange)
    told = [moment and moment.strftime("%Y-%m-%d %H:%M:%S") for moment in (node.low, node.high)]
    assert told == [low, high]


@pytest.mark.parametrize(
    ("text", "position", "sentence"),
    [
        ("titel:steel", 0, "There is no field 'titel'. Did you mean 'title'?"),
        ("steel un:KPi.033", 6, "entity:un:KPi.033"),
        ("steel AND", 9, "A word is missing"),
        ("steel (OR tubes)", 7, "A word is missing before this"),
        ("steel (tubes", 6, "This bracket is not closed"),
        ("steel)", 5, "This bracket closes nothing"),
        ("steel ()", 6, "nothing in this bracket"),
        ('steel "tubes', 6, "This quote is not closed"),
        ("steel title:", 6, "has no value"),
        ("steel [1 TO 2]", 6, "ranges work on published"),
        ("steel code:[1", 11, "A range is written"),
        ("title:[a TO b]", 6, "ranges work on published"),
        ('"a b c"~2', 0, "nearness works for two different words"),
        ('"a a"~2', 0, "nearness works for two different words"),
        ('"a* b"~2', 0, "nearness works for whole words"),
        ('"a b"~2.5', 0, "write the number of words"),
        ('entity:"a b"~2', 7, "Nearness works in text and title"),
        ('"list:un code:1C216"', 0, "Say how near"),
        ('"list:un steel prices"~5', 0, "one of each"),
        ('"离心机伊朗"~5', 0, "Put a space between two words"),
        ('"离心机 伊朗"~51', 0, "up to 50 characters apart"),
        ('"list:un centri*"~5', 0, "one whole word can be near a mention"),
        ('"list:un list:un"~5', 0, "must differ"),
        ('"type:* list:un"~5', 0, "is named whole"),
        ('"steel list:u?"~5', 0, "is named whole"),
        ("steel~3", 0, "write ~1 or ~2"),
        ("steel~0.8", 0, "write ~1 or ~2"),
        ("变频器~1", 0, "one word at a time"),
        ("published:soon", 10, "is not a date"),
        ("published:2026-13", 10, "is not a date"),
        ("published:[2026 TO 2025]", 10, "ends before it begins"),
        ("version:two", 8, "is not a whole number"),
        ("steel^none", 0, "is no weight"),
        ("steel^-1", 0, "is no weight"),
        ("steel ^2", 6, "stands at the end of a word"),
        ("(steel tubes)~2", 13, "stands at the end of a word"),
        ("!!!", 3, "A word is missing"),
        ('"…"', 0, "holds no letter"),
        ("list:''  entity:\"\"", 16, "is empty"),
        (r"/\d+/", 0, "is not known to both engines"),
        ("/a(/", 0, "cannot be read"),
        ("/^a$/", 0, "always covers a whole word"),
        ("geo:Atlantisburg", 4, "No site or city named"),
        ("geo:iran", 4, "entity:place:IR"),
        ("geo:91,10", 4, "is no point on earth"),
        ("geo:33,51~90000", 4, "is not searched"),
        ('geo:"33,51"~far', 4, "is no distance"),
        ("geo:[34,52 TO 33,51]", 4, "ends south"),
        ("geo:[natanz TO fordow]", 4, "is no box"),
    ],
)
def test_an_error_shows_the_place_and_the_likely_meaning(text: str, position: int, sentence: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    assert sentence in str(raised.value)
    assert raised.value.position == position
    assert "▸" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "is empty"),
        ("🚀 –", "holds no letter or digit"),
        ("a*" * 501, "characters"),
        (" ".join(f"w{n}" for n in range(MAX_WORDS + 1)), "words"),
        (" ".join(f'NOT "a{n} b"~2' for n in range(130)), "words"),
        ("(" * 13 + "a" + ")" * 13, "Brackets lie 13 deep"),
        ("a" * 20_001, "characters"),
    ],
)
def test_a_query_that_is_too_much_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        parse(text)


def test_a_small_or_between_words_is_remarked_on() -> None:
    assert remarks("steel or tubes") == ("'or' in small letters is searched as a word; write OR to join words.",)
    assert remarks('"trial and error" OR x') == ()


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    with suppress(UsageError):
        parse(text)


@given(
    st.lists(
        st.sampled_from([*'()":~^[]{}/\\*?!+-&| ', "a", "AND ", "OR ", "NOT ", "title:", " TO ", "\\"]), max_size=12
    )
)
def test_any_row_of_signs_is_read_or_refused_in_a_sentence(signs: list[str]) -> None:
    with suppress(UsageError):
        parse("".join(signs))
