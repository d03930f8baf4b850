"""A name that may be an item's: where it stands, what speaks for and against it, and the verdict."""

from dataclasses import dataclass

from nlp.items.lexicon import Name
from nlp.mention import Threshold

MET, GIVEN = 1.2, 0.3


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a name is meant as the item, how sure that is, and the words that decided."""

    meant: bool
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name where it stands: words *first* to *last*, characters *start* to *end* of *text*, of an item of *area*."""

    name: Name
    first: int
    last: int
    start: int
    end: int
    area: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A limit that a parameter in the text was held against, and whether a word of the text announces it."""

    limit: Threshold | None
    announced: bool = False

    def support(self) -> float:
        """Return what this says for the item: little where a number has only a fitting unit."""
        if self.limit is None or self.limit.met is False:
            return 0.0
        return MET if self.limit.met and self.announced else GIVEN


class Evidence(dict[str, float]):
    """What speaks for one side: each word with its weight."""

    __slots__ = ()

    @property
    def total(self) -> float:
        """All weights together."""
        return sum(self.values())

    def add(self, word: str, weight: float) -> None:
        """Count *word* once, at its greatest weight."""
        if weight > self.get(word, 0.0) or word not in self:
            self[word] = weight

    def listed(self) -> str:
        """Return the three weightiest words, for a reason."""
        ranked = sorted(self.items(), key=lambda pair: (-pair[1], pair[0]))
        return ", ".join(f"'{word}'" for word, _ in ranked[:3])
