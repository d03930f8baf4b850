"""Train pipelines from the corpora: weights for the features of `nlp/features`, by python-crfsuite."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from nlp.features import BY_LANGUAGE
from nlp.tagger import Tagger, labels_of, sequences
from nlp.training.augmentation import names_by_type, with_other_names
from nlp.training.corpora import CORPORA, Annotated
from nlp.training.scoring import TYPES, Scores, by_pipeline, held_out, score

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Method:
    """How weights are found: at most so many steps of L-BFGS, penalties on their size and square, rarest feature kept.

    Each text is also seen in `copies` with other names.
    """

    steps: int
    absolute: float
    square: float
    rarest: int = 1
    copies: int = 0


# Chosen on parts of the training data.
METHODS: Mapping[str, Method] = {
    "en": Method(steps=120, absolute=0.02, square=0.3),
    "ru": Method(steps=80, absolute=0.2, square=0.05),
    "zh": Method(steps=80, absolute=0.2, square=0.05),
}


def train(folder: Path, language: str, into: Path) -> float:
    """Train the pipeline of *language* with the corpus in *folder*, write it to *into*, and return its F1."""
    read = CORPORA[language].read
    pipeline = trained((text for text in read(folder) if not text.held_out), language)
    scores = score(held_out(read, folder), by_pipeline(pipeline))
    _describe(pipeline, language, scores)
    _install(pipeline, into)
    return scores.f1()


def trained(texts: Iterable[Annotated], language: str, method: Method | None = None) -> "Language":
    """Return a pipeline of *language* that was trained on *texts*."""
    pipeline = spacy.blank(language)
    component = pipeline.add_pipe("watchword_names", name="names")
    assert isinstance(component, Tagger)
    component.use(_weights(pipeline, list(texts), method or METHODS[language]))
    return pipeline


def _weights(pipeline: "Language", texts: list[Annotated], method: Method) -> bytes:
    import pycrfsuite

    trainer = pycrfsuite.Trainer("lbfgs", verbose=False)
    trainer.set_params(
        {
            "max_iterations": method.steps,
            "c1": method.absolute,
            "c2": method.square,
            "feature.minfreq": method.rarest,
            "feature.possible_transitions": True,
        }
    )
    for features, labels in examples(pipeline, texts, method.copies):
        trainer.append(features, labels)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "weights"
        trainer.train(str(file))
        return file.read_bytes()


def examples(
    pipeline: "Language", texts: Sequence[Annotated], copies: int
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Yield features and labels of each sequence of *texts*, and of copies with other names."""
    names = names_by_type(texts)
    seen = (copy for text in texts for copy in (text, *with_other_names(text, names, copies)))
    for text in seen:
        parts = sequences(marked(pipeline, text), pipeline.lang)
        features = BY_LANGUAGE[pipeline.lang]([[token.text for token in part] for part in parts])
        yield from zip(features, map(labels_of, parts), strict=True)


def marked(pipeline: "Language", text: Annotated) -> "Doc":
    """Return a text with its names as entities; those that cut a token in two are left out."""
    doc = pipeline.make_doc(text.text)
    spans = [doc.char_span(span.start, span.end, label=span.type) for span in text.spans]
    doc.set_ents([span for span in spans if span is not None])
    return doc


def _install(pipeline: "Language", into: Path) -> None:
    """Write *pipeline* to a folder beside *into*, and let it take that place when it is whole."""
    part = into.with_name(f".{into.name}.part")
    into.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(part, ignore_errors=True)
    pipeline.to_disk(part, exclude=["vocab"])
    shutil.rmtree(into, ignore_errors=True)
    part.rename(into)


def _describe(pipeline: "Language", language: str, scores: Scores) -> None:
    """Write into the pipeline's own facts what it was trained on and how well it does."""
    corpus = CORPORA[language]
    pipeline.meta.update(
        name="names",
        version="2",
        description=f"Persons, organisations, places and sites; trained on {corpus.folder} but for one text in eight.",
        license=corpus.licence,
        sources=[{"name": corpus.folder, "license": corpus.licence}],
        performance={"ents_f": scores.f1(), "ents_per_type": {kind: {"f": scores.f1(kind)} for kind in TYPES}},
    )
