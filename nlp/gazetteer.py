"""Finding many names in running text: word by word where words are written apart, by Aho-Corasick where they are not.

A name matches in any of its case forms, with hyphens or spaces between its words, with an apostrophe or without.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Generic, TypeVar

from nlp.declension import ARABIC, CYRILLIC, decline, strip_article, strip_clitics
from nlp.folding import Folded, folded
from nlp.passage import Passage

Value = TypeVar("Value")

EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
WORD = re.compile("[^\\W_\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
# What may stand between two words of one name; a full stop only where no space follows, as in "U.S.".
GAP = re.compile("(?:[ '\"«»“”„()-]|\\.(?! )){1,3}")
# Before a number a space will not do: "Arzamas 16" may be sixteen of something.
GAP_BEFORE_NUMBER = re.compile(" ?- ?")
# A name in capitals that is no longer than this is an acronym, found only in capitals.
MAX_ACRONYM = 6
# Words of so few letters are too easily other words when their hyphen is dropped.
MIN_JOINED = 6


@dataclass(frozen=True, slots=True)
class Name(Generic[Value]):
    """A name as it is listed, and what it names."""

    text: str
    language: str
    value: Value

    @property
    def acronym(self) -> bool:
        """Whether the name is found in capitals only."""
        return self.text.isupper() and len(self.text) <= MAX_ACRONYM


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A name found: its place in the text, its place in the folded text, and all that it may name."""

    start: int
    end: int
    folded_start: int
    folded_end: int
    names: tuple[Name[Value], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the folded text."""

    start: int
    end: int
    text: str


# How many letters of a word belong to the word before it, and the word of a name that the rest is a form of.
Base = tuple[int, str]


@lru_cache(maxsize=4)
def words_of(copy: Folded) -> tuple[Word, ...]:
    """Return the words of a folded text that are written apart."""
    return tuple(Word(m.start(), m.end(), m.group()) for m in WORD.finditer(copy.text))


class Gazetteer(Generic[Value]):
    """Names to find in texts; the names of a script are prepared when a text in that script is first read."""

    def __init__(self, names: Iterable[Name[Value]]) -> None:
        self._waiting: dict[str, list[Name[Value]]] = defaultdict(list)
        for name in names:
            self._waiting[_script(name.text)].append(name)
        self._lemmas: dict[str, tuple[Base, ...]] = {}
        self._entries: dict[str, list[tuple[tuple[str, ...], Name[Value]]]] = defaultdict(list)

    @cached_property
    def _unspaced(self) -> dict[str, list[Name[Value]]]:
        """The East Asian names, folded."""
        unspaced: dict[str, list[Name[Value]]] = defaultdict(list)
        for name in self._waiting["east asian"]:
            unspaced[folded(name.text)].append(name)
        return unspaced

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for key in self._unspaced:
            automaton.add_word(key, key)
        automaton.make_automaton()
        return automaton

    def _prepare(self, script: str) -> None:
        for name in self._waiting.pop(script, ()):
            for text in {name.text, *_joined_spellings(name.text)}:
                lemmas = tuple(self._learn(word) for word in _words_of_name(text))
                if lemmas:
                    self._entries[lemmas[0]].append((lemmas, name))

    def _learn(self, word: str) -> str:
        lemma = folded(word) if not word.isascii() else word.lower()
        if ARABIC.match(lemma):
            lemma = strip_article(lemma)
        for form in decline(word) if CYRILLIC.match(lemma) else (lemma,):
            known = self._lemmas.get(form, ())
            if (0, lemma) not in known:
                self._lemmas[form] = (*known, (0, lemma))
        return lemma

    def _bases(self, word: str) -> tuple[Base, ...]:
        """Return the words of names that *word* may be a form of."""
        known = self._lemmas.get(word, ())
        if known or not ARABIC.match(word):
            return known
        stripped = strip_clitics(word)
        return tuple((cut, lemma) for cut, base in stripped for _, lemma in self._lemmas.get(base, ()))

    def find(self, passage: Passage) -> Iterator[Hit[Value]]:
        """Yield the longest name that begins at each word; they may overlap, East Asian names come last."""
        text = passage.folded.text
        for script, pattern in SCRIPTS.items():
            if script in self._waiting and pattern.search(text):
                self._prepare(script)
        words = words_of(passage.folded)
        bases = [self._bases(word.text) for word in words]
        for index, some in enumerate(bases):
            if some:
                yield from self._longest(passage, words, bases, index)
        if EAST_ASIAN.search(text) and self._unspaced:
            for last, key in self._automaton.iter_long(text):
                yield _hit(passage, last + 1 - len(key), last + 1, self._unspaced[key])

    def _longest(
        self, passage: Passage, words: tuple[Word, ...], bases: list[tuple[Base, ...]], index: int
    ) -> Iterator[Hit[Value]]:
        found: dict[tuple[int, int], list[Name[Value]]] = defaultdict(list)
        for cut, lemma in bases[index]:
            for lemmas, name in self._entries.get(lemma, ()):
                if _goes_on(passage.folded.text, words[index : index + len(lemmas)], bases[index:], lemmas):
                    found[len(lemmas), -cut].append(name)
        for count, cut in sorted(found, reverse=True):
            hit = _hit(passage, words[index].start - cut, words[index + count - 1].end, found[count, cut])
            names = tuple(name for name in hit.names if _case_fits(passage.text[hit.start : hit.end], name))
            if names:
                yield Hit(hit.start, hit.end, hit.folded_start, hit.folded_end, names)
                return


SCRIPTS = {
    "latin": re.compile("[^\\W\\d_\u0370-\uffff]"),
    "cyrillic": CYRILLIC,
    "arabic": ARABIC,
    "other": re.compile(""),
}


def _script(text: str) -> str:
    """Return the script that a name is prepared with."""
    if text.isascii():
        return "latin"
    if EAST_ASIAN.search(text):
        return "east asian"
    if ARABIC.search(text):
        return "arabic"
    return "cyrillic" if CYRILLIC.search(text.lower()) else "latin" if SCRIPTS["latin"].search(text) else "other"


def _words_of_name(name: str) -> list[str]:
    """Return the words of *name*; Russian ones as written, since an acronym has no cases."""
    if name.isascii() or CYRILLIC.search(name.lower()):
        return WORD.findall(name)
    return WORD.findall(folded(name))


def _joined_spellings(name: str) -> Iterator[str]:
    """Yield *name* without apostrophes, and without hyphens where its words are long enough."""
    plain = re.sub("['’ʻʼ`]", "", name)
    yield plain
    if "-" in plain and " " not in plain and not re.search(r"\d", plain) and len(plain) > MIN_JOINED:
        yield plain.replace("-", "")


def _goes_on(text: str, words: tuple[Word, ...], bases: list[tuple[Base, ...]], lemmas: tuple[str, ...]) -> bool:
    """Tell whether *words* of the folded *text* are the words of a name, with nothing but gaps between."""
    if len(words) < len(lemmas):
        return False
    if not all(any(lemma == base for _, base in bases[k]) for k, lemma in enumerate(lemmas)):
        return False
    return all(_gap(right).fullmatch(text, left.end, right.start) for left, right in pairwise(words))


def _gap(right: Word) -> re.Pattern[str]:
    return GAP_BEFORE_NUMBER if right.text.isdigit() else GAP


def _hit(passage: Passage, start: int, end: int, names: Iterable[Name[Value]]) -> Hit[Value]:
    first, last = passage.folded.span(start, end)
    return Hit(first, last, start, end, tuple(names))


def _case_fits(written: str, name: Name[Value]) -> bool:
    """Tell whether the letters *written* have the case of a name; scripts without case always fit."""
    if written.lower() == written.upper():
        return True
    if name.acronym:
        return written.isupper()
    if " " in name.text or "-" in name.text:
        return written != written.lower()
    return written[0].isupper()
