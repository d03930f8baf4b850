"""How well names are found: exact spans and coarse types against a corpus, a site counted as a place."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.mention import ORGANISATION, PERSON, PLACE, SITE
from nlp.training.corpora import Annotated, Span

if TYPE_CHECKING:
    from spacy.language import Language

TYPES = (PERSON, ORGANISATION, PLACE)
Finder = Callable[[str], Iterable[Span]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where there is nothing to find."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass
class Scores:
    """Counts by type: found and right, found and wrong, missed."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def f1(self, *types: str) -> float:
        """Return the F1 of *types* together, of all without any named."""
        chosen = types or TYPES
        return Counts(*(sum(c[t] for t in chosen) for c in (self.right, self.wrong, self.missed))).f1


def score(texts: Iterable[Annotated], find: Finder) -> Scores:
    """Return how well *find* finds the names of *texts*."""
    scores = Scores()
    for text in texts:
        marked, found = set(_coarse(text.spans)), set(_coarse(find(text.text)))
        scores.right.update(span.type for span in marked & found)
        scores.wrong.update(span.type for span in found - marked)
        scores.missed.update(span.type for span in marked - found)
    return scores


def _coarse(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        kind = PLACE if span.type == SITE else span.type
        if kind in TYPES:
            yield Span(span.start, span.end, kind)


def by_pipeline(pipeline: "Language") -> Finder:
    """Return the finder that a pipeline is by itself."""
    return lambda text: [Span(ent.start_char, ent.end_char, ent.label_) for ent in pipeline(text).ents]


def held_out(read: Callable[[Path], Iterator[Annotated]], folder: Path) -> list[Annotated]:
    """Return the texts of a corpus that are never trained on, with what is a name there.

    Pronouns and descriptions (`they`, `enemy forces`), which some corpora mark too, have no capital letter.
    """
    return [_of_names(text) for text in read(folder) if text.held_out]


def _of_names(text: Annotated) -> Annotated:
    named = (span for span in text.spans if not text.text[span.start : span.end].islower())
    return replace(text, spans=tuple(named))
