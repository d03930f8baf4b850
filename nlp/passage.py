"""A text on its way through the finders: its folded copy and its tokens, each made once, when asked for."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nlp.folding import Folded, fold
from nlp.mention import LanguagePart
from nlp.sentences import Sentences, split_sentences
from nlp.words import Words, split_words

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Passage:
    """A text to read; `language` is an ISO 639-1 code, or None where it is not known."""

    text: str
    language: str | None = None

    @cached_property
    def folded(self) -> Folded:
        """The text folded for matching, with the way back to its own characters."""
        return fold(self.text)

    @cached_property
    def words(self) -> Words:
        """The words of the folded text."""
        return split_words(self.folded.text)

    @cached_property
    def word_starts(self) -> list[int]:
        """Where each word begins in the text itself."""
        return list(map(self.folded.origin.__getitem__, self.words.starts))

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of the text."""
        return split_sentences(self.text)

    @cached_property
    def parts(self) -> tuple[LanguagePart, ...]:
        """The stretches of the text that are in one language each."""
        from nlp.language import parts

        return tuple(parts(self.text))

    def language_at(self, offset: int) -> str | None:
        """Return the language of the stretch that *offset* lies in."""
        part = bisect_right(self.parts, offset, key=lambda part: part.start) - 1
        return self.parts[part].language if part >= 0 and offset < self.parts[part].end else self.language

    @cached_property
    def doc(self) -> "Doc":
        """The text as spaCy tokens, by the tokeniser of its language."""
        from nlp.tokens import tokenise

        return tokenise(self.text, self.language)
