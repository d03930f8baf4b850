"""The demo: the tabletop exercise through the same harvest as any other, in a home of its own."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchword.coverage import coverage_note
from watchword.errors import UsageError
from watchword.exercise import Finding, check, exercise_folder, exercise_watches, serve
from watchword.lists import Shelf, read_list
from watchword.process import harvest
from watchword.report import Report
from watchword.searching import Filters, search_documents
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.watch.alerts import Alert, alerts, urls_by_alert
from watchword.watch.register import add_watch

NIGHTS = (1, 2)
HOME = "demo"
MARK = "this-folder-is-made-by-watchword-demo"
SHOWN_QUERY = 'list:panel AND "maraging steel"'
SHOWN_HITS = 2
SHOWN_ALERTS = 5
SHOWN_TITLE = 36
SHOWN_TEXT = 28
SHOWN_WHY = 72
SHOWN_LINE = 150

Say = Callable[[str], None]


@dataclass(frozen=True)
class Exercise:
    """The exercise under way: where it lies, the settings that it runs with, and its state."""

    folder: Path
    settings: Settings
    database: Database


def run_demo(settings: Settings, say: Say) -> bool:
    """Run both nights, say what an analyst would see, and return whether the whole answer key was found."""
    exercise = prepare(settings)
    try:
        reports = [_night(exercise, night, say) for night in NIGHTS]
        raised = alerts(exercise.database)
        for line in [*_alerts(raised), *_search(exercise), *_changes(reports), *_coverage(exercise)]:
            say(line)
        findings = check(exercise.folder, reports, raised, urls_by_alert(exercise.database))
    finally:
        exercise.database.close()
    for line in _answer(exercise, reports, findings):
        say(line)
    return all(finding.met for finding in findings)


def prepare(settings: Settings) -> Exercise:
    """Make an empty home for the exercise, import its list and add its watches."""
    folder = exercise_folder()
    home = empty_home(settings.folder / HOME)
    own = settings.model_copy(
        update={"home": home, "sources": str(folder / "sources.yaml"), "database_url": "", "elasticsearch_url": ""}
    )
    shelf = Shelf(home)
    for file in sorted((folder / "lists").iterdir()):
        shelf.add(read_list(file))
    shelf.knowledge()
    database = Database(own.database)
    for watch in exercise_watches(folder):
        add_watch(database, watch)
    return Exercise(folder, own, database)


def empty_home(home: Path) -> Path:
    """Return *home*, emptied where an earlier demo made it; raise UsageError where it holds anything else."""
    if home.exists() and any(home.iterdir()):
        if not (home / MARK).exists():
            raise UsageError(f"{home} is not empty and was not made by 'watchword demo'; move it away.")
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).touch()
    return home


def _night(exercise: Exercise, night: int, say: Say) -> Report:
    with serve(exercise.folder, night) as addresses:
        resolve = ",".join(f"{host}={address}" for host, address in addresses.items())
        report = harvest(exercise.settings.model_copy(update={"resolve": resolve}), exercise.database)
    assert report is not None, "the exercise has sources"
    say(f"night {night}: {report.as_text()}")
    return report


def _alerts(raised: list[Alert]) -> Iterator[str]:
    yield f"alerts: {len(raised)}, one a story and watch, each with its reasons"
    for name in sorted({alert.watch for alert in raised}):
        met = sorted((a for a in raised if a.watch == name), key=lambda a: (-a.copies, -len(a.reasons), a.url))
        yield f"  {name}: {len(met)}"
        yield from map(_alert, met[:SHOWN_ALERTS])


def _alert(alert: Alert) -> str:
    reason = alert.reasons[0]
    more = f" (and {len(alert.reasons) - 1} more)" if len(alert.reasons) > 1 else ""
    copies = f" in {alert.copies} copies" if alert.copies > 1 else ""
    said = f"{_cut(reason.text, SHOWN_TEXT)!r}: {_cut(reason.why, SHOWN_WHY)}{more}"
    return f"    {_cut(alert.title, SHOWN_TITLE)}{copies}: {said}"


def _search(exercise: Exercise) -> Iterator[str]:
    yield f"search: {SHOWN_QUERY}"
    answer = search_documents(exercise.settings, exercise.database, SHOWN_QUERY, Filters(), limit=SHOWN_HITS)
    yield from (f"  {_cut(line, SHOWN_LINE)}" for line in answer.as_text().splitlines() if line.strip())


def _changes(reports: list[Report]) -> Iterator[str]:
    changes = [change for report in reports for change in report.changes]
    yield f"changed pages: {len(changes)}"
    yield from (f"  {c.url}: {c.gone!r} became {c.come!r}" for c in changes)


def _coverage(exercise: Exercise) -> Iterator[str]:
    from watchword.catalogue import all_sources

    names = [source.name for source in all_sources(exercise.settings)]
    yield from coverage_note(exercise.database, names).as_text().splitlines()


def _answer(exercise: Exercise, reports: list[Report], findings: list[Finding]) -> Iterator[str]:
    for finding in findings:
        if not finding.met:
            yield f"  not found: {finding.text}"
    last = exercise.settings.runs / reports[-1].run
    yield f"evidence: 'watchword verify {last}' checks it offline"
    yield f"answer key: {sum(f.met for f in findings)} of {len(findings)} findings"


def _cut(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
