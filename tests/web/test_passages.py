"""Texts in pieces: nothing is lost, nothing is doubled, and every mention and hit is where it is said to be."""

from hypothesis import given
from hypothesis import strategies as some

from nlp.mention import Mention
from watchword.web.addresses import Address
from watchword.web.pages import shown, web_address
from watchword.web.passages import PART_CHARACTERS, paragraphs, parts_of, told_in
from watchword.web.timeline import MAX_BARS, bars_of

TEXTS = some.text(alphabet="ab \nم海", max_size=60)
SPANS = some.lists(some.tuples(some.integers(0, 60), some.integers(1, 12)), max_size=8)


def mention(text: str, start: int, end: int, name: str = "x") -> Mention:
    return Mention(start, end, text[start:end], "item", None, name, "said")


@given(TEXTS, SPANS, SPANS)
def test_the_pieces_are_the_text_and_each_lies_inside_what_covers_it(
    text: str, named: list[tuple[int, int]], hits: list[tuple[int, int]]
) -> None:
    spans = [(s, min(s + n, len(text))) for s, n in named if s < len(text)]
    marked = [(s, min(s + n, len(text))) for s, n in hits if s < len(text)]
    mentions = [mention(text, *span, name=str(i)) for i, span in enumerate(spans)]
    told = told_in(mentions)
    found = list(paragraphs(text, mentions, told, marked, (0, len(text))))
    assert "".join(s.text for p in found for s in p) == text.replace("\n", "")
    assert all(found)
    at, places = 0, [i for i, c in enumerate(text) if c != "\n"]
    for segment in (s for p in found for s in p):
        covered = places[at : at + len(segment.text)]
        at += len(segment.text)
        covering = {i for i, (s, e) in enumerate(spans) if s <= covered[0] and covered[-1] < e}
        assert {place for number in segment.told for place in told[number].places} >= covering
        assert (segment.place is None) == (not covering)
        assert segment.hit == any(s <= covered[0] and covered[-1] < e for s, e in marked)


def test_the_closest_mention_gives_a_piece_its_colour() -> None:
    text = "the Natanz plant"
    mentions = [mention(text, 0, 16, "whole"), mention(text, 4, 10, "site")]
    (segments,) = paragraphs(text, mentions, told_in(mentions), [], (0, len(text)))
    assert [(s.text, s.place) for s in segments] == [("the ", 0), ("Natanz", 1), (" plant", 0)]
    assert segments[1].told == (1, 0)
    assert [s.begins for s in segments] == [True, True, False]


def test_the_same_thing_said_twice_is_told_once_with_both_places() -> None:
    text = "steel and steel"
    (one,) = told_in([mention(text, 0, 5), mention(text, 10, 15)])
    assert one.places == (0, 1)


@given(some.integers(0, 3 * PART_CHARACTERS), some.booleans())
def test_the_parts_of_a_long_text_follow_each_other(length: int, broken: bool) -> None:
    text = ("x" * 70 + "\n" if broken else "x" * 71) * (length // 71)
    parts = parts_of(text)
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= PART_CHARACTERS for start, end in parts)


def test_a_text_with_thousands_of_mentions_is_cut_in_no_time() -> None:
    text = "steel and steel " * 6_000
    mentions = [mention(text, start, start + 5) for start in range(0, len(text), 16)]
    assert sum(len(p) for p in paragraphs(text, mentions, told_in(mentions), [], (0, len(text)))) == 12_000


def test_only_pages_of_the_web_are_links() -> None:
    assert web_address("https://host.test/a?b=1") == "https://host.test/a?b=1"
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "http:",
        "//host.test",
        "file:///etc/passwd",
        "http://[x",
        "",
    ):
        assert web_address(url) == ""


def test_letters_and_their_marks_are_shown_as_they_are() -> None:
    arabic = "النص\u200f والرقم 12\u200e"
    assert shown(arabic) == arabic
    assert shown("a\u202eb\u202c\x07") == "a⟦RLO⟧b\u202c�"
    assert shown(None) == ""


def test_an_address_gains_and_loses_parameters_and_forgets_its_place() -> None:
    here = Address("/", (("q", "a b"), ("only", "x=1"), ("cursor", "o20")))
    assert str(here.adding("only", "x=2")) == "/?q=a+b&only=x%3D1&only=x%3D2"
    assert str(here.taking("only", "x=1")) == "/?q=a+b"
    assert str(here.setting(q="", since="2026")) == "/?only=x%3D1&since=2026"
    assert str(here.setting(cursor="o40")) == "/?q=a+b&only=x%3D1&cursor=o40"


@given(some.dictionaries(some.dates().map(lambda day: day.isoformat()), some.integers(1, 9), min_size=2, max_size=30))
def test_bars_count_every_document_unless_the_time_is_very_long(days: dict[str, int]) -> None:
    bars = bars_of(days, Address("/"))
    assert 1 <= len(bars) <= MAX_BARS
    assert sum(bar.number for bar in bars) <= sum(days.values())
    assert [bar.label for bar in bars] == sorted(bar.label for bar in bars)
    if int(max(days)[:4]) - int(min(days)[:4]) < MAX_BARS:
        assert sum(bar.number for bar in bars) == sum(days.values())
    assert max(bar.height for bar in bars) > 0
