"""`watchword items` and `watchword sites`: what the catalogue knows, as its users ask for it."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from watchword.cli import knowledge
from watchword.errors import UsageError

CONTROLS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "controls"
RUNNER = CliRunner()


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    app = typer.Typer()
    knowledge.register(app)
    return app


def run(app: typer.Typer, *arguments: str) -> str:
    result = RUNNER.invoke(app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0
    return result.output


def test_an_item_is_shown_with_all_that_is_known_of_it(app: typer.Typer) -> None:
    shown = run(app, "items", "show", "maraging-steel")
    for part in ("1C216", "NSG Part 2 2.C.11", "马氏体时效钢", "мартенситно-стареющая сталь", "tensile strength"):
        assert part in shown


def test_an_item_is_shown_as_one_json_line(app: typer.Typer) -> None:
    (line,) = run(app, "items", "show", "sarin", "--json").splitlines()
    record = json.loads(line)
    assert (record["id"], record["area"], record["cas"]) == ("sarin", "chemical", ["107-44-8"])


def test_an_unknown_item_is_answered_with_one_that_is_meant(app: typer.Typer) -> None:
    with pytest.raises(
        UsageError, match=r"No item 'maraging-stel'. Did you mean 'maraging-steel'\? 'watchword items search"
    ):
        run(app, "items", "show", "maraging-stel")


@pytest.mark.parametrize("words", [("107-44-8",), ("sarin",), ("沙林",), ("CWC", "1.A.1")])
def test_items_are_searched_by_cas_number_name_and_code(app: typer.Typer, words: tuple[str, ...]) -> None:
    found = [json.loads(line)["id"] for line in run(app, "items", "search", *words, "--json").splitlines()]
    assert "sarin" in found


def test_the_check_counts_items_codes_and_problems(app: typer.Typer) -> None:
    assert run(app, "items", "check").endswith("codes, 0 problems\n")


@pytest.mark.skipif(not CONTROLS.exists(), reason="needs ../shared/data/controls")
def test_the_check_holds_codes_against_the_official_lists(app: typer.Typer) -> None:
    assert run(app, "items", "check", "--controls", str(CONTROLS)).endswith("codes, 0 problems\n")


def test_a_site_is_searched_and_shown(app: typer.Typer) -> None:
    found = [json.loads(line)["id"] for line in run(app, "sites", "search", "Natanz", "--json").splitlines()]
    assert "natanz" in found
    assert "Natanz" in run(app, "sites", "show", "natanz")


def test_an_unknown_site_is_answered_with_one_that_is_meant(app: typer.Typer) -> None:
    with pytest.raises(UsageError, match=r"No site 'natans'. Did you mean 'natanz'\?"):
        run(app, "sites", "show", "natans")
