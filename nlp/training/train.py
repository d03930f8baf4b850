"""Train pipelines from the corpora, by spaCy's own training loop."""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.training import Example
from spacy.util import load_config

import nlp.features  # noqa: F401
from nlp.training.corpora import CORPORA, Annotated

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CONFIGURATION = Path(__file__).with_name("pipeline.cfg")
# What differs from the configuration, by language: chosen on parts of the training data.
DIFFERENCES: Mapping[str, Mapping[str, object]] = {
    "en": {"training.max_epochs": 30, "training.dropout": 0.3},
    "ru": {"training.max_epochs": 9},
    "zh": {
        "training.max_epochs": 16,
        "training.dropout": 0.3,
        "components.ner.model.tok2vec.embed.attrs": ["ORTH", "NORM", "LEMMA", "TAG", "SHAPE"],
        "components.ner.model.tok2vec.embed.rows": [3000, 6000, 6000, 300, 200],
    },
}


@spacy.registry.readers("watchword.corpus.v1")
def corpus_reader(folder: str, language: str, held_out: bool) -> Callable[["Language"], Iterator[Example]]:
    """Return the reader of a corpus, its held-out part or the rest, as spaCy's training asks for it."""

    def read(pipeline: "Language") -> Iterator[Example]:
        for annotated in CORPORA[language].read(Path(folder)):
            if annotated.held_out == held_out:
                yield from examples(pipeline, annotated)

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


def train(folder: Path, language: str, into: Path, changes: Mapping[str, object] = {}) -> "Language":
    """Train the pipeline of *language* with the corpus in *folder*, write it to *into*, and return it."""
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train as run

    overrides = {"nlp.lang": language, "paths.corpus": str(folder), **DIFFERENCES[language], **changes}
    config = load_config(CONFIGURATION, overrides=overrides, interpolate=True)
    pipeline = init_nlp(config)
    run(pipeline, None, stdout=sys.stderr, stderr=sys.stderr)
    pipeline.to_disk(into)
    return pipeline
