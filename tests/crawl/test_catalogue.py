"""Source files are read strictly, and an error says where, what, and what to do."""

from pathlib import Path

import pytest

from crawlers.catalogue import FIELDS, KIND_FIELDS, SHIPPED, SourceError, groups, load_sources
from crawlers.marked import near
from crawlers.process import SPIDERS, NoContactError, check_contact
from crawlers.session import CrawlOptions

HEAD = "publisher: Ministry of Trade\ncountry: FR\nsources:\n"


def write(folder: Path, text: str, name: str = "ministry.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def block(**fields: object) -> str:
    values = {"name": "gazette", "kind": "feed", "url": "https://gazette.example/feed.xml", **fields}
    lines = [f"{key}: {value}" for key, value in values.items() if value is not None]
    return "  - " + "\n    ".join(lines) + "\n"


def failure(folder: Path, text: str) -> str:
    with pytest.raises(SourceError) as caught:
        load_sources([write(folder, text)])
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_source_has_its_publisher_its_country_and_sensible_defaults(tmp_path: Path) -> None:
    (source,) = load_sources([write(tmp_path, HEAD + block(language="fr", schedule="every 6h", delay=2))])
    assert (source.publisher, source.country, source.language) == ("Ministry of Trade", "FR", "fr")
    assert source.url == ("https://gazette.example/feed.xml",)
    assert (source.interval, source.delay, source.local, source.verified) == (6 * 3600, 2.0, False, None)


@pytest.mark.parametrize(
    ("schedule", "seconds"),
    [
        ("hourly", 3600),
        ("daily", 86400),
        ("weekly", 604800),
        ("30m", 1800),
        ("every 2d", 172800),
        ("{every: 6h}", 21600),
    ],
)
def test_schedules_are_read_in_every_form(tmp_path: Path, schedule: str, seconds: int) -> None:
    (source,) = load_sources([write(tmp_path, HEAD + block(schedule=schedule))])
    assert source.interval == seconds


def test_an_unknown_field_is_named_with_its_line_and_what_was_meant(tmp_path: Path) -> None:
    message = failure(tmp_path, HEAD + block(shedule="daily"))
    assert message == (
        f"{tmp_path / 'ministry.yaml'}, line 7: source 'gazette': the field 'shedule' is not known; "
        f"did you mean 'schedule'?"
    )


@pytest.mark.parametrize(
    ("fields", "line", "says"),
    [
        ({"kind": "fead"}, 5, "'kind' has the value 'fead': this is no kind of source"),
        ({"kind": "fead"}, 5, "did you mean 'feed'?"),
        ({"kind": "podcast"}, 5, "possible are feed, sitemap, listing, files, api, list, events, imagery, trade."),
        ({"delay": "soon"}, 7, "'delay' has the value 'soon'"),
        ({"delay": "soon"}, 7, "(Seconds between two requests to one host; null means the setting `delay`)."),
        ({"budget": 0}, 7, "'budget' has the value 0"),
        ({"url": "gazette.example/feed"}, 6, "not an address that begins with http"),
        ({"url": None}, 4, "'url' is missing; docs/sources.md"),
        ({"schedule": "sometimes"}, 7, "possible are hourly, daily"),
        ({"schedule": "every 1m"}, 7, "at least 5 minutes"),
        ({"window": 3}, 4, "'window' does nothing for kind 'feed'; it belongs to sitemap"),
        ({"kind": "listing", "links": "{alow: [/x]}"}, 7, "'links.alow' is not known; did you mean 'allow'?"),
        ({"kind": "listing", "links": "{allow: ['re: (']}"}, 7, "the regular expression is wrong"),
        ({"name": "The Gazette"}, 4, "'name' has the value 'The Gazette'"),
        ({"language": "french"}, 7, "'language' has the value 'french'"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path: Path, fields: dict[str, object], line: int, says: str) -> None:
    message = failure(tmp_path, HEAD + block(**fields))
    assert f"ministry.yaml, line {line}: " in message
    assert says in message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("publisher: X\nsources:\n  - {name: a\n", "this is not YAML"),
        ("- a\n", "has the fields publisher, country, sources"),
        ("", "has the fields publisher, country, sources"),
        ("publisher: X\nsourcs: []\n", "has the fields"),
        ("publisher: X\ncontry: FR\nsources: []\n", "line 2: the field 'contry' is not known at the head of a file"),
        ("publisher: X\npublisher: Y\nsources: []\n", "line 2: the field 'publisher' stands here a second time"),
        ("publisher: X\nsources: [x]\n", "line 2: a source is a block of fields, and this is 'x'"),
        ("publisher: &a X\ncountry: *a\nsources: []\n", "aliases"),
        ("publisher: X\nsources: " + "[" * 30 + "]" * 30, "deep"),
        ("country: France\npublisher: X\nsources:\n" + block(), "line 1: source 'gazette': the field 'country'"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_source_file_says_so(tmp_path: Path, text: str, says: str) -> None:
    assert says in failure(tmp_path, text)


def test_a_file_that_is_not_text_and_a_path_that_is_not_there_say_so(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="cannot be read as UTF-8"):
        load_sources([tmp_path])
    with pytest.raises(SourceError, match="no file or folder"):
        load_sources([tmp_path / "absent"])


def test_a_name_is_given_once_in_the_whole_catalogue(tmp_path: Path) -> None:
    write(tmp_path, HEAD + block(), "a.yaml")
    write(tmp_path, HEAD + block(), "b.yml")
    with pytest.raises(SourceError, match=r"b\.yml, line 4: the name 'gazette' is taken by .*a\.yaml, line 4"):
        load_sources([tmp_path])


def test_several_errors_of_a_source_are_counted(tmp_path: Path) -> None:
    assert "(1 more in this source)" in failure(tmp_path, HEAD + block(delay=-1, budget=-1))


def test_sources_that_share_a_host_are_in_one_group(tmp_path: Path) -> None:
    blocks = [
        block(name="a", url="https://www.one.example/feed"),
        block(name="b", url="https://two.example/feed", hosts="[cdn.example]"),
        block(name="c", url="http://one.example:8080/other", hosts="[cdn.example]"),
        block(name="d", url="https://four.example/"),
        block(name="e", url="[https://five.example/, https://four.example/x]"),
    ]
    parts = groups(load_sources([write(tmp_path, HEAD + "".join(blocks))]))
    assert [[source.name for source in part] for part in parts] == [["a", "b", "c"], ["d", "e"]]


def test_the_catalogue_that_ships_is_whole() -> None:
    sources = load_sources()
    assert len(sources) >= 150
    assert {source.kind for source in sources} == set(KIND_FIELDS)
    assert not [source.name for source in sources if source.local or source.verified]
    assert not [s.name for s in sources if not (s.expected and s.reliability and s.bias and s.terms and s.schedule)]
    assert SHIPPED.is_dir()


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_the_catalogue_that_ships_speaks_each_official_language(language: str) -> None:
    assert len([source for source in load_sources() if source.language == language]) >= 8


def test_a_publisher_has_one_file_and_an_address_one_source() -> None:
    files = [path.read_text("utf-8").partition("\n")[0] for path in sorted(SHIPPED.glob("*.yaml"))]
    assert len(files) == len(set(files))
    asked = [(source.kind, source.url, repr(source.query), source.area) for source in load_sources()]
    assert len(asked) == len(set(asked))


def test_every_kind_has_a_spider_and_fields_that_exist() -> None:
    assert set(SPIDERS) == set(KIND_FIELDS)
    assert frozenset().union(*KIND_FIELDS.values()) <= set(FIELDS)
    assert near("x", ()) == "."


def test_no_public_host_is_crawled_without_a_contact(tmp_path: Path) -> None:
    public = load_sources([write(tmp_path, HEAD + block())])
    with pytest.raises(NoContactError, match=r"'gazette' is public.*WATCHWORD_CONTACT"):
        check_contact(public, CrawlOptions())
    check_contact(public, CrawlOptions(contact="mailto:desk@example.org"))
    check_contact(load_sources([write(tmp_path, HEAD + block(local="true"))]), CrawlOptions())
    assert CrawlOptions(contact="mailto:a@b").agent_header == "Watchword/0.1 (+mailto:a@b)"
