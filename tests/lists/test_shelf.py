"""The shelf keeps every version of a list, and compiles the newest of each once."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.names import Artifact
from watchword.errors import UsageError
from watchword.lists import Shelf, knowledge_of_csv, read_list
from watchword.lists.against import KEPT_FILES

SAMPLES = Path(__file__).with_name("samples")
UN = (SAMPLES / "un.xml").read_text("utf-8")
TABLE = (SAMPLES / "panel.csv").read_text("utf-8")
Write = Callable[[str, str], Path]
COMPILING = """
import sys, time
from pathlib import Path
from watchword.lists import Shelf
print("ready", flush=True)
sys.stdin.readline()
print(Shelf(Path(sys.argv[1])).knowledge())
"""


def compiled(shelf: Shelf) -> list[str]:
    return sorted(entry.name for entry in (shelf.folder / ".compiled").iterdir())


def test_the_same_file_twice_is_one_version(tmp_path: Path, write: Write) -> None:
    shelf, file = Shelf(tmp_path / "home"), write("un.xml", UN)
    first = shelf.add(read_list(file))
    assert shelf.add(read_list(file)) == first
    assert shelf.versions("un") == [first]
    assert (first.parties, first.published, first.file) == (2, "2026-03-02", "un.xml")


def test_older_versions_stay_readable(tmp_path: Path, write: Write) -> None:
    shelf = Shelf(tmp_path / "home")
    old = read_list(write("panel.csv", TABLE))
    new = read_list(write("panel.csv", TABLE.replace("P-2", "P-3")))
    held = [shelf.add(read) for read in (old, new, old)]
    assert shelf.versions("panel") == held
    assert shelf.current() == held[2:]
    assert shelf.read("panel").entries == old.entries
    assert shelf.read("panel", new.digest) == new
    assert shelf.read("panel", old.digest) == old
    with pytest.raises(UsageError, match="no version 'ffff'"):
        shelf.read("panel", "ffff")


def test_a_party_is_found_by_list_and_number(tmp_path: Path, write: Write) -> None:
    shelf = Shelf(tmp_path / "home")
    shelf.add(read_list(write("un.xml", UN)))
    assert shelf.party("un:KPi.901").name == "Tarek Abdelnour Halimi"
    for wrong, said in (("KPi.901", "LIST:NUMBER"), ("un:KPi.1", "no party 'KPi.1'"), ("eu:1", "imported are: un")):
        with pytest.raises(UsageError, match=said):
            shelf.party(wrong)


@pytest.mark.parametrize("name", ["..", "a/b", ".hidden", "a b", "--"])
def test_a_name_that_is_no_name_of_a_list_is_refused(tmp_path: Path, write: Write, name: str) -> None:
    shelf = Shelf(tmp_path / "home")
    with pytest.raises(UsageError, match="--name"):
        shelf.add(read_list(write("panel.csv", TABLE), name))
    assert shelf.current() == []
    assert shelf.knowledge() is None


def test_lists_are_compiled_once_and_named_by_their_content(tmp_path: Path, write: Write) -> None:
    panel, council = read_list(write("panel.csv", TABLE)), read_list(write("un.xml", UN))
    one, other = Shelf(tmp_path / "one"), Shelf(tmp_path / "other")
    for shelf, lists in ((one, (panel, council)), (other, (council, panel))):
        for read in lists:
            shelf.add(read)
    place = one.knowledge()
    assert place is not None
    compiled_at = {file: file.stat().st_mtime_ns for file in place.iterdir()}
    assert one.knowledge() == place
    assert {file: file.stat().st_mtime_ns for file in place.iterdir()} == compiled_at
    again = other.knowledge()
    assert again is not None
    assert again.name == place.name
    assert Artifact.open(again).digest == Artifact.open(place).digest


def test_a_new_version_is_compiled_anew_and_the_old_matcher_goes(tmp_path: Path, write: Write) -> None:
    shelf = Shelf(tmp_path / "home")
    shelf.add(read_list(write("panel.csv", TABLE)))
    before = shelf.knowledge()
    shelf.add(read_list(write("panel.csv", TABLE + "P-9,Northern Star,vessel,,\n")))
    after = shelf.knowledge()
    assert after is not None
    assert after != before
    assert compiled(shelf) == [after.name]


def test_two_processes_that_compile_at_once_end_in_one_matcher(tmp_path: Path, write: Write) -> None:
    shelf = Shelf(tmp_path / "home")
    shelf.add(read_list(write("un.xml", UN)))
    command = [sys.executable, "-P", "-c", COMPILING, str(tmp_path / "home")]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == "ready\n"
    other.stdin.write("go\n")
    other.stdin.flush()
    place = shelf.knowledge()
    out, err = other.communicate(timeout=60)
    assert (other.returncode, err) == (0, "")
    assert place is not None
    assert Path(out.strip()) == place
    assert compiled(shelf) == [place.name]
    assert Artifact.open(place).digest


def test_a_table_is_compiled_once_a_content(tmp_path: Path, write: Write) -> None:
    file = write("panel.csv", TABLE)
    first = knowledge_of_csv(tmp_path / "home", file)
    assert knowledge_of_csv(tmp_path / "home", file).digest == first.digest
    assert len(list((tmp_path / "home/cache/against").iterdir())) == 1


def test_the_table_used_longest_ago_is_forgotten_first(tmp_path: Path, write: Write) -> None:
    place = tmp_path / "home/cache/against"
    used = write("panel.csv", TABLE)
    knowledge_of_csv(tmp_path / "home", used)
    (kept,) = place.iterdir()
    for number in range(KEPT_FILES - 1):
        (place / f"other-{number}").mkdir()
        os.utime(place / f"other-{number}", (1_000 + number, 1_000 + number))
    (place / "compiling.7.draft").mkdir()
    os.utime(place / "compiling.7.draft", (1, 1))
    os.utime(kept, (1, 1))
    knowledge_of_csv(tmp_path / "home", used)
    knowledge_of_csv(tmp_path / "home", write("new.csv", TABLE))
    left = {entry.name for entry in place.iterdir()}
    assert {kept.name, "compiling.7.draft", "other-1"} <= left
    assert "other-0" not in left
