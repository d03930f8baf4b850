"""Names against imported lists or a file, name against name, and lists imported whole or not at all."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from watchword.cli.lists import lists_app
from watchword.errors import UsageError
from watchword.lists import Shelf, read_list
from watchword.screening import compare_pairs, screen_names
from watchword.settings import Settings

SAMPLES = Path(__file__).with_name("samples")
UN = (SAMPLES / "un.xml").read_text("utf-8")
TABLE = (SAMPLES / "panel.csv").read_text("utf-8")
Write = Callable[[str, str], Path]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setenv("WATCHWORD_HOME", str(tmp_path / "home"))
    return Settings(home=tmp_path / "home", models="none", _env_file=None)


def imported(*arguments: str | Path) -> BaseException | None:
    """Import lists; return what went wrong."""
    return CliRunner().invoke(lists_app, ["import", *map(str, arguments)]).exception


def test_a_name_in_another_script_finds_the_listed_party(settings: Settings, write: Write) -> None:
    Shelf(settings.folder).add(read_list(write("un.xml", UN)))
    (found,) = screen_names(["Тарек Абдельнур Халими"], settings)
    best = found["candidates"][0]
    assert (best["id"], best["list"], best["match"]) == ("un:KPi.901", "un", True)


def test_a_file_stands_in_place_of_the_lists_with_its_own_ids(settings: Settings, write: Write) -> None:
    Shelf(settings.folder).add(read_list(write("un.xml", UN)))
    (found,) = screen_names(["Levant Meridian Trading"], settings, write("panel.csv", TABLE))
    assert (found["candidates"][0]["id"], found["candidates"][0]["list"]) == ("P-2", "panel")


def test_without_a_list_the_sentence_says_how_to_import_one(settings: Settings) -> None:
    with pytest.raises(UsageError, match="watchword lists import FILE"):
        list(screen_names(["Tarek Halimi"], settings))


def test_pairs_are_answered_in_order_also_where_a_name_is_missing(write: Write) -> None:
    file = write("pairs.csv", "A,b,type\nTarek Halimi,Тарек Халими,person\nTarek Halimi,,\n,,\n")
    told = list(compare_pairs(file))
    assert [(pair["a"], pair["b"], pair["match"]) for pair in told] == [
        ("Tarek Halimi", "Тарек Халими", True),
        ("Tarek Halimi", "", False),
        ("", "", False),
    ]
    assert all(0 <= pair["score"] <= 1 and pair["reason"] for pair in told)


@pytest.mark.parametrize("content", ["a,c\n1,2\n", '{"a": "x", "b": "y"}\n{"a": "x", "b": "z"}\n', "<a b='1'/>"])
def test_pairs_in_what_is_no_such_table_are_refused(write: Write, content: str) -> None:
    with pytest.raises(UsageError, match="columns a and b"):
        list(compare_pairs(write("pairs.csv", content)))


def test_a_wrong_file_among_several_leaves_the_shelf_as_it_was(settings: Settings, write: Write) -> None:
    good, wrong = write("un.xml", UN), write("panel.csv", "<html>Not found</html>")
    assert isinstance(imported(good, wrong), UsageError)
    assert Shelf(settings.folder).current() == []
    assert imported(good, write("panel.csv", TABLE)) is None
    assert [held.name for held in Shelf(settings.folder).current()] == ["panel", "un"]


def test_one_name_for_several_files_is_refused(settings: Settings, write: Write) -> None:
    assert "one list" in str(imported(write("un.xml", UN), write("panel.csv", TABLE), "--name", "both"))
    assert Shelf(settings.folder).current() == []
