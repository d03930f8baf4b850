"""How much of the labelled articles is found, and how often the date that a page states; held to floors.

The metric is that of article-extraction-benchmark's own `evaluate.py`, with a Chinese character as a word. Of DAnIEL
only the half is read that the rules were not made on.
"""

import gzip
import hashlib
import json
import re
import tarfile
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from watchword.extract import Extracted, ExtractionPool, Hint
from watchword.extract.dates import parse_date

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "pages"
DANIEL, BENCHMARK = CORPORA / "daniel.tar.xz", CORPORA / "article-extraction-benchmark.tar.xz"
PINNED = json.loads((Path(__file__).parent / "floors" / "extraction.json").read_text("utf-8"))
FETCHED = datetime(2013, 6, 1, tzinfo=UTC)
FRESH = timedelta(days=20)

pytestmark = pytest.mark.skipif(
    not (DANIEL.exists() and BENCHMARK.exists()), reason=f"the labelled pages are not in {CORPORA}"
)


@dataclass(frozen=True)
class Result:
    """What was found on a labelled page."""

    name: str
    group: str
    true: str
    found: Extracted


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        files = (m for m in archive if m.isfile())
        return {m.name.removeprefix("./"): stream.read() for m in files if (stream := archive.extractfile(m))}


def labelled() -> Iterator[tuple[tuple[str, str, str], bytes, Hint]]:
    hint = Hint(media_type="text/html", captured=FETCHED)
    files = members(BENCHMARK)
    for name, label in json.loads(files["ground-truth.json"]).items():
        yield (name, "benchmark", label["articleBody"]), gzip.decompress(files[f"html/{name}.html.gz"]), hint
    files = members(DANIEL)
    for name, language in json.loads(files["languages.json"]).items():
        if hashlib.sha256(name.encode()).digest()[-1] % 2:
            text = re.sub(r"</?p>", "\n", files[f"text/{name}.txt"].decode("utf-8", "replace"))
            yield (name, language, text), files[f"html/{name}"], hint


@pytest.fixture(scope="module")
def results() -> list[Result]:
    with ExtractionPool(workers=2) as pool:
        return [Result(*key, found) for key, found in pool.map(labelled()) if isinstance(found, Extracted)]


@pytest.fixture(scope="module")
def evaluate() -> types.ModuleType:
    module = types.ModuleType("evaluate")
    exec(members(BENCHMARK)["evaluate.py"].decode(), module.__dict__)
    return module


def spaced(text: str) -> str:
    return re.sub(r"([\u2e80-\u9fff\uf900-\ufaff])", r" \1 ", text)


@pytest.mark.parametrize("corpus", [DANIEL, BENCHMARK], ids=lambda path: path.name)
def test_the_corpus_is_the_one_that_the_floors_were_measured_on(corpus: Path) -> None:
    assert hashlib.sha256(corpus.read_bytes()).hexdigest() == PINNED["sha256"][corpus.name]


@pytest.mark.parametrize("group", ["benchmark", "English", "Russian", "Chinese", "Greek", "Polish"])
def test_articles_are_found_at_least_as_well_as_before(
    group: str, results: list[Result], evaluate: types.ModuleType
) -> None:
    counts = [
        evaluate.string_shingle_matching(true=spaced(r.true), pred=spaced(r.found.text))
        for r in results
        if r.group == group
    ]
    assert evaluate.metrics_from_tp_fp_fns(counts)["f1"] >= PINNED["f"][group]


def test_dates_that_pages_state_are_found_at_least_as_often_as_before(results: list[Result]) -> None:
    right = stated = 0
    for result in results:
        day = stated_date(result)
        if day is not None:
            stated += 1
            right += result.found.published == day.isoformat()
    assert right / stated >= PINNED["dates"]


def stated_date(result: Result) -> date | None:
    if result.group == "benchmark":
        return None
    fetched = date(int(result.name[:4]), int(result.name[4:6]), int(result.name[6:8]))
    lines = [line.strip() for line in result.true.split("\n") if line.strip()][:4]
    days = (parse_date(line) for line in lines if len(line) < 160)
    return next((d for d in days if d and timedelta(0) <= fetched - d <= FRESH), None)
