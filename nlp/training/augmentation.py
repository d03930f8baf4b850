"""More training texts from few: the same sentences with other names of the same type in them."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nlp.training.corpora import Annotated, Span

# Of the names in a copy, this share is another's; the rest stays, as names of one text belong together.
REPLACED = 0.7

Names = Mapping[str, Sequence[str]]


def names_by_type(texts: Iterable[Annotated]) -> Names:
    """Return the names that *texts* hold, each as often as it stands there."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for span in text.spans:
            found[span.type].append(text.text[span.start : span.end])
    return found


def with_other_names(text: Annotated, names: Names, copies: int) -> Iterator[Annotated]:
    """Yield *copies* of a text with other names; the same ones each time that it is asked for."""
    for number in range(copies):
        yield _copy(text, names, random.Random(f"{text.name} {number}"))


def _copy(text: Annotated, names: Names, chance: random.Random) -> Annotated:
    pieces: list[str] = []
    spans: list[Span] = []
    position = length = 0
    for span in text.spans:
        between = text.text[position : span.start]
        own = text.text[span.start : span.end]
        name = chance.choice(names[span.type]) if chance.random() < REPLACED else own
        start = length + len(between)
        spans.append(Span(start, start + len(name), span.type))
        pieces += [between, name]
        position, length = span.end, start + len(name)
    return Annotated(text.name, "".join(pieces) + text.text[position:], tuple(spans))
