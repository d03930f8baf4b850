"""What a law demands to delete goes out of archive, documents, report, index, registry and alerts; the chain holds."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from watchword.archive import RunFolder, captures
from watchword.errors import DamagedError, UsageError
from watchword.evidence import FORGOTTEN, forget_in_run, verify_run
from watchword.index import open_engine, parse
from watchword.report import read_report
from watchword.stages.extracting import documents_of, fates_of
from watchword.store.database import Database
from watchword.store.runs import now
from watchword.store.schema import AlertRow, DeliveryRow, DocumentRow, PageRow
from watchword.versions import page_versions
from watchword.watch.alerts import alerts, raise_alert
from watchword.watch.delivery import deliver
from watchword.watch.register import add_watch
from watchword.watch.watches import Reason, Watch

WHO = {"reason": "Art. 17 GDPR", "by": "Data officer"}


@pytest.fixture
def home(two_nights: Any, tmp_path: Path) -> Any:
    """A copy of the home with two runs."""
    folder = Path(shutil.copytree(two_nights.settings.folder, tmp_path / "home"))
    return two_nights.settings.model_copy(update={"home": folder})


def runs(settings: Any) -> tuple[RunFolder, RunFolder]:
    first, second = sorted(path for path in settings.runs.iterdir() if path.is_dir())
    return RunFolder(first), RunFolder(second)


def everything(folder: RunFolder) -> bytes:
    files = [path for path in folder.path.rglob("*") if path.is_file()]
    return b"".join(gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in files)


def found(settings: Any, words: str) -> int:
    engine = open_engine(settings)
    total = engine.count(parse(words))
    engine.close()
    return total


def test_a_page_that_is_forgotten_leaves_no_word_behind(home: Any, site: Any) -> None:
    database = Database(home.database)
    first, second = runs(home)
    url = site.url("/pump")
    add_watch(database, Watch("pumps", query="pumps"))
    (document,) = [d for d in documents_of(second) if d.url == url]
    reason = Reason(document.id, "query pumps", "34 vacuum pumps", "Pump seized", "", "says 34")
    with database.session() as session:
        raise_alert(session, Watch("pumps", query="pumps"), document, [reason])
    assert found(home, "34") == 1
    said = forget_in_run(home, database, second.id, url, **WHO)
    assert "1 captures and 1 documents forgotten" in said
    assert first.id in said
    assert b"34 vacuum" not in everything(second)
    assert b"Rotor lost" in everything(first)
    assert found(home, "34") == 0
    assert found(home, "12") == 1
    assert read_report(second.path / "report.json").changes == ()
    with database.session() as session:
        assert session.get(DocumentRow, document.id) is None
        assert session.scalars(select(PageRow).where(PageRow.url == url)).all() == []
        (alert,) = session.scalars(select(AlertRow)).all()
        assert {told["text"] for told in alert.reasons} == {FORGOTTEN}
    assert alerts(database)[0].watch == "pumps"
    verdict = verify_run(home, second.id)
    assert verdict.whole
    assert verdict.forgotten == 1
    assert "Art. 17 GDPR" in verdict.sentence
    assert [version.version for version in page_versions(home, database, url)] == [1]


def test_alerts_that_were_written_to_a_file_lose_the_words_and_other_recipients_are_named(home: Any, site: Any) -> None:
    database = Database(home.database)
    _, second = runs(home)
    url = site.url("/pump")
    watch = Watch("pumps", query="pumps", tell=("file:alerts.jsonl", "mailto:desk@example.org"))
    add_watch(database, watch)
    (document,) = [d for d in documents_of(second) if d.url == url]
    with database.session() as session:
        raise_alert(
            session, watch, document, [Reason(document.id, "query pumps", "34 vacuum pumps", "", "", "says 34")]
        )
    deliver(database, home)
    path = home.folder / "alerts.jsonl"
    before = path.read_bytes()
    assert b"34 vacuum" in before
    with database.session() as session:
        for row in session.scalars(select(DeliveryRow)):
            row.delivered = row.delivered or now()
    assert "went to mailto:desk@example.org" in forget_in_run(home, database, second.id, url, **WHO)
    after = path.read_bytes()
    assert len(after) == len(before)
    assert b"34 vacuum" not in after
    assert document.title.encode() not in after
    assert json.loads(after)["delivery"] == json.loads(before)["delivery"]


@pytest.mark.parametrize("by", ["document", "capture"])
def test_a_document_or_a_capture_is_forgotten_by_its_id(home: Any, site: Any, by: str) -> None:
    first, _ = runs(home)
    (document,) = [d for d in documents_of(first) if d.url == site.url("/rotor")]
    forget_in_run(home, Database(home.database), first.id, document.id if by == "document" else document.capture, **WHO)
    assert "rotor" not in " ".join(d.text for d in documents_of(first))
    assert site.url("/rotor") not in {fate.url for fate in fates_of(first)}
    assert site.url("/rotor") not in {capture.url for capture in captures(first)}
    assert verify_run(home, first.id).whole


@pytest.mark.parametrize("stop", ["_forget_in_state", "strip_documents", "strip_report", "seal_derived"])
def test_a_deletion_that_is_killed_half_way_is_finished_by_the_same_command(
    home: Any, site: Any, monkeypatch: pytest.MonkeyPatch, stop: str
) -> None:
    first, _ = runs(home)
    database = Database(home.database)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"watchword.evidence.{stop}", die)
        with pytest.raises(KeyboardInterrupt):
            forget_in_run(home, database, first.id, site.url("/rotor"), **WHO)
    forget_in_run(home, database, first.id, site.url("/rotor"), **WHO)
    assert b"mountains" not in everything(first)
    assert verify_run(home, first.id).whole
    assert verify_run(home, first.id).forgotten == 1
    assert found(home, "mountains") == 0


def test_what_is_not_there_or_forgotten_already_says_so(home: Any, site: Any) -> None:
    first, _ = runs(home)
    database = Database(home.database)
    with pytest.raises(UsageError, match="holds no capture"):
        forget_in_run(home, database, first.id, "http://elsewhere.test/", **WHO)
    forget_in_run(home, database, first.id, site.url("/rotor"), **WHO)
    with pytest.raises(UsageError, match="not forgotten already"):
        forget_in_run(home, database, first.id, site.url("/rotor"), **WHO)


def test_nothing_is_forgotten_in_a_run_that_somebody_altered(home: Any, site: Any) -> None:
    first, _ = runs(home)
    with (first.path / "report.json").open("a") as file:
        file.write(" ")
    with pytest.raises(DamagedError, match=r"Nothing was forgotten.*report\.json is not as it was signed"):
        forget_in_run(home, Database(home.database), first.id, site.url("/rotor"), **WHO)
    assert site.url("/rotor") in {capture.url for capture in captures(first)}


def test_the_versions_of_a_page_are_told_with_the_words_that_changed(home: Any, site: Any) -> None:
    database = Database(home.database)
    one, two = page_versions(home, database, site.url("/pump"))
    assert (one.version, one.gone, one.come) == (1, "", "")
    assert (two.version, two.gone, two.come) == (2, "12", "34")
    assert "gone: 12" in two.as_text()
    assert [v.version for v in page_versions(home, database, site.url("/rotor"))] == [1]
    with pytest.raises(UsageError, match="was collected"):
        page_versions(home, database, "http://elsewhere.test/x")
