"""robots.txt decides as RFC 9309 says and as Google's published parser does."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.robots import MAX_ROBOTS_BYTES, Robots, matches

SITE = "http://site.test"


def allows(text: str | bytes, path: str, agent: str = "Watchword") -> bool:
    body = text.encode() if isinstance(text, str) else text
    return Robots.parse(body).decide(f"{SITE}{path}", agent).allowed


@pytest.mark.parametrize("body", ["", "nonsense", "Disallow: /", "foo: /\n\n<html>", "User-agent:\nDisallow: /"])
def test_a_file_without_a_rule_for_the_agent_allows_everything(body: str) -> None:
    assert allows(body, "/x")


@pytest.mark.parametrize(
    "head",
    [
        "user-agent: watchword",
        "USER-AGENT: WATCHWORD",
        "User-agent:Watchword",
        "user-agent Watchword",
        "User Agent: watchword",
        "useragent: Watchword/2.1",
        "  user-agent:  Watchword  # us",
        "user-agent: Watchword bot",
    ],
)
def test_the_agent_is_known_however_its_line_is_written(head: str) -> None:
    assert not allows(f"{head}\ndisallow: /\n", "/x")


@pytest.mark.parametrize("name", ["watch", "watchwords", "my-watchword", "word"])
def test_another_agents_rules_do_not_count(name: str) -> None:
    assert allows(f"User-agent: {name}\nDisallow: /\n", "/x")


@pytest.mark.parametrize("word", ["disallow", "Dissallow", "dissalow", "disalow", "diasllow", "disallaw", "DISALLOW"])
def test_usual_misspellings_forbid_too(word: str) -> None:
    assert not allows(f"User-agent: *\n{word}: /x", "/x")


def test_groups_of_one_agent_are_merged_wherever_they_stand() -> None:
    text = (
        "User-agent: Watchword\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: watchword\nDisallow: /b\n"
    )
    assert [allows(text, path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_agents_named_together_share_the_rules_that_follow() -> None:
    head = "User-agent: one\nSitemap: http://site.test/s\nUser-agent: Watchword\n\n"
    text = head + "Disallow: /a\nUser-agent: three\nDisallow: /b"
    assert [allows(text, path) for path in ("/a", "/b")] == [False, True]
    assert [allows(text, path, "one") for path in ("/a", "/b")] == [False, True]


def test_the_agents_own_group_replaces_the_one_for_all_even_where_it_is_empty() -> None:
    assert allows("User-agent: *\nDisallow: /\n\nUser-agent: Watchword\nDisallow:\n", "/x")
    assert allows("User-agent: *\nDisallow: /\n\nUser-agent: Watchword\nAllow: /y\n", "/x")
    assert not allows("User-agent: * bots\nDisallow: /\n", "/x")


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Allow: /p\nDisallow: /", "/page", True),
        ("Allow: /folder\nDisallow: /folder", "/folder/page", True),
        ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("Allow: /page\nDisallow: /*.ph", "/page.php5", True),
        ("Allow: /$\nDisallow: /", "/", True),
        ("Allow: /$\nDisallow: /", "/page.htm", False),
        ("Disallow: /fish", "/fish.html", False),
        ("Disallow: /fish", "/Fish.asp", True),
        ("Disallow: /fish/", "/fish", True),
        ("Disallow: fish/", "/fish/salmon", True),
        ("Disallow: /*.php$", "/folder/file.php", False),
        ("Disallow: /*.php$", "/file.php?x", True),
        ("Disallow: /fish*.php", "/fishheads/catfish.php?parameters", False),
        ("Disallow: /a$b", "/a$bc", False),
        ("Disallow: /a*$", "/abc", False),
        ("Disallow: *", "/x", False),
        ("Disallow: /**/b", "/a/c/b", False),
        ("Disallow: /x?y=*&z", "/x?y=1&z=2", False),
        ("Disallow:\nAllow: /y", "/x", True),
        ("Disallow: /\nAllow: /x/index.html", "/x/", True),
        ("Disallow: /\nAllow: /x/index.html", "/x/y", False),
        ("Disallow: /ツ", "/%E3%83%84", False),
        ("Disallow: /%e3%83%84", "/%E3%83%84", False),
        ("Disallow: /ツ", "/ツ", False),
        ("Disallow: /%62ar", "/bar", True),
        ("Disallow: /x # why", "/x", False),
        ("Crawl-delay: 5\nDisallow: /x", "/x", False),
        ("Unknown: /\nDisallow: /x", "/x", False),
    ],
)  # fmt: skip
def test_the_longest_rule_wins_and_allow_wins_a_tie(rules: str, path: str, allowed: bool) -> None:
    assert allows(f"User-agent: *\n{rules}\n", path) is allowed


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\n\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb", b"\xef"])
def test_line_ends_and_byte_order_marks_make_no_difference(end: str, mark: bytes) -> None:
    assert not allows(mark + f"User-agent: *{end}Disallow: /x{end}".encode(), "/x")


def test_bytes_that_are_not_utf8_and_lines_that_do_not_end_are_survived() -> None:
    assert not allows(b"User-agent: *\nDisallow: /\xff\xfe\nDisallow: /x\n", "/x")
    assert not allows("User-agent: *\nDisallow: /" + "a" * 100_000 + "\nDisallow: /x", "/x")


def test_what_comes_after_the_limit_is_not_read() -> None:
    filler = b"# filler\n" * (MAX_ROBOTS_BYTES // 9 + 1)
    assert allows(b"User-agent: *\n" + filler + b"Disallow: /x\n", "/x")


def test_the_decision_names_its_rule() -> None:
    robots = Robots.parse(b"User-agent: *\nDisallow: /x\nAllow: /x/open*\n")
    assert robots.decide(f"{SITE}/x/1", "W").reason == 'forbidden by rule "Disallow: /x"'
    assert robots.decide(f"{SITE}/x/open1", "W").reason == 'allowed by rule "Allow: /x/open*"'
    assert robots.decide(f"{SITE}/y", "W").reason == "allowed: no rule matches"


def test_delays_and_sitemaps_are_read() -> None:
    text = (
        b"Sitemap: http://a/1\nUser-agent: *\nCrawl-delay: 2.5\nUser-agent: x\nCrawl-delay: nan\nSite-map: http://a/2\n"
    )
    robots = Robots.parse(text)
    assert (robots.delay("Watchword"), robots.delay("x")) == (2.5, None)
    assert robots.sitemaps == ["http://a/1", "http://a/2"]


@given(
    pattern=st.text(alphabet="ab*$/", min_size=1, max_size=8).map(lambda text: f"/{text}"),
    path=st.text(alphabet="ab/$", max_size=10).map(lambda text: f"/{text}"),
)
def test_a_pattern_matches_as_the_regular_expression_that_it_stands_for(pattern: str, path: str) -> None:
    anchored = pattern.endswith("$")
    bare = pattern[:-1] if anchored else pattern
    expression = ".*".join(re.escape(piece) for piece in bare.split("*")) + (r"\Z" if anchored else "")
    assert matches(pattern, path) is (re.match(expression, path) is not None)


def test_a_pattern_of_many_wildcards_takes_no_time() -> None:
    begun = time.monotonic()
    assert not matches("/" + "*a" * 500 + "*b$", "/" + "a" * 5000)
    assert time.monotonic() - begun < 1
