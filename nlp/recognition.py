"""Names by a pipeline that was trained here: spaCy's weights and decisions, with less work than its own loop.

spaCy computes anew in each text what a word is, and asks the network once a token. Here a word is remembered from text
to text, and the network is asked once for all tokens outside of names, and once a step for those inside. The names are
those that the pipeline itself would give; one whose layers are others is left to spaCy.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from nlp.features import BY_LANGUAGE, Look, write
from nlp.repeated import Named

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.model import Model

Array = Any
Gemm = Callable[..., Array]
# A vector has 400 bytes; a language's running words are mostly among so many.
MAX_REMEMBERED = 50_000
# The token to decide on, the first of an open name, and the last before: what a decision looks at.
SEEN_BY_A_DECISION = 3
WINDOW = 1
# What thinc adds to a variance, so that it divides by no zero.
EPSILON = 1e-8


class Recogniser:
    """Finds names with the weights of one pipeline."""

    def __init__(self, pipeline: "Language", *, room: int = MAX_REMEMBERED) -> None:
        recogniser = pipeline.get_pipe("ner")
        model = recogniser.model
        tok2vec, _, linear = model.layers[0].layers
        self._pipeline = pipeline
        self._words = _Words(pipeline, tok2vec.layers[0], room)
        self._encode = _Encoder(tok2vec.layers[1])
        self._linear = linear
        self._decide = _Decisions(model, [recogniser.moves.get_class_name(i) for i in range(recogniser.moves.n_moves)])

    def names(self, text: str) -> Iterator[Named]:
        """Yield the names in *text*, in its order."""
        doc = self._pipeline.make_doc(text)
        if not len(doc):
            return
        vectors = self._linear.predict(self._encode(self._words(doc)))
        for first, last, label in self._decide(vectors, numpy.array([token.is_space for token in doc])):
            yield Named(doc[first].idx, doc[last].idx + len(doc[last]), label)


def recogniser_of(pipeline: "Language") -> Recogniser | None:
    """Return the recogniser of *pipeline*, or None where it has other parts than those that are trained here."""
    if pipeline.pipe_names != ["features", "ner"] or pipeline.lang not in BY_LANGUAGE:
        return None
    return Recogniser(pipeline) if _is_known(pipeline.get_pipe("ner").model) else None


def _is_known(model: "Model[Any, Any]") -> bool:
    """Say whether *model* has the layers that are computed here: windows of three, maxout, normalised."""
    if len(model.layers[0].layers) != 3 or model.get_ref("lower").get_dim("nF") != SEEN_BY_A_DECISION:
        return False
    encoder = model.layers[0].layers[0].layers[-1]
    windows = _named(encoder, "expand_window")
    alike = len(windows) == len(_named(encoder, "maxout")) == len(_named(encoder, "layernorm"))
    return alike and len(windows) > 0 and all(layer.attrs["window_size"] == WINDOW for layer in windows)


def _named(model: "Model[Any, Any]", name: str) -> "list[Model[Any, Any]]":
    return [node for node in model.walk() if node.name == name]


class _Words:
    """What each word of a text is without its neighbours, as a vector; vectors of words that come back are kept."""

    def __init__(self, pipeline: "Language", embed: "Model[Any, Any]", room: int) -> None:
        self._vocab = pipeline.vocab
        self._look = BY_LANGUAGE[pipeline.lang]
        self._columns = embed.layers[0].attrs["columns"]
        self._layers = embed.layers[2:-1]
        self._rows: dict[Look, int] = {}
        self._kept = numpy.empty((room, embed.get_dim("nO")), dtype="f")

    def __call__(self, doc: "Doc") -> Array:
        looks = self._look(doc)
        if not self._remember(look for look in looks if look not in self._rows):
            self._rows.clear()
            if not self._remember(looks):
                return self._compute(looks)
        return self._kept[[self._rows[look] for look in looks]]

    def _remember(self, looks: Iterable[Look]) -> bool:
        """Keep the vectors of *looks*, and return whether there was room for them."""
        new, first = list(dict.fromkeys(looks)), len(self._rows)
        if first + len(new) > len(self._kept):
            return False
        if new:
            self._kept[first : first + len(new)] = self._compute(new)
            self._rows.update(zip(new, range(first, first + len(new)), strict=True))
        return True

    def _compute(self, looks: list[Look]) -> Array:
        from spacy.tokens import Doc

        words = Doc(self._vocab, words=[look.text for look in looks])
        for token, look in zip(words, looks, strict=True):
            write(token, look)
        vectors = words.to_array(self._columns)
        for layer in self._layers:
            vectors = layer.predict(vectors)
        return vectors


@dataclass(frozen=True)
class _Layer:
    """A layer that looks at a token and its neighbours: the best of several linear functions, normalised and added."""

    weights: Array
    bias: Array
    scale: Array
    shift: Array
    pieces: int
    gemm: Gemm

    def __call__(self, x: Array) -> Array:
        width = x.shape[1]
        found = self.gemm(_windows(x), self.weights, trans2=True)
        found += self.bias
        best = found[:, :width]
        for piece in range(1, self.pieces):
            numpy.maximum(best, found[:, piece * width : (piece + 1) * width], out=best)
        best = best - best.mean(axis=1, keepdims=True)
        best *= (numpy.square(best).mean(axis=1, keepdims=True) + EPSILON) ** -0.5
        best *= self.scale
        best += self.shift
        best += x
        return best


def _windows(x: Array) -> Array:
    """Return each row of *x* between the rows before and after it."""
    width = x.shape[1]
    found = numpy.zeros((len(x), 3 * width), dtype="f")
    found[1:, :width] = x[:-1]
    found[:, width : 2 * width] = x
    found[:-1, 2 * width :] = x[1:]
    return found


class _Encoder:
    """What each word is among its neighbours."""

    def __init__(self, model: "Model[Any, Any]") -> None:
        self._pad = model.attrs["pad"]
        parts = zip(_named(model, "maxout"), _named(model, "layernorm"), strict=True)
        self._layers = [_layer(maxout, norm) for maxout, norm in parts]

    def __call__(self, vectors: Array) -> Array:
        around = numpy.zeros((len(vectors) + 2 * self._pad, vectors.shape[1]), dtype="f")
        around[self._pad : len(around) - self._pad] = vectors
        for layer in self._layers:
            around = layer(around)
        return around[self._pad : len(around) - self._pad]


def _layer(maxout: "Model[Any, Any]", norm: "Model[Any, Any]") -> _Layer:
    weights: Array = maxout.get_param("W")
    bias: Array = maxout.get_param("b")
    width, pieces, seen = weights.shape
    by_piece = numpy.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * width, seen))
    scale, shift = norm.get_param("G"), norm.get_param("b")
    return _Layer(by_piece, bias.T.reshape(pieces * width), scale, shift, pieces, maxout.ops.gemm)


class _Decisions:
    """spaCy's decisions on each token in turn: outside, a name of one token, or the first, inner or last of one."""

    def __init__(self, model: "Model[Any, Any]", moves: list[str]) -> None:
        self._lower, self._upper = model.get_ref("lower"), model.get_ref("upper")
        self._labels = [move[2:] for move in moves]
        self._outside = moves.index("O")
        self._begins = numpy.array([move.startswith("B-") for move in moves])
        units = numpy.array([move.startswith("U-") and len(move) > 2 for move in moves])
        self._closed = numpy.where(self._begins | units, 0.0, -numpy.inf).astype("f")
        self._closed[self._outside] = 0.0
        self._goes_on = numpy.array([_other(moves, move, "I-") for move in moves])
        self._ends = numpy.array([_other(moves, move, "L-") for move in moves])

    def __call__(self, vectors: Array, spaces: Array) -> Iterator[tuple[int, int, str]]:
        """Yield first token, last token and label of each name."""
        seen = self._lower.predict(numpy.ascontiguousarray(vectors))
        chosen = self._outside_names(seen, spaces)
        lasts = self._lasts(seen, chosen)
        free = 0
        for first in numpy.flatnonzero(chosen != self._outside).tolist():
            if first >= free:
                last = lasts.get(first, first)
                yield first, last, self._labels[chosen[first]]
                free = last + 1

    def _outside_names(self, seen: Array, spaces: Array) -> Array:
        """Return the decision on each token as it is where no name is open before it."""
        scores = self._scores(seen[1:, 0] + seen[0, 1] + seen[0, 2])
        scores += self._closed
        outside = scores[:, self._outside].copy()
        scores[spaces] = -numpy.inf
        scores[:, self._outside] = outside
        scores[-1, self._begins] = -numpy.inf
        return scores.argmax(axis=1)

    def _lasts(self, seen: Array, chosen: Array) -> dict[int, int]:
        """Return the last token of each name of several tokens, by its first."""
        firsts = numpy.flatnonzero(self._begins[chosen])
        tokens = firsts + 1
        lasts: dict[int, int] = {}
        while len(firsts):
            scores = self._scores(seen[tokens + 1, 0] + seen[firsts + 1, 1] + seen[tokens, 2])
            rows, moves = numpy.arange(len(firsts)), chosen[firsts]
            on = scores[rows, self._goes_on[moves]] > scores[rows, self._ends[moves]]
            on &= tokens < len(chosen) - 1
            lasts.update(zip(firsts[~on].tolist(), tokens[~on].tolist(), strict=True))
            firsts, tokens = firsts[on], tokens[on] + 1
        return lasts

    def _scores(self, seen: Array) -> Array:
        pieces = numpy.moveaxis(seen + self._lower.get_param("b"), -1, 0)
        return self._upper.predict(functools.reduce(numpy.maximum, pieces))


def _other(moves: list[str], move: str, prefix: str) -> int:
    """Return the number of the move with *prefix* that has the label of *move*; -1 where there is none."""
    other = prefix + move[2:]
    return moves.index(other) if other in moves else -1
