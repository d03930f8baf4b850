"""An address has one form, however a page is linked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from crawlers.urls import canonical, host_key, origin_of, page_key


@pytest.mark.parametrize(
    ("seen", "form"),
    [
        ("HTTP://Example.ORG:80/a/../b/./c#part", "http://example.org/b/c"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("http://example.org/%7euser/%e2%82%ac", "http://example.org/~user/%E2%82%AC"),
        ("http://example.org/€ x", "http://example.org/%E2%82%AC%20x"),
        ("http://example.org/a?utm_source=rss&id=7&fbclid=z", "http://example.org/a?id=7"),
        ("http://example.org/a;jsessionid=1A2B?x=1", "http://example.org/a?x=1"),
        ("http://user:secret@example.org/", "http://example.org/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("  http://example.org/a\n", "http://example.org/a"),
        ("http://example.org/a[1]?b[]=o'n", "http://example.org/a%5B1%5D?b%5B%5D=o%27n"),
        ("http://example.org/a?b=1&a=2", "http://example.org/a?b=1&a=2"),
    ],
)
def test_an_address_is_written_one_way(seen: str, form: str) -> None:
    assert canonical(seen) == form


@pytest.mark.parametrize(
    "link", ["mailto:a@b.org", "javascript:void(0)", "ftp://x/y", "file:///etc/passwd", "http://:80/", "data:,x"]
)
def test_what_cannot_be_fetched_has_no_form(link: str) -> None:
    assert canonical(link, "http://example.org/") is None


@pytest.mark.parametrize(
    ("link", "form"),
    [
        ("../up", "http://e.org/up"),
        ("//o.org/x", "http://o.org/x"),
        ("?p=2", "http://e.org/a/b?p=2"),
        ("", "http://e.org/a/b"),
    ],
)
def test_a_link_is_seen_from_its_page(link: str, form: str) -> None:
    assert canonical(link, "http://e.org/a/b") == form


def test_an_endless_address_is_not_followed() -> None:
    assert canonical("http://example.org/" + "a/" * 5000) is None


def test_parameters_in_another_order_name_the_same_page() -> None:
    assert page_key("http://e.org/?a=1&b=2") == page_key("http://e.org/?b=2&a=1")
    assert page_key("http://e.org/?a=1&b=2") != page_key("http://e.org/?a=2&b=1")


@given(path=st.text(max_size=60), query=st.text(max_size=30))
def test_the_form_of_a_form_is_itself(path: str, query: str) -> None:
    once = canonical(f"http://example.org/{path}?{query}")
    assert once is None or (canonical(once) == once and once.isascii() and Request(once).url == once)


def test_a_host_is_the_same_with_and_without_www() -> None:
    assert host_key("WWW.Example.org") == host_key("example.org")
    assert origin_of("http://example.org:81/a") == "http://example.org:81"
