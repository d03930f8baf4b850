"""Feeds, sitemaps, listings and folders of files are read in every form that publishers use."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Response

from crawlers.rhythm import Rhythm, of_sitemap
from crawlers.rules import Link, wanted
from crawlers.spiders.feed import read_feed
from crawlers.spiders.files import is_file, is_folder_below
from crawlers.spiders.listing import links
from crawlers.spiders.sitemap import Line, read_sitemap
from crawlers.spiders.source import UnreadableError

BASE = "http://press.test/feeds/all"
RSS2 = b"""<?xml version="1.0" encoding="windows-1251"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
 <atom:link rel="next" href="/feeds/all?page=2"/><item><title>\xd1\xf2\xe0\xeb\xfc</title><link>/a</link>
 <pubDate>Tue, 10 Jun 2025 12:30:00 +0200</pubDate><dc:creator>A. Reporter</dc:creator>
 <description>short</description><content:encoded><![CDATA[<p>the whole text</p>]]></content:encoded></item>
 <item><title>No link, but a permanent id</title><guid>http://press.test/b</guid></item>
 <item><title>Nothing to follow</title></item></channel></rss>"""
RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"/><item rdf:about="http://press.test/a"><title>T</title>
 <link>http://press.test/a</link></item></rdf:RDF>"""
RSS091 = (
    b"""<rss version="0.91"><channel><item><title>T</title><link>http://press.test/a</link></item></channel></rss>"""
)
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">T</title>
 <link rel="alternate" href="http://press.test/a"/><updated>2025-06-10T10:30:00Z</updated>
 <author><name>One</name></author><author><name>Two</name></author><content type="xhtml">
 <div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div></content></entry></feed>"""
BROKEN = b"""<rss version="2.0"><channel><item><title>T & more</title><link>http://press.test/a</link></item><item>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "next_url": "http://press.test/2",
        "items": [
            {"id": "1", "url": "http://press.test/a", "title": "T", "content_html": "<p>x</p>", "language": "fr",
             "date_published": "2025-06-10T10:30:00Z", "authors": [{"name": "One"}, {"url": "x"}]},
            {"id": "http://press.test/b", "title": 7, "author": {"name": "Two"}},
            "not an item",
        ],
    }
).encode()  # fmt: skip


@pytest.mark.parametrize("body", [RDF, RSS091, ATOM, BROKEN, JSON], ids=["rdf", "0.91", "atom", "broken", "json"])
def test_feeds_of_every_kind_give_their_entries(body: bytes) -> None:
    first = read_feed(body, "", BASE).entries[0]
    assert first.link == "http://press.test/a"
    assert (first.declared.title or "").startswith("T")


def test_a_feed_entry_declares_title_time_author_and_text() -> None:
    feed = read_feed(RSS2, "text/xml", BASE)
    first, second = feed.entries
    assert first.link == "http://press.test/a"
    assert first.declared.title == "Сталь"
    assert first.declared.published == "2025-06-10T10:30:00+00:00"
    assert first.declared.authors == ("A. Reporter",)
    assert first.declared.text == "<p>the whole text</p>"
    assert second.link == "http://press.test/b"
    assert feed.next_page == "http://press.test/feeds/all?page=2"
    atom = read_feed(ATOM, "", BASE).entries[0].declared
    assert (atom.published, atom.authors) == ("2025-06-10T10:30:00+00:00", ("One", "Two"))
    of_json = read_feed(JSON, "", BASE)
    assert of_json.entries[0].declared.authors == ("One",)
    assert of_json.entries[0].declared.language == "fr"
    assert (of_json.entries[1].link, of_json.entries[1].declared.title) == ("http://press.test/b", None)
    assert of_json.next_page == "http://press.test/2"


@pytest.mark.parametrize(
    ("head", "every", "rests"),
    [
        ("<ttl>90</ttl>", 5400, ()),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21600, ()),
        ("<ttl>soon</ttl><sy:updatePeriod> Weekly </sy:updatePeriod>", 604800, ()),
        ("<skipHours><hour>0</hour><hour>24</hour><hour> 5</hour></skipHours>", 0, (0, 5)),
        ("<ttl>-1</ttl><sy:updateFrequency>0</sy:updateFrequency>", 0, ()),
    ],
)
def test_a_feed_declares_how_often_it_changes(head: str, every: int, rests: tuple[int, ...]) -> None:
    space = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    item = "<item><title>t</title><link>http://press.test/a</link></item>"
    body = f'<rss version="2.0" {space}><channel><title>t</title>{head}{item}</channel></rss>'
    assert read_feed(body.encode(), "", BASE).rhythm == Rhythm(every, rests)


def test_a_sitemap_declares_the_shortest_of_its_pages() -> None:
    assert of_sitemap(["monthly", "Daily", "never", "", "now and then"]) == Rhythm(86400)
    assert of_sitemap([]) == Rhythm()


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Moved</body></html>", b"/etc/passwd", b"{", b'{"a": 1}', b"{" * 99999]
)
def test_what_is_not_a_feed_is_unreadable_with_the_reason(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="not a"):
        read_feed(body, "", BASE)


SITEMAP = b"""<?xml version="1.0"?><!-- made --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
 <url><loc> http://press.test/a </loc><lastmod>2025-06-10</lastmod><image:image><image:loc>http://press.test/i.jpg</image:loc>
 <image:title>Picture</image:title></image:image><news:news><news:publication><news:name>P</news:name>
 <news:language>es</news:language></news:publication><news:publication_date>2025-06-09</news:publication_date>
 <news:title>Noticia</news:title></news:news></url><url><lastmod>2025</lastmod></url></urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>http://press.test/s.xml.gz</loc><lastmod>2025-06-10</lastmod></sitemap></sitemapindex>"""


def test_sitemaps_give_pages_with_what_the_news_extension_says() -> None:
    expected = Line("http://press.test/a", False, "2025-06-10", "Noticia", "2025-06-09", "es")
    assert list(read_sitemap(SITEMAP)) == [expected]
    assert list(read_sitemap(gzip.compress(SITEMAP))) == [expected]
    assert list(read_sitemap(INDEX)) == [Line("http://press.test/s.xml.gz", True, "2025-06-10")]
    assert list(read_sitemap("\ufeffhttp://press.test/a\n\nhttp://press.test/b".encode())) == [
        Line("http://press.test/a"),
        Line("http://press.test/b"),
    ]


def test_a_sitemap_that_breaks_off_gives_the_pages_before_the_break() -> None:
    assert [line.url for line in read_sitemap(SITEMAP[:-40] + b"<url><loc>")] == ["http://press.test/a"]


@pytest.mark.parametrize(
    "body", [b"<html><body/></html>", b"nothing here", b"<", gzip.compress(SITEMAP)[:40] + b"x" * 9]
)
def test_what_is_not_a_sitemap_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="sitemap"):
        list(read_sitemap(body))


def test_an_entity_in_a_sitemap_opens_no_file() -> None:
    body = (
        b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>http://a/&x;</loc></url></urlset>'
    )
    assert [line.url for line in read_sitemap(body)] in ([], ["http://a/"])


PAGE = b"""<html><head><base href="/news/"></head><body><ul><li class="item"><a href="1.html"> First
 <b>story</b></a></li><li class="item"><h2><a href="/2.html">Second</a></h2></li></ul>
 <a class="item" href="3.html#top">Third</a><a href="mailto:x@y">mail</a>
 <a rel="next" href="?page=2">older</a></body></html>"""


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("li.item a", ["http://press.test/news/1.html", "http://press.test/2.html"]),
        ("li.item", ["http://press.test/news/1.html", "http://press.test/2.html"]),
        ("h2", ["http://press.test/2.html"]),
        ("//a[@class='item']", ["http://press.test/news/3.html"]),
        ("b", ["http://press.test/news/1.html"]),
        ("a[rel=next]", ["http://press.test/news/?page=2"]),
    ],
)
def test_a_selector_finds_links_on_around_and_inside_what_it_names(selector: str, found: list[str]) -> None:
    response = HtmlResponse("http://press.test/list", body=PAGE)
    assert [link.url for link in links(response, selector)] == found


def test_the_text_of_a_link_becomes_its_title() -> None:
    assert links(HtmlResponse("http://press.test/list", body=PAGE), "li.item")[0].text == "First story"


@pytest.mark.parametrize("selector", ["li[", "//a[", "(("])
def test_a_selector_that_is_none_is_named(selector: str) -> None:
    with pytest.raises(UnreadableError, match="cannot be used"):
        links(HtmlResponse("http://press.test/", body=PAGE), selector)
    with pytest.raises(UnreadableError, match="no page with links"):
        links(Response("http://press.test/x.pdf", body=b"%PDF"), "a")


@pytest.mark.parametrize(
    ("allow", "deny", "chosen"),
    [
        ((), (), True),
        (("/news/*",), (), True),
        (("/press/*",), (), False),
        (("*.html",), (), True),
        (("/news/*", "/press/*"), ("text: *archive*",), False),
        (("host: *.iaea.org",), (), True),
        (("host:iaea.org",), (), False),
        (("re: /20\\d\\d/",), (), True),
        ((), ("re: page=[2-9]",), False),
    ],
)
def test_link_rules_choose_by_path_host_text_and_expression(
    allow: tuple[str, ...], deny: tuple[str, ...], chosen: bool
) -> None:
    link = Link("https://www.iaea.org/news/2025/x.html?page=2", "The archive of 2025")
    assert wanted(link, allow, deny) is chosen


def test_files_and_folders_are_known_by_their_addresses() -> None:
    assert is_file("http://a.test/x/Report.PDF?download=1")
    assert not is_file("http://a.test/report.html")
    assert is_folder_below("http://a.test/x/2025/", "http://a.test/x/index.html")
    assert not is_folder_below("http://a.test/", "http://a.test/x/")
    assert not is_folder_below("http://b.test/x/2025/", "http://a.test/x/")


def test_every_kind_of_source_brings_its_documents(
    serve: Callable[..., Any], crawl_once: Callable[..., Any], page: Callable[..., bytes]
) -> None:
    today = datetime.now(UTC).date()
    old = f"<url><loc>/old</loc><lastmod>{today - timedelta(days=40)}</lastmod></url>"
    new = f"<url><loc>/new</loc><lastmod>{today}</lastmod></url><url><loc>/private/x</loc></url>"
    pages = {
        "/robots.txt": page("Sitemap: /index.xml\n"),
        "/index.xml": page("<sitemapindex><sitemap><loc>/pages.xml.gz</loc></sitemap></sitemapindex>"),
        "/pages.xml.gz": page(gzip.compress(f"<urlset>{old}{new}</urlset>".encode()), kind="application/gzip"),
        "/list": page('<li><a href="/one">One</a></li><a class="n" href="/list2">n</a>'),
        "/list2": page('<li><a href="/two">Two</a></li><a class="n" href="/list3">n</a>'),
        "/list3": page('<li><a href="/three">Three</a></li>'),
        "/docs/": page('<a href="a.pdf">A</a><a href="b.html">B</a><a href="2024/">2024</a><a href="../">up</a>'),
        "/docs/2024/": page('<a href="c.csv">C</a><a href="deeper/">deeper</a>'),
        "/docs/2024/deeper/": page('<a href="d.pdf">D</a>'),
        "/full": page(RSS2, kind="text/xml"),
        "/nine": page("".join(f'<a href="/n/{number}">n</a>' for number in range(9))),
    }
    few = [f"/n/{number}" for number in range(4)]
    paths = (*few, "/new", "/one", "/two", "/docs/a.pdf", "/docs/2024/c.csv", "/direct.pdf")
    site, port = serve({**pages, **{path: page(path) for path in paths}})
    base = f"http://127.0.0.1:{port}"
    common = {"local": True, "delay": 0}
    crawled = crawl_once(
        {"name": "map", "kind": "sitemap", "url": base, "window": 30, "links": {"deny": ["/private/*"]}, **common},
        {"name": "list", "kind": "listing", "url": f"{base}/list", "item": "li", "next": "a.n", "depth": 1, **common},
        {"name": "files", "kind": "files", "url": [f"{base}/docs/", f"{base}/direct.pdf"], "depth": 1, **common},
        {"name": "few", "kind": "listing", "url": f"{base}/nine", "budget": 5, **common},
        {"name": "new", "kind": "listing", "url": f"{base}/nine", "item": "article a", **common},
        {"name": "full", "kind": "feed", "url": f"{base}/full", "follow": False, "hosts": ["press.test"], **common},
    )
    assert crawled.error == ""
    assert crawled.summary.adds_up
    documents = {e.url.removeprefix(base): e for e in crawled.exchanges if e.purpose == "document"}
    assert set(documents) == {*paths, "/a", "http://press.test/b"}
    assert (crawled.count("few").fetched, crawled.count("few").over_budget) == (4, 5)
    assert crawled.count("few").reasons == {"the budget of 5 pages is spent": 5}
    assert "the layout may have changed" in (crawled.count("new").error or "")
    assert documents["/one"].declared.title == "One"
    assert documents["/docs/a.pdf"].declared.title == "A"
    assert documents["/a"].body == b"<p>the whole text</p>"
    assert documents["/a"].raw_response == b""
    assert documents["/a"].detail == f"text of an entry of the feed {base}/full"
    assert {e.purpose for e in crawled.exchanges} == {"document", "robots", "sitemap", "listing", "feed"}
    assert site.paths().count("/robots.txt") <= 2
