"""Russian cases and numbers of nouns, adjectives and participles, in folded letters: й is и there, and ё is е."""

import re
from collections.abc import Iterator

from nlp.inflection.paradigm import Paradigm, endings, fixed

ADJECTIVE = endings("ыи ии ои ая яя ое ее ые ие ого его ому ему ым им ом ем ую юю еи ою ею ых их ыми ими")
REFLEXIVE = frozenset(f"{ending}ся" for ending in ADJECTIVE)
SOFT_PLURAL = "ям ями ях"
# How a nominative ends, how much of it goes, and what its cases end in. All that fit are used: -ий may be either.
NOUNS = tuple(
    (re.compile(f"{ending}$"), dropped, endings(cases))
    for ending, dropped, cases in (
        ("ие", 1, f"е я ю ем и {SOFT_PLURAL}"),
        ("ия", 1, f"я и ю еи ею {SOFT_PLURAL}"),
        ("[аеиоуюя]и", 1, f"и я ю ем е ев {SOFT_PLURAL}"),
        ("а", 1, "а ы и у е ои еи ою ею - ам ами ах"),
        ("[^и]я", 1, f"я и ю е еи ею ь - {SOFT_PLURAL}"),
        ("ь", 1, f"ь я ю ем е и еи ью {SOFT_PLURAL}"),
        ("о", 1, "о а у ом е - ам ами ах"),
        ("[^ио]е", 1, f"е я ю ем и еи а у {SOFT_PLURAL}"),
        ("[бвгджзклмнпрстфхцчшщ]", 0, "- а у ом ем е ы и ов ев еи ам ами ах"),
        ("ы", 1, "ы - ов ам ами ах"),
        ("[гкхжшчщ]и", 1, "и - ов еи ам ами ах"),
        ("[бвдзлмнпрст]и", 1, f"и еи ь {SOFT_PLURAL}"),
        # Vowels that come and go: порошок, порошка; стержень, стержня; трубка, трубок.
        ("[ое]к", 2, "ка ку ком ке ки ков кам ками ках"),
        ("ец", 2, "ца цу цом цем це цы цов цев цам цами цах"),
        ("ел", 2, "ла лу лом ле лы лов лам лами лах"),
        ("ень", 3, "ня ню нем не ни неи ням нями нях"),
        ("[бвгджзлмнпрстфхцчшщ]ка", 2, "ок ек"),
        ("[гкт]ла", 2, "ол ел"),
    )
)
IS_ADJECTIVE = re.compile("(ыи|ии|ои|ая|яя|ое|ее|ые|ие)$")
IS_REFLEXIVE = re.compile("(ии|ая|ее|ие)ся$")
# Words of three letters are nouns such as газ, or prepositions such as для.
MIN_ADJECTIVE = 5


def russian_paradigms(word: str) -> Iterator[Paradigm]:
    """Yield the paradigms that the nominative *word* may have."""
    if IS_REFLEXIVE.search(word):
        yield Paradigm(word[:-4], REFLEXIVE)
        return
    if len(word) >= MIN_ADJECTIVE and IS_ADJECTIVE.search(word):
        yield Paradigm(word[:-2], ADJECTIVE)
    found = [(word[: len(word) - dropped], cases) for ending, dropped, cases in NOUNS if ending.search(word)]
    yield from (Paradigm(base, cases) for base, cases in found)
    if not found:
        yield fixed(word)
