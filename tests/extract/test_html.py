"""Pages: the article without its furniture, title, authors, dates, charset."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.extract import Extracted, Hint, SetAside, extract
from watchword.extract.charset import decode

CAPTURED = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
PARAGRAPHS = (
    "The ministry said on Monday that it refused a licence for the export of two vacuum pumps, citing the end user.",
    "Officials added that the consignee, a trading house, could not explain why it needed pumps of that capacity.",
    "A spokesman for the maker said the order was cancelled, and the deposit was paid back within a week.",
)
MENU = "".join(f'<li><a href="/{n}">Section number {n}</a></li>' for n in range(12))


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def article(extra: str = "", head: str = "<title>Licence refused | The Gazette</title>") -> bytes:
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return page(f"<ul>{MENU}</ul><div class='story'><h1>Licence refused</h1>{text}{extra}</div>", head)


def read(payload: bytes) -> Extracted:
    return extract(payload, Hint(media_type="text/html", captured=CAPTURED))


def test_the_article_is_its_paragraphs_and_nothing_else() -> None:
    assert read(article()).text == "\n\n".join(PARAGRAPHS)


def test_the_headline_goes_without_the_name_of_the_site() -> None:
    assert read(article()).title == "Licence refused"


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class='related-stories'><h3>Related stories</h3><ul><li><a href='/a'>Pumps seized at port</a></ul></div>",
        "<div class='share'>Share this on every network you have, friends.</div>",
        "<h3>Comments</h3><div><p>I said so all along, and nobody would listen to me, as usual here.</p></div>",
        "<p>© 2026 The Gazette. All rights reserved. No part of this may be used without our consent, in any form.</p>",
        "<div style='display:none'>Words that no reader sees, however long, are not what a page says.</div>",
        "<figure><img><figcaption>A pump, as it stands in the works of its maker, in 2019.</figcaption></figure>",
        "<aside>Subscribe to the weekly letter, which tells you what you missed, and more.</aside>",
        "<script>var text = 'A sentence in a script, which looks like prose, is not prose.';</script>",
        "<h3>Читайте также</h3><ul><li><a href='/b'>Насосы задержаны в порту, сообщает таможня</a></li></ul>",
    ],
)
def test_furniture_behind_the_article_is_left_out(furniture: str) -> None:
    assert read(article(furniture)).text == "\n\n".join(PARAGRAPHS)


def test_a_short_item_is_preferred_to_the_long_notice_below_it() -> None:
    notice = (
        "<div><p>"
        + "All rights reserved; reprinting is allowed by the terms of use, with a link to the agency only. " * 12
        + "</p></div>"
    )
    payload = page(
        f"<ul>{MENU}</ul><div><h2>Pump seized</h2><p>Customs seized a pump, it said on Monday, at the port.</p></div>"
        f"<ul>{MENU}</ul>{notice}",
        "<title>Pump seized</title>",
    )
    assert read(payload).text == "Customs seized a pump, it said on Monday, at the port."


def test_subheadings_lists_and_tables_of_an_article_stay() -> None:
    extra = (
        "<h2>What was ordered</h2><ul><li>two turbomolecular pumps;</li><li>one spare rotor.</li></ul>"
        "<table><tr><th>Item</th><th>Code</th></tr><tr><td>Pump</td><td>2B231</td></tr></table>"
        f"<p>{PARAGRAPHS[0][::-1]} And this, at the very end, is the last sentence.</p>"
    )
    text = read(article(extra)).text
    assert "What was ordered" in text
    assert "one spare rotor." in text
    assert "Pump | 2B231" in text


def test_paragraphs_that_are_made_of_line_breaks_are_apart() -> None:
    text = "<br><br>".join(PARAGRAPHS)
    assert read(page(f"<div>{text}</div>")).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Таможня задержала два насоса, сообщили в понедельник в ведомстве, которое ведёт расследование.",
            "Насосы задержаны",
        ),
        (
            "海关星期一表示，两台真空泵在港口被扣押，有关部门正在调查收货人的身份，并要求出口商作出说明。",
            "两台真空泵被扣押",
        ),
        (
            "قالت الجمارك يوم الاثنين إنها احتجزت مضختين في الميناء، وإن التحقيق جار مع الشركة المستوردة.",
            "احتجاز مضختين",
        ),
        (
            "Les douanes ont saisi lundi deux pompes à vide, a indiqué le ministère, qui a ouvert une enquête.",
            "Pompes saisies",
        ),
        (
            "La aduana incautó el lunes dos bombas de vacío, según el ministerio, que abrió una investigación.",
            "Bombas incautadas",
        ),
    ],
)
def test_an_article_is_found_in_each_language(text: str, title: str) -> None:
    payload = page(f"<ul>{MENU}</ul><h1>{title}</h1><div><p>{text}</p><p>{text}</p></div>", f"<title>{title}</title>")
    found = read(payload)
    assert (found.title, found.text) == (title, f"{text}\n\n{text}")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2026-03-01T23:30:00-05:00">', "2026-03-02"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-02-03"}</script>',
            "2026-02-03",
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2026-02-04"}]}</script>',
            "2026-02-04",
        ),
        ('<meta name="pubdate" content="20260205">', "2026-02-05"),
        ('<meta name="DC.date.issued" content="6 février 2026">', "2026-02-06"),
        ('<meta property="og:url" content="https://example.org/2026/02/07/pumps">', "2026-02-07"),
    ],
)
def test_a_date_that_the_markup_states_is_the_date_in_utc(head: str, published: str) -> None:
    assert read(article(head=head)).published == published


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published: 8 March 2026", "2026-03-08"),
        ("March 8, 2026 | By our reporter", "2026-03-08"),
        ("8 марта 2026, 14:20", "2026-03-08"),
        ("2026年3月8日 10:15", "2026-03-08"),
        ("8 مارس 2026", "2026-03-08"),
        ("٨ آذار ٢٠٢٦", "2026-03-08"),
        ("Publié le 8 mars 2026", "2026-03-08"),
        ("8 de marzo de 2026", "2026-03-08"),
        ("08.03.2026 12:23", "2026-03-08"),
        ("08/03/26-16:49", "2026-03-08"),
        ("2026-03-08", "2026-03-08"),
    ],
)
def test_a_date_that_stands_above_the_article_is_read_in_six_languages(line: str, published: str) -> None:
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    payload = page(f"<h1>Licence refused</h1><div>{line}</div><div>{text}</div>", "<title>Licence refused</title>")
    assert read(payload).published == published


def test_a_date_in_the_future_is_a_remark() -> None:
    found = read(article(head='<meta name="pubdate" content="2031-01-01">'))
    assert found.published != "2031-01-01"
    assert "publication date in the future ignored: 2031-01-01" in found.remarks


def test_a_date_before_the_web_is_a_remark() -> None:
    found = read(article(head='<meta name="pubdate" content="1970-01-01">'))
    assert found.published is None
    assert "publication date before 1991 ignored: 1970-01-01" in found.remarks


def test_without_a_time_of_capture_no_date_is_in_the_future() -> None:
    found = extract(article(head='<meta name="pubdate" content="2031-01-01">'), Hint(media_type="text/html"))
    assert found.published == "2031-01-01"


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('<meta name="author" content="Ada Novak, Li Wei">', ("Ada Novak", "Li Wei")),
        (
            '<script type="application/ld+json">{"@type":"Article","author":{"name":"Ada Novak"}}</script>',
            ("Ada Novak",),
        ),
        ('<meta property="article:author" content="https://www.facebook.com/ada">', ()),
    ],
)
def test_authors_are_those_that_the_markup_names(head: str, authors: tuple[str, ...]) -> None:
    assert read(article(head=head)).authors == authors


@pytest.mark.parametrize(
    ("tag", "language"), [('lang="zh-CN"', "zh"), ('xml:lang="ru"', "ru"), ('lang="x-none"', None), ("", None)]
)
def test_the_declared_language_is_a_two_letter_code(tag: str, language: str | None) -> None:
    payload = f"<html {tag}><body><p>{PARAGRAPHS[0]}</p></body></html>".encode()
    assert read(payload).declared_language == language


@pytest.mark.parametrize("real", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1251", "no-such-charset"])
def test_a_lying_charset_does_not_spoil_russian(real: str, declared: str | None) -> None:
    words = "Таможня задержала два насоса, сообщили в понедельник в ведомстве. " * 8
    payload = f"<html><body><p>{words}</p></body></html>".encode(real)
    assert "Таможня задержала два насоса" in extract(payload, Hint("text/html", charset=declared)).text


def test_the_charset_of_the_markup_is_used() -> None:
    words = "海关星期一表示，两台真空泵在港口被扣押。" * 5
    payload = f"<meta charset='gb2312'><p>{words}</p>".encode("gb18030")
    assert words in read(payload).text


def test_text_that_was_encoded_twice_is_decoded_twice() -> None:
    words = "“The pumps,” he said – “are café machines.” " * 4
    twice = words.encode().decode("latin-1")
    found = read(page(f"<p>{twice}</p>"))
    assert "“The pumps,” he said – “are café machines.”" in found.text
    assert any("encoded twice" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    "text", ["Гімн і Гітлер, Гірник і Гілка, — в «Гірнику» сказали «так».", "Ãrea e Âmbito são palavras."]
)
def test_letters_that_only_look_encoded_twice_stay(text: str) -> None:
    assert text in read(page(f"<p>{text * 4}</p>")).text


def test_illegal_bytes_are_replaced_and_remarked() -> None:
    payload = b"<html><body><p>" + PARAGRAPHS[0].encode() + "Ж".encode() * 20 + b"\xff\xfe\xfa</p></body></html>"
    found = read(payload)
    assert PARAGRAPHS[0][:60] in found.text
    assert any("illegal characters" in remark or "charset" in remark for remark in found.remarks)


def test_control_characters_never_reach_the_text() -> None:
    found = read(page("<p>" + PARAGRAPHS[0].replace("e", "e\x00", 3).replace("o", "\x0bo\x1b", 2) + "</p>"))
    assert not set(found.text) & set(map(chr, [*range(9), 11, 12, *range(14, 32), 127]))


@pytest.mark.parametrize("payload", [b"", b"   \n\t ", b"\x00" * 50])
def test_an_empty_file_is_set_aside(payload: bytes) -> None:
    with pytest.raises(SetAside, match="empty"):
        read(payload)


def test_a_page_without_prose_gives_no_text_and_says_so() -> None:
    found = read(page(f"<ul>{MENU}</ul>"))
    assert (found.text, found.remarks) == ("", ("no article found on the page",))


@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_set_aside(payload: bytes) -> None:
    with contextlib.suppress(SetAside):
        assert "\x00" not in read(payload).text


@given(st.text(max_size=300))
def test_text_survives_a_round_trip_through_utf_8(text: str) -> None:
    decoded, _ = decode(("x" + text).encode("utf-8", "ignore"))
    assert decoded.isprintable() or "\x00" not in decoded


def test_a_page_without_a_body_tag_keeps_its_text() -> None:
    page = b"<html><title>T</title><article><h1>Seizure at the port</h1><p>Officers seized twelve bars of steel, and "
    found = read(page + b"a spokesman said on Monday in the capital that more would follow.</p></article></html>")
    assert "twelve bars of steel" in found.text
