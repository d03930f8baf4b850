"""A large run is read in several processes, each of which takes the next segment; a failed one is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from watchword.errors import UnavailableError
from watchword.settings import Settings
from watchword.stages import sharing
from watchword.stages.sharing import WORTH_SHARING, read_in_processes, readers_for

# A reading process that notes what it was given; it fails where the segment is called "broken".
READING = """#!/bin/sh
while read name; do
  if [ "$name" = broken.warc.gz ]; then echo "watchword: No." >&2; exit 1; fi
  echo "$name" >> read; echo "$name"
done
"""


def segment(folder: Path, name: str, size: int) -> Path:
    path = folder / f"{name}.warc.gz"
    with path.open("wb") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("sizes", "processes", "readers"),
    [
        ((WORTH_SHARING, WORTH_SHARING), 1, 1),
        ((9, 9), 2, 1),
        ((WORTH_SHARING,), 2, 1),
        ((), 2, 0),
        ((WORTH_SHARING, 5, 9), 2, 2),
    ],
)
def test_a_run_is_shared_where_that_is_worth_it(
    tmp_path: Path, sizes: tuple[int, ...], processes: int, readers: int
) -> None:
    assert readers_for([segment(tmp_path, str(n), size) for n, size in enumerate(sizes)], processes) == readers


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Path]], list[str]]:
    """Return a function that shares segments between two processes; it returns the names that were read."""
    command = tmp_path / "python"
    command.write_text(READING)
    command.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sharing.sys, "executable", str(command))

    def read(segments: list[Path]) -> list[str]:
        read_in_processes(Settings(home=tmp_path, _env_file=None), "run", segments, 2)
        return (tmp_path / "read").read_text().split()

    return read


def test_every_segment_is_read_once(tmp_path: Path, reading: Callable[[list[Path]], list[str]]) -> None:
    given = [segment(tmp_path, f"s{n}", n + 1) for n in range(9)]
    assert sorted(reading(given)) == [path.name for path in given]


def test_a_process_that_fails_is_told_and_the_other_goes_on(
    tmp_path: Path, reading: Callable[[list[Path]], list[str]]
) -> None:
    given = [segment(tmp_path, name, size) for name, size in (("a", 3), ("broken", 2), ("c", 1))]
    with pytest.raises(UnavailableError, match=r"No\. The run run can be taken up again"):
        reading(given)
    assert sorted((tmp_path / "read").read_text().split()) == ["a.warc.gz", "c.warc.gz"]
