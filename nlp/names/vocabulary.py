"""Words that are translated and not transliterated, after `vocabulary.txt`, and how much a word of each kind says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from nlp.folding import folded
from nlp.names.scripts import ARABIC, CYRILLIC, HAN, HANGUL, LATIN, script_of

if TYPE_CHECKING:
    from Stemmer import Stemmer

FORMS: Final = "forms"
GENERIC: Final = "generic"
WORDS: Final = "words"
# What firms like to be called: translated as words are, and as telling as names are.
BRANDS: Final = "brands"
PLACES: Final = "places"
PARTICLES: Final = "particles"
TITLES: Final = "titles"
GIVEN: Final = "given"
# Abbreviations that stand for several words of their own.
EXPANDED: Final = "expanded"
# A word of several sections counts to the first of these: it says the least there.
SECTIONS: Final = (FORMS, PARTICLES, TITLES, GENERIC, GIVEN, PLACES, WORDS, BRANDS)
# Romanised words of other languages stand in Latin names too (`zavod`, `sanat`); shorter ones mean too many things.
MIN_ROMANISED: Final = 5
MIN_STEMMED: Final = 4
MAX_PHRASE_WORDS: Final = 5
STEMMERS: Final = {LATIN: "english", CYRILLIC: "russian"}
ARTICLE: Final = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
# Folding takes the breve off; the stemmer needs it.
FOLDED_SHORT_I: Final = re.compile(r"(?<=[аеиоуыэюя])и$")
# Words of one East Asian character that stand for a whole word only at the end of a run.
FINAL_CHARACTERS: Final = frozenset("厂院部局所厅处社会团港省市县区校行室司站성국부처과상")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word stands for: the keys of the vocabulary's lines, and the most general section that they are in."""

    keys: frozenset[str]
    section: str


def vocabulary_lines() -> Iterator[tuple[str, str, str]]:
    """Yield section, key and words of each line of the vocabulary."""
    section = ""
    for line in files("nlp.names").joinpath("vocabulary.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and line[0] != "#":
            key, _, words = line.partition(":")
            yield section, key, words


@cache
def _stemmer(language: str) -> "Stemmer":
    import Stemmer

    return Stemmer.Stemmer(language)


@lru_cache(60_000)
def stem(word: str) -> str:
    """Return the stem under which *word*, folded, is looked up: inflected forms of one word have one."""
    script = script_of(word)
    if script == ARABIC:
        return ARTICLE.sub("", word)
    if script == CYRILLIC:
        word = FOLDED_SHORT_I.sub("й", word)
    language = STEMMERS.get(script)
    return str(_stemmer(language).stemWord(word)) if language and len(word) > MIN_STEMMED else word


@cache
def _table() -> dict[tuple[str, ...], Meaning]:
    """Return the stems of each word or phrase of the vocabulary with its meaning."""
    found: dict[tuple[str, ...], tuple[set[str], str]] = {}
    for section, key, words in vocabulary_lines():
        if section == EXPANDED:
            continue
        for word in dict.fromkeys((key, *words.replace("|", " ").split())):
            for stems in _looked_up(folded(word.replace("_", " "))):
                keys, known = found.setdefault(stems, (set(), section))
                keys.add(key)
                found[stems] = (keys, min(known, section, key=SECTIONS.index))
    return {stems: Meaning(frozenset(keys), section) for stems, (keys, section) in found.items()}


def _looked_up(phrase: str) -> Iterator[tuple[str, ...]]:
    words = phrase.split()
    if words:
        yield tuple(map(stem, words))
    if len(words) == 1 and script_of(phrase) == CYRILLIC:
        romanised = anyascii(stem(phrase)).lower()
        if len(romanised) >= MIN_ROMANISED:
            yield (stem(romanised),)


@cache
def _expansions() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for section, key, words in vocabulary_lines():
        if section == EXPANDED:
            whole = tuple(folded(key.replace("_", " ").replace("-", " ")).split())
            found |= {folded(word).strip("_"): whole for word in words.replace("|", " ").split()}
    return found


def expanded(word: str) -> tuple[str, ...]:
    """Return the words that an abbreviation stands for, or *word* alone."""
    return _expansions().get(word, (word,))


def meaning(*words: str) -> Meaning | None:
    """Return what a folded word, or a phrase of several, stands for; None where it is not in the vocabulary."""
    return _meaning_of_word(words[0]) if len(words) == 1 else _table().get(tuple(map(stem, words)))


@lru_cache(60_000)
def _meaning_of_word(word: str) -> Meaning | None:
    return _table().get((stem(word),))


@cache
def _phrase_starts() -> dict[str, frozenset[str]]:
    """Return for each stem that begins a phrase the stems that may follow it there."""
    found: dict[str, set[str]] = {}
    for stems in _table():
        if len(stems) > 1:
            found.setdefault(stems[0], set()).add(stems[1])
    return {first: frozenset(seconds) for first, seconds in found.items()}


@lru_cache(60_000)
def _seconds(word: str) -> frozenset[str]:
    """Return the stems that stand behind *word* in phrases."""
    return _phrase_starts().get(stem(word), frozenset())


def phrases(words: list[str]) -> Iterator[tuple[list[str], Meaning | None]]:
    """Yield *words* in order, those that the vocabulary has as one phrase together, each with its meaning."""
    index = 0
    while index < len(words):
        length = _phrase_length(words, index)
        phrase = words[index : index + length]
        yield phrase, _meaning_of_word(phrase[0]) if length == 1 else meaning(*phrase)
        index += length


def _phrase_length(words: list[str], index: int) -> int:
    seconds = _seconds(words[index])
    if not seconds or index + 1 == len(words) or stem(words[index + 1]) not in seconds:
        return 1
    longest = min(MAX_PHRASE_WORDS, len(words) - index)
    lengths = (n for n in range(longest, 1, -1) if meaning(*words[index : index + n]) is not None)
    return next(lengths, 1)


@cache
def _unspaced() -> re.Pattern[str]:
    listed = chain(_expansions(), (stems[0] for stems in _table() if len(stems) == 1))
    words = {word for word in listed if script_of(word) in {HAN, HANGUL}}
    long = sorted((word for word in words if len(word) > 1), key=len, reverse=True)
    final = "".join(sorted(word for word in words if word in FINAL_CHARACTERS))
    return re.compile("|".join(map(re.escape, long)) + f"|[{final}]$")


@lru_cache(50_000)
def divided(run: str) -> tuple[str, ...]:
    """Return a run of East Asian letters cut where a word of the vocabulary begins or ends."""
    pieces = _unspaced().sub(lambda found: f" {found.group()} ", run).split()
    return tuple(pieces)
