"""Stories that turn out to be one: their alerts become one, and nobody misses a reason or an open alert."""

import json
from collections.abc import Callable

import pytest

from nlp.mention import Mention
from watchword.document import Document
from watchword.errors import UsageError
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.schema import DeliveryRow
from watchword.watch.alerts import Alert, acknowledge, alerts, find_alert, merge_stories, raise_alert
from watchword.watch.delivery import deliver
from watchword.watch.register import add_watch
from watchword.watch.watches import Watch, reasons

MakeDocument = Callable[..., Document]
BROKER = Mention(0, 6, "Halimi", "person", "panel:P-001", "Tarek Halimi", "alias")
SHIP = Mention(9, 14, "Astra", "vessel", "panel:P-005", "Astra Corvina", "name")
WATCH = Watch("network", lists=("panel",), tell=("file:alerts.jsonl",))


@pytest.fixture
def two(database: Database, document: MakeDocument) -> dict[str, Alert]:
    """Raise an alert on each of two stories; return them by story."""
    add_watch(database, WATCH)
    made = [document("http://a.test/", BROKER, story="s1"), document("http://b.test/", SHIP, story="s2")]
    with database.session() as session:
        for each in made:
            raise_alert(session, WATCH, each, list(reasons(each, WATCH)))
    return {alert.story: alert for alert in alerts(database)}


def merge(database: Database) -> Alert:
    with database.session(alone=True) as session:
        merge_stories(session, "s2", "s1")
    (alert,) = alerts(database)
    return alert


def told(settings: Settings) -> list[tuple[str, int, int]]:
    lines = (settings.folder / "alerts.jsonl").read_text("utf-8").splitlines()
    return [(r["id"], r["revision"], len(r["reasons"])) for r in map(json.loads, lines)]


def test_what_was_told_of_both_is_not_told_again(database: Database, settings: Settings, two: dict[str, Alert]) -> None:
    deliver(database, settings)
    assert merge(database).revision == 1
    assert deliver(database, settings).delivered == 0
    assert sorted(told(settings)) == sorted((alert.id, 1, 1) for alert in two.values())


def test_what_was_told_of_neither_is_told_once_with_all_reasons(
    database: Database, settings: Settings, two: dict[str, Alert]
) -> None:
    merge(database)
    deliver(database, settings)
    assert told(settings) == [(two["s1"].id, 2, 2)]


def test_what_was_told_only_of_the_one_that_stays_is_told_with_the_reasons_of_the_other(
    database: Database, settings: Settings, two: dict[str, Alert]
) -> None:
    deliver(database, settings)
    with database.session() as session:
        session.query(DeliveryRow).filter_by(alert=two["s2"].id).delete()
    assert merge(database).revision == 2
    assert deliver(database, settings).delivered == 1
    assert told(settings)[-1] == (two["s1"].id, 2, 2)


@pytest.mark.parametrize(("seen", "open_after"), [(("s1",), True), (("s2",), True), (("s1", "s2"), False)])
def test_an_alert_is_open_until_somebody_has_seen_all_that_it_says(
    database: Database, two: dict[str, Alert], seen: tuple[str, ...], open_after: bool
) -> None:
    for story in seen:
        acknowledge(database, two[story].id, by="Ana", note=f"checked {story}")
    merged = merge(database)
    assert [alert.id for alert in alerts(database, fresh_only=True)] == ([merged.id] if open_after else [])
    assert all(f"checked {story}" in merged.note for story in seen)


def test_the_id_in_a_mail_still_finds_the_alert(database: Database, settings: Settings, two: dict[str, Alert]) -> None:
    deliver(database, settings)
    merged = merge(database)
    assert find_alert(database, two["s2"].id) == find_alert(database, two["s2"].id[:8]) == merged
    with database.session() as session:
        assert session.query(DeliveryRow).count() == 2
    with pytest.raises(UsageError, match="No alert has an id that begins with 'zz'"):
        find_alert(database, "zz")


def test_an_alert_that_moved_with_its_story_is_found_by_the_name_that_the_story_had(
    database: Database, document: MakeDocument
) -> None:
    add_watch(database, WATCH)
    first, later = document("http://a.test/", BROKER, story="s2"), document("http://b.test/", BROKER, story="s2")
    with database.session() as session:
        raise_alert(session, WATCH, first, list(reasons(first, WATCH)))
        merge_stories(session, "s2", "s1")
        raise_alert(session, WATCH, later, list(reasons(later, WATCH)))
    assert len(alerts(database)) == 1
