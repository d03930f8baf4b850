"""The contract commands: what other programs and measurements stand on."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
MENTION_KEYS = {
    "start",
    "end",
    "text",
    "type",
    "entity",
    "name",
    "codes",
    "role",
    "threshold",
    "score",
    "reason",
}
PARTIES = """id,name,type,country,birth_date
P-1,Tarek Abdelnour Halimi,person,,1971
P-1,HALIMI Tarek A.,person,,
P-2,Levant Meridian Trading FZE,organisation,AE,
"""


@pytest.fixture
def against(tmp_path: Path) -> Path:
    path = tmp_path / "parties.csv"
    path.write_text(PARTIES, "utf-8")
    return path


def test_read_gives_a_record_a_file_with_offsets_into_its_text(watchword: Run, tmp_path: Path, against: Path) -> None:
    page = tmp_path / "offer.html"
    page.write_text(
        "<html lang=en><title>Seizure at the port</title><article><h1>Seizure at the port</h1><p>Customs officers "
        "seized twelve bars of maraging steel that the broker Tarek Halimi had sold. The bars have a tensile strength "
        "of 2,400 MPa, a spokesman of the ministry said on Monday in the capital.</p></article></html>",
        "utf-8",
    )
    done = watchword("read", page, "--against", against)
    assert done.code == 0, done.err
    (record,) = done.records
    assert record["path"] == str(page)
    assert record["media_type"] == "text/html"
    assert record["title"] == "Seizure at the port"
    assert record["language"] == "en"
    assert {"published", "text", "mentions"} <= set(record)
    assert all(set(mention) == MENTION_KEYS for mention in record["mentions"])
    assert all(record["text"][m["start"] : m["end"]] == m["text"] for m in record["mentions"])
    (steel,) = [m for m in record["mentions"] if m["type"] == "item"]
    assert "1C216" in steel["codes"]
    assert steel["threshold"]["met"] is True
    (broker,) = [m for m in record["mentions"] if m["type"] == "person"]
    assert broker["entity"].endswith("P-1")
    assert broker["role"] == "broker"


def test_read_keeps_the_keys_the_text_and_the_order_of_json_lines(watchword: Run, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    lines = [
        {"id": 7, "text": "Второй текст о погоде.\r\n  x", "note": [1]},
        {"id": 3, "text": ""},
        {"id": 5, "text": "a\u0000b"},
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    done = watchword("read", file)
    assert done.code == 0
    assert [record["id"] for record in done.records] == [7, 3, 5]
    assert [record["text"] for record in done.records] == [line["text"] for line in lines]
    assert done.records[0]["note"] == [1]


def test_read_says_of_each_file_that_it_cannot_read_why_and_ends_with_3(watchword: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (tmp_path / "b.txt").write_text("A plain text about the harbour and its ships.", "utf-8")
    (tmp_path / "c.jsonl").write_text('{"text": 5}\nnot json\n{"text": "fine"}\n', "utf-8")
    done = watchword("read", tmp_path)
    assert done.code == 3
    assert ["error" in record for record in done.records] == [True, False, True, True, False]
    assert all(record["path"] for record in done.records)


def test_language_answers_every_line(watchword: Run) -> None:
    lines = [
        b"The ministry refused the licence.",
        b"",
        b"\xff\xfe\x80",
        "Министерство отказало.".encode(),
        b"123",
    ]
    done = watchword("language", stdin=b"\n".join(lines) + b"\n")
    assert done.code == 0
    assert [record["language"] for record in done.records] == ["en", None, None, "ru", None]
    assert all(0 <= record["confidence"] <= 1 for record in done.records)


def test_screen_gives_five_candidates_best_first_also_where_none_matches(watchword: Run, against: Path) -> None:
    done = watchword("screen", "Тарек Халими", "Marble Arch", "", "--against", against)
    assert done.code == 0
    first, second, third = done.records
    assert first["query"] == "Тарек Халими"
    assert first["candidates"][0]["match"] is True
    assert set(first["candidates"][0]) == {"id", "name", "matched_name", "list", "score", "match", "reason"}
    assert first["candidates"][0]["id"] == "P-1"
    scores = [candidate["score"] for candidate in first["candidates"]]
    assert scores == sorted(scores, reverse=True)
    assert not any(candidate["match"] for candidate in second["candidates"])
    assert third["query"] == ""


def test_screen_takes_names_from_a_file_line_by_line(watchword: Run, against: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Levant Meridian Trading\n\nHalimi\n", "utf-8")
    done = watchword("screen", "--file", names, "--against", against)
    assert [record["query"] for record in done.records] == ["Levant Meridian Trading", "", "Halimi"]
    assert done.records[0]["candidates"][0]["id"] == "P-2"


def test_screen_pairs_answers_every_row_in_order(watchword: Run, tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    rows = [
        {"a": "Sergey Lavrov", "b": "Сергей Лавров"},
        {"a": "Sergey Lavrov", "b": "Kim Jong Un"},
        {"a": "", "b": "x"},
        {"a": 'Quoted, "name"', "b": "Quoted Name"},
    ]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["a", "b"])
        writer.writeheader()
        writer.writerows(rows)
    done = watchword("screen", "--pairs", file)
    assert done.code == 0
    assert [(record["a"], record["b"]) for record in done.records] == [(row["a"], row["b"]) for row in rows]
    assert [record["match"] for record in done.records] == [True, False, False, True]
    assert all(set(record) >= {"a", "b", "score", "match", "reason"} for record in done.records)


def test_stories_folds_copies_and_leaves_others_apart(watchword: Run, tmp_path: Path) -> None:
    text = " ".join(f"Sentence {n} tells how customs officers in the port opened crate number {n}." for n in range(12))
    other = " ".join(f"Paragraph {n} is about the {n}th round of the regional football cup final." for n in range(12))
    file = tmp_path / "texts.jsonl"
    records = [
        {"id": "b", "text": text, "published": "2026-03-01"},
        {"id": "a", "text": f"{text} (agency)"},
        {"id": "c", "text": other},
    ]
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    done = watchword("stories", file)
    assert [record["id"] for record in done.records] == ["b", "a", "c"]
    assert [record["story"] for record in done.records] == ["a", "a", "c"]
    assert all("event" in record for record in done.records)


def test_lists_diff_names_what_was_added_removed_renamed_and_changed(watchword: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("id,name,type,country\n1,Alpha,organisation,IR\n2,Beta,organisation,SY\n3,Gamma,organisation,RU\n")
    new.write_text("id,name,type,country\n1,Alpha Trading,organisation,IR\n3,Gamma,organisation,BY\n4,Delta,person,\n")
    done = watchword("lists", "diff", old, new)
    assert done.code == 0
    told = {record["id"]: record for record in done.records}
    assert {i: r["change"] for i, r in told.items()} == {"1": "renamed", "2": "removed", "3": "changed", "4": "added"}
    assert "countries" in told["3"]["fields"] or "country" in told["3"]["fields"]


def test_an_unknown_option_is_one_sentence_and_exit_code_2(watchword_process: Run) -> None:
    done = watchword_process("read", "--colour", "red")
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1
    assert "'watchword read --help'" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("read", "no-such-file"), "no-such-file"),
        (("screen",), "--pairs"),
        (("stories", "no-such-file"), "no-such-file"),
        (("verify", "no-such-run"), "no-such-run"),
        (("search", "colour:red"), "colour"),
        (("runs", "show", "x"), "x"),
        (("harvest", "no-such-source"), "no-such-source"),
        (("extract", "no-such-run"), "no-such-run"),
        (("index", "no-such-run"), "no-such-run"),
        (("watch", "no-such-run"), "no-such-run"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(watchword: Run, arguments: tuple[str, ...], said: str) -> None:
    done = watchword(*arguments)
    assert done.code == 2
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert done.out == ""


@pytest.mark.parametrize("command", [("sources", "check"), ("harvest",)])
def test_a_source_file_with_a_wrong_field_is_named_with_its_line(
    watchword: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(
        "publisher: Test\nsources:\n  - name: a\n    kind: feed\n    url: http://a.test/\n    shedule: daily\n"
    )
    done = watchword(*command, sources=str(file))
    assert done.code == 2
    assert "line 6" in done.err
    assert "'schedule'" in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "content"), [("panel.csv", "<html>Not found</html>"), ("panel.xml", "a,b\n1,2\n"), ("panel.json", "{")]
)
def test_a_list_file_that_is_not_what_it_says_leaves_the_list_before(
    watchword: Run, tmp_path: Path, against: Path, name: str, content: str
) -> None:
    assert watchword("lists", "import", against).code == 0
    before = watchword("lists", "show", "--json").records
    (tmp_path / name).write_text(content)
    done = watchword("lists", "import", tmp_path / name)
    assert done.code in (1, 2)
    assert name in done.err
    assert watchword("lists", "show", "--json").records == before


def test_a_setting_that_cannot_be_is_named(watchword: Run) -> None:
    done = watchword("sources", "list", smtp_port="70000")
    assert done.code == 2
    assert "WATCHWORD_SMTP_PORT" in done.err


def test_the_contract_answers_in_a_folder_that_holds_other_peoples_modules(
    watchword_process: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nlp.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    assert watchword_process("language", stdin="The harbour is closed today.\n").records[0]["language"] == "en"
