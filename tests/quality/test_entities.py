"""How well whole reading finds persons, organisations and places in texts that the pipelines were not trained on."""

import hashlib
import json
from pathlib import Path

import pytest

from nlp.models import shipped_pipelines
from nlp.reading import Reader
from nlp.training.corpora import CORPORA, Span
from nlp.training.scoring import TYPES, Scores, held_out, score

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "entities"
PINNED = json.loads((Path(__file__).parent / "floors" / "entities.json").read_text("utf-8"))
MAX_TEXTS = 300

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"the corpora are not in {DATA}")


def digest(folder: Path) -> str:
    """Return the SHA-256 of the files of *folder* in the order of their names."""
    found = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(file.read_bytes())
    return found.hexdigest()


def scores_of(language: str) -> Scores:
    corpus = CORPORA[language]
    reader = Reader(pipelines=shipped_pipelines())
    texts = held_out(corpus.read, DATA / corpus.folder)[:MAX_TEXTS]
    return score(texts, lambda text: [Span(m.start, m.end, m.type) for m in reader.read(text, language).mentions])


@pytest.mark.parametrize("language", PINNED["f1"])
def test_the_corpus_is_the_one_that_the_floors_were_measured_on(language: str) -> None:
    assert digest(DATA / CORPORA[language].folder) == PINNED["sha256"][language]


@pytest.mark.parametrize("language", PINNED["f1"])
def test_names_are_found_as_well_as_the_floor_says(language: str) -> None:
    scores = scores_of(language)
    found = {kind: scores.f1(kind) for kind in TYPES} | {"together": scores.f1()}
    assert {kind: found[kind] for kind, floor in PINNED["f1"][language].items() if found[kind] < floor} == {}
