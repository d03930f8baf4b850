"""The case forms of Russian proper names by rule, and Arabic and Hebrew words without what is written onto them.

Forms are generated generously: a form that nobody writes costs an entry, one that is missing costs a mention. Names in
-о, -е, -и, -у that come from other languages (Фордо, Токио, Баку) stay as they are.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from nlp.folding import folded

# Endings are folded as texts are: й is и, ё is е.
HARD_ADJECTIVE = tuple(re.split(" ", "ыи ии ои ого ому ым им ом ая ую ою ое ые ие ых их ыми ими"))
SOFT_ADJECTIVE = tuple(re.split(" ", "ии его ему им ем яя еи юю ею ее ие их ими"))
# The ending that a nominative has, and the endings of its cases; the first that fits is used.
NOUNS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(ending + "$"), tuple(re.split(" ", cases)))
    for ending, cases in (
        ("ия", "ия ии ию иеи иею иям иями иях"),
        ("а", "а ы и е у ои еи ою ам ами ах"),
        ("я", "я и е ю еи ею ь ям ями ях"),
        ("ь", "ь я ю ем е и ью еи ям ями ях"),
        ("(?<=[аеуы])й", "и я ю ем е"),
        ("(?<=тв|ер|ищ)о", "о а у ом е"),
        # The other cases of Иваново are those of the surname Иванов.
        ("(?<=ов|ев|ин|ын)о", "о е"),
        ("ие", "ие ия ию ием ии"),
        ("ье", "ье ья ью ьем ьего ьему ьим ьи"),
        ("(?<=[рл])е", "е я ю ем"),
        ("ы", "ы ов ам ами ах "),
        ("(?<=[кгхшжчщ])и", "и ов еи ам ами ах "),
        ("(?<=[нлрдст])ец", "ец ца цу цом цем це"),
        ("(?<=[бвгджзклмнпрстфхцчшщ])", " а у ом ем е ы и ов еи ам ами ах"),
    )
)
ADJECTIVE = re.compile("(ый|ий|ой|ая|ое|ые|ие)$")
SOFT = re.compile("(ний|няя|нее|ние)$")
CYRILLIC = re.compile("[а-яёіїєґ]")
ARABIC = re.compile("[\u0600-\u06ff]")
# The scripts that write prepositions and conjunctions onto the word: Hebrew and Arabic.
WITH_CLITICS = re.compile("[\u0590-\u06ff]")
CLITICS = re.compile("[وف]?[بكل]?|[וש]?[בכלמה]?")
MIN_ARABIC_LETTERS = 2


@cache
def decline(word: str) -> frozenset[str]:
    """Return the folded forms that the Russian *word*, a nominative, may take; an acronym keeps its own."""
    lower, base = word.lower(), folded(word)
    if word.isupper() or len(word) < 4 or len(base) != len(lower):
        return frozenset({base})
    return frozenset({base, *_adjectives(lower, base), *_nouns(lower, base)})


def _adjectives(word: str, base: str) -> Iterator[str]:
    if SOFT.search(word):
        yield from (base[:-2] + ending for ending in SOFT_ADJECTIVE)
    if ADJECTIVE.search(word) and len(word) > 4:
        yield from (base[:-2] + ending for ending in HARD_ADJECTIVE)


def _nouns(word: str, base: str) -> Iterator[str]:
    for ending, cases in NOUNS:
        found = ending.search(word)
        if found:
            yield from (base[: found.start()] + case for case in cases)
            return


def strip_article(word: str) -> str:
    """Return the folded Arabic *word* without its article."""
    rest = word.removeprefix("ال")
    return rest if len(rest) > MIN_ARABIC_LETTERS else word


@lru_cache(maxsize=50_000)
def strip_clitics(word: str) -> tuple[tuple[int, str], ...]:
    """Return what a folded Arabic or Hebrew *word* may be without what is written onto it; itself first.

    The number is that of the letters that belong to the words before it; an article belongs to the name.
    """
    return ((0, word), *_stripped(word))


def _stripped(word: str) -> Iterator[tuple[int, str]]:
    for length in range(3):
        prefix, rest = word[:length], word[length:]
        if len(rest) < MIN_ARABIC_LETTERS or not CLITICS.fullmatch(prefix):
            continue
        if prefix:
            yield length, rest
        if rest.startswith("ال"):
            yield length, rest[2:]
        if prefix.endswith("ل") and rest.startswith("ل"):
            yield length, rest[1:]
