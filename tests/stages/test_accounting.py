"""What a run says of itself: every page in one column, nothing undone in silence, every change told."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from watchword.archive import RunFolder
from watchword.coverage import coverage_note
from watchword.document import Document
from watchword.errors import UnavailableError
from watchword.index import open_engine
from watchword.process import met_in_archive, watch_stage
from watchword.report import Fate, Report, outcome_of, read_report, write_report
from watchword.settings import Settings
from watchword.stages import crawling
from watchword.stages.crawling import crawl_groups, left_undone, source_errors
from watchword.stages.indexing import bring_up
from watchword.store.database import Database
from watchword.store.runs import Outcome
from watchword.store.schema import DocumentRow
from watchword.versions import page_versions
from watchword.watch.alerts import alerts
from watchword.watch.register import find_watch

Exchanges = Callable[..., Any]
Crawled = Callable[..., str]
Ended = Callable[..., Any]
SELLER = "Levant Meridian Trading FZE"
OTHERS = "Northern Dairy Company"


def test_a_page_in_two_sources_of_one_run_is_one_document_and_adds_up(ended: Ended, exchange: Exchanges) -> None:
    report = ended(exchange("/a", SELLER), exchange("/a", SELLER, source="agency"))
    counts = {o.source: (o.due, o.documents, o.unchanged) for o in report.sources}
    assert counts == {"agency": (1, 0, 1), "gazette": (1, 1, 0), "paper": (0, 0, 0)}
    assert report.adds_up
    assert len(report.alerts) == 1


def test_a_page_that_goes_back_to_what_it_said_is_told_as_a_change(
    ended: Ended, exchange: Exchanges, home: Settings, database: Database
) -> None:
    days = [exchange("/a", about, day=day) for day, about in enumerate(("12 pumps", "34 pumps", "12 pumps"), 1)]
    days += [exchange("/a", about, day=day) for day, about in enumerate(("12 pumps", "34 pumps", "56 pumps"), 4)]
    told = [ended(day) for day in days]
    assert [[(c.gone, c.come, c.version) for c in report.changes] for report in told] == [
        [],
        [("12", "34", 2)],
        [("34", "12", 1)],
        [],
        [("12", "34", 2)],
        [("34", "56", 5)],
    ]
    assert all(report.adds_up for report in told)
    listed = page_versions(home, database, days[0].url)
    assert [(v.version, v.again, v.gone, v.come) for v in listed] == [
        (1, None, "", ""),
        (2, None, "12", "34"),
        (3, 1, "34", "12"),
        (4, 2, "12", "34"),
        (5, None, "34", "56"),
    ]
    assert listed[2].document == listed[0].document
    assert len({(v.run, v.capture) for v in listed}) == 5


def test_what_a_crawl_left_undone_is_in_the_report_and_in_the_coverage_note(
    home: Settings, database: Database, crawled: Crawled, ended: Ended, exchange: Exchanges
) -> None:
    run = crawled(exchange("/a", OTHERS))
    place = home.runs / run / "crawl"
    place.mkdir()
    blank = {"error": None, "over_budget": 0, "interrupted": 0}
    counts = [
        {**blank, "source": "gazette", "over_budget": 3},
        {**blank, "source": "agency", "interrupted": 1},
        {**blank, "source": "paper", "error": "HTTP status 500"},
    ]
    (place / "gazette.json").write_text(json.dumps(counts))
    report = ended()
    text = report.as_text()
    assert "gazette: 3 pages beyond the source's budget" in text
    assert "agency: 1 page cut off, not fetched" in text
    assert "not seen: paper: HTTP status 500" in text
    assert report.adds_up
    assert not report.complete
    note = coverage_note(database, ["gazette", "agency", "paper"])
    assert "agency: in part in 1 run" in note.as_text()
    assert "in part: agency, gazette" in note.sentence
    assert note.never == ("paper",)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_crawl_that_failed_is_told_with_its_reason_and_the_others_go_on(
    home: Settings,
    crawled: Crawled,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    exchange: Exchanges,
    processes: int,
) -> None:
    home = home.model_copy(update={"crawl_processes": processes})
    run = crawled(exchange("/a", OTHERS))
    command = tmp_path / "python"
    command.write_text(
        '#!/bin/sh\necho "$@" >> tries\ncase "$@" in *paper*) echo "watchword: No." >&2; exit 1;; esac\n'
    )
    command.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(crawling.sys, "executable", str(command))
    crawl_groups(home, run, [["gazette", "agency"], ["paper"]], lambda _: None)
    assert source_errors(RunFolder(home.runs / run)) == {"paper": "its crawl did not end: No."}
    assert len((tmp_path / "tries").read_text().splitlines()) == 3
    with pytest.raises(UnavailableError, match=r"No\. The run .* can be taken up again"):
        crawl_groups(home, run, [["paper"]], lambda _: None)


def test_a_slow_crawl_holds_up_no_other(
    home: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, crawled: Crawled
) -> None:
    run = crawled()
    command = tmp_path / "python"
    command.write_text(
        '#!/bin/sh\ncase "$@" in *slow*) while [ ! -e last ]; do sleep 0.05; done;; *last*) touch last;; esac\n'
    )
    command.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(crawling.sys, "executable", str(command))
    crawl_groups(home, run, [["slow"], ["b"], ["c"], ["last"]], lambda _: None)
    assert left_undone(RunFolder(home.runs / run)) == {}


def test_trying_a_watch_registers_nothing(
    home: Settings, database: Database, crawled: Crawled, exchange: Exchanges
) -> None:
    from watchword.process import extract_stage

    run = crawled(exchange("/a", SELLER))
    extract_stage(home, database, run)
    assert list(met_in_archive(home, database, find_watch(database, "listed"))) == []
    with database.session() as session:
        assert session.query(DocumentRow).count() == 0


def test_a_run_folder_that_was_taken_away_stops_nothing(
    home: Settings, database: Database, ended: Ended, tmp_path: Path, exchange: Exchanges
) -> None:
    report = ended(exchange("/a", SELLER))
    with database.session() as session:
        session.query(DocumentRow).update({"indexed": False})
    (home.runs / report.run).rename(tmp_path / "elsewhere")
    engine = open_engine(home)
    bring_up(home, database, engine)
    engine.close()
    assert ended(exchange("/a", OTHERS, day=2)).adds_up


def test_an_alert_that_was_raised_and_not_told_is_told_by_the_next_run(
    home: Settings, database: Database, ended: Ended, exchange: Exchanges
) -> None:
    (home.folder / "alerts.jsonl").mkdir()
    first = ended(exchange("/a", SELLER), exchange("/b", SELLER + " and the dairy of the town"))
    assert (first.delivered, first.waiting) == (0, len(first.alerts))
    assert "not delivered: file:alerts.jsonl" in first.as_text()
    assert not first.complete
    (home.folder / "alerts.jsonl").rmdir()
    second = ended(exchange("/c", OTHERS, day=2))
    assert (second.delivered, second.waiting) == (len(first.alerts), 0)
    assert len(alerts(database)) == len(first.alerts)
    assert watch_stage(home, database, second.run).delivered == 0


def test_a_report_survives_its_file(tmp_path: Path) -> None:
    outcome = Outcome("a", True, due=2, fetched=1, failed=1, documents=1, reasons={"failed: HTTP status 500": 1})
    report = Report("r", "s", "c", (outcome,), waiting=2, undelivered=("x: away",), remarks=("y",))
    write_report(tmp_path / "report.json", report)
    assert read_report(tmp_path / "report.json") == report
    assert report.adds_up
    assert not replace(report, sources=(replace(outcome, failed=0),)).adds_up


@pytest.mark.parametrize(
    ("fates", "columns"),
    [
        (["document", "new version", "set aside"], (3, 3, 0, 0, 0, 2, 1)),
        (["unchanged", "refused", "failed"], (3, 0, 1, 1, 1, 0, 0)),
        ([], (0, 0, 0, 0, 0, 0, 0)),
    ],
)
def test_every_fate_is_counted_in_one_column(fates: list[str], columns: tuple[int, ...]) -> None:
    o = outcome_of("a", [Fate("c", "u", "a", fate, "why") for fate in fates], error=None)
    assert (o.due, o.fetched, o.unchanged, o.refused, o.failed, o.documents, o.set_aside) == columns
    assert o.seen


def test_a_document_reads_back_as_it_was_written() -> None:
    made = Document("i", "p", "u", "s", "P", None, "feed", "r", "c", "t", "text/html", "T", "text", authors=("A",))
    assert Document.from_json(json.loads(json.dumps(made.as_json()))) == made
