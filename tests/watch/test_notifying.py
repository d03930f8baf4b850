"""Notifiers and the ledger under bad weather: nothing is lost, nothing is told twice, nobody is waited for for ever."""

import json
import resource
import socket
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from nlp.mention import Mention
from watchword.document import Document
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.schema import DeliveryRow, DocumentRow
from watchword.watch import delivery
from watchword.watch.alerts import alerts, raise_alert
from watchword.watch.delivery import deliver
from watchword.watch.notify import recipient_problem, short_name
from watchword.watch.register import add_watch, find_watch, remove_watch
from watchword.watch.watches import Watch, reasons

MakeDocument = Callable[..., Document]
BROKER = Mention(0, 6, "Halimi", "person", "panel:P-001", "Tarek Halimi", "alias")
FILE = "file:alerts.jsonl"
MAIL = "mailto:desk@example.org"


def told(database: Database, document: MakeDocument, *urls: str, tell: tuple[str, ...] = (FILE,)) -> None:
    """Add a watch that tells *tell*, and raise an alert for each of *urls*."""
    add_watch(database, Watch("network", lists=("panel",), tell=tell))
    raise_for(database, document, *urls)


def raise_for(database: Database, document: MakeDocument, *urls: str) -> None:
    watch = find_watch(database, "network")
    made_all = [document(url, BROKER, story=url) for url in urls]
    with database.session() as session:
        for made in made_all:
            raise_alert(session, watch, made, list(reasons(made, watch)))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


class Mailbox:
    """Keeps what a real SMTP server receives, as it was sent."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []
        self.refused = ""

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address == self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        self.contents.append(envelope.content)
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails as a mail program reads them."""
        return [message_from_bytes(content, policy=policy.default) for content in self.contents]  # type: ignore[misc]


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[tuple[Mailbox, Settings]]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, Settings(home=tmp_path, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none")
    controller.stop()


class Hook(BaseHTTPRequestHandler):
    """Answers as the path says, and keeps what was posted."""

    got: list[tuple[str, str, dict[str, Any]]]

    def do_POST(self) -> None:
        """Keep the alert and answer with the status that the path names."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.command, self.headers["Idempotency-Key"], json.loads(body)))
        if self.path == "/rubbish":
            self.wfile.write(b"SSH-2.0-no-http\r\n")
            return
        self.send_response(int(self.path.strip("/")))
        self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        """Keep that it was asked for, which no notifier does."""
        self.got.append((self.command, "", {}))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


@pytest.fixture
def hook() -> Iterator[tuple[str, list[Any]]]:
    got: list[Any] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Kept", (Hook,), {"got": got}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    server.server_close()


def test_a_mail_has_the_headers_of_a_notice_and_survives_the_way(
    database: Database, document: MakeDocument, mail: tuple[Mailbox, Settings]
) -> None:
    box, settings = mail
    told(database, document, "http://a.test/", tell=(MAIL,))
    title = "ضبط أنابيب من فولاذ المراجينغ في الميناء " * 4
    with database.session() as session:
        for row in session.query(DocumentRow):
            row.title = f"海关查获 {title}\r\nBcc: thief@example.net\u2028x"
    assert deliver(database, settings).errors == ()
    (received,), (content,) = box.mails, box.contents
    assert content.isascii()
    assert max(map(len, content.splitlines())) <= 998
    assert received["Message-ID"].endswith("@watchword.invalid>")
    assert received["Date"].datetime.tzinfo is not None
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Bcc"] is None
    assert received["Subject"].startswith("[Watchword] network: 海关查获 ضبط أنابيب")
    assert "ضبط أنابيب" in received.get_content()


def test_a_mail_carries_every_reason_however_many(
    database: Database, document: MakeDocument, mail: tuple[Mailbox, Settings]
) -> None:
    box, settings = mail
    add_watch(database, Watch("network", lists=("panel",), tell=(MAIL,)))
    named = [Mention(0, 9, f"名{n} " * 40, "person", f"panel:P-{n}", f"Name {n}", "why " * 50) for n in range(300)]
    made = document("http://a.test/", *named)
    with database.session() as session:
        watch = find_watch(database, "network")
        raise_alert(session, watch, made, list(reasons(made, watch)))
    assert deliver(database, settings).delivered == 1
    text = box.mails[0].get_content()
    assert all(f" is Name {n} [list:panel]" in text for n in range(300))
    assert max(map(len, box.contents[0].splitlines())) <= 998


def test_an_address_that_the_mail_server_refuses_holds_back_no_other(
    database: Database, document: MakeDocument, mail: tuple[Mailbox, Settings]
) -> None:
    box, settings = mail
    box.refused = "gone@example.org"
    told(database, document, "http://a.test/", "http://b.test/", tell=("mailto:gone@example.org", MAIL))
    done = deliver(database, settings)
    assert (done.delivered, done.waiting, len(done.errors)) == (2, 2, 1)
    assert "no such user" in done.errors[0]


def test_a_server_that_is_away_is_asked_once_and_not_once_an_alert(
    database: Database, document: MakeDocument, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
        probe.settimeout(5)
        asked = []

        def hang_up() -> None:
            while True:
                try:
                    connection, _ = probe.accept()
                except OSError:
                    return
                asked.append(connection)
                connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        told(database, document, *(f"http://{n}.test/" for n in range(5)), tell=(f"http://127.0.0.1:{port}/x",))
        done = deliver(database, settings)
    assert (done.delivered, done.waiting) == (0, 5)
    assert len(asked) == 1


def test_a_server_that_takes_its_time_is_left_alone_for_the_rest_of_the_round(
    database: Database, document: MakeDocument, settings: Settings, hook: tuple[str, list[Any]], monkeypatch: Any
) -> None:
    monkeypatch.setattr(delivery, "SERVER_SECONDS", 0.0)
    url, got = hook
    told(database, document, "http://a.test/", "http://b.test/", tell=(f"{url}/200",))
    assert (deliver(database, settings).delivered, len(got)) == (1, 1)
    assert (deliver(database, settings).delivered, len(got)) == (1, 2)


@pytest.mark.parametrize("answer", ["302", "307", "403", "500", "rubbish"])
def test_a_webhook_that_does_not_take_the_alert_is_told_again(
    database: Database, document: MakeDocument, settings: Settings, hook: tuple[str, list[Any]], answer: str
) -> None:
    url, got = hook
    told(database, document, "http://a.test/", tell=(f"{url}/{answer}",))
    for _ in range(2):
        assert (deliver(database, settings).delivered, deliver(database, settings).waiting) == (0, 1)
    assert {method for method, _, _ in got} == {"POST"}
    assert len({key for _, key, _ in got}) == 1


def test_a_webhook_gets_the_alert_with_its_reasons_and_its_time(
    database: Database, document: MakeDocument, settings: Settings, hook: tuple[str, list[Any]]
) -> None:
    url, got = hook
    told(database, document, "http://a.test/", tell=(f"{url}/200",))
    assert deliver(database, settings).delivered == 1
    ((_, _, posted),) = got
    assert posted["reasons"][0]["entity"] == "panel:P-001"
    assert posted["raised"].endswith("Z")


def test_a_report_does_not_give_a_webhooks_secret_away() -> None:
    assert short_name("https://me:pw@hooks.test/T0/secret?x=1") == "https://hooks.test/…"
    assert short_name(MAIL) == MAIL


def test_a_line_that_was_cut_short_is_written_anew(
    database: Database, document: MakeDocument, settings: Settings
) -> None:
    told(database, document, "http://a.test/", "http://b.test/")
    deliver(database, settings)
    file = settings.folder / "alerts.jsonl"
    whole = lines(file)
    file.write_bytes(file.read_bytes()[:-40])
    with database.session() as session:
        last = session.get_one(DeliveryRow, whole[1]["delivery"])
        session.delete(last)
    assert deliver(database, settings).delivered == 1
    assert lines(file) == whole


def test_a_line_of_which_the_ledger_does_not_know_is_not_written_twice(
    database: Database, document: MakeDocument, settings: Settings
) -> None:
    told(database, document, "http://a.test/")
    deliver(database, settings)
    with database.session() as session:
        session.query(DeliveryRow).delete()
    assert deliver(database, settings).delivered == 1
    assert len(lines(settings.folder / "alerts.jsonl")) == 1


def test_a_full_disk_leaves_whole_lines_and_the_alert_waiting(
    database: Database, document: MakeDocument, settings: Settings
) -> None:
    told(database, document, *(f"http://{n}.test/" for n in range(8)))
    file = settings.folder / "alerts.jsonl"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    file.write_bytes(b'{"delivery": "earlier"}\n' * 200_000)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + 1000, limits[1]))
    try:
        done = deliver(database, settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert done.delivered < 8
    assert done.delivered + done.waiting == 8
    assert len(done.errors) == 1
    assert deliver(database, settings).delivered == done.waiting
    assert len({line["delivery"] for line in lines(file)}) == 9


def test_what_stands_in_a_file_that_is_not_ours_stays(
    database: Database, document: MakeDocument, settings: Settings
) -> None:
    file = settings.folder / "alerts.jsonl"
    file.write_bytes(b"a note of mine without an end, caf\xe9")
    told(database, document, "http://a.test/")
    deliver(database, settings)
    assert file.read_bytes().startswith(b"a note of mine without an end, caf\xe9")


def test_a_watch_that_is_removed_owes_nothing_more(
    database: Database, document: MakeDocument, settings: Settings
) -> None:
    told(database, document, "http://a.test/", tell=(MAIL,))
    assert deliver(database, settings).waiting == 1
    remove_watch(database, "network")
    done = deliver(database, settings)
    assert (done.delivered, done.waiting) == (0, 0)


def test_a_watch_that_comes_back_tells_what_waited_and_what_is_new_and_nothing_twice(
    database: Database, document: MakeDocument, settings: Settings
) -> None:
    told(database, document, "http://a.test/", tell=(FILE,))
    deliver(database, settings)
    raise_for(database, document, "http://b.test/")
    remove_watch(database, "network")
    add_watch(database, Watch("network", lists=("panel",), tell=("file:other.jsonl",)))
    raise_for(database, document, "http://c.test/")
    assert deliver(database, settings).delivered == 2
    assert {line["url"] for line in lines(settings.folder / "other.jsonl")} == {"http://b.test/", "http://c.test/"}


def test_a_watch_that_told_nobody_does_not_tell_its_past_when_it_gets_a_recipient(
    database: Database, document: MakeDocument, settings: Settings
) -> None:
    told(database, document, "http://a.test/", tell=())
    remove_watch(database, "network")
    add_watch(database, Watch("network", lists=("panel",), tell=(FILE,)))
    raise_for(database, document, "http://b.test/")
    deliver(database, settings)
    assert [line["url"] for line in lines(settings.folder / "alerts.jsonl")] == ["http://b.test/"]


def test_alerts_are_told_in_the_order_in_which_they_were_raised(
    database: Database, document: MakeDocument, settings: Settings
) -> None:
    told(database, document, *(f"http://{n}.test/" for n in range(6)))
    deliver(database, settings)
    times = [line["raised"] for line in lines(settings.folder / "alerts.jsonl")]
    assert times == sorted(times)
    assert len(alerts(database)) == 6


@pytest.mark.parametrize(
    "recipient",
    [
        "mailto:desk",
        "mailto:a@b.org, c@d.org",
        "mailto:a@b.org\nBcc: x@y.org",
        "https://",
        "https:/path",
        "https://me:pw@h.org/x",
        "http://[broken/",
        "file: ",
        "file:folder/",
        "ftp://h/p",
    ],
)
def test_a_recipient_that_could_never_be_told_is_refused(recipient: str) -> None:
    assert recipient_problem(recipient) is not None
