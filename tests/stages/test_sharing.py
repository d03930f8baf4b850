"""A large run is read in several processes, and each share is what one process would have read."""

from pathlib import Path

import pytest

from watchword.stages.sharing import WORTH_SHARING, shares


def segment(folder: Path, name: str, size: int) -> Path:
    path = folder / f"{name}.warc.gz"
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_a_large_run_is_parted_by_size_and_every_segment_is_in_one_part(tmp_path: Path) -> None:
    found = [segment(tmp_path, str(n), size * 2**20) for n, size in enumerate((9, 1, 5, 4))]
    parts = shares(found, 2)
    assert sorted(path.name for part in parts for path in part) == sorted(path.name for path in found)
    assert sorted(sum(path.stat().st_size for path in part) // 2**20 for part in parts) == [9, 10]


@pytest.mark.parametrize(
    ("sizes", "processes"), [((WORTH_SHARING, WORTH_SHARING), 1), ((9, 9), 2), ((WORTH_SHARING,), 2), ((), 2)]
)
def test_what_is_not_worth_sharing_is_one_part(tmp_path: Path, sizes: tuple[int, ...], processes: int) -> None:
    assert len(shares([segment(tmp_path, str(n), size) for n, size in enumerate(sizes)], processes)) == 1
