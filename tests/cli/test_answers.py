"""What commands print and how they end: called in this process, in a home of its own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from watchword.cli import session
from watchword.cli.app import run
from watchword.cli.output import harmless, print_json, print_table
from watchword.document import Document, page_id
from watchword.errors import UsageError
from watchword.lists import Shelf, read_list
from watchword.store.database import Database
from watchword.store.registry import register
from watchword.store.runs import Outcome, close_run, now, open_run
from watchword.watch.alerts import raise_alert
from watchword.watch.register import find_watch
from watchword.watch.watches import Reason

SOURCES = 'publisher: P\nsources:\n  - {name: gazette, kind: feed, url: "http://a.test/feed", local: true}\n'
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Return a function that runs a command and returns its exit code, stdout and stderr."""
    (tmp_path / "sources.yaml").write_text(SOURCES)
    (tmp_path / "panel.csv").write_text("id,name,type\nP-1,Tarek Halimi,person\n")
    Shelf(tmp_path / "home").add(read_list(tmp_path / "panel.csv"))
    for name, value in {"HOME": tmp_path / "home", "SOURCES": tmp_path / "sources.yaml", "MODELS": "none"}.items():
        monkeypatch.setenv(f"WATCHWORD_{name}", str(value))
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["watchword", *arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    yield call
    session.database().close()
    session._open.cache_clear()


@pytest.fixture
def alert(command: Command) -> str:
    """Raise an alert on a document whose title would steer a terminal; return its id."""
    command("watch", "add", "network", "--list", "panel", "--tell", "file:alerts.jsonl")
    database: Database = session.database()
    url = "http://a.test/1"
    made = Document(
        f"{page_id(url)}-1", page_id(url), url, "gazette", "P", None, "feed", "r-1", "c", "2026-03-01", "text/html",
        "Halimi \x1b]0;owned\x07 sells", "text",
    )  # fmt: skip
    with database.session(alone=True) as opened:
        placed = register(opened, made).document
        reason = Reason(made.id, "list:panel", "Halimi", "Tarek Halimi", "panel:P-1", "alias")
        raise_alert(opened, find_watch_in(database), placed, [reason])
    return str(json.loads(command("alerts", "list", "--json")[1])["id"])


def find_watch_in(database: Database) -> Any:
    return find_watch(database, "network")


def test_a_watch_is_added_listed_tried_and_removed(command: Command) -> None:
    assert command("watch", "list")[:2] == (0, "watches: none\n")
    assert command("watch", "add", "network", "--list", "panel")[:2] == (0, "watch network added\n")
    (listed,) = map(json.loads, command("watch", "list", "--json")[1].splitlines())
    assert (listed["name"], listed["lists"], listed["tell"]) == ("network", ["panel"], [])
    assert command("watch", "test", "network")[:2] == (0, "0 documents meet the watch network\n")
    assert command("watch", "test", "network", "--json")[:2] == (0, "")
    assert command("watch", "remove", "network")[0] == 0
    assert command("watch", "list", "--json")[1] == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("w",), "asks for something"),
        ((" ", "--query", "x"), "name of a watch"),
        (("x" * 121, "--query", "x"), "name of a watch"),
        (("w", "--list", "panl"), "Did you mean 'panel'?"),
        (("w", "--query", "(steel"), "bracket"),
        (("w", "--query", "x", "--tell", "desk@example.org"), "mailto:NAME@HOST"),
        (("w", "--entity", "panel:P-9"), "P-9"),
    ],
)
def test_a_watch_that_could_not_be_met_or_told_is_refused(
    command: Command, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = command("watch", "add", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert command("watch", "list", "--json")[1] == ""


def test_an_alert_is_shown_with_its_reasons_and_acknowledged(command: Command, alert: str) -> None:
    code, out, _ = command("alerts", "show", alert[:6])
    assert code == 0
    assert "'Halimi' is Tarek Halimi [list:panel]: alias" in out
    assert "1 copy" in out
    assert command("alerts", "acknowledge", alert, "--by", " ")[0] == 2
    assert command("alerts", "acknowledge", alert, "--by", "Ana", "--note", "known")[0] == 0
    assert command("alerts", "list", "--new", "--json")[1] == ""
    assert "Seen by Ana." in command("alerts", "show", alert)[1]
    shown = json.loads(command("alerts", "show", alert, "--json")[1])
    assert (shown["acknowledged_by"], shown["note"]) == ("Ana", "known")
    assert shown["raised"].endswith("Z")


def test_what_was_harvested_does_not_steer_the_terminal(command: Command, alert: str) -> None:
    for arguments in (("alerts", "list"), ("alerts", "show", alert)):
        out = command(*arguments)[1]
        assert "owned" in out
        assert "\x1b" not in out
        assert "\x07" not in out


def test_a_table_leaves_out_columns_that_say_nothing(command: Command, alert: str) -> None:
    assert "seen by" not in command("alerts", "list")[1]
    command("alerts", "acknowledge", alert, "--by", "Ana")
    assert "seen by" in command("alerts", "list")[1]


def test_corrections_are_made_listed_and_undone(command: Command) -> None:
    assert command("corrections", "reject", "Halimi", "--by", "Ana")[1] == "correction 1: 'halimi' is no mention\n"
    assert command("corrections", "merge", "un:1", "panel:P-1", "--by", "Ana")[0] == 0
    assert command("corrections", "retype", "x", "person", "--by", "y" * 201)[0] == 2
    assert command("corrections", "undo", "1")[0] == 0
    assert command("corrections", "undo", "1")[0] == 2
    rules = [json.loads(line) for line in command("corrections", "list", "--all", "--json")[1].splitlines()]
    assert [(rule["action"], bool(rule["undone"])) for rule in rules] == [("reject", True), ("merge", False)]


def test_nothing_due_is_said_to_people_and_leaves_the_pipe_empty(command: Command) -> None:
    database = session.database()
    open_run(database, "r-1", ["gazette"])
    close_run(database, "r-1", [Outcome("gazette", True)])
    assert command("harvest", "--due")[1].startswith("Nothing is due")
    code, out, err = command("harvest", "--due", "--json")
    assert (code, out) == (0, "")
    assert err.startswith("Nothing is due")
    assert json.loads(command("plan", "--due")[1]) == {"run": "", "groups": []}


def test_coverage_of_a_day_counts_that_day_whole(command: Command) -> None:
    database = session.database()
    open_run(database, "r-1", ["gazette"])
    close_run(database, "r-1", [Outcome("gazette", True)])
    today = f"{now():%Y-%m-%d}"
    note = json.loads(command("coverage", "--since", today, "--until", today, "--json")[1])
    assert (note["seen"], note["never"]) == (["gazette"], [])
    assert json.loads(command("coverage", "--until", "2020-01-01", "--json")[1])["never"] == ["gazette"]


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "2026-01-31T10:00+02:00", ""])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a day; write it as 2026-01-31"):
        session.day(text, "--since")


def test_the_stories_of_a_file_keep_the_ids_that_it_gives(command: Command, tmp_path: Path) -> None:
    text = " ".join(f"Sentence {n} tells how customs officers in the port opened crate number {n}." for n in range(12))
    records = [{"id": 7, "text": text}, {"id": "b", "text": f"{text} (agency)", "title": None}, {"id": 9, "text": "x"}]
    (tmp_path / "texts.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n\n")
    folded = [json.loads(line) for line in command("stories", str(tmp_path / "texts.jsonl"))[1].splitlines()]
    assert [(f["id"], f["story"]) for f in folded] == [(7, 7), ("b", 7), (9, 9)]


@pytest.mark.parametrize("line", ['{"id": 1}', '{"id": 1, "text": null}', '{"text": "x"}', "[]", "rubbish", '{"id":'])
def test_a_line_that_is_no_text_is_named(command: Command, tmp_path: Path, line: str) -> None:
    (tmp_path / "texts.jsonl").write_text(f'{{"id": 0, "text": "x"}}\n{line}\n')
    code, out, err = command("stories", str(tmp_path / "texts.jsonl"))
    assert (code, out) == (2, "")
    assert "line 2: a JSON object with 'id' and 'text' is needed" in err


def test_half_of_a_surrogate_pair_is_written_as_json_writes_it(command: Command, tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text('{"text": "a\\ud800b"}\n')
    code, out, _ = command("read", str(tmp_path / "texts.jsonl"))
    assert code == 0
    assert json.loads(out)["text"] == "a\ud800b"


def test_lines_and_tables_are_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    assert harmless("a\x1b[2Jb\tc\nd\u009bz") == "a\ufffd[2Jb\tc\nd\ufffdz"
    print_json({"when": now().replace(2026, 3, 1, 1, 2, 3, 4), "path": Path("x")})
    assert json.loads(capsys.readouterr().out) == {"when": "2026-03-01T01:02:03Z", "path": "x"}
    print_table("things", ["a", "b"], [])
    assert capsys.readouterr().out == "things: none\n"
