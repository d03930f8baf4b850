"""Finding many names in running text: word by word where words are written apart, by Aho-Corasick where they are not.

A name matches in any of its case forms, with hyphens or spaces between its words, with an apostrophe or without.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product, repeat
from typing import Any, Generic, TypeVar

from nlp.declension import ARABIC, CYRILLIC, WITH_CLITICS, decline, strip_article, strip_clitics
from nlp.folding import folded
from nlp.passage import Passage
from nlp.words import WORD, Words

Value = TypeVar("Value")

EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# What may stand between two words of one name; a full stop only where no space follows, as in "U.S.".
GAP = re.compile("(?:[ '\"«»“”„()&-]|\\.(?! )){0,3}")
# "R. E. Ginna", "St. Lucie".
ABBREVIATED = re.compile("[ '\"«»“”„().&-]{0,3}")
MAX_ABBREVIATION = 2
# Before a number a space will not do where the name has a hyphen: "Arzamas 16" may be sixteen of something.
HYPHEN = re.compile(" ?- ?")
HYPHEN_BEFORE_NUMBER = re.compile(r"-\d")
# A name in capitals that is no longer than this is an acronym, found only in capitals.
MAX_ACRONYM = 6
# Words of so few letters are too easily other words when their hyphen is dropped.
MIN_JOINED = 6
# The scripts that names are prepared by, each when a text in it is first read.
SCRIPTS = {
    "latin": re.compile("[^\\W\\d_\u0370-\uffff]"),
    "cyrillic": CYRILLIC,
    "arabic": ARABIC,
    "other": re.compile(""),
}


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


# How many letters of a word belong to the word before it, and the word of a name that the rest is a form of.
Base = tuple[int, str]
Bases = Sequence[tuple[Base, ...]]
Entry = tuple[tuple[str, ...], Name[Value]]


class Gazetteer(Generic[Value]):
    """Names to find in texts; *names* gives those of a script when a text in that script is first read."""

    def __init__(self, names: Callable[[str], Iterable[Name[Value]]]) -> None:
        self._names = names
        self._waiting = dict(SCRIPTS)
        self._lemmas: dict[str, tuple[Base, ...]] = {}
        # By their first two words; a name of one word has an empty second.
        self._entries: dict[tuple[str, str], list[Entry[Value]]] = {}

    @cached_property
    def _unspaced(self) -> dict[str, list[Name[Value]]]:
        """The East Asian names, folded."""
        unspaced: dict[str, list[Name[Value]]] = defaultdict(list)
        for name in self._names("east asian"):
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
        del self._waiting[script]
        for name in self._names(script):
            for text in {name.text, *_joined_spellings(name.text)}:
                lemmas = tuple(self._learn(word) for word in _words_of_name(text))
                if lemmas:
                    key = lemmas[0], lemmas[1] if len(lemmas) > 1 else ""
                    self._entries.setdefault(key, []).append((lemmas, name))

    def _learn(self, word: str) -> str:
        lemma = folded(word) if not word.isascii() else word.lower()
        if ARABIC.match(lemma):
            lemma = strip_article(lemma)
        for form in decline(word) if CYRILLIC.match(lemma) else (lemma,):
            known = self._lemmas.get(form, ())
            if (0, lemma) not in known:
                self._lemmas[form] = (*known, (0, lemma))
        return lemma

    def _all_bases(self, passage: Passage) -> Bases:
        if WITH_CLITICS.search(passage.folded.text):
            return list(map(self._bases, passage.words.texts))
        return list(map(self._lemmas.get, passage.words.texts, repeat(())))

    def _opens(self, bases: Bases, index: int) -> bool:
        """Tell whether a name begins with the word *index*, and goes on with the next where it has more words."""
        seconds = bases[index + 1] if index + 1 < len(bases) else ()
        for _, first in bases[index]:
            if (first, "") in self._entries or any((first, second) in self._entries for _, second in seconds):
                return True
        return False

    def _bases(self, word: str) -> tuple[Base, ...]:
        """Return the words of names that *word* may be a form of, with what is written onto it or without."""
        if not WITH_CLITICS.match(word):
            return self._lemmas.get(word, ())
        return tuple((cut, lemma) for cut, base in strip_clitics(word) for _, lemma in self._lemmas.get(base, ()))

    def find(self, passage: Passage) -> Iterator[Hit[Value]]:
        """Yield the longest name that begins at each word; they may overlap, East Asian names come last."""
        text = passage.folded.text
        for script in [script for script, letters in self._waiting.items() if letters.search(text)]:
            self._prepare(script)
        bases = self._all_bases(passage)
        for index, some in enumerate(bases):
            if some and self._opens(bases, index):
                yield from self._longest(passage, bases, index)
        if EAST_ASIAN.search(text) and self._unspaced:
            for last, key in self._automaton.iter_long(text):
                yield _hit(passage, last + 1 - len(key), last + 1, self._unspaced[key])

    def _longest(self, passage: Passage, bases: Bases, index: int) -> Iterator[Hit[Value]]:
        words = passage.words
        found: dict[tuple[int, int], list[Name[Value]]] = defaultdict(list)
        seconds = [lemma for _, lemma in bases[index + 1]] if index + 1 < len(bases) else []
        for (cut, first), second in product(bases[index], ("", *seconds)):
            for lemmas, name in self._entries.get((first, second), ()):
                if _goes_on(bases, index, lemmas) and _is_joined(words, index, len(lemmas), name.text):
                    found[len(lemmas), -cut].append(name)
        for count, cut in sorted(found, reverse=True):
            hit = _hit(passage, words.starts[index] - cut, words.ends[index + count - 1], found[count, cut])
            names = tuple(name for name in hit.names if _is_written(passage.text, hit, name))
            if names:
                yield _with_full_stop(passage, replace(hit, names=names))
                return


def by_script(names: Iterable[Name[Value]]) -> dict[str, list[Name[Value]]]:
    """Return *names* by the script that they are prepared with."""
    groups: dict[str, list[Name[Value]]] = defaultdict(list)
    for name in names:
        groups[_script(name.text)].append(name)
    return groups


def _script(text: str) -> str:
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


def _goes_on(bases: Bases, index: int, lemmas: tuple[str, ...]) -> bool:
    """Tell whether the words from *index* on are forms of the words of a name."""
    if index + len(lemmas) > len(bases):
        return False
    return all(any(lemma == base for _, base in bases[index + k]) for k, lemma in enumerate(lemmas))


def _is_joined(words: Words, index: int, count: int, name: str) -> bool:
    """Tell whether *count* words from *index* on stand together and are not part of a longer run."""
    if not words.whole(index, index + count - 1):
        return False
    numbered = HYPHEN_BEFORE_NUMBER.search(name) is not None
    return all(_gap(words, k, numbered).fullmatch(words.gap(k)) for k in range(index, index + count - 1))


def _gap(words: Words, index: int, numbered: bool) -> re.Pattern[str]:
    """Return what may stand between the word *index* of a name and the next."""
    if numbered and words.texts[index + 1].isdigit():
        return HYPHEN
    return ABBREVIATED if len(words.texts[index]) <= MAX_ABBREVIATION else GAP


def _hit(passage: Passage, start: int, end: int, names: Iterable[Name[Value]]) -> Hit[Value]:
    first, last = passage.folded.span(start, end)
    return Hit(first, last, start, end, tuple(names))


def _with_full_stop(passage: Passage, hit: Hit[Value]) -> Hit[Value]:
    """Return *hit* with the full stop that ends a name such as "U.S."."""
    stopped = passage.text[hit.end : hit.end + 1] == "." and any(name.text.endswith(".") for name in hit.names)
    return replace(hit, end=hit.end + 1, folded_end=hit.folded_end + 1) if stopped else hit


def has_article(text: str, start: int) -> bool:
    """Tell whether the Arabic word at *start* has its article: الموصل, and للموصل without the first letter."""
    return text.startswith("ال", start) or (text.startswith("ل", start) and text[start - 1 : start] == "ل")


def _is_written(text: str, hit: Hit[Value], name: Name[Value]) -> bool:
    """Tell whether what stands in *text* has the case of *name*, and its Arabic article: كبر is no الكبر."""
    if name.text.startswith("ال") and not has_article(text, hit.start):
        return False
    return _case_fits(text[hit.start : hit.end], name)


def _case_fits(written: str, name: Name[Value]) -> bool:
    """Tell whether the letters *written* have the case of a name; scripts without case always fit."""
    if written.lower() == written.upper():
        return True
    if name.acronym:
        return written.isupper()
    if " " in name.text or "-" in name.text:
        return written != written.lower()
    return written[0].isupper()
