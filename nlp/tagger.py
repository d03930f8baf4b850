"""The component of the pipelines trained here: a linear-chain conditional random field over the tokens of a passage.

It marks the names of a document: Lafferty and others 2001, as python-crfsuite computes it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy import registry
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from nlp.features import BY_LANGUAGE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

WEIGHTS = "weights.crfsuite"
BARE = "watchword.bare.v1"
OUTSIDE, BEGINS = "O", "B-"
# A line that breaks after so many characters, and in no sentence's end, was broken to fit the page.
BROKEN_LINE = {"zh": 15}
BROKEN_LINE_ELSEWHERE = 45
# A token of its own that ends a sentence.
SENTENCE_MARKS = frozenset(".!?。！？")
SENTENCE_END = re.compile(r"[.:;!?。！？：；…][\"'”’」』）)\]]*$")


class Tagger:
    """Marks names with the weights that training found; without weights it marks none."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.weights = b""
        self._model: Any = None

    def __call__(self, doc: "Doc") -> "Doc":
        """Set the entities of *doc*."""
        parts = sequences(doc, self.language)
        spans = [span for part, labels in zip(parts, self._labels(parts), strict=True) for span in _spans(part, labels)]
        doc.set_ents(spans)
        return doc

    def _labels(self, parts: Sequence[Sequence["Token"]]) -> Iterator[list[str]]:
        for features in BY_LANGUAGE[self.language]([[token.text for token in part] for part in parts]):
            yield self._model.tag(features) if self._model else [OUTSIDE] * len(features)

    def use(self, weights: bytes) -> None:
        """Take the weights of a model as python-crfsuite writes it."""
        import pycrfsuite

        self.weights = weights
        self._model = pycrfsuite.Tagger()
        self._model.open_inmemory(weights)

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the weights into the folder *path*."""
        path.mkdir(parents=True, exist_ok=True)
        (path / WEIGHTS).write_bytes(self.weights)

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> "Tagger":  # noqa: ARG002
        """Read the weights from the folder *path*."""
        self.use((path / WEIGHTS).read_bytes())
        return self


@registry.tokenizers(BARE)  # type: ignore[untyped-decorator]
def make_bare_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what makes a tokeniser without rules, for a pipeline that then reads its own from its folder."""
    return lambda nlp: Tokenizer(nlp.vocab)


@Language.factory("watchword_names")  # type: ignore[untyped-decorator]
def make_tagger(nlp: Language, name: str) -> Tagger:  # noqa: ARG001
    """Return the component for the language of *nlp*."""
    return Tagger(nlp.lang)


def sequences(doc: "Doc", language: str) -> list[list["Token"]]:
    """Return the tokens of each line of *doc*, a line that was broken to fit the page together with the next."""
    parts: list[list[Token]] = [[]]
    length = BROKEN_LINE.get(language, BROKEN_LINE_ELSEWHERE)
    # spaCy joins the text of a document anew each time that it is asked for it.
    start, text = 0, doc.text
    for token in doc:
        if not token.is_space:
            parts[-1].append(token)
            if token.text in SENTENCE_MARKS:
                parts.append([])
        elif "\n" in token.text:
            line = text[start : token.idx].strip()
            start = token.idx + len(token)
            if token.text.count("\n") > 1 or len(line) < length or SENTENCE_END.search(line):
                parts.append([])
    return [part for part in parts if part]


def labels_of(part: Sequence["Token"]) -> list[str]:
    """Return the label of each token of *part* by the entities of its document."""
    return [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else OUTSIDE for token in part]


def _spans(part: Sequence["Token"], labels: Sequence[str]) -> Iterator["Span"]:
    from spacy.tokens import Span

    starts = [i for i, label in enumerate(labels) if _begins(label, labels[i - 1] if i else OUTSIDE)]
    for start, following in pairwise([*starts, len(labels)]):
        end = next((i for i in range(start + 1, following) if labels[i] == OUTSIDE), following)
        yield Span(part[start].doc, part[start].i, part[end - 1].i + 1, label=labels[start][len(BEGINS) :])


def _begins(label: str, before: str) -> bool:
    """Tell whether a name begins here: by its label, or because the token before is in none of this type."""
    return label != OUTSIDE and (label.startswith(BEGINS) or before[len(BEGINS) :] != label[len(BEGINS) :])
