"""The settings page says of every setting what the code says."""

import re
from pathlib import Path

import pytest

from watchword.settings import PREFIX, Settings, default_text

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/settings.md"
DAG = ROOT / "dags/nightly_harvest.py"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_stands_on_the_page_with_its_default_and_meaning(name: str) -> None:
    meaning = Settings.model_fields[name].description
    assert f"| `{PREFIX}{name.upper()}` | {default_text(name)} | {meaning} |" in PAGE.read_text("utf-8")


def test_the_page_has_no_setting_that_the_code_lacks() -> None:
    table = PAGE.read_text("utf-8").partition("The DAG file")[0]
    assert len(re.findall(rf"^\| `{PREFIX}", table, re.MULTILINE)) == len(Settings.model_fields)


def test_every_variable_that_the_dag_reads_stands_on_the_page_with_its_default() -> None:
    variables = re.findall(r'environ\.get\("(\w+)", "([^"]+)"\)', DAG.read_text("utf-8"))
    assert len(variables) > 2
    assert all(f"| `{name}` | `{default}` |" in PAGE.read_text("utf-8") for name, default in variables)
