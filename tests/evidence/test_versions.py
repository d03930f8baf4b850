"""What a page says makes a version; what its clocks, counters and furniture show does not."""

import pytest

from watchword.changes import changed_words
from watchword.document import version_id
from watchword.extract import Hint, extract
from watchword.volatile import is_volatile, stable_words

PAGE = """<html><head><title>Pump seized - The Paper</title><meta name="generated" content="{clock}"></head><body>
<nav><a href="/">Home</a> <span class="clock">{clock}</span></nav><article><h1>Pump seized</h1>
<p class="meta">Updated {clock}</p><p>A shipment of {number} vacuum pumps was seized on Monday at the port of Almar, the
customs service said. The goods were on their way to a works in the mountains.</p><p>The inquiry goes on, and partners
abroad were asked for what they know of the buyer and of the forwarder, who did not answer.</p>
<p>{views} views</p></article><aside class="related"><h3>Related stories</h3><ul><li><a href="/{related}">{related} is
another story of the day</a></li></ul></aside><div class="comments"><h3>Comments ({views})</h3><p>{comment}</p></div>
<footer>© 2026 The Paper. All rights reserved. {clock}</footer></body></html>"""
BASE = {"clock": "2 March 2026, 10:15", "number": "12", "views": "7", "related": "Rotor", "comment": "First!"}


def version(**changes: str) -> str:
    page = extract(PAGE.format(**{**BASE, **changes}).encode(), Hint(media_type="text/html"))
    assert "vacuum pumps" in page.text
    return version_id("http://paper.test/pump", page.title, page.text)


@pytest.mark.parametrize(
    "changes",
    [
        {"clock": "3 March 2026, 23:59"},
        {"views": "10432"},
        {"related": "Valve"},
        {"comment": "I said so all along, and nobody would listen to me, as usual in this country of ours."},
        {"clock": "yesterday at 9:01 am", "views": "8", "related": "Laser"},
    ],
)
def test_clocks_counters_links_and_comments_make_no_version(changes: dict[str, str]) -> None:
    assert version(**changes) == version()


def test_a_number_in_a_sentence_makes_a_version() -> None:
    assert version(number="34") != version()


@pytest.mark.parametrize(
    "line",
    [
        "Updated 3 hours ago",
        "12 March 2026, 10:15 am",
        "1,432 views",
        "Monday, 2nd of March 2026"[:6] + ", 2nd March 2026",
        "Publié le 2 mars 2026 à 10h15",
        "Actualizado el 2 de marzo de 2026 a las 10:15 h",
        "Опубликовано 2 марта 2026 г. в 10:15",
        "1234 просмотра, 3 комментария",
        "آخر تحديث 2 مارس 2026 10:15",
        "1234 مشاهدة",
        "发布时间：2026年3月2日 10:15",
        "阅读 1234 次",
        "42",
    ],
)
def test_a_line_that_says_when_or_how_often_is_volatile(line: str) -> None:
    assert is_volatile(line)


@pytest.mark.parametrize(
    "line",
    [
        "12 vacuum pumps were seized",
        "Resolution 1540 (2004)",
        "2B231 | 12 | 4,000",
        "Three views of the matter",
        "34 насоса задержаны 2 марта",
        "查获12台真空泵",
        "صودرت 12 مضخة",
        "1C216",
    ],
)
def test_a_line_that_says_anything_else_is_not(line: str) -> None:
    assert not is_volatile(line)


def test_a_series_of_numbers_is_what_the_page_says() -> None:
    series = "Stock of the month\n" + "\n".join(f"{n} March 2026" for n in range(1, 9))
    assert stable_words(series) == " ".join(series.split())
    assert version_id("u", "", series) != version_id("u", "", series.replace("8 March", "9 March"))


def test_what_changed_is_told_in_words_also_in_long_texts() -> None:
    assert changed_words("a b c d", "a x c d e") == ("b", "x … e")
    assert changed_words("same", "same") == ("", "")
    long = "\n".join(f"Paragraph {n} of a long treaty that nobody changed." for n in range(6000))
    gone, come = changed_words(long, long.replace("Paragraph 4711 of", "Paragraph 4711 bis of"))
    assert "bis" in come
    assert len(gone) < 200
