"""A function that writes a list file, and the real files where they are."""

from collections.abc import Callable
from pathlib import Path

import pytest

REAL = Path(__file__).parents[2] / "../shared/data/lists"
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a text into a file."""

    def written(name: str, content: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        return path

    return written


@pytest.fixture
def real() -> Callable[[str], Path]:
    """Return a function that gives a real file; the test skips where it is absent."""

    def found(name: str) -> Path:
        path = REAL / name
        if not path.exists():
            pytest.skip(f"needs ../shared/data/lists/{name}")
        return path

    return found
