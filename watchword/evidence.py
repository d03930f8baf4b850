"""Evidence: a run is verified, and what a law demands to delete is deleted everywhere that a run's words stand."""

import gzip
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crawlers.urls import canonical
from watchword.archive import (
    RunFolder,
    Signer,
    Verdict,
    forget,
    forgotten_captures,
    keys_of,
    manifest_captures,
    seal_derived,
    stamp,
    trusted_keys,
    verify,
)
from watchword.delivered import FORGOTTEN, WORDS, blot_files, told_of
from watchword.document import page_id
from watchword.errors import DamagedError, UsageError, WatchwordError
from watchword.locks import locked
from watchword.report import read_report, write_report
from watchword.settings import Settings
from watchword.stages.extracting import GZIP_LEVEL
from watchword.store.database import Database
from watchword.store.registry import forget_document
from watchword.store.schema import AlertDocumentRow, AlertRow, PageRow


@dataclass(frozen=True)
class Demand:
    """What is deleted, why, and who decided it; the file *begun* stands until it is done."""

    selector: str
    reason: str
    by: str
    begun: Path


@dataclass(frozen=True)
class Doomed:
    """What a deletion takes out of a run: captures, documents, and the addresses of their pages."""

    captures: frozenset[str]
    documents: frozenset[str]
    urls: frozenset[str]


def verify_run(settings: Settings, run: str, keys: Sequence[Path] = ()) -> Verdict:
    """Verify the *run* (an id, a folder or an evidence bundle) with *keys*, or those that the home folder trusts."""
    from watchword.export.bundle_check import is_bundle, verify_bundle

    trusted = trusted_keys(keys or keys_of(settings.folder))
    if is_bundle(Path(run)):
        return verify_bundle(Path(run), trusted)
    folder = RunFolder.find(settings.runs, run)
    at_home = folder.path.parent == settings.runs.resolve()
    return verify(folder, trusted, at_home=at_home)


def forget_in_run(settings: Settings, database: Database, run: str, selector: str, *, reason: str, by: str) -> str:
    """Delete what *selector* (an address, a capture id or a document id) means from *run*; return what was done.

    The archive gets a signed tombstone; documents, report, index, registry and alerts lose the words. The same command
    finishes a deletion that was interrupted. Raise UsageError where nothing fits, and DamagedError where the run is not
    whole: what is signed anew must not cover what somebody altered.
    """
    folder = RunFolder.find(settings.runs, run)
    with locked(settings, folder.id):
        begun = settings.folder / "locks" / f"{folder.id}.forgetting"
        if not begun.exists() and not (verdict := verify(folder)).whole:
            raise DamagedError(f"Nothing was forgotten, since the run is not whole: {verdict.sentence}")
        said = _forget(settings, database, folder, Demand(selector, reason, by, begun))
        begun.unlink(missing_ok=True)
        return said


def _forget(settings: Settings, database: Database, folder: RunFolder, demand: Demand) -> str:
    signer = Signer.of(settings.folder)
    doomed = find_doomed(folder, demand.selector)
    standing = doomed.captures - forgotten_captures(folder)
    if not standing and not doomed.documents and not demand.begun.exists():
        raise UsageError(f"The run {folder.id} holds no capture {demand.selector!r} that is not forgotten already.")
    demand.begun.touch()
    stones = forget(folder, *sorted(standing), reason=demand.reason, by=demand.by, signer=signer) if standing else []
    told = _forget_in_state(settings, database, doomed)
    strip_documents(folder, doomed)
    strip_report(folder, doomed)
    if folder.derived.exists():
        seal_derived(folder, signer)
    others = ", ".join(_other_runs(folder, doomed.urls))
    also = f" The same address stands in {others}; forget it there too." if others else ""
    also += f" Alerts on it went to {', '.join(told)}; what they hold is theirs to delete." if told else ""
    return f"{folder.id}: {len(stones)} captures and {len(doomed.documents)} documents forgotten.{also}"


def time_stamp(settings: Settings, folder: RunFolder) -> str:
    """Have the authority of the settings attest the sealed *folder*, where one is set; return why it did not."""
    if not settings.timestamp_url:
        return ""
    try:
        stamp(folder, settings.timestamp_url)
    except WatchwordError as error:
        return f"no time stamp: {error}"
    return ""


def find_doomed(folder: RunFolder, selector: str) -> Doomed:
    """Return the captures that *selector* means in *folder*, with the documents made from them."""
    address = canonical(selector) or selector
    documents: dict[str, set[str]] = {}
    for fate in _fates(folder):
        if fate["document"]:
            documents.setdefault(fate["document"], set()).add(fate["capture"])
    of_document = documents.get(selector, set())
    lines = [
        line
        for line in manifest_captures(folder)
        if line["capture"] in of_document or selector in (line["capture"], line["url"]) or line["url"] == address
    ]
    captures = frozenset(line["capture"] for line in lines)
    made = frozenset(name for name, sources in documents.items() if sources <= captures)
    return Doomed(captures, made, frozenset(line["url"] for line in lines))


def _fates(folder: RunFolder) -> list[dict[str, Any]]:
    files = sorted((folder.path / "documents").glob("*.fates.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def _forget_in_state(settings: Settings, database: Database, doomed: Doomed) -> list[str]:
    """Take what is *doomed* out of index, registry, alerts and files of alerts; return who else was told of it."""
    from watchword.index import open_engine

    engine = open_engine(settings)
    try:
        engine.remove(sorted(doomed.documents))
        engine.refresh()
    finally:
        engine.close()
    with database.session() as session:
        told = told_of(session, doomed.documents)
        blot_files(session, settings, doomed.documents, doomed.urls)
        for identifier in sorted(doomed.documents):
            forget_document(session, identifier)
        session.execute(delete(PageRow).where(PageRow.id.in_([page_id(url) for url in doomed.urls])))
        _strip_alerts(session, doomed.documents)
    return told


def _strip_alerts(session: Session, documents: frozenset[str]) -> None:
    """Take the words of *documents* out of the reasons of alerts; the alert stays, with the rule that it met."""
    wanted = select(AlertRow).join(AlertDocumentRow, AlertDocumentRow.alert == AlertRow.id)
    for row in session.scalars(wanted.where(AlertDocumentRow.document.in_(documents))).unique().all():
        row.reasons = [
            {**told, **dict.fromkeys(WORDS, FORGOTTEN)} if told["document"] in documents else told
            for told in row.reasons
        ]
    session.execute(delete(AlertDocumentRow).where(AlertDocumentRow.document.in_(documents)))


def strip_documents(folder: RunFolder, doomed: Doomed) -> None:
    """Write the documents and fates of *folder* anew without what is *doomed*; the fates last, which name it."""
    made = folder.path / "documents"
    for path in sorted(made.glob("*.jsonl.gz")):
        _rewrite(path, lambda document: document["capture"] in doomed.captures)
    for path in sorted(made.glob("*.fates.jsonl")):
        _rewrite(path, lambda fate: fate["capture"] in doomed.captures)


def _rewrite(path: Path, doomed: Callable[[dict[str, Any]], bool]) -> None:
    """Write the JSON lines of *path* anew without those that are *doomed*, in one step."""
    packed = path.suffix == ".gz"
    content = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    lines = content.splitlines(keepends=True)
    kept = [line for line in lines if not doomed(json.loads(line))]
    if len(kept) == len(lines):
        return
    draft = path.with_suffix(".draft")
    draft.write_bytes(gzip.compress(b"".join(kept), GZIP_LEVEL) if packed else b"".join(kept))
    draft.replace(path)


def strip_report(folder: RunFolder, doomed: Doomed) -> None:
    """Take the words that changed on a doomed page out of the closing report."""
    path = folder.path / "report.json"
    if not path.exists():
        return
    report = read_report(path)
    kept = tuple(change for change in report.changes if change.url not in doomed.urls)
    if len(kept) < len(report.changes):
        write_report(path, replace(report, changes=kept))


def _other_runs(folder: RunFolder, urls: Iterable[str]) -> list[str]:
    wanted = set(urls)
    others = [RunFolder(path.parent) for path in sorted(folder.path.parent.glob("*/manifest.jsonl"))]
    return [
        other.id
        for other in others
        if other.id != folder.id and any(line["url"] in wanted for line in manifest_captures(other))
    ]
