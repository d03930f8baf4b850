"""Persons, organisations and places in the held-out part of each corpus: exact stretches, coarse types.

    python -m benchmarks.entities [CORPORA] [--models en=en_core_web_sm,...] [--texts N]

CORPORA holds re3d-en, nd-ner-zh and nerel-ru; by default it is `../shared/data/entities` beside the checkout. Three
readings are measured: the whole one, with catalogues, rules and the pipeline that ships or is installed; the pipeline
alone; and the rules alone. A site counts as a place; of nested names the outermost counts. F1 is given a type.
"""

import argparse
import time
from collections.abc import Mapping
from pathlib import Path

from nlp.models import find_named
from nlp.overlaps import settle
from nlp.passage import Passage
from nlp.reading import Reader
from nlp.training.corpora import CORPORA, Span
from nlp.training.scoring import TYPES, Finder, held_out, score
from watchword.knowledge import pipelines
from watchword.settings import load_settings

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "entities"


def whole(language: str, chosen: Mapping[str, str]) -> Finder:
    """Return the finder that reading is."""
    reader = Reader(pipelines=chosen)
    return lambda text: [Span(m.start, m.end, m.type) for m in reader.read(text, language).mentions]


def alone(language: str, chosen: Mapping[str, str]) -> Finder:
    """Return the finder that a pipeline is, with the names that come back."""
    return lambda text: [Span(m.start, m.end, m.type) for m in settle(find_named(Passage(text, language), chosen))]


def chosen_pipelines(models: str) -> Mapping[str, str]:
    """Return language to pipeline: the pairs given, or those of the settings."""
    if not models:
        return pipelines(load_settings())
    return dict(pair.split("=", 1) for pair in models.split(","))


def main() -> None:
    """Print a table: F1 by type and together, and milliseconds a text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="?", default=DATA)
    parser.add_argument("--models", default="", help="pairs of language and pipeline in place of the settings")
    parser.add_argument("--texts", type=int, default=10**6, help="at most so many texts a language")
    arguments = parser.parse_args()
    chosen = chosen_pipelines(arguments.models)
    print(f"{'':26}{''.join(f'{kind:>14}' for kind in TYPES)}{'together':>10}{'ms':>8}")
    for language, corpus in CORPORA.items():
        texts = held_out(corpus.read, arguments.corpora / corpus.folder)[: arguments.texts]
        with_pipeline = {"whole": whole(language, chosen), "pipeline": alone(language, chosen)}
        finders = (with_pipeline if language in chosen else {}) | {"rules": whole(language, {})}
        for name, find in finders.items():
            started = time.perf_counter()
            scores = score(texts, find)
            taken = (time.perf_counter() - started) / max(1, len(texts)) * 1000
            shown = "".join(f"{scores.f1(kind):14.3f}" for kind in TYPES)
            print(f"{language} {name:10}{len(texts):6} texts {shown}{scores.f1():10.3f}{taken:8.1f}", flush=True)


if __name__ == "__main__":
    main()
