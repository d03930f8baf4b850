"""Analysis: one set of tokens for both engines, folded and stemmed by language."""

import sys
from importlib.resources import files

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from index_mappings.analysis import (
    CODE_PAGES,
    MAX_TOKEN_CHARACTERS,
    NOT_PLAIN,
    PLAIN_TOKEN,
    STEMMED_LANGUAGES,
    TOKEN,
    exact_stream,
    fold,
    fold_keyword,
    fold_word,
    languages_of,
    places_of,
    starts_at,
    starts_of,
    stem_stream,
    stems,
    words,
)
from index_mappings.fields import (
    DATES,
    FIELDS,
    FOLDED,
    HIDDEN,
    KEYWORDS,
    MENTIONS,
    NUMBERS,
    ORDER,
    STATE,
    STORY_NUMBER,
    STREAMS,
    VERSION,
    elasticsearch_mapping,
    folded_field,
)
from index_mappings.mentions import Named, ancestors, mention_stream


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Dual-use, 1C216.a!", ["dual", "use", "1c216", "a"]),
        ("École ŁÓDŹ Größe", ["ecole", "lodz", "grosse"]),
        ("İstanbul ISPARTA", ["istanbul", "isparta"]),
        ("أسلحة إيران القائمة", ["اسلحه", "ايران", "القايمه"]),
        ("مُحَمَّد", ["محمد"]),
        ("變頻器 600Hz", ["变", "频", "器", "600hz"]),
        ("テスト", ["テ", "ス", "ト"]),
        ("한국어", ["한", "국", "어"]),
        ("เครื่อง", ["เ", "ค", "รื", "อ", "ง"]),
        ("ΟΔΟΣ οδός", ["οδοσ", "οδοσ"]),
        ("ﷺ ½ ＡＢＣ", ["صلياللهعليهوسلم", "1⁄2", "abc"]),
        ("𝐀bc", ["abc"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_folded_tokens(text: str, tokens: list[str]) -> None:
    assert exact_stream(words(text)) == tokens


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "seized", "seize"),
        ("fr", "vérifications", "vérification"),
        ("ru", "посредника", "посредник"),
        ("ar", "الأنابيب", "أنابيب"),
        ("de", "Lieferungen", "Lieferung"),
        ("es", "inspecciones", "inspección"),
        ("el", "σωλήνες", "σωλήνας"),
        ("pl", "kontroli", "kontrola"),
    ],
)
def test_forms_of_a_word_share_a_stem_in_their_language(language: str, one: str, other: str) -> None:
    assert stem_stream([one], language)[0] in stems(other)


def test_a_stem_of_one_language_never_finds_a_word_of_another() -> None:
    assert set(stems("news")) & set(stem_stream(["news"], "en"))
    assert not set(stems("news")) & set(stem_stream(["new"], "en"))


def test_words_are_stemmed_in_the_languages_of_their_script() -> None:
    assert languages_of("steel") == tuple(
        sorted(set(STEMMED_LANGUAGES) - {"ar", "hy", "ru", "hi", "ne", "el", "yi", "ta"})
    )
    assert languages_of("сталь") == ("ru", "sr")
    assert languages_of("钢") == languages_of("2024") == ()


def test_a_language_without_a_stemmer_has_no_stem_stream() -> None:
    assert stem_stream(["gas"], "zh") == stem_stream(["gas"], None) == []


def test_a_word_without_end_is_cut() -> None:
    assert exact_stream(words("a" * 5_000)) == ["a" * MAX_TOKEN_CHARACTERS]


@given(st.text())
def test_the_words_of_a_text_stand_where_they_are_said_to(text: str) -> None:
    found = words(text)
    starts = starts_of(text, found)
    assert [text[start : start + len(word)] for start, word in zip(starts, found, strict=True)] == found
    assert starts == [match.start() for match in TOKEN.finditer(text)]


@given(st.text(), st.data())
def test_words_that_are_looked_for_stand_where_they_are_said_to(text: str, data: st.DataObject) -> None:
    found = words(text)
    chosen = data.draw(st.sets(st.sampled_from(found))) if found else set()
    positions = [position for position, word in enumerate(found) if word in chosen]
    assert starts_at(text, found, positions) == [starts_of(text, found)[position] for position in positions]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("ab c_1é")), st.data())
def test_a_span_touches_the_words_that_it_covers(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = words(text)
    starts = starts_of(text, found)
    touched = [i for i, (s, w) in enumerate(zip(starts, found, strict=True)) if s + len(w) > start and s < end]
    first, after = places_of(text, found, [(start, end)])[0]
    assert list(range(first, after)) == touched


@given(st.text())
def test_a_token_is_one_and_folding_it_again_changes_nothing(text: str) -> None:
    for token in exact_stream(words(text)):
        assert token
        assert token.split() == [token]
    assert fold(fold(text)) == fold(text)


def test_the_quick_way_to_cut_a_text_finds_the_same_words() -> None:
    plain = [chr(code) for code in range(sys.maxunicode) if not NOT_PLAIN.match(chr(code))]
    joined = "a".join(plain)
    assert words(joined) == TOKEN.findall(joined)
    assert len(plain) > 3_000


@pytest.mark.parametrize(
    ("value", "separators", "above"),
    [
        ("1C216.a.1", ".", ["1C216.a.1", "1C216.a", "1C216"]),
        ("place:IR/isfahan", ":/", ["place:IR/isfahan", "place:IR", "place"]),
        ("un:KPi.033", ":/", ["un:KPi.033", "un"]),
        ("broker", "", ["broker"]),
    ],
)
def test_a_value_is_found_by_what_stands_above_it(value: str, separators: str, above: list[str]) -> None:
    assert ancestors(value, separators) == above


def test_a_mention_stands_at_the_positions_of_its_words() -> None:
    text = "The Tarek Halimi company"
    named = Named("person", "un:1", "T", (), None)
    placed = mention_stream([(named, places_of(text, words(text), [(4, 16)])[0])], 10)
    assert sorted(placed) == [11, 12]
    assert placed[11] == ("type:person", "entity:un:1", "entity:un", "list:un", "entity:t", "list:*")


def test_the_mapping_states_every_field_and_no_other() -> None:
    stated = set(elasticsearch_mapping()["mappings"]["properties"])
    indexed = {*STREAMS, MENTIONS, *KEYWORDS, *map(folded_field, FOLDED), *HIDDEN, *DATES, *NUMBERS}
    assert stated == {*indexed, ORDER, STORY_NUMBER, STATE, "title", "text", "document"}
    assert elasticsearch_mapping()["mappings"]["_meta"]["version"] == VERSION
    assert elasticsearch_mapping()["mappings"]["dynamic"] == "strict"


def test_what_is_derived_is_not_stored_a_second_time() -> None:
    left_out = set(elasticsearch_mapping()["mappings"]["_source"]["excludes"])
    assert left_out == {*STREAMS, MENTIONS, *(folded_field(name) for name in FOLDED), *HIDDEN}


def test_every_field_says_what_it_means() -> None:
    assert all(field.meaning for field in FIELDS.values())
    assert fold_keyword("  Agência   ŁÓDŹ ") == "agencia lodz"
    assert files("index_mappings").joinpath("documents.json").is_file()
    assert regex.fullmatch(r"[a-z_]+", "".join(FIELDS))


@pytest.mark.parametrize("page", CODE_PAGES)
def test_the_words_of_a_code_page_are_those_of_the_expression(page: str) -> None:
    signs = [sign for code in range(256) if (sign := bytes([code]).decode(page, "ignore"))]
    for text in (" ".join(signs), "".join(signs), "a".join(signs)):
        assert words(text) == TOKEN.findall(text)
        assert NOT_PLAIN.search(text) or words(text) == PLAIN_TOKEN.findall(text)
        assert exact_stream(words(text)) == list(map(fold_word, words(text)))
    for sign in signs:
        assert exact_stream(words(f"a{sign}b")) == list(map(fold_word, words(f"a{sign}b")))
