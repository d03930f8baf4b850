"""Bad input and a bad machine: one sentence, a non-zero exit, and nothing that was whole is lost."""

import resource
import shutil
from collections.abc import Callable
from typing import Any

import pytest

NewDesk = Callable[[str], Any]
# A disk that takes no file longer than this, in bytes: full at once, and full in the middle of a stage.
SMALL_DISKS = (24_000, 400_000)
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
