"""Many phrases found in a text at once, in any inflected form: a trie over words that are known by base and ending."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from nlp.folding import folded
from nlp.inflection import Paradigm, fixed, paradigms, unclitic
from nlp.words import IS_HAN, Words, split_words

Value = TypeVar("Value")
# A node is (lexeme to node, numbers of values); a lexeme is a word with its paradigm, as a number.
Node = tuple[dict[int, Any], list[int]]
# The lexemes that a word may be a form of, each with how many of the word's letters are not its own.
Lexemes = tuple[tuple[int, int], ...]
# A node that words lead to, how many words, whether linking words may follow them, letters that are not the word's own.
Step = tuple[Node, int, bool, int]

# What may stand between two words of one phrase.
GAP = re.compile(r"[ \-'\"«»„“”·/®™]{0,4}")
# What stands inside a chemical name, closed up: N,N-diisopropyl-(beta)-aminoethanol, bis(2-chloroethyl) sulfide.
CHEMICAL_GAP = re.compile(r"[,()\[\]'-]{1,3}|[)\]] ")
PLAIN_GAPS = frozenset({"", " "})
HYPHENS = frozenset({"-", "- "})
# Words that Spanish and French put between the words of a name, or leave out: "presse (isostatique) à chaud".
LINKING_WORDS = "a al au aux d de del des du el en l la las le les los para pour"
LINKING = frozenset(LINKING_WORDS.split())
LINKED_LANGUAGES = frozenset({"es", "fr"})
MAX_LINKING = 3
# The longest ending of a paradigm.
MAX_ENDING = 6
# English writes these parts of a word with a hyphen, apart, or as one with the rest.
PREFIX = re.compile(r"^(anti|semi|multi|ultra|micro|electro|super|non|photo|radio|thermo|piezo|magneto)(?=[a-z]{4})")
IS_ARABIC = re.compile("[\u0620-\u06ff]")
# Cyrillic letters that look like Latin ones, in grades such as Т800; longer runs of them are Russian words.
LOOKALIKES = dict(zip("авекмнорстух", "abekmhopctyx", strict=True))
MAX_LOOKALIKE = 3
MAX_REMEMBERED_WORDS = 200_000


class Found(NamedTuple, Generic[Value]):
    """A phrase in a text: first and last word, letters of the first word that are not its own, what it stands for."""

    first: int
    last: int
    clitic: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a word begins: whether it is a phrase by itself, and whether linking words may follow it."""

    steps: tuple[Step, ...]
    complete: bool
    linked: bool


class PhraseBook(Generic[Value]):
    """Phrases of six languages with what they stand for.

    Its state is plain, so that it can be stored; *decode* makes a value from what was stored of it.
    """

    def __init__(self, state: tuple[Any, ...] | None = None, decode: Callable[[Any], Value] | None = None) -> None:
        self._root: Node = ({}, [])
        self._bases: dict[str, list[tuple[frozenset[str], int]]] = {}
        self._values: list[Any] = []
        self._lexemes: dict[tuple[str, str], int] = {}
        self._numbers: dict[Any, int] = {}
        self._known: dict[str, Lexemes] = {}
        self._numbers_of: dict[str, tuple[int, ...]] = {}
        self._openings: dict[str, _Opening] = {}
        self._linked: set[int] = set()
        self._decode = decode
        self._decoded: dict[int, Value] = {}
        if state is not None:
            self._root, self._bases, self._values, self._linked = state

    def state(self, encode: Callable[[Value], Any]) -> tuple[Any, ...]:
        """Return what this book consists of, its values made storable by *encode*."""
        return self._root, self._bases, [encode(value) for value in self._values], self._linked

    def add(self, phrase: str, language: str, value: Value) -> None:
        """Add *phrase*, in its dictionary form; *language* "" is for trade names, which do not inflect."""
        number = self._numbers.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
        for spelling in spellings(folded(phrase), language):
            node = self._root
            for word in spelling:
                node = node[0].setdefault(self._lexeme(word, language), ({}, []))
            if number not in node[1]:
                node[1].append(number)

    def _lexeme(self, word: str, language: str) -> int:
        number = self._lexemes.get((word, language))
        if number is None:
            number = self._lexemes[word, language] = len(self._lexemes)
            if language in LINKED_LANGUAGES:
                self._linked.add(number)
            for paradigm in _paradigms(word, language):
                self._bases.setdefault(paradigm.base, []).append((paradigm.endings, number))
        return number

    def find(self, words: Words, begin: int = 0, end: int | None = None) -> Iterator[Found[Value]]:
        """Yield every phrase in *words* that begins from word *begin* to *end*, also those inside a longer one."""
        texts, gaps, openings = words.texts, words.gaps, self._openings
        for first in range(begin, len(texts) if end is None else end):
            opening = openings.get(texts[first]) or self._opening(texts[first])
            if gaps[first + 1][:1] == "-":
                yield from self._walk(words, first, self._steps(words, first, self._root[0]))
            elif opening.steps and (opening.complete or self._may_go_on(words, first, opening)):
                yield from self._walk(words, first, opening.steps)

    def begins(self, word: str) -> bool:
        """Return whether any phrase begins with a form of the folded *word*."""
        return bool(self._opening(word).steps)

    def _opening(self, word: str) -> "_Opening":
        found = self._openings.get(word)
        if found is None:
            steps = tuple(self._leading(word, self._root[0], 1))
            complete = any(node[1] for node, *_ in steps)
            found = _Opening(steps, complete, any(linked for _, _, linked, _ in steps))
            self._openings[word] = found
        return found

    def _may_go_on(self, words: Words, first: int, opening: "_Opening") -> bool:
        """Return False where no phrase of several words that *opening* begins goes on with the word after *first*."""
        second = first + 1
        if second == len(words.texts):
            return False
        if words.gaps[second] not in PLAIN_GAPS or words.gaps[second + 1][:1] == "-":
            return True
        text = words.texts[second]
        if opening.linked and text in LINKING:
            return True
        lexemes = self._numbers_of.get(text)
        if lexemes is None:
            lexemes = self._numbers_of[text] = tuple(lexeme for lexeme, _ in self._look_up(text))
        for (children, _), *_ in opening.steps:  # noqa: SIM110 - a generator takes twice the time
            if not children.keys().isdisjoint(lexemes):
                return True
        return False

    def knows(self, word: str) -> bool:
        """Return whether the folded *word* may be a form of any word of a phrase."""
        return bool(self._look_up(word))

    def values_of(self, texts: Sequence[str]) -> tuple[Value, ...]:
        """Return what the folded words *texts* stand for, beside one another."""
        nodes = [self._root]
        for text in texts:
            lexemes = [lexeme for lexeme, _ in self._look_up(text)]
            nodes = [node[0][lexeme] for node in nodes for lexeme in lexemes if lexeme in node[0]]
        return tuple(self._value(number) for node in nodes for number in node[1])

    def _walk(self, words: Words, first: int, steps: Iterable[Step]) -> Iterator[Found[Value]]:
        """Yield the phrases that *steps* lead to from word *first*."""
        texts, gaps, size = words.texts, words.gaps, len(words.texts)
        # Each entry: a node, the next word, whether linking words may be skipped there, how many were, the clitic.
        stack = [(node, first + used, linked, 0, clitic) for node, used, linked, clitic in steps]
        while stack:
            node, index, linkable, skipped, clitic = stack.pop()
            if node[1] and not skipped and words.whole(first, index - 1):
                yield Found(first, index - 1, clitic, tuple(map(self._value, node[1])))
            if not node[0] or index >= size or (gaps[index] not in PLAIN_GAPS and not _adjoin(words, index - 1)):
                continue
            for child, used, linked, _ in self._steps(words, index, node[0]):
                stack.append((child, index + used, linked, 0, clitic))
            if linkable and skipped < MAX_LINKING and texts[index] in LINKING:
                stack.append((node, index + 1, True, skipped + 1, clitic))

    def _value(self, number: int) -> Value:
        if self._decode is None:
            value: Value = self._values[number]
            return value
        if number not in self._decoded:
            self._decoded[number] = self._decode(self._values[number])
        return self._decoded[number]

    def _steps(self, words: Words, index: int, children: dict[int, Any]) -> list[Step]:
        """Return where word *index*, alone or as one with the next, leads among *children*."""
        found = self._leading(words.texts[index], children, 1)
        if words.gaps[index + 1] in HYPHENS and index + 1 < len(words.texts):
            found += self._leading(words.texts[index] + words.texts[index + 1], children, 2)
        return found

    def _leading(self, word: str, children: dict[int, Any], used: int) -> list[Step]:
        lexemes = self._known.get(word)
        if lexemes is None:
            lexemes = self._look_up(word)
        linked = self._linked
        return [(children[n], used, n in linked, letters) for n, letters in lexemes if n in children]

    def _look_up(self, word: str) -> Lexemes:
        found = self._known.get(word)
        if found is None:
            if len(self._known) > MAX_REMEMBERED_WORDS:
                self._known.clear()
                self._openings.clear()
                self._numbers_of.clear()
            bare = unclitic(word) if IS_ARABIC.match(word) else ((word, 0),)
            forms = {lexeme: (lexeme, letters) for form, letters in bare for lexeme in self._forms(form)}
            found = self._known[word] = tuple(forms.values())
        return found

    def _forms(self, form: str) -> Iterator[int]:
        """Yield the lexemes that *form* is a form of; Т of Т800 is found in either alphabet."""
        if len(form) <= MAX_LOOKALIKE and set(form) <= LOOKALIKES.keys():
            yield from self._forms("".join(LOOKALIKES[letter] for letter in form))
        for length in range(len(form), max(0, len(form) - MAX_ENDING) - 1, -1):
            ending = form[length:]
            for allowed, lexeme in self._bases.get(form[:length], ()):
                if ending in allowed:
                    yield lexeme


@cache
def _paradigms(word: str, language: str) -> tuple[Paradigm, ...]:
    return paradigms(word, language) if language else (fixed(word),)


def _adjoin(words: Words, index: int) -> bool:
    """Return whether word *index* and the one after it can be of one phrase, by what stands between them."""
    gap = words.gap(index)
    if gap == " " or GAP.fullmatch(gap):
        return True
    if len(words.texts[index]) == 1 and gap in {".", ". "}:
        return not IS_HAN.match(words.texts[index])
    both_han = IS_HAN.match(words.texts[index]) and IS_HAN.match(words.texts[index + 1])
    return not both_han and bool(CHEMICAL_GAP.fullmatch(gap))


def spellings(phrase: str, language: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of the folded *phrase*, and those of it with its hyphens closed or its prefixes parted."""
    texts = split_words(phrase).texts
    if language in LINKED_LANGUAGES and len(texts) > 2:
        linked = (texts[0], *(text for text in texts[1:] if text not in LINKING))
        # Of "conversor A/D" more is left than its first word.
        texts = linked if len(linked) > 1 else texts
    yield texts
    if "-" in phrase and language:
        yield split_words(phrase.replace("-", "")).texts
    if language == "en" and any(map(PREFIX.match, texts)):
        yield tuple(part for text in texts for part in PREFIX.sub(r"\1 ", text).split())
