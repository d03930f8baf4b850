"""Many phrases found in a text at once, in any inflected form: a trie over words that are known by base and ending."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from nlp.folding import folded
from nlp.inflection import Paradigm, fixed, paradigms, unclitic
from nlp.words import Words, split_words

Value = TypeVar("Value")

# What may stand between two words of one phrase.
GAP = re.compile(r"[ \-'\"«»„“”·/®™]{0,4}")
# Words that Spanish and French put between the words of a name, or leave out: "presse (isostatique) à chaud".
LINKING_WORDS = "a al au aux d de del des du el en et l la las le les los para pour y"
LINKING = frozenset(LINKING_WORDS.split())
LINKED_LANGUAGES = frozenset({"es", "fr"})
MAX_LINKING = 3
# The longest ending of a paradigm.
MAX_ENDING = 6
# English and Russian write these parts of a word with a hyphen, apart, or as one with the rest.
PREFIX = re.compile(r"^(anti|semi|multi|ultra|micro|electro|super|non|photo|radio|thermo|piezo|magneto)(?=[a-z]{4})")
IS_ARABIC = re.compile("[\u0620-\u06ff]")
MAX_REMEMBERED_WORDS = 200_000


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A phrase in a text: first and last word, letters of the first word that are not its own, what it stands for."""

    first: int
    last: int
    clitic: int
    values: tuple[Value, ...]


@dataclass(slots=True)
class _Node(Generic[Value]):
    after: dict[int, "_Node[Value]"] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)


@dataclass
class PhraseBook(Generic[Value]):
    """Phrases of six languages with what they stand for."""

    _root: _Node[Value] = field(default_factory=_Node)
    _lexemes: dict[tuple[str, str], int] = field(default_factory=dict)
    _bases: dict[str, list[tuple[frozenset[str], int]]] = field(default_factory=dict)
    _known: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def add(self, phrase: str, language: str, value: Value) -> None:
        """Add *phrase*, in its dictionary form; *language* "" is for trade names, which do not inflect."""
        for spelling in spellings(folded(phrase), language):
            node = self._root
            for word in spelling:
                node = node.after.setdefault(self._lexeme(word, language), _Node())
            if value not in node.values:
                node.values.append(value)

    def _lexeme(self, word: str, language: str) -> int:
        number = self._lexemes.get((word, language))
        if number is None:
            number = self._lexemes[word, language] = len(self._lexemes)
            for paradigm in _paradigms(word, language):
                self._bases.setdefault(paradigm.base, []).append((paradigm.endings, number))
        return number

    def find(self, words: Words) -> Iterator[Found[Value]]:
        """Yield every phrase in *words*, the shorter ones inside a longer one too."""
        known = [self._look_up(text) for text in words.texts]
        for first, lexemes in enumerate(known):
            if lexemes or (first + 1 < len(words) and words.gap(first) in HYPHENATED):
                yield from self._walk(words, known, first)

    def _walk(self, words: Words, known: "list[_Lexemes]", first: int) -> Iterator[Found[Value]]:
        stack = [(self._root, first, 0, 0)]
        while stack:
            node, index, linking, clitic = stack.pop()
            if node.values and not linking and words.whole(first, index - 1):
                yield Found(first, index - 1, clitic, tuple(node.values))
            if index >= len(words) or (index > first and not GAP.fullmatch(words.gap(index - 1))):
                continue
            for lexeme, letters, used in self._steps(words, known, index):
                child = node.after.get(lexeme)
                if child is not None:
                    stack.append((child, index + used, 0, letters if index == first else clitic))
            if index > first and linking < MAX_LINKING and words.texts[index] in LINKING:
                stack.append((node, index + 1, linking + 1, clitic))

    def _steps(self, words: Words, known: "list[_Lexemes]", index: int) -> Iterator[tuple[int, int, int]]:
        for lexeme, letters in known[index]:
            yield lexeme, letters, 1
        if index + 1 < len(words) and words.gap(index) in HYPHENATED:
            for lexeme, letters in self._look_up(words.texts[index] + words.texts[index + 1]):
                yield lexeme, letters, 2

    def _look_up(self, word: str) -> "_Lexemes":
        """Return the lexemes that *word* is a form of, each with the letters of *word* that are not its own."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > MAX_REMEMBERED_WORDS:
                self._known.clear()
            bare = unclitic(word) if IS_ARABIC.match(word) else ((word, 0),)
            found = tuple(
                {lexeme: (lexeme, letters) for form, letters in bare for lexeme in self._forms(form)}.values()
            )
            self._known[word] = found
        return found

    def _forms(self, form: str) -> Iterator[int]:
        for length in range(len(form), max(0, len(form) - MAX_ENDING) - 1, -1):
            ending = form[length:]
            for allowed, lexeme in self._bases.get(form[:length], ()):
                if ending in allowed:
                    yield lexeme


_Lexemes = tuple[tuple[int, int], ...]
HYPHENATED = frozenset({"-", "- "})


@cache
def _paradigms(word: str, language: str) -> tuple[Paradigm, ...]:
    return paradigms(word, language) if language else (fixed(word),)


def spellings(phrase: str, language: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of the folded *phrase*, and those of it with its hyphens closed or its prefixes parted."""
    words = split_words(phrase)
    texts = list(words.texts)
    if language in LINKED_LANGUAGES:
        texts = [texts[0], *(text for text in texts[1:] if text not in LINKING or len(texts) == 2)]
    yield tuple(texts)
    if "-" in phrase and language:
        yield split_words(phrase.replace("-", "")).texts
    parted = tuple(part for text in texts for part in PREFIX.sub(r"\1 ", text).split())
    if language == "en" and parted != tuple(texts):
        yield parted
