"""CSV, JSON Lines and Atom: all that is found, once, and nothing that the next program would run."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from watchword.document import Document
from watchword.errors import UsageError
from watchword.export import Selection, exported
from watchword.export.csv_table import MAX_CELL_CHARACTERS, cell
from watchword.searching import Desk, Filters, Question

Export = Callable[..., bytes]
ATOM = "{http://www.w3.org/2005/Atom}"


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_csv_and_json_lines_hold_every_document_with_what_it_names(export: Export, desk: Desk) -> None:
    found = {document.id for document in desk.documents(Question())}
    table = rows(export("csv"))
    lines = [json.loads(line) for line in export("jsonl").splitlines()]
    assert len(found) == 6
    assert {row["id"] for row in table} == {line["id"] for line in lines} == found
    steel = next(row for row in table if row["url"].endswith("/steel"))
    assert "panel:P-1" in steel["entities"].split("; ")
    assert "1C216" in steel["codes"]
    assert [Document.from_json(line).id for line in lines] == [line["id"] for line in lines]
    arabic = next(line for line in lines if line["language"] == "ar")
    assert all(arabic["text"][m["start"] : m["end"]] == m["text"] for m in arabic["mentions"])


def test_a_query_and_its_filters_narrow_what_is_exported(export: Export) -> None:
    assert len(rows(export("csv", "maraging"))) == 2
    assert len(rows(export("csv", "maraging", Filters(source=("agency",))))) == 1
    assert rows(export("csv", "nothing-has-this-word")) == []


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "  =1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "\u00a0=1",
        "\ufeff@a",
        "|x",
    ],
)
def test_no_cell_is_taken_for_a_formula(value: str) -> None:
    assert cell(value).startswith("'")


@pytest.mark.parametrize("value", ["a=b", "2026-03-02", "وزارة", "1C216.a", "", "x\ny"])
def test_what_is_no_formula_stays_as_it_is(value: str) -> None:
    assert cell(value) == value


def test_a_cell_is_no_longer_than_a_spreadsheet_takes_and_holds_no_control_character() -> None:
    assert len(cell("a" * 100_000)) < MAX_CELL_CHARACTERS + 10
    assert cell("a\x00b\x1b[31mc") == "a�b�[31mc"


def test_half_a_character_stops_no_export(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [replace(document, title="half \ud83d of one") for document in desk.documents(Question("maraging"))]
    monkeypatch.setattr(Desk, "documents", lambda *_: iter(broken))
    for name in ("csv", "jsonl", "ftm", "stix"):
        content = b"".join(exported(Selection(desk, Question("maraging")), name))
        assert content.decode()
    assert (
        json.loads(b"".join(exported(Selection(desk, Question()), "jsonl")).splitlines()[0])["title"] == broken[0].title
    )


def test_the_feed_has_a_story_once_and_says_how_many_copies_it_has(export: Export) -> None:
    feed = ElementTree.fromstring(export("atom", "maraging"))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 1
    assert "(2 copies)" in (entries[0].findtext(f"{ATOM}summary") or "")
    assert "sources seen" in (feed.findtext(f"{ATOM}subtitle") or "")
    assert {c.get("term") for c in entries[0].findall(f"{ATOM}category")} >= {"panel:P-1", "item:maraging-steel"}
    for element in (feed, *entries):
        assert all(element.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))


def test_the_feed_has_the_newest_first_and_escapes_what_a_page_says(export: Export) -> None:
    feed = ElementTree.fromstring(export("atom"))
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert "Pump, <b>stolen</b> & found" in titles
    assert export("atom", "kind:feed") != export("atom", "language:ar")


@pytest.mark.parametrize(
    ("query", "name", "said"), [("foo:bar", "csv", "foo"), ("*", "xlsx", "xlsx"), ('"not closed', "warc", "closed")]
)
def test_what_cannot_be_exported_is_said_before_the_first_byte(desk: Desk, query: str, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        exported(Selection(desk, Question(query)), name)
