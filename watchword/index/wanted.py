"""What is looked for in the words of documents: tokens as written, words in any form, tests of tokens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index_mappings.analysis import FOLDED_WORDS, STEMMED_LANGUAGES, exact_stream, stem_stream, stemmed


@dataclass(frozen=True)
class Atom:
    """What says which words are meant: a token as written, a word in any form, or a test of tokens."""

    token: str = ""
    word: str = ""
    test: Callable[[str], bool] | None = None


Numbers = tuple[int, ...]


class Tested(dict[str, Numbers]):
    """Which atoms that test tokens mean a token, decided once a token."""

    def __init__(self, asked: Sequence[Atom]) -> None:
        super().__init__()
        self.tests = [(number, atom.test) for number, atom in enumerate(asked) if atom.test]

    def __missing__(self, token: str) -> Numbers:
        meant = self[token] = tuple(number for number, test in self.tests if test(token))
        return meant


class Wanted:
    """What is looked for in documents of one language: tokens of the exact stream, tokens of the stem stream, tests."""

    def __init__(self, asked: Sequence[Atom], language: str | None) -> None:
        self.language = language if language in STEMMED_LANGUAGES else None
        self.tokens: dict[str, Numbers] = {}
        self.stems: dict[str, Numbers] = {}
        self.tested = Tested(asked)
        for number, atom in enumerate(asked):
            token = atom.token or (FOLDED_WORDS[atom.word] if atom.word else "")
            self.tokens[token] = (*self.tokens.get(token, ()), number)
            if atom.word and self.language:
                stem = stemmed(atom.word, self.language)
                self.stems[stem] = (*self.stems.get(stem, ()), number)

    def meant(self, found: Sequence[str]) -> dict[int, Numbers]:
        """Return which atoms mean the words of a text, by position; most words are meant by none."""
        exact = exact_stream(found)
        hits = [(place, self.tokens[token]) for place, token in enumerate(exact) if token in self.tokens]
        if self.stems:
            stems = stem_stream(found, self.language)
            hits += [(place, self.stems[token]) for place, token in enumerate(stems) if token in self.stems]
        if self.tested.tests:
            hits += [(place, self.tested[token]) for place, token in enumerate(exact) if self.tested[token]]
        meant: dict[int, Numbers] = {}
        for place, numbers in hits:
            meant[place] = meant.get(place, ()) + numbers
        return meant
