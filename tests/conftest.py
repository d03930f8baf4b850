"""Fixtures that several areas of the tests use: the exercise, served."""

from collections.abc import Iterator

import pytest

from watchword.exercise import exercise_folder, serve


@pytest.fixture
def first_night() -> Iterator[dict[str, str]]:
    """Serve the exercise's first night; yield host name to address and port."""
    with serve(exercise_folder(), 1) as addresses:
        yield addresses
