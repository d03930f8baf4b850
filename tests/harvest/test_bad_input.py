"""Bad input and a bad machine: one sentence, a non-zero exit, and nothing that was whole is lost."""

import resource
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NewDesk = Callable[[str], Any]
# A disk that takes no file longer than this, in bytes: full at once, and full in the middle of a stage.
SMALL_DISKS = (24_000, 160_000, 400_000)
FEW = ("gazette", "trade-portal")


def ended(process: Any) -> tuple[int, str]:
    """Return the exit code of *process* and what it wrote to stderr."""
    _, err = process.communicate()
    return process.returncode, err


def sentence(desk: Any, *arguments: str) -> tuple[int, str]:
    """Return the exit code of a command and the one line that it wrote to stderr."""
    code, err = ended(desk.start(*arguments))
    (line,) = err.splitlines()
    return code, line


def test_a_source_file_with_a_wrong_field_is_named_with_its_line(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk("desk")
    file = tmp_path / "sources.yaml"
    file.write_text(
        "publisher: Test\nsources:\n  - name: a\n    kind: feed\n    url: http://a.test/\n    shedule: daily\n"
    )
    desk.settings["WATCHWORD_SOURCES"] = str(file)
    for command in (("sources", "check"), ("harvest",)):
        code, line = sentence(desk, *command)
        assert code == 2
        assert "line 6" in line
        assert "'schedule'" in line


def test_a_list_file_that_is_not_what_it_says_leaves_the_list_before(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk("desk")
    before = desk.records("lists", "show")
    for name, content in (("panel.csv", "<html>Not found</html>"), ("panel.xml", "a,b\n1,2\n"), ("panel.json", "{")):
        (tmp_path / name).write_text(content)
        code, line = sentence(desk, "lists", "import", str(tmp_path / name))
        assert code in (1, 2)
        assert name in line
    assert desk.records("lists", "show") == before


@pytest.mark.parametrize("room", SMALL_DISKS)
def test_a_full_disk_stops_the_harvest_and_room_lets_it_end(
    new_desk: NewDesk, first_night: dict[str, str], room: int
) -> None:
    desk = new_desk("desk")
    desk.point_at(first_night)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        process = desk.start("harvest", *FEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    code, err = ended(process)
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    desk.run("harvest", *FEW)
    (run,) = desk.records("runs", "list")
    assert desk.records("runs", "show", run["id"])[0]["adds_up"] is True
    desk.run("verify", run["id"])


def test_a_damaged_archive_is_named_and_the_rest_stays_readable(new_desk: NewDesk, first_night: dict[str, str]) -> None:
    desk = new_desk("desk")
    desk.point_at(first_night)
    desk.run("harvest", "interpress-en")
    (run,) = desk.records("runs", "list")
    folder = desk.home / "runs" / run["id"]
    copy = desk.home / "copy"
    shutil.copytree(folder, copy)
    (segment,) = (copy / "captures").iterdir()
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 0x40
    segment.write_bytes(content)
    code, line = sentence(desk, "verify", str(copy))
    assert code == 1
    assert segment.name in line
    assert desk.records("search", "ferry")


@pytest.mark.parametrize("arguments", [("verify", "x"), ("extract", "x"), ("index", "x"), ("watch", "x")])
def test_a_run_that_is_not_there_is_said_in_a_sentence(new_desk: NewDesk, arguments: tuple[str, ...]) -> None:
    code, line = sentence(new_desk("desk"), *arguments)
    assert code == 2
    assert "'x'" in line
