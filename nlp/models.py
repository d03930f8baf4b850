"""Trained pipelines: which there are, and the names that one finds in a passage."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.mention import ORGANISATION, PERSON, PLACE, SITE, Mention
from nlp.passage import Passage
from nlp.repeated import Named, repeated

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
USUAL_TOKENIZER = '@tokenizers = "spacy.Tokenizer.v1"'
# Half a character, as broken encoding leaves it; spaCy refuses them.
SURROGATE = re.compile("[\ud800-\udfff]")
ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "un", "une", "el", "los", "las", "una"})
PERSON_LABELS = frozenset({"person", "PERSON", "PER"})


@dataclass(frozen=True)
class Facts:
    """What a pipeline says of itself; `score` is its F1 on held-out texts, or None where it does not say."""

    name: str
    licence: str
    score: float | None


def shipped_pipelines() -> dict[str, str]:
    """Return language to folder of the trained pipelines that ship."""
    return installed_pipelines(SHIPPED)


def installed_pipelines(folder: Path) -> dict[str, str]:
    """Return language to folder of the pipelines in *folder*, a folder each."""
    return {_meta(meta.parent)["lang"]: str(meta.parent) for meta in sorted(folder.glob("[!.]*/meta.json"))}


def available(pipeline: str) -> bool:
    """Say whether there is a pipeline of this name or folder."""
    if (Path(pipeline) / "meta.json").is_file():
        return True
    return pipeline.isidentifier() and find_spec(pipeline) is not None


def facts(pipeline: str) -> Facts:
    """Return what a pipeline of this name or folder says of itself."""
    if not Path(pipeline).is_dir():
        return Facts(pipeline, str(metadata(pipeline).json.get("license", "")), None)
    meta = _meta(Path(pipeline))
    score = meta.get("performance", {}).get("ents_f")
    return Facts(f"{meta['lang']}_{meta['name']}", meta.get("license", ""), score)


def _meta(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "meta.json").read_text("utf-8"))
    return found


@lru_cache(maxsize=8)
def load(pipeline: str) -> "Language":
    """Return the spaCy pipeline of this name or folder, without the components that names do not need."""
    from nlp.spacy_alone import import_spacy

    spacy = import_spacy()
    import nlp.tagger

    changes = {"nlp.tokenizer.@tokenizers": nlp.tagger.BARE} if _has_rules_of_its_own(Path(pipeline)) else {}
    return spacy.load(pipeline, exclude=["parser", "lemmatizer", "attribute_ruler"], config=changes)


def _has_rules_of_its_own(folder: Path) -> bool:
    """Say whether the folder of a pipeline holds the rules of spaCy's own tokeniser."""
    config = folder / "config.cfg"
    return (folder / "tokenizer").is_file() and USUAL_TOKENIZER in config.read_text("utf-8")


def names_in(text: str, pipeline: str) -> Iterator[Named]:
    """Yield what the pipeline of this name or folder names in *text*.

    Some corpora also mark pronouns and descriptions (`they`, `our partners`); those are no names.
    """
    doc = load(pipeline)(SURROGATE.sub("\ufffd", text))
    for span in doc.ents:
        pronoun = all(token.is_stop and not token.is_upper for token in span)
        if not pronoun and not span.text.islower() and not _is_description(span.text, span.label_):
            yield Named(span.start_char, span.end_char, span.label_)


def _is_description(text: str, label: str) -> bool:
    """Return whether only an article that begins a sentence has a capital: "The museum shop" is no place.

    "The military" is an organisation to analysts and corpora alike, and stays.
    """
    article, _, rest = text.partition(" ")
    return article.lower() in ARTICLES and rest.islower() and COARSE.get(label.upper()) != ORGANISATION


def find_named(passage: Passage, pipelines: Mapping[str, str]) -> Iterator[Mention]:
    """Yield what the pipeline of the passage's language names, by coarse type."""
    name = pipelines.get(passage.language or "")
    if name is None:
        return
    found = list(names_in(passage.text, name))
    for named in found:
        yield from _mention(passage.text, named, f"{named.label} by the pipeline {Path(name).name}")
    for named in repeated(passage.text, found, PERSON_LABELS):
        yield from _mention(passage.text, named, f"{named.label}, as the pipeline {Path(name).name} named it elsewhere")


def _mention(text: str, named: Named, reason: str) -> Iterator[Mention]:
    coarse = COARSE.get(named.label.upper())
    written = text[named.start : named.end]
    if coarse:
        name = " ".join(written.split())
        yield Mention(named.start, named.end, written, coarse, None, name, reason, score=MODEL_SCORE)
