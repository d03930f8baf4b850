"""Files of this machine are brought from folders that a source names, and nothing else of the machine is."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import SourceError, load_sources
from crawlers.local import file_url, path_of
from crawlers.session import CrawlOptions

Crawl = Callable[..., Any]


def folder(path: Path, **fields: Any) -> dict[str, Any]:
    return {"name": "papers", "kind": "files", "url": str(path), "local": True, **fields}


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    top = tmp_path / "papers"
    (top / "deep" / "deeper").mkdir(parents=True)
    (top / "a note #1?.txt").write_text("a")
    (top / "deep" / "доклад.pdf").write_bytes(b"%PDF")
    (top / "deep" / "deeper" / "c.txt").write_text("c")
    (top / ".hidden").write_text("h")
    (top / "large.bin").write_bytes(b"x" * 300)
    os.mkfifo(top / "pipe")
    (top / "out").symlink_to(CRAWLED)
    return top


CRAWLED = Path(__file__)


def test_a_folder_brings_its_files_with_what_the_file_system_says(papers: Path, crawl_once: Crawl) -> None:
    options = CrawlOptions(delay=0, max_response_bytes=200)
    crawled = crawl_once(folder(papers), options=options)
    assert (crawled.error, crawled.summary.adds_up) == ("", True)
    found = {exchange.url: exchange for exchange in crawled.exchanges}
    assert set(found) == {(papers / name).as_uri() for name in ("a note #1?.txt", "deep/доклад.pdf", "large.bin")}
    note = found[(papers / "a note #1?.txt").as_uri()]
    assert (note.body, note.media_type, note.outcome) == (b"a", "text/plain", "complete")
    assert note.detail.startswith("file of 1 bytes on this machine, last changed 20")
    assert found[(papers / "large.bin").as_uri()].outcome == "too large"
    count = crawled.count()
    assert (count.found, count.fetched, count.failed, count.error) == (3, 2, 1, None)
    assert f"the link leads out of the folder: {papers / 'out'}" in count.reasons
    assert f"the folder lies deeper than 'depth' says: {papers / 'deep/deeper'}" in count.reasons


def test_rules_choose_files_and_a_file_that_went_is_told(papers: Path, crawl_once: Crawl) -> None:
    gone = (papers / "gone.txt").as_uri()
    crawled = crawl_once(folder(papers, links={"allow": ["*.pdf"]}), again=[gone])
    outcomes = {path_of(exchange.url): exchange.outcome for exchange in crawled.exchanges}
    assert outcomes == {papers / "deep/доклад.pdf": "complete", papers / "gone.txt": "unreachable"}
    assert crawled.count().reasons["the file is no longer there"] == 1


def test_a_folder_that_is_not_there_is_the_source_s_error(tmp_path: Path, crawl_once: Crawl) -> None:
    assert (
        crawl_once(folder(tmp_path / "none")).count().error == f"{tmp_path / 'none'}: there is no such file or folder"
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"local": False}, "marked 'local: true'"),
        ({"kind": "listing"}, "a source of kind 'files'"),
        ({"url": "papers/below"}, "nor a whole path"),
        ({"url": "file://server/share"}, "nor a whole path"),
    ],
)
def test_a_path_is_taken_from_local_sources_of_files_only(tmp_path: Path, fields: dict[str, Any], said: str) -> None:
    entry = {**folder(tmp_path), **fields}
    lines = "\n    ".join(
        f"{name}: {str(value).lower() if name == 'local' else value}" for name, value in entry.items()
    )
    (tmp_path / "s.yaml").write_text(f"publisher: P\nsources:\n  - {lines}\n")
    with pytest.raises(SourceError, match=said):
        load_sources([tmp_path / "s.yaml"])


def test_a_path_and_its_address_name_the_same_place() -> None:
    assert file_url("/a b/../c#1") == file_url("file:///c%231") == "file:///c%231"
    assert path_of("file:///c%231") == Path("/c#1")
    assert path_of("https://host.test/c") is None
