"""Snippets: marks around every kind of hit, over the stored text."""

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate

import pytest

from nlp.mention import Mention
from watchword.document import Document
from watchword.index.highlights import Highlighter
from watchword.index.query import parse
from watchword.index.snippets import STRETCH_CHARACTERS, Snippet, snippet_of, title_of


def marked(query: str, document: Document) -> list[str]:
    text = document.text
    return [text[mark.start : mark.end] for mark in Highlighter(parse(query)).text(document)]


@pytest.mark.parametrize(
    ("identifier", "query", "words"),
    [
        ("en1", "seize", ["seized"]),
        ("en1", '"maraging steel"', ["maraging steel"]),
        ("en1", '"steel maraging"', []),
        ("en1", "harb*", ["harbour"]),
        ("en1", "/har.+/", ["harbour"]),
        ("en1", '"marag* st*"', ["maraging steel"]),
        ("en1", "harbuor~1", ["harbour"]),
        ("en1", '"tube officer"~3', ["officers", "tubes"]),
        ("en1", '"tube customs"~1', []),
        ("en1", "list:panel", ["Tarek Halimi"]),
        ("en1", "entity:panel:*", ["Tarek Halimi"]),
        ("en1", "code:1C216", ["maraging steel"]),
        ("en1", 'role:broker OR "maraging"', ["Tarek Halimi", "maraging"]),
        ("en1", '"list:panel code:1C216"~5', ["Tarek Halimi", "maraging steel"]),
        ("en1", '"list:panel code:1C216"~2', []),
        ("en1", "tubes -steel", ["tubes"]),
        ("en1", "title:seizure", []),
        ("en1", "language:en", []),
        ("ru1", "посредник", ["посредника"]),
        ("ru1", "geo:Natanz~30", ["Натанзе"]),
        ("ru1", 'entity:"tarek halimi"', ["Халими"]),
        ("zh1", "變頻器", ["变频器"]),
        ("zh2", "国际原子能机构", ["國際原子能機構"]),
        ("zh1", '"設備 变频器"~1', ["设备", "变频器"]),
        ("zh1", '"设备 变频器"~0', []),
        ("zh1", '"频率 site:natanz"~7', ["频率", "纳坦兹"]),
        ("zh1", '"site:natanz 频率"~6', []),
        ("ar1", "انابيب", ["أنابيب"]),
        ("th1", "หมุนเหวี่ยง", ["หมุนเหวี่ยง"]),
        ("es1", "nina", ["niño", "niña"]),
    ],
)
def test_every_kind_of_hit_is_marked(documents: list[Document], identifier: str, query: str, words: list[str]) -> None:
    chosen = next(document for document in documents if document.id == identifier)
    assert marked(query, chosen) == words


def test_a_title_has_marks_of_its_own(documents: list[Document]) -> None:
    light = Highlighter(parse("title:seizure OR steel"))
    assert title_of(light, documents[0]).as_text() == "**Seizure** of maraging **steel**"


def test_a_snippet_shows_what_lies_far_apart(document: Callable[..., Document]) -> None:
    far = document(
        "a", "en", "", f"{'early words and more ' * 40}centrifuge {'filler of all kinds ' * 400}uranium at last"
    )
    snippet = snippet_of(Highlighter(parse("centrifuge uranium")), far)
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["centrifuge", "uranium"]
    assert " … " in snippet.text
    assert len(snippet.text) < 3 * STRETCH_CHARACTERS


def test_a_snippet_prefers_where_most_is_told(document: Callable[..., Document]) -> None:
    text = f"steel here. {'other matters entirely ' * 30} steel tubes for centrifuges. {'and so on ' * 50}"
    snippet = snippet_of(Highlighter(parse("steel tubes centrifuges")), document("a", "en", "", text))
    assert snippet.as_text().count("**steel** **tubes** for **centrifuges**") == 1
    assert "here" not in snippet.text


def test_a_snippet_begins_and_ends_between_words(document: Callable[..., Document]) -> None:
    text = f"{'abcdefgh ' * 100}steel {'ijklmnop ' * 100}"
    snippet = snippet_of(Highlighter(parse("steel")), document("a", "en", "", text))
    assert set(snippet.text.split()) == {"abcdefgh", "steel", "ijklmnop"}


def test_a_document_that_only_fields_find_is_shown_by_its_beginning(document: Callable[..., Document]) -> None:
    snippet = snippet_of(Highlighter(parse("language:en")), document("a", "en", "", "First words. " * 100))
    assert snippet.marks == ()
    assert snippet.text.startswith("First words.")
    assert len(snippet.text) <= STRETCH_CHARACTERS


def test_an_empty_text_has_an_empty_snippet(document: Callable[..., Document]) -> None:
    assert snippet_of(Highlighter(parse("steel")), document("a", "en", "Steel", "")) == Snippet("")


def test_pieces_put_together_are_the_text(documents: list[Document]) -> None:
    snippet = snippet_of(Highlighter(parse("steel OR customs")), documents[0])
    assert "".join(piece for piece, _ in snippet.pieces()) == snippet.text
    assert [piece for piece, hit in snippet.pieces() if hit] == ["Customs", "steel"]
    assert "\033[1mCustoms\033[0m" in snippet.as_text(terminal=True)


def test_a_book_that_names_thousands_is_marked_at_once_and_only_where_two_are_near(
    document: Callable[..., Document],
) -> None:
    words, places = [], {}
    for number in range(6_000):
        words += ["and"] * (number * number % 11)
        places[len(words)] = "person" if number % 3 else "place"
        words.append("Name")
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    mentions = [Mention(starts[p], starts[p] + 4, "Name", kind, None, "", "test") for p, kind in places.items()]
    book = replace(document("b", "en", "", " ".join(words)), mentions=tuple(mentions))
    near = {
        starts[place]
        for place, kind in places.items()
        if any(places.get(place + step, kind) != kind for step in (-3, -2, -1, 1, 2, 3))
    }
    found = Highlighter(parse('"type:person type:place"~2')).text(book)
    assert [mark.start for mark in found] == sorted(near)
    assert 0 < len(near) < len(mentions)


def test_a_harvested_text_does_not_steer_the_terminal() -> None:
    assert Snippet("\x1b[2Jgone\x07 \x9b31m").as_text(terminal=True) == "[2Jgone 31m"
