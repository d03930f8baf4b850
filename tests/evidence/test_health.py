"""A source that falls silent, fails, changes its volume or its layout is reported; one that is well is not."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from crawlers.catalogue import Source
from nlp.stories import sketch
from watchword.coverage import coverage_note
from watchword.health import health_of
from watchword.looks import Look, histories, next_look
from watchword.sharing import shared_content
from watchword.store.database import Database
from watchword.store.registry import PageSeen, keep_pages, pages_again
from watchword.store.runs import Outcome, close_run, now, open_run
from watchword.store.schema import DocumentRow

START = datetime(2026, 1, 1, 1)
DAY = timedelta(days=1)


def source(**fields: Any) -> Source:
    return Source.model_validate({"name": "s", "kind": "feed", "url": "https://s.test/", "publisher": "P", **fields})


def nights(counts: Sequence[int], **more: Any) -> list[Look]:
    """A look a night with so many new documents, 2,000 characters each."""
    return [
        Look(START + n * DAY, True, fetched=count, documents=count, characters=2000 * count, **more)
        for n, count in enumerate(counts)
    ]


def told(looks: Sequence[Look], at: datetime | None = None, **fields: Any) -> str:
    return health_of(source(**fields), looks, at or looks[-1].when).remark


def test_a_source_that_is_well_has_no_remark() -> None:
    chance = random.Random(7)
    steady = [chance.choice((4, 5, 6, 7)) for _ in range(90)]
    assert told(nights(steady), expected=38) == ""
    weekdays = [0 if night % 7 in (5, 6) else 8 for night in range(91)][:89]
    assert told(nights(weekdays)) == ""
    state = health_of(source(expected=38), nights(steady), START + 89 * DAY)
    assert state.documents_a_week == pytest.approx(38, abs=6)
    assert state.next_look == "2026-04-01T01:00:00Z"
    assert state.as_json()["remark"] == ""


def test_a_source_that_was_never_looked_at_has_no_time_of_its_own() -> None:
    state = health_of(source(), [], START)
    assert (state.last_seen, state.next_look, state.seen_text) == (None, None, "not yet looked at")
    failed = health_of(source(), [Look(START, False)], START)
    assert (failed.next_look, failed.seen_text) == (None, "never with success")


@pytest.mark.parametrize(("expected", "usual"), [(7.0, 1), (3.5, 2), (1.0, 7), (14.0, 1)])
def test_a_source_that_falls_silent_is_reported_within_two_expected_intervals(expected: float, usual: int) -> None:
    counts = [1 if night % usual == 0 else 0 for night in range(8 * usual + 1)]
    for quiet in range(1, 2 * usual + 1):
        remark = told(nights([*counts, *[0] * quiet]), expected=expected)
        assert ("silent" in remark) == (quiet >= 2 * usual), (quiet, remark)


def test_a_source_without_a_stated_expectation_is_held_to_its_own_past() -> None:
    counts = [2, 0, 0, 2, 0, 0, 2, 0, 0, 2, 0, 0, 2]
    assert told(nights([*counts, 0, 0, 0])) == ""
    assert "silent: nothing new for 6.0 days, and 3.0 are usual" in told(nights([*counts, *[0] * 6]))
    assert told(nights([3, 0, 0, 0, 0, 0, 0])) == ""
    assert told([], START) == ""


def test_errors_in_a_row_are_counted_with_the_reason_of_the_last() -> None:
    away = [Look(START + (30 + n) * DAY, False, reasons=("not seen: the host is away",)) for n in range(3)]
    state = health_of(source(), [*nights([5] * 30), *away], START + 32 * DAY)
    assert state.errors_in_a_row == 3
    assert "not seen: the host is away (3 times in a row)" in state.remark
    assert state.last_seen == "2026-01-30T01:00:00Z"
    assert "not looked at with success since" in state.remark


@pytest.mark.parametrize(("before", "after"), [(10, 2), (2, 12), (20, 6)])
def test_a_change_of_volume_is_dated(before: int, after: int) -> None:
    chance = random.Random(before)
    counts = [max(0, round(chance.gauss(before, before**0.5))) for _ in range(40)]
    counts += [max(0, round(chance.gauss(after, after**0.5))) for _ in range(30)]
    remark = told(nights(counts))
    assert "volume changed about 2026-02-" in remark
    day = int(remark.partition("2026-02-")[2][:2])
    assert abs(day - 10) <= 3


@pytest.mark.parametrize("seed", range(12))
def test_a_volume_that_only_varies_is_no_change(seed: int) -> None:
    chance = random.Random(seed)
    bursts = [max(0, round(chance.gauss(6, 2.5) * chance.choice((0.5, 1, 1, 1, 2)))) for _ in range(80)]
    assert "volume" not in told(nights(bursts))


def test_pages_that_give_no_text_or_a_piece_of_it_say_that_the_layout_may_have_changed() -> None:
    good = nights([6] * 20)
    empty = Look(START + 20 * DAY, True, fetched=6, documents=1, set_aside=5, characters=2000)
    assert "5 of 6 pages gave no document: the layout may have changed" in told([*good, empty])
    pieces = Look(START + 20 * DAY, True, fetched=6, documents=6, characters=6 * 300)
    assert "texts have 300 characters where 2000 were usual" in told([*good, pieces])
    scans = [Look(look.when, True, fetched=6, documents=1, set_aside=5, characters=2000) for look in good]
    assert "layout" not in told([*scans, empty])


def test_a_due_source_is_never_skipped_and_a_quiet_one_is_looked_at_once_a_day_at_least() -> None:
    hourly = source(schedule="hourly")
    assert next_look(hourly, []) is None
    assert next_look(hourly, [Look(START, False)]) is None
    busy = [Look(START + timedelta(hours=n), True, documents=1) for n in range(40)]
    assert next_look(hourly, busy) == busy[-1].when + timedelta(hours=1)
    quiet = [*busy, *(Look(busy[-1].when + timedelta(hours=n), True) for n in range(1, 400))]
    waits = []
    for length in range(41, len(quiet)):
        due = next_look(hourly, quiet[:length])
        assert due is not None
        waits.append((due - quiet[length - 1].when) / timedelta(hours=1))
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (1, 24)
    weekly = source(schedule="weekly")
    declared = [Look(START, True, documents=1, every=6 * 3600, rests=(7, 8))]
    assert next_look(hourly, declared) == START.replace(hour=9)
    assert next_look(weekly, declared) == START + 7 * DAY
    lazy = Look(START, True, documents=1, every=30 * 86400, rests=tuple(range(24)))
    assert next_look(hourly, [lazy]) == START + DAY
    assert next_look(weekly, [Look(START, True)] * 60) == START + 7 * DAY


@pytest.fixture
def database(tmp_path: Any) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield opened
    opened.close()


def test_what_runs_recorded_becomes_the_history_of_each_source(database: Database) -> None:
    for number in range(3):
        open_run(database, f"r{number}", ["a", "b"])
        held = Outcome("a", True, due=2, fetched=2, documents=2, characters=4000)
        close_run(database, f"r{number}", [held, Outcome("b", False, reasons={"not seen: away": 1})])
    looks = histories(database, now() - DAY)
    assert [look.characters for look in looks["a"]] == [4000] * 3
    assert health_of(source(), looks["b"], now()).errors_in_a_row == 3
    assert histories(database, now() + DAY) == {}
    note = coverage_note(database, ["b"])
    assert (note.seen, note.never) == ((), ("b",))
    assert "b: not seen in 3 runs" in note.as_text()
    assert "a" not in coverage_note(database, ["a"]).sentence.replace("seen", "")


def row(number: int, name: str, story: str) -> DocumentRow:
    text = {"url": f"http://{name}.test/{number}", "title": "", "run": "r", "capture": "c", "publisher": "P"}
    return DocumentRow(id=f"{name}{number}", page=f"{name}{number}", source=name, captured=now().isoformat(), version=1,
                       story=story, sketch=sketch("text").to_bytes(), **text)  # fmt: skip


def test_sources_that_share_their_content_are_noticed(database: Database) -> None:
    with database.session() as session:
        session.add_all([row(n, "copy", f"s{n}") for n in range(20)])
        session.add_all([row(n, "origin", f"s{n}") for n in range(60)])
        session.add_all([row(n, "other", f"t{n}") for n in range(15)])
    assert shared_content(database, now()) == {"copy": "100% of its stories also came through origin"}
    assert shared_content(database, now() + 60 * DAY) == {}


def test_pages_are_due_again_some_days_after_they_changed(database: Database) -> None:
    at = datetime.fromisoformat("2026-03-10T01:00:00+00:00")
    ages = {"today": 0.1, "day": 1.5, "two": 2.5, "week": 7.2, "month": 30}
    with database.session() as session:
        for name, days in ages.items():
            when = (at - days * DAY).isoformat()
            seen = PageSeen(name, f"http://s.test/{name}", "s", None, None, None, "r", "c", when)
            keep_pages(session, [seen])
            session.add(row(0, name, name))
            session.flush()
            session.get_one(DocumentRow, f"{name}0").page = name
        keep_pages(session, [PageSeen("feed", "http://s.test/feed", "s", None, None, None, "r", "c", when)])
    with database.session() as session:
        due = pages_again(session, "s", (1, 3, 7), at - DAY, at)
        assert due == ["http://s.test/day", "http://s.test/week"]
        late = pages_again(session, "s", (1, 3, 7), at - 3 * DAY, at)
        assert late == ["http://s.test/day", "http://s.test/two", "http://s.test/week"]
        assert pages_again(session, "other", (1, 3, 7), at - 3 * DAY, at) == []
