"""Trained pipelines: which there are, and the names that one finds in a passage."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.mention import ORGANISATION, PERSON, PLACE, SITE, Mention
from nlp.passage import Passage

if TYPE_CHECKING:
    from spacy.language import Language

SHIPPED = Path(__file__).parent / "trained"
# What the labels of usual pipelines are, in coarse types; other labels are left out.
COARSE = {
    "PER": PERSON,
    "PERSON": PERSON,
    "ORG": ORGANISATION,
    "ORGANISATION": ORGANISATION,
    "ORGANIZATION": ORGANISATION,
    "GPE": PLACE,
    "LOC": PLACE,
    "LOCATION": PLACE,
    "PLACE": PLACE,
    "FAC": SITE,
    "FACILITY": SITE,
    "SITE": SITE,
}
MODEL_SCORE = 0.6


def shipped_pipelines() -> dict[str, str]:
    """Return language to folder of the trained pipelines that ship."""
    if not SHIPPED.is_dir():
        return {}
    return {_language(folder): str(folder) for folder in sorted(SHIPPED.iterdir()) if (folder / "meta.json").is_file()}


def _language(folder: Path) -> str:
    return str(json.loads((folder / "meta.json").read_text("utf-8"))["lang"])


@lru_cache(maxsize=8)
def load(pipeline: str) -> "Language":
    """Return the spaCy pipeline of this name or folder; raise LookupError where there is none."""
    import spacy

    if not Path(pipeline).is_dir() and find_spec(pipeline) is None:
        raise LookupError(f"No spaCy pipeline named {pipeline!r} is installed.")
    return spacy.load(pipeline, exclude=["parser", "lemmatizer", "attribute_ruler"])


def find_named(passage: Passage, pipelines: Mapping[str, str]) -> Iterator[Mention]:
    """Yield what the pipeline of the passage's language names, by coarse type."""
    name = pipelines.get(passage.language or "")
    if name is None:
        return
    pipeline = load(name)
    for span in pipeline(passage.text).ents:
        coarse = COARSE.get(span.label_.upper())
        if coarse:
            reason = f"{span.label_} by the pipeline {Path(name).name}"
            yield Mention(span.start_char, span.end_char, span.text, coarse, None, span.text, reason, score=MODEL_SCORE)
