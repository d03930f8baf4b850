"""Extraction compared with trafilatura, readability-lxml and htmldate, on the same pages in one run.

    python -m benchmarks.extraction [CORPORA] [--half held-out]

CORPORA holds `daniel.tar.xz` (DAnIEL, five languages) and `article-extraction-benchmark.tar.xz` (English); by default
it is `../shared/data/pages` beside the checkout. F is that of article-extraction-benchmark's own `evaluate.py`, by
shingles of four words, each Chinese character taken as a word; the second figure counts single words. The pages fall
into a development and a held-out half by the SHA-256 of their names.
"""

import argparse
import gzip
import hashlib
import html
import json
import logging
import re
import statistics
import tarfile
import time
import types
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from watchword.extract import Hint, SetAside, extract
from watchword.extract.dates import parse_date

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "data" / "pages"
EAST_ASIAN = re.compile(r"([\u2e80-\u9fff\uf900-\ufaff])")
# DAnIEL's pages were fetched from 2011 to 2012, some of them again in 2013.
FETCHED = datetime(2013, 6, 1, tzinfo=UTC)
# A date in the labelled text so long before the fetch may be that of something else.
FRESH = timedelta(days=20)

Reader = Callable[[str], str]


@dataclass(frozen=True)
class Page:
    """A labelled page: `text` is what a person took as the article, `fetched` the day in its name."""

    name: str
    group: str
    payload: bytes
    text: str
    fetched: date | None = None

    @property
    def held_out(self) -> bool:
        """Whether the page is in the half that the rules were not made on."""
        return bool(hashlib.sha256(self.name.encode()).digest()[-1] % 2)


def members(path: Path) -> dict[str, bytes]:
    """Return the files of the tar file *path* by name."""
    with tarfile.open(path) as archive:
        files = (m for m in archive if m.isfile())
        return {m.name.removeprefix("./"): stream.read() for m in files if (stream := archive.extractfile(m))}


def load_daniel(corpora: Path) -> list[Page]:
    """Return the pages of DAnIEL, grouped by language."""
    files = members(corpora / "daniel.tar.xz")
    languages: dict[str, str] = json.loads(files["languages.json"])
    pages = []
    for name, language in sorted(languages.items()):
        text = html.unescape(re.sub(r"</?p>", "\n", files[f"text/{name}.txt"].decode("utf-8", "replace")))
        fetched = datetime.strptime(name[:8], "%Y%m%d").replace(tzinfo=UTC).date()
        pages.append(Page(name, language, files[f"html/{name}"], text, fetched))
    return pages


def load_benchmark(corpora: Path) -> tuple[list[Page], types.ModuleType]:
    """Return the pages of article-extraction-benchmark and its script of evaluation."""
    files = members(corpora / "article-extraction-benchmark.tar.xz")
    evaluate = types.ModuleType("evaluate")
    exec(files["evaluate.py"].decode(), evaluate.__dict__)
    truth: dict[str, dict[str, str]] = json.loads(files["ground-truth.json"])
    pages = [
        Page(name, "benchmark", gzip.decompress(files[f"html/{name}.html.gz"]), label["articleBody"])
        for name, label in sorted(truth.items())
    ]
    return pages, evaluate


def read_own(page: str) -> str:
    """Return the article of *page* by Watchword."""
    try:
        return extract(page.encode(), Hint(media_type="text/html", captured=FETCHED)).text
    except SetAside:
        return ""


def read_trafilatura(page: str) -> str:
    """Return the article of *page* by trafilatura, without readers' comments."""
    import trafilatura

    return trafilatura.extract(page, include_comments=False) or ""


def read_readability(page: str) -> str:
    """Return the article of *page* by readability-lxml."""
    from lxml import etree
    from lxml import html as markup
    from readability import Document

    try:
        return str(markup.fromstring(Document(page).summary()).text_content())
    except (etree.LxmlError, ValueError, TypeError):
        return ""


READERS: dict[str, Reader] = {
    "watchword": read_own,
    "trafilatura": read_trafilatura,
    "readability-lxml": read_readability,
}


def spaced(text: str) -> str:
    """Return *text* with each Chinese character as a word of its own."""
    return EAST_ASIAN.sub(r" \1 ", text)


def word_f(true: str, found: str) -> float:
    """Return the harmonic mean of precision and recall of the words of *found*."""
    a, b = Counter(re.findall(r"\w+", true)), Counter(re.findall(r"\w+", found))
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if a or b else 1.0


def score(pages: Sequence[Page], texts: Sequence[str], evaluate: types.ModuleType) -> tuple[float, float]:
    """Return F by shingles, as `evaluate.py` defines it, and the mean F of words."""
    pairs = [(spaced(page.text), spaced(text)) for page, text in zip(pages, texts, strict=True)]
    counts = [evaluate.string_shingle_matching(true=true, pred=found) for true, found in pairs]
    return evaluate.metrics_from_tp_fp_fns(counts)["f1"], statistics.mean(word_f(*pair) for pair in pairs)


def stated_date(page: Page) -> date | None:
    """Return the date that the first lines of the labelled text print, where it fits the day of the fetch."""
    if page.fetched is None:
        return None
    lines = [line.strip() for line in page.text.split("\n") if line.strip()][:4]
    days = (parse_date(line) for line in lines if len(line) < 160)
    return next((d for d in days if d and timedelta(0) <= page.fetched - d <= FRESH), None)


def own_date(page: Page) -> str | None:
    """Return the date of publication that Watchword finds."""
    try:
        return extract(page.payload, Hint(media_type="text/html", captured=FETCHED)).published
    except SetAside:
        return None


def peer_date(page: Page) -> str | None:
    """Return the date of publication that htmldate finds."""
    from htmldate import find_date

    text = page.payload.decode("utf-8", "replace")
    found = find_date(text, original_date=True, outputformat="%Y-%m-%d", max_date=FETCHED.date().isoformat())
    return str(found) if found else None


def compare_texts(groups: dict[str, list[Page]], evaluate: types.ModuleType) -> Iterable[str]:
    """Give a line of the table for each group of pages and each reader."""
    yield f"{'pages':<12}{'n':>5}  {'reader':<18}{'F shingles':>11}{'F words':>9}{'ms a page':>11}"
    for group, pages in groups.items():
        sources = [page.payload.decode("utf-8", "replace") for page in pages]
        for name, read in READERS.items():
            started = time.perf_counter()
            texts = [read(source) for source in sources]
            seconds = time.perf_counter() - started
            shingles, words = score(pages, texts, evaluate)
            each = seconds / len(pages) * 1000
            yield f"{group:<12}{len(pages):>5}  {name:<18}{shingles:>11.4f}{words:>9.4f}{each:>11.1f}"


def compare_dates(groups: dict[str, list[Page]]) -> Iterable[str]:
    """Give a line for each language: how many of the stated dates each finder gives."""
    yield f"{'pages':<12}{'stated':>7}{'watchword':>11}{'htmldate':>10}"
    for group, pages in groups.items():
        stated = [(page, day.isoformat()) for page in pages if (day := stated_date(page))]
        if not stated:
            continue
        own = sum(own_date(page) == day for page, day in stated)
        peer = sum(peer_date(page) == day for page, day in stated)
        yield f"{group:<12}{len(stated):>7}{own / len(stated):>11.3f}{peer / len(stated):>10.3f}"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=CORPORA)
    parser.add_argument("--half", choices=("all", "development", "held-out"), default="all")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    benchmark, evaluate = load_benchmark(arguments.corpora)
    groups: dict[str, list[Page]] = {}
    for page in (*benchmark, *load_daniel(arguments.corpora)):
        if arguments.half == "all" or page.held_out == (arguments.half == "held-out"):
            groups.setdefault(page.group, []).append(page)
    for line in (*compare_texts(groups, evaluate), "", *compare_dates(groups)):
        print(line)


if __name__ == "__main__":
    main()
