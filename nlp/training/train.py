"""Train pipelines from the corpora, by spaCy's own training loop."""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.training import Example
from spacy.util import load_config

import nlp.features  # noqa: F401
from nlp.training.augmentation import names_by_type, with_other_names
from nlp.training.corpora import CORPORA, Annotated
from nlp.training.scoring import TYPES, Scores, by_pipeline, held_out, score

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CONFIGURATION = Path(__file__).with_name("pipeline.cfg")
EMBED = "components.ner.model.tok2vec.embed"
# What differs from the configuration, by language: chosen on parts of the training data.
DIFFERENCES: Mapping[str, Mapping[str, object]] = {
    "en": {
        "training.max_epochs": 14,
        "training.dropout": 0.4,
        "corpora.train.copies": 3,
        f"{EMBED}.attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "LEMMA", "TAG", "DEP", "MORPH"],
        f"{EMBED}.rows": [1500, 300, 1000, 500, 1500, 100, 100, 1000],
    },
    "ru": {"training.max_epochs": 8},
    "zh": {
        "training.max_epochs": 9,
        "training.dropout": 0.3,
        f"{EMBED}.attrs": ["ORTH", "NORM", "LEMMA", "TAG", "DEP", "SHAPE"],
        f"{EMBED}.rows": [2500, 5000, 4000, 200, 400, 200],
    },
}


@spacy.registry.readers("watchword.corpus.v1")  # type: ignore[untyped-decorator]
def corpus_reader(
    folder: str, language: str, held_out: bool, copies: int = 0
) -> Callable[["Language"], Iterator[Example]]:
    """Return the reader of a corpus, its held-out part or the rest, as spaCy's training asks for it."""

    def read(pipeline: "Language") -> Iterator[Example]:
        texts = [text for text in CORPORA[language].read(Path(folder)) if text.held_out == held_out]
        names = names_by_type(texts)
        for text in texts:
            yield from examples(pipeline, text)
            for copy in with_other_names(text, names, copies):
                yield from examples(pipeline, copy)

    return read


def examples(pipeline: "Language", annotated: Annotated) -> Iterator[Example]:
    """Yield the lines of a text with their names, for training; names that cut a token in two are left out."""
    doc = pipeline.make_doc(annotated.text)
    spans = [doc.char_span(span.start, span.end, label=span.type) for span in annotated.spans]
    doc.set_ents([span for span in spans if span is not None])
    yield from (Example(pipeline.make_doc(part.text), part) for part in _lines(doc) if len(part))


def _lines(doc: "Doc") -> Iterator["Doc"]:
    start = 0
    for token in doc:
        if "\n" in token.text or token.i == len(doc) - 1:
            yield doc[start : token.i + 1].as_doc()
            start = token.i + 1


def train(folder: Path, language: str, into: Path, changes: Mapping[str, object] = {}) -> float:
    """Train the pipeline of *language* with the corpus in *folder*, write it to *into*, and return its F1."""
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train as run

    overrides = {"nlp.lang": language, "paths.corpus": str(folder), **DIFFERENCES[language], **changes}
    pipeline = init_nlp(load_config(CONFIGURATION, overrides=overrides, interpolate=True))
    run(pipeline, None, stdout=sys.stderr, stderr=sys.stderr)
    scores = score(held_out(CORPORA[language].read, folder), by_pipeline(pipeline))
    _describe(pipeline, language, scores)
    _install(pipeline, into)
    return scores.f1()


def _install(pipeline: "Language", into: Path) -> None:
    """Write *pipeline* to a folder beside *into*, and let it take that place when it is whole."""
    part = into.with_name(f".{into.name}.part")
    into.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(part, ignore_errors=True)
    pipeline.to_disk(part)
    shutil.rmtree(into, ignore_errors=True)
    part.rename(into)


def _describe(pipeline: "Language", language: str, scores: Scores) -> None:
    """Write into the pipeline's own facts what it was trained on and how well it does, and no path of this machine."""
    pipeline.config["corpora"] = {}
    pipeline.config["paths"] = {}
    corpus = CORPORA[language]
    pipeline.meta.update(
        name="names",
        version="1",
        description=f"Persons, organisations, places and sites; trained on {corpus.folder} but for one text in eight.",
        license=corpus.licence,
        sources=[{"name": corpus.folder, "license": corpus.licence}],
        performance={"ents_f": scores.f1(), "ents_per_type": {kind: {"f": scores.f1(kind)} for kind in TYPES}},
    )
