"""How often the language of sentences, word pairs and single words is named, on the Declaration of Human Rights.

The tables were not made from these texts, but for what `benchmarks/language.py` says of eight languages.
"""

import hashlib
import importlib.util
import json
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
UDHR = ROOT.parent / "shared" / "data" / "language" / "udhr2.zip"
PINNED = json.loads((Path(__file__).parent / "floors" / "language.json").read_text("utf-8"))

pytestmark = pytest.mark.skipif(not UDHR.exists(), reason=f"the Declaration is not at {UDHR}")


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("language_benchmark", ROOT / "benchmarks" / "language.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_corpus_is_the_one_that_the_floors_were_measured_on() -> None:
    assert hashlib.sha256(UDHR.read_bytes()).hexdigest() == PINNED["sha256"]


@pytest.mark.parametrize("kind", ["sentences", "pairs", "words"])
def test_languages_are_named_as_often_as_the_floor_says(benchmark: ModuleType, kind: str) -> None:
    shares = benchmark.accuracy(benchmark.watchword(), benchmark.samples(UDHR, kind))
    assert benchmark.mean(shares, un=True) >= PINNED["un"][kind]
    assert benchmark.mean(shares, un=False) >= PINNED["others"][kind]


def test_word_pairs_take_no_more_than_a_fraction_of_a_millisecond(benchmark: ModuleType) -> None:
    identify = benchmark.watchword()
    texts = [text for those in benchmark.samples(UDHR, "pairs").values() for text in those]
    identify("warm up")
    started = time.process_time()
    for text in texts:
        identify(text)
    assert (time.process_time() - started) / len(texts) < 1 / 5_000
