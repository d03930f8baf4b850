"""The README's commands, settings, targets and links are there."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from watchword.cli.app import app
from watchword.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([\w./-]+\.\w+)\)")
COMMAND = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?watchword (.+?)(?:\s+#.*)?$", re.MULTILINE)
SETTING = re.compile(rf"\b{PREFIX}[A-Z_]+\b")
# Variables that the DAG, the tests and the shell read, not the settings.
OTHERS = {"SCHEDULE", "COMMAND", "RETRY_SECONDS", "TEST_POSTGRESQL_URL"}


def shell_blocks(page: Path) -> str:
    return "\n".join(re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL))


def commands() -> list[tuple[str, str]]:
    return [(page.name, line) for page in PAGES for line in COMMAND.findall(shell_blocks(page))]


@pytest.mark.parametrize(("page", "line"), commands())
def test_every_command_of_the_documentation_exists_with_its_options(page: str, line: str) -> None:
    command: Any = get_command(app)
    words = shlex.split(line.split("|", maxsplit=1)[0])
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    if hasattr(command, "commands"):
        command = command.commands["stage"]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    asked = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert asked <= known | {"--help"}, f"{page}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_setting_that_is_named_exists(page: Path) -> None:
    named = {name.removeprefix(PREFIX) for name in SETTING.findall(page.read_text("utf-8"))} - OTHERS
    assert {name for name in named if name.lower() not in Settings.model_fields} == set()


def test_the_two_commands_of_the_readme_are_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", shell_blocks(ROOT / "README.md"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_readme_shows_real_output() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "@@" not in text
    assert re.search(r"answer key: (\d+) of \1 findings", text)
