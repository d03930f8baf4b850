"""The case forms of Russian proper names by rule, and Arabic words without what is written onto them.

Forms are generated generously: a form that nobody writes costs an entry, one that is missing costs a mention. Names in
-о, -е, -и, -у that come from other languages (Фордо, Токио, Баку) stay as they are.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.folding import folded

HARD_ADJECTIVE = tuple(re.split(" ", "ый ий ой ого ому ым им ом ая ой ую ою ое ые ие ых их ыми ими"))
SOFT_ADJECTIVE = tuple(re.split(" ", "ий его ему им ем яя ей юю ею ее ие их ими"))
CONSONANT = ("", *re.split(" ", "а у ом ем е ы и ов ей ам ами ах"))
# The ending that a nominative has, and the endings of its cases; the first that fits is used.
NOUNS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(ending + "$"), tuple(cases))
    for ending, cases in (
        ("ия", ["ия", "ии", "ию", "ией", "иею", "ий", "иям", "иями", "иях"]),
        ("а", ["а", "ы", "и", "е", "у", "ой", "ей", "ою", "", "ам", "ами", "ах"]),
        ("я", ["я", "и", "е", "ю", "ей", "ёй", "ею", "ь", "ям", "ями", "ях"]),
        ("ь", ["ь", "я", "ю", "ем", "ём", "е", "и", "ью", "ей", "ям", "ями", "ях"]),
        ("(?<=[аеуы])й", ["й", "я", "ю", "ем", "ё", "е", "и"]),
        ("(?<=ов|ев|ин|ын|тв|ер)о", ["о", "а", "у", "ом", "е"]),
        ("ие", ["ие", "ия", "ию", "ием", "ии"]),
        ("(?<=[рл])е", ["е", "я", "ю", "ем"]),
        ("ы", ["ы", "", "ов", "ам", "ами", "ах"]),
        ("(?<=[кгхшжчщ])и", ["и", "", "ов", "ей", "ам", "ами", "ах"]),
        ("(?<=[нлрдст])ец", ["ец", "ца", "цу", "цом", "цем", "це"]),
        ("(?=[бвгджзклмнпрстфхцчшщ]).", []),
    )
)
ADJECTIVE = re.compile("(ый|ий|ой|ая|ое|ые|ие)$")
SOFT = re.compile("(ний|няя|нее|ние)$")
CYRILLIC = re.compile("[а-яёіїєґ]")
ARABIC = re.compile("[\u0600-\u06ff]")
CLITICS = re.compile("[وف]?(?:[بكل])?")
MIN_ARABIC_LETTERS = 2


@cache
def decline(word: str) -> frozenset[str]:
    """Return the folded forms that the Russian *word*, a nominative, may take; an acronym keeps its own."""
    lower = word.lower()
    if word.isupper() or len(word) < 4:
        return frozenset({folded(word)})
    return frozenset(folded(form) for form in {lower, *_adjectives(lower), *_nouns(lower)})


def _adjectives(word: str) -> Iterator[str]:
    if SOFT.search(word):
        yield from (word[:-2] + ending for ending in SOFT_ADJECTIVE)
    if ADJECTIVE.search(word) and len(word) > 4:
        yield from (word[:-2] + ending for ending in HARD_ADJECTIVE)


def _nouns(word: str) -> Iterator[str]:
    for ending, cases in NOUNS:
        found = ending.search(word)
        if found and not cases:
            yield from (word + case for case in CONSONANT)
        if found:
            yield from (word[: found.start()] + case for case in cases)
            return


def strip_article(word: str) -> str:
    """Return the folded Arabic *word* without its article."""
    rest = word.removeprefix("ال")
    return rest if len(rest) > MIN_ARABIC_LETTERS else word


def strip_clitics(word: str) -> Iterator[str]:
    """Yield what the folded Arabic *word* may be without and, so, in, like, to and the article; itself first."""
    yield word
    for length in range(4):
        prefix, rest = word[:length], word[length:]
        if len(rest) < MIN_ARABIC_LETTERS or not CLITICS.fullmatch(prefix):
            continue
        if prefix:
            yield rest
        if rest.startswith("ال"):
            yield rest[2:]
        if prefix.endswith("ل") and rest.startswith("ل"):
            yield rest[1:]
