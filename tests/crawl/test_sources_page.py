"""The page on sources documents what the code reads."""

import re
from pathlib import Path

import pytest

from crawlers.catalogue import FIELDS, KIND_FIELDS, SCHEDULES, load_sources
from crawlers.gate import MAX_DELAY_SECONDS, MAX_FAILURES, MAX_WAIT_SECONDS
from crawlers.middlewares import MAX_REDIRECTS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_a_source_has_a_row(field: str) -> None:
    assert re.search(rf"^\| `{field}` \| .+ \|$", PAGE, flags=re.MULTILINE)


@pytest.mark.parametrize("kind", KIND_FIELDS)
def test_every_kind_has_a_section_with_an_example(kind: str) -> None:
    assert f"### `{kind}`" in PAGE
    assert any(f"kind: {kind}\n" in example for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_source_file_or_a_block_of_one(example: str, tmp_path: Path) -> None:
    head = "" if example.startswith("publisher:") else "publisher: Example\nsources:\n"
    (tmp_path / "example.yaml").write_text(head + example, encoding="utf-8")
    assert len(load_sources([tmp_path])) == 1


def test_schedules_and_limits_are_those_of_the_code() -> None:
    assert all(f"`{schedule}`" in PAGE for schedule in ("hourly", "daily", "weekly", "monthly"))
    assert set(SCHEDULES) == {"hourly", "daily", "weekly", "monthly"}
    assert (MAX_DELAY_SECONDS, MAX_WAIT_SECONDS, MAX_FAILURES, MAX_REDIRECTS) == (60, 120, 5, 5)
