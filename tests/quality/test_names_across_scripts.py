"""How well official aliases are told from other parties' names, and how often a name in another script finds its own.

A sample that reads in seconds; `python -m benchmarks.names` measures the whole.
"""

import hashlib
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType

import pytest

from nlp.names import Artifact, build, find_parties
from nlp.party import Party
from nlp.passage import Passage

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
STATEMENTS = DATA / "documents" / "eu-statements-of-reasons.jsonl"
PINNED = json.loads((Path(__file__).parent / "floors" / "names.json").read_text("utf-8"))
PAIRS, A_SCRIPT, TEXTS = 400, 40, 150

pytestmark = pytest.mark.skipif(
    not (DATA / "names").exists() or not STATEMENTS.exists(), reason=f"the official aliases are not in {DATA}"
)


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("names_benchmark", ROOT / "benchmarks" / "names.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", PINNED["sha256"])
def test_the_names_are_those_that_the_floors_were_measured_on(path: str) -> None:
    assert hashlib.sha256((DATA / path).read_bytes()).hexdigest() == PINNED["sha256"][path]


def test_official_aliases_match_as_often_as_the_floor_says(benchmark: ModuleType) -> None:
    found = {name: benchmark.own_f1(pairs) for name, pairs in benchmark.aliases(DATA / "names", PAIRS).items()}
    assert {name: found[name] for name, floor in PINNED["f1"].items() if found[name] < floor} == {}


def test_a_name_in_another_script_finds_its_own_first_as_often_as_the_floor_says(benchmark: ModuleType) -> None:
    names = benchmark.across(DATA / "names")
    draw = random.Random(4)
    of_script = {script: [name for name in names if name.script == script] for script in PINNED["hit@1"]}
    asked = [name for those in of_script.values() for name in draw.sample(those, min(A_SCRIPT, len(those)))]
    found = benchmark.found_first(names, asked)
    assert {script: found[script] for script, floor in PINNED["hit@1"].items() if found[script] < floor} == {}


def test_listed_names_are_found_in_statements_of_reasons_as_often_as_the_floor_says(tmp_path: Path) -> None:
    told = [json.loads(line) for line in STATEMENTS.read_text("utf-8").splitlines()]
    types = {"Person": "person"}
    listed = {t["name"]: Party(t["id"], t["name"], "eu", type=types.get(t["schema"], "organisation")) for t in told}
    build(listed.values(), tmp_path / "matcher")
    artifact = Artifact.open(tmp_path / "matcher")
    texts = random.Random(5).sample([t for t in told if t["mentions"]], TEXTS)
    named = {(t["id"], m["begin"], m["end"]) for t in texts for m in t["mentions"]}
    found = {(t["id"], m.start, m.end) for t in texts for m in find_parties(Passage(t["text"], "en"), artifact)}
    assert len(named & found) / len(found) >= PINNED["statements"]["precision"]
    assert len(named & found) / len(named) >= PINNED["statements"]["recall"]
