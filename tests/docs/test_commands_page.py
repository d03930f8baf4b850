"""The commands page says of every command and option what the command line says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from watchword.cli.app import app

PAGE = Path(__file__).parents[2] / "docs/commands.md"


def commands(group: TyperGroup, above: str = "watchword") -> Iterator[tuple[str, Any]]:
    """Yield every command with its name as it is typed."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{above} {name}")
        else:
            yield (above if command.hidden else f"{above} {name}"), command


def top() -> TyperGroup:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return group


ALL = list(commands(top()))


def section(name: str) -> str:
    """Return the part of the page that is headed by the command *name*."""
    found = [part for part in PAGE.read_text("utf-8").split("\n### ")[1:] if part.splitlines()[0].strip("`") == name]
    assert len(found) == 1, f"{name!r} has {len(found)} sections on the page"
    return found[0]


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_every_command_has_a_section_that_names_its_arguments_and_options(name: str, command: Any) -> None:
    told = section(name)
    assert command.help.splitlines()[0] in told
    for parameter in command.params:
        shown = max(parameter.opts, key=len) if parameter.opts[0].startswith("-") else parameter.name.upper()
        assert f"`{shown}`" in told, f"{name}: {shown} is not on the page"


def test_the_page_has_no_command_that_the_command_line_lacks() -> None:
    told = [part.splitlines()[0].strip("`") for part in PAGE.read_text("utf-8").split("\n### ")[1:]]
    assert set(told) <= {name for name, _ in ALL}
