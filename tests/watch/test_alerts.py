"""Alerts: one a watch and story, complete, and told once."""

import json
import socket
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from nlp.mention import Mention
from watchword.document import Document
from watchword.errors import UsageError
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.watch.alerts import acknowledge, alerts, find_alert, merge_stories, raise_alert, urls_by_alert
from watchword.watch.delivery import deliver
from watchword.watch.notify import recipient_problem
from watchword.watch.register import add_watch, find_watch, remove_watch, watches
from watchword.watch.watches import Watch, reasons

MakeDocument = Callable[..., Document]
BROKER = Mention(0, 6, "Halimi", "person", "panel:P-001", "Tarek Halimi", "alias")
SHIP = Mention(9, 14, "Astra", "vessel", "panel:P-005", "Astra Corvina", "name")
NETWORK = Watch("network", lists=("panel",), tell=("file:alerts.jsonl",))


def raise_all(database: Database, watch: Watch, *documents: Document) -> list[bool]:
    with database.session() as session:
        return [raise_alert(session, watch, d, list(reasons(d, watch))) for d in documents]


@pytest.fixture
def watch(database: Database) -> Watch:
    add_watch(database, NETWORK)
    return NETWORK


class Mailbox(MessageHandler):
    """Keeps what a real SMTP server receives."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


@pytest.fixture
def mail() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def test_two_copies_of_a_story_raise_one_alert(database: Database, document: MakeDocument, watch: Watch) -> None:
    told = raise_all(database, watch, document("http://a.test/", BROKER), document("http://b.test/", BROKER))
    assert told == [True, False]
    (alert,) = alerts(database)
    assert alert.copies == 2
    assert urls_by_alert(database)[alert.id] == {"http://a.test/", "http://b.test/"}


def test_a_copy_that_names_another_party_is_told_as_a_revision(
    database: Database, document: MakeDocument, watch: Watch
) -> None:
    told = raise_all(database, watch, document("http://a.test/", BROKER), document("http://b.test/", BROKER, SHIP))
    assert told == [True, True]
    (alert,) = alerts(database)
    assert alert.revision == 2
    assert [reason.entity for reason in alert.reasons] == ["panel:P-001", "panel:P-005"]


def test_the_same_document_twice_changes_nothing(database: Database, document: MakeDocument, watch: Watch) -> None:
    made = document("http://a.test/", BROKER)
    assert raise_all(database, watch, made, made) == [True, False]
    assert alerts(database)[0].copies == 1


def test_stories_that_become_one_leave_one_alert_with_all_reasons(
    database: Database, document: MakeDocument, watch: Watch
) -> None:
    raise_all(
        database, watch, document("http://a.test/", BROKER, story="s2"), document("http://b.test/", SHIP, story="s1")
    )
    with database.session() as session:
        merge_stories(session, "s2", "s1")
    (alert,) = alerts(database)
    assert alert.story == "s1"
    assert alert.copies == 2
    assert {reason.entity for reason in alert.reasons} == {"panel:P-001", "panel:P-005"}


def test_a_file_gets_each_alert_once(
    database: Database, settings: Settings, document: MakeDocument, watch: Watch, tmp_path: Path
) -> None:
    raise_all(database, watch, document("http://a.test/", BROKER))
    assert deliver(database, settings).delivered == 1
    assert deliver(database, settings).delivered == 0
    (line,) = (tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["reasons"][0]["entity"] == "panel:P-001"


def test_a_mail_carries_title_address_and_reasons(
    database: Database, document: MakeDocument, mail: tuple[Mailbox, int], tmp_path: Path
) -> None:
    box, port = mail
    add_watch(database, Watch("mailed", lists=("panel",), tell=("mailto:desk@example.org",)))
    raise_all(database, find_watch(database, "mailed"), document("http://a.test/", BROKER))
    settings = Settings(home=tmp_path, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none")
    assert deliver(database, settings).errors == ()
    (received,) = box.mails
    body = received.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert received["To"] == "desk@example.org"
    assert "http://a.test/" in body.decode()
    assert "alias" in body.decode()


def test_a_mail_server_that_is_away_leaves_the_alert_for_the_next_run(
    database: Database, document: MakeDocument, mail: tuple[Mailbox, int], tmp_path: Path
) -> None:
    box, port = mail
    add_watch(database, Watch("mailed", lists=("panel",), tell=("mailto:desk@example.org",)))
    raise_all(database, find_watch(database, "mailed"), document("http://a.test/", BROKER))
    away = Settings(home=tmp_path, smtp_host="127.0.0.1", smtp_port=1, smtp_security="none")
    failed = deliver(database, away)
    assert (failed.delivered, failed.waiting) == (0, 1)
    assert "127.0.0.1:1 did not take the mail" in failed.errors[0]
    back = Settings(home=tmp_path, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none")
    assert deliver(database, back).delivered == 1
    assert len(box.mails) == 1


def test_an_acknowledged_alert_comes_back_when_something_new_joins(
    database: Database, document: MakeDocument, watch: Watch
) -> None:
    raise_all(database, watch, document("http://a.test/", BROKER))
    (alert,) = alerts(database)
    assert acknowledge(database, alert.id[:6], by="An Analyst", note="known").acknowledged_by == "An Analyst"
    assert alerts(database, fresh_only=True) == []
    raise_all(database, watch, document("http://b.test/", SHIP))
    assert find_alert(database, alert.id).acknowledged_by is None


def test_a_watch_keeps_its_name_to_itself_until_it_is_removed(database: Database, watch: Watch) -> None:
    with pytest.raises(UsageError, match="A watch 'network' exists"):
        add_watch(database, watch)
    remove_watch(database, "network")
    assert watches(database) == []
    with pytest.raises(UsageError, match="No watch 'network'"):
        find_watch(database, "network")
    add_watch(database, watch)
    assert watches(database) == [watch]


@pytest.mark.parametrize(
    ("recipient", "usable"),
    [("mailto:a@b.org", True), ("file:x.jsonl", True), ("https://h/p", True), ("a@b.org", False), ("file:", False)],
)
def test_a_recipient_is_checked_when_a_watch_is_added(recipient: str, usable: bool) -> None:
    assert (recipient_problem(recipient) is None) is usable
