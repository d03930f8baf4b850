"""Compiled knowledge is kept between processes, and is never stale."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp import compiled


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    before = list(compiled._folders)
    compiled.keep_in(tmp_path / "knowledge")
    yield tmp_path / "knowledge"
    compiled._folders[:] = before


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "words.yaml"
    path.write_text("one", "utf-8")
    return path


def test_what_was_built_once_is_not_built_again(source: Path) -> None:
    built = [compiled.compiled("words", [source], lambda: {"a": (1, frozenset({"x"}))}) for _ in range(2)]
    assert built == [{"a": (1, frozenset({"x"}))}] * 2
    assert compiled.compiled("words", [source], lambda: "anew") == built[0]


def test_another_source_is_built_anew_and_the_old_file_goes(source: Path, folder: Path) -> None:
    compiled.compiled("words", [source], lambda: "old")
    source.write_text("two", "utf-8")
    assert compiled.compiled("words", [source], lambda: "new") == "new"
    assert len(list(folder.iterdir())) == 1


def test_a_damaged_file_is_built_anew(source: Path, folder: Path) -> None:
    compiled.compiled("words", [source], lambda: "whole")
    (kept,) = folder.iterdir()
    kept.write_bytes(b"\x00torn")
    assert compiled.compiled("words", [source], lambda: "whole") == "whole"


def test_a_folder_that_cannot_be_written_does_no_harm(source: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    compiled.keep_in(tmp_path / "taken")
    assert compiled.compiled("words", [source], lambda: "built") == "built"


def test_the_rules_that_knowledge_depends_on_are_all_there() -> None:
    found = [module.name for module in compiled.shipped_sources([])]
    assert {"compiled.py", "lexicon.py", "spelling.py"} <= set(found)
