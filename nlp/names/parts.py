"""Parts of a name: words with their script, their Latin spelling, what they mean, and how much they say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Final

from anyascii import anyascii

from nlp.folding import folded
from nlp.names.readings import SOUNDED
from nlp.names.scripts import ARABIC, CYRILLIC, GREEK, HAN, HANGUL, HEBREW, KANA, LATIN, script_of
from nlp.names.sounds import renderings
from nlp.names.vocabulary import (
    ARTICLE,
    BRANDS,
    FORMS,
    GENERIC,
    GIVEN,
    PARTICLES,
    PLACES,
    TITLES,
    WORDS,
    Meaning,
    divided,
    expanded,
    phrases,
)

NAME: Final = "name"
COMMON: Final = "common"
NUMBER: Final = "number"
INITIAL: Final = "initial"
# How much a part says of which party is meant, by what kind of word it is.
WEIGHTS: Final = {
    FORMS: 0.04,
    PARTICLES: 0.05,
    TITLES: 0.12,
    GENERIC: 0.3,
    PLACES: 0.5,
    WORDS: 0.55,
    BRANDS: 0.9,
    INITIAL: 0.3,
    NUMBER: 0.8,
    GIVEN: 0.6,
    COMMON: 0.6,
    NAME: 1.0,
}
# Words of which nearly every institute has one: they say no more than generic ones.
INSTITUTES: Final = frozenset({"science", "research", "production"})
VOWELLESS: Final = frozenset({ARABIC, HEBREW})
# Letters that look alike, Latin and Cyrillic in the same order.
LOOKALIKES: Final = ("aceopxykmthbi", "асеорхукмтнві")
TO_CYRILLIC: Final = str.maketrans(*LOOKALIKES)
TO_LATIN: Final = str.maketrans(LOOKALIKES[1], LOOKALIKES[0])
MIXED: Final = re.compile(r"(?=.*[a-z])(?=.*[а-яіўґєї])")
CYRILLIC_ONLY: Final = "бгджзилпфцчшщъыьэюяёйґєїў"
# Letters that spell one sound, brought to one form; vowels are brought to three.
SPELLINGS: Final = (
    *(("ck", "k"), ("ph", "f"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("zh", "z"), ("dj", "j"), ("kh", "h")),
    *(("gh", "g"), ("th", "t"), ("dh", "d"), ("tz", "ts"), ("q", "k"), ("w", "v"), ("x", "ks"), ("yy", "i")),
)
VOWELS: Final = {"a": "a", "e": "a", "i": "i", "y": "i", "o": "u", "u": "u"}
# Where the less frequent names begin in `common.txt`.
LESS_FREQUENT: Final = "# Less frequent"
# A short part is shared by chance more easily.
SHORT_PART: Final = 3
SHORTNESS: Final = 0.75
WORD: Final = re.compile(r"[^\W\d_]+|\d+")
APOSTROPHES: Final = re.compile(r"(?<=\w)['`](?=\w)|(?<=\w)['`](?!\w)|(?<!\w)['`](?=\w)")
MARKS: Final = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05c7]")
# `SouthFront`, `MilitaryTechnical`: words that were written together.
CAMEL: Final = re.compile(r"(?<=[a-zа-яё]{3})(?=[A-ZА-Я][a-zа-яё]{2})")
DIGIT: Final = re.compile(r"\d")
ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th|go|oi|yi|ой|ый|ий|го|й|я)\b")
SERVANTS: Final = frozenset(
    [
        *("abd", "abdul", "abdel", "abdal", "abdol", "abdil", "abdoul", "abdool", "عبد"),
        *("abdur", "abdus", "abdun", "abduz", "abdut", "abdush"),
        *("абд", "абдул", "абдуль", "абдель", "абдал", "абдаль", "абдур", "абдус"),
    ]
)
ARTICLES: Final = frozenset(
    ["al", "el", "ul", "ol", "il", "ar", "ur", "as", "us", "an", "un", "az", "at", "ash", "аль", "эль", "ар", "ас"]
)
LATIN_SERVANT: Final = re.compile(
    r"^abd(?:ou|oo|[aeiou])?(?:l(?=[^aeiou])|l(?=a[lhz])|([rsnztd])(?=\1)|sh(?=sh))?(?=\w{3})"
)
ARABIC_SERVANT: Final = re.compile(r"^عبدال(?=\w{3})")
SEPARATED_RUN: Final = re.compile(r"([㐀-鿿豈-﫿가-힣぀-ヿ]+)")
CACHED_PARTS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name. `latin` is its likeliest Latin spelling; `meanings` are keys of the vocabulary."""

    written: str
    script: str
    latin: str
    meanings: frozenset[str]
    kind: str
    weight: float

    def __hash__(self) -> int:
        """Hash what is written: parts are keys of caches, and what is written tells nearly all of them apart."""
        return hash(self.written)


@cache
def common_names() -> frozenset[str]:
    """Return the names that very many people have, as `keyed` spells them."""
    text = files("nlp.names").joinpath("common.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(keyed(word) for line in lines for word in line.split())


@cache
def frequent_names() -> frozenset[str]:
    """Return the names that are the most frequent ones of all."""
    text = files("nlp.names").joinpath("common.txt").read_text("utf-8")
    first, _, _ = text.partition(LESS_FREQUENT)
    return frozenset(keyed(word) for line in first.splitlines() if line[:1] != "#" for word in line.split())


def is_frequent(part: Part) -> bool:
    """Say whether a part is one of the most frequent names, or short as a syllable is."""
    key = keyed(part.latin)
    frequent = frequent_names()
    return len(part.latin) <= SHORT_PART or key in frequent or bare(key) in map(bare, frequent)


@cache
def bare_common_names() -> frozenset[str]:
    """Return the common names without vowels, for scripts that write few."""
    return frozenset(map(bare, common_names()))


def bare(key: str) -> str:
    """Return *key* without vowels after its first letter."""
    return key[:1] + re.sub("[aiu]", "", key[1:])


@lru_cache(CACHED_PARTS)
def keyed(latin: str) -> str:
    """Return a Latin word as its usual variants are spelt alike: `Hussein`, `Husayn` and `Hossein`."""
    word = re.sub(r"[^a-z]", "", latin)
    for old, new in SPELLINGS:
        word = word.replace(old, new)
    word = re.sub(r"(.)\1+", r"\1", word)
    first = word[:1]
    return first + re.sub(r"[aeiouy]+", lambda found: VOWELS[found.group()[0]], word[1:])


@lru_cache(CACHED_PARTS)
def part_of(word: str, meaning: Meaning | None) -> Part:
    """Return the part that one folded word is, or a phrase with its *meaning*."""
    script = script_of(word)
    latin = latin_of(word, script)
    kind = _kind(word, latin, meaning)
    of_institutes = kind == WORDS and meaning is not None and not meaning.keys.isdisjoint(INSTITUTES)
    weight = WEIGHTS[GENERIC if of_institutes else kind] * (
        SHORTNESS if len(latin) <= SHORT_PART and kind in {NAME, COMMON} else 1.0
    )
    keys = meaning.keys if meaning else frozenset([str(int(word))]) if word.isdecimal() else frozenset[str]()
    return Part(word, script, latin, keys, kind, weight)


@lru_cache(CACHED_PARTS)
def latin_of(word: str, script: str) -> str:
    """Return the likeliest Latin spelling of a folded word, letters a to z and digits."""
    if script in {LATIN, CYRILLIC, GREEK} or script not in SOUNDED:
        latin = re.sub(r"[^a-z0-9]", "", anyascii(word).lower())
        return LATIN_SERVANT.sub("abd", latin) if script in {LATIN, CYRILLIC} else latin
    return next(iter(renderings(word)), "")


def _kind(word: str, latin: str, meaning: Meaning | None) -> str:
    if meaning is not None:
        return meaning.section
    if word.isdecimal():
        return NUMBER
    if len(word) == 1 and word.isalpha() and script_of(word) not in {HAN, HANGUL, KANA}:
        return INITIAL
    key = keyed(latin)
    if script_of(word) in VOWELLESS:
        return COMMON if bare(key) in bare_common_names() else NAME
    return COMMON if key in common_names() else NAME


@lru_cache(CACHED_PARTS)
def parts(name: str) -> tuple[Part, ...]:
    """Return the parts of *name* in order."""
    return tuple(_parts(name))


def _parts(name: str) -> Iterator[Part]:
    words = chain.from_iterable(map(pieces, WORD.findall(plain(name))))
    whole = chain.from_iterable(map(expanded, words))
    for phrase, meaning in phrases(served(list(whole))):
        part = part_of(" ".join(phrase), meaning)
        if part.latin or part.meanings:
            yield part


@lru_cache(1024)
def plain(name: str) -> str:
    """Return *name* folded, without marks within words, and with words that were written together apart."""
    text = folded(name if name.isupper() else CAMEL.sub(" ", name))
    if not text.isascii():
        text = MARKS.sub("", text)
    if "'" in text or "`" in text:
        text = APOSTROPHES.sub("", text)
    return ORDINAL.sub("", text) if DIGIT.search(text) else text


def pieces(word: str) -> tuple[str, ...]:
    """Return the words that are written as one: runs of one script, East Asian ones cut at words of the vocabulary."""
    return (word,) if word.isascii() else tuple(_pieces(unmixed(word)))


def _pieces(word: str) -> Iterator[str]:
    for run in SEPARATED_RUN.split(word):
        if run and SEPARATED_RUN.fullmatch(run):
            yield from divided(run)
        elif run:
            yield ARABIC_SERVANT.sub("عبد", run)


def unmixed(word: str) -> str:
    """Return a Cyrillic word with Latin letters that look like Cyrillic ones as Cyrillic, and the other way round."""
    if word.isascii() or not MIXED.search(word):
        return word
    cyrillic = sum(map(word.count, CYRILLIC_ONLY))
    return word.translate(TO_CYRILLIC if cyrillic or len(re.findall("[a-z]", word)) * 2 <= len(word) else TO_LATIN)


def served(words: list[str]) -> list[str]:
    """Return *words* with `abd`, servant, joined to whose servant it is: one name, however it is written."""
    joined: list[str] = []
    for word in words:
        waiting = bool(joined) and joined[-1] in SERVANTS
        if waiting and word in ARTICLES:
            continue
        if waiting:
            joined[-1] += ARTICLE.sub("", word)
        else:
            joined.append(word)
    return joined
