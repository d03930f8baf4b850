"""The embedded index: one writer, many readers, commits that survive a kill."""

import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from watchword.document import Document
from watchword.errors import DamagedError, UnavailableError
from watchword.index import SearchRequest, embedded_folder, open_engine, parse
from watchword.index.embedded import EmbeddedEngine
from watchword.settings import Settings

WRITER = """
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from watchword.document import Document
from watchword.index.embedded import EmbeddedEngine

engine = EmbeddedEngine(Path(sys.argv[1]))
blank = Document(id="", page="p", url="", source="s", publisher="P", country=None, kind="feed", run="r", capture="c",
                 captured="2026-03-02T01:00:00+00:00", media_type="text/html", title="", text="centrifuge tubes",
                 language="en")
with engine.filling() if sys.argv[2:] == ["filling"] else nullcontext():
    for batch in range(10_000):
        engine.add([replace(blank, id=f"{batch}-{number}", story=f"{batch}-{number}") for number in range(20)])
        print(batch, flush=True)
"""


def listing(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture
def writing(tmp_path: Path, request: pytest.FixtureRequest) -> subprocess.Popen[str]:
    """Another process that writes batch after batch."""
    command = [sys.executable, "-c", WRITER, str(tmp_path / "index"), *getattr(request, "param", ())]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def stop(process: subprocess.Popen[str]) -> int:
    """Kill the writer; return the last batch that it said to have committed."""
    process.send_signal(signal.SIGKILL)
    told = process.communicate()[0].split()
    return int(told[-1]) if told else 0


def test_reading_needs_no_lock_and_makes_nothing(tmp_path: Path, documents: list[Document]) -> None:
    settings = Settings(home=tmp_path)
    reader = open_engine(settings)
    assert reader.count(parse("*")) == 0
    assert not (tmp_path / "index").exists()
    open_engine(settings).add(documents)
    before = listing(tmp_path)
    with embedded_folder.lock(tmp_path / "index"):
        assert reader.count(parse("steel")) == 3
        assert len(reader.search(SearchRequest(parse("*"))).hits) == 11
    assert listing(tmp_path) == before


def test_a_reader_sees_each_commit_of_another_process(tmp_path: Path, writing: subprocess.Popen[str]) -> None:
    reader = EmbeddedEngine(tmp_path / "index")
    seen = {reader.count(parse("tube")) for _ in range(60) if not time.sleep(0.02)}
    stop(writing)
    assert len(seen) > 1
    assert all(number % 20 == 0 for number in seen)


@pytest.mark.parametrize("writing", [(), ("filling",)], indirect=True)
def test_a_killed_writer_loses_nothing_that_it_committed_and_holds_no_lock(
    tmp_path: Path, writing: subprocess.Popen[str], documents: list[Document]
) -> None:
    time.sleep(0.3)
    committed = stop(writing)
    engine = EmbeddedEngine(tmp_path / "index")
    assert engine.count(parse("centrifuge")) >= (committed + 1) * 20
    assert engine.count(parse("centrifuge")) % 20 == 0
    assert engine.add(documents) == ()
    assert engine.count(parse("maraging")) == 1


def test_two_writers_wait_for_each_other(
    tmp_path: Path, writing: subprocess.Popen[str], documents: list[Document]
) -> None:
    EmbeddedEngine(tmp_path / "index").add(documents)
    stop(writing)
    assert EmbeddedEngine(tmp_path / "index").count(parse("maraging")) == 1


def test_a_reader_follows_to_a_rebuilt_index(tmp_path: Path, documents: list[Document]) -> None:
    reader, writer = EmbeddedEngine(tmp_path / "index"), EmbeddedEngine(tmp_path / "index")
    writer.add(documents)
    assert reader.count(parse("*")) == 12
    scan = reader.scan(parse("*"))
    first = next(scan)
    writer.rebuild(iter(documents[:2]))
    assert reader.count(parse("*")) == 2
    assert len([first, *scan]) == 12
    assert [path.name for path in (tmp_path / "index").iterdir() if path.is_dir()] == [writer.status().generation]


def test_an_interrupted_rebuild_is_thrown_away(tmp_path: Path, documents: list[Document]) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.add(documents)
    left = tmp_path / "index" / embedded_folder.next_generation(engine.status().generation)
    left.mkdir()
    (left / "meta.json").write_text("{}")
    assert engine.rebuild(iter(documents)) == 12
    assert engine.count(parse("*")) == 12


def test_an_index_of_another_version_is_told_from_an_empty_one(tmp_path: Path, documents: list[Document]) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.add(documents)
    old = tmp_path / "index" / "v1-000007"
    (tmp_path / "index" / engine.status().generation).rename(old)
    (tmp_path / "index" / embedded_folder.POINTER).write_text("v1-000007\n")
    assert engine.status().stale
    for verb in (lambda: engine.count(parse("*")), lambda: engine.add(documents)):
        with pytest.raises(DamagedError, match="index migrate"):
            verb()
    assert engine.rebuild(iter(documents)) == 12
    assert not engine.status().stale
    assert not old.exists()


def test_an_index_that_cannot_be_read_says_how_to_mend_it(tmp_path: Path, documents: list[Document]) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.add(documents)
    (tmp_path / "index" / engine.status().generation / "meta.json").write_text("broken")
    with pytest.raises(DamagedError, match="index rebuild"):
        EmbeddedEngine(tmp_path / "index").count(parse("*"))
    assert EmbeddedEngine(tmp_path / "index").rebuild(iter(documents)) == 12


def test_a_writer_of_another_program_is_an_error_in_a_sentence(tmp_path: Path, documents: list[Document]) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.add(documents)
    path = tmp_path / "index" / engine.status().generation
    with embedded_folder.writing(path), pytest.raises(UnavailableError, match="cannot be written"):
        engine.add(documents)


def test_a_document_given_twice_at_once_is_held_as_it_was_given_last(
    tmp_path: Path, document: Callable[..., Document]
) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    with engine.filling():
        engine.add([document("one", "en", "Tubes", "seized"), document("one", "en", "Pipes", "released")])
        assert [engine.count(parse(word)) for word in ("*", "seized", "released")] == [1, 0, 1]
        engine.add([document("one", "en", "Rods", "returned"), document("two", "fr", "Tubes", "saisis")])
    assert [engine.count(parse(word)) for word in ("*", "released", "returned")] == [2, 0, 1]


def test_small_commits_are_merged(tmp_path: Path, document: Callable[..., Document]) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    for number in range(20):
        engine.add([document(f"d{number}", "en", "Tubes", "seized")])
    assert engine.status().parts < 10
    assert engine.count(parse("tubes")) == 20


def test_a_facet_with_very_many_values_is_exact(tmp_path: Path, document: Callable[..., Document]) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    for batch in range(3):
        names = [f"source-{(number * 7 + batch) % 700}" for number in range(600)] + ["rare-but-everywhere"]
        engine.add([document(f"{batch}-{n}", "en", "Tubes", "seized", source=name) for n, name in enumerate(names)])
    assert engine.status().parts > 1
    found = engine.counts(parse("*"), ("source",), limit=1_000).facets["source"]
    assert found["rare-but-everywhere"] == 3
    assert sum(found.values()) == 3 * 601
    first = engine.counts(parse("*"), ("source",), limit=3).facets["source"]
    assert list(first.items()) == list(found.items())[:3]


def test_a_rebuild_on_a_full_disk_says_so_and_leaves_the_old_index_alone(
    tmp_path: Path, document: Callable[..., Document]
) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.add([document("old", "en", "", "steel")])
    book = document("new", "en", "", " ".join(f"word{number}" for number in range(60_000)))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limits[1]))
    try:
        for write in (engine.rebuild, engine.add):
            with pytest.raises(UnavailableError, match="see whether its disk is full"):
                write([replace(book, id=str(number)) for number in range(4)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert engine.count(parse("steel")) == engine.count(parse("*")) == 1
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 1
    assert engine.rebuild([book]) == 1
