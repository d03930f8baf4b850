"""The settings page says of every setting what the code says."""

from pathlib import Path

import pytest

from watchword.settings import PREFIX, Settings, default_text

PAGE = Path(__file__).parents[2] / "docs/settings.md"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_stands_on_the_page_with_its_default_and_meaning(name: str) -> None:
    meaning = Settings.model_fields[name].description
    assert f"| `{PREFIX}{name.upper()}` | {default_text(name)} | {meaning} |" in PAGE.read_text("utf-8")


def test_the_page_has_no_setting_that_the_code_lacks() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"| `{PREFIX}")]
    assert len(rows) == len(Settings.model_fields)
