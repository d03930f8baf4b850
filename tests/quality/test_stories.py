"""How often copies made of real pages fold, and how well the parts of articles are put together; held to floors."""

import hashlib
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT.parent / "shared" / "data" / "pages"
PINNED = json.loads((Path(__file__).parent / "floors" / "stories.json").read_text("utf-8"))
COPIED_PAGES = 40

pytestmark = pytest.mark.skipif(
    not all((PAGES / name).exists() for name in PINNED["sha256"]), reason=f"the pages are not in {PAGES}"
)


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stories_benchmark", ROOT / "benchmarks" / "stories.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(benchmark: ModuleType) -> list[str]:
    found: list[str] = benchmark.pages(PAGES / "daniel.tar.xz", COPIED_PAGES)
    return found


def test_the_pages_are_those_that_the_floors_were_measured_on() -> None:
    digests = {name: hashlib.sha256((PAGES / name).read_bytes()).hexdigest() for name in PINNED["sha256"]}
    assert digests == PINNED["sha256"]


@pytest.mark.parametrize("change", PINNED["copies"])
def test_copies_fold_as_often_as_the_floor_says(benchmark: ModuleType, pages: list[str], change: str) -> None:
    assert benchmark.found_copies(pages, change) >= PINNED["copies"][change]


def test_different_pages_do_not_fold(benchmark: ModuleType, pages: list[str]) -> None:
    sketches = {f"{i:05}": benchmark.sketch(page) for i, page in enumerate(pages)}
    assert len(set(benchmark.fold_copies(sketches).values())) == len(pages)


def test_parts_of_an_article_are_put_together(benchmark: ModuleType) -> None:
    articles = benchmark.benchmark_articles(PAGES / "article-extraction-benchmark.tar.xz")
    made = benchmark.parts(articles, random.Random(benchmark.SEED))
    labels, texts = zip(*made, strict=True)
    assert benchmark.pairwise_f1(labels, benchmark.by_watchword(texts)) >= PINNED["events"]
