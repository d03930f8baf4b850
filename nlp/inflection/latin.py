"""English, French and Spanish: plurals, agreement of adjectives, British and American spelling."""

import re
from collections.abc import Iterator

from nlp.inflection.paradigm import Paradigm, endings, fixed

# The ending that a singular has, how much of it goes, and what its forms end in; the first that fits is used.
ENGLISH = (
    ("[^aeiou]y", 1, "y ies"),
    ("us", 2, "us uses i"),
    # Zirconia is no zirconium, and Polonia no polonium.
    ("(?<!acter)(?<!ed)(?<!ter)ium", 0, "- s"),
    ("um", 2, "um ums a"),
    ("is", 2, "is es"),
    ("[ie]x", 2, "ix ex ixes exes ices"),
    ("(s|z|x|ch|sh)", 0, "- es"),
    ("man", 3, "man men"),
    ("(?<=.)fe?", 0, "- s"),
    ("", 0, "- s"),
)
FRENCH = (
    ("al", 1, "l ls ux le les"),
    ("(eau|eu)", 0, "- x"),
    ("ail", 2, "il ils ux"),
    ("[sxz]", 0, "- e es"),
    # Folding has taken the accent from participles: réglé, réglée.
    ("e", 0, "- s e es"),
    ("", 0, "- s e es"),
)
SPANISH = (
    ("z", 1, "z ces"),
    # Elements have no feminine: Polonia is a country.
    ("(?<!ar)(?<!ed)(?<!ac)io", 0, "- s"),
    ("o", 1, "o os a as"),
    ("[aeiu]", 0, "- s"),
    ("s", 0, "- es"),
    ("", 0, "- es"),
)
# British and American spellings of one word: either finds the other.
SPELLINGS = (
    ("fibre", "fiber"),
    ("aluminium", "aluminum"),
    ("sulph", "sulf"),
    ("vapour", "vapor"),
    ("armour", "armor"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("mould", "mold"),
    ("metre", "meter"),
    ("litre", "liter"),
    ("centre", "center"),
    ("calibre", "caliber"),
    ("caesium", "cesium"),
    ("haem", "hem"),
    ("paed", "ped"),
    ("oedem", "edem"),
    ("analogue", "analog"),
    ("catalogue", "catalog"),
    ("plough", "plow"),
    ("disc", "disk"),
    ("ageing", "aging"),
    ("fuelled", "fueled"),
    ("modelling", "modeling"),
    ("tyre", "tire"),
    ("gauge", "gage"),
    ("is(e|ed|er|ing|ation|ator)$", r"iz\1"),
    ("iz(e|ed|er|ing|ation|ator)$", r"is\1"),
    ("ys(e|ed|er|ing)$", r"yz\1"),
)
# What ends as a plural does and is none; "glander" is French for idling.
NO_PLURALS = frozenset({"glanders"})
RULES = tuple((re.compile(british), american) for british, american in SPELLINGS)
BACK = tuple((re.compile(american), british) for british, american in SPELLINGS if british.isalpha())


def english_paradigms(word: str) -> Iterator[Paradigm]:
    """Yield the paradigms of *word* and of its other spelling."""
    for spelling in dict.fromkeys((word, *(pattern.sub(other, word) for pattern, other in (*RULES, *BACK)))):
        yield _first(spelling, ENGLISH)
        if spelling.endswith("s") and not spelling.endswith(("ss", "us", "is")) and spelling not in NO_PLURALS:
            yield fixed(spelling[:-1])


def french_paradigms(word: str) -> Iterator[Paradigm]:
    """Yield the paradigm of *word*."""
    yield _first(word, FRENCH)


def spanish_paradigms(word: str) -> Iterator[Paradigm]:
    """Yield the paradigm of *word*."""
    yield _first(word, SPANISH)


def _first(word: str, rules: tuple[tuple[str, int, str], ...]) -> Paradigm:
    for ending, dropped, forms in rules:
        if re.search(f"{ending}$", word):
            return Paradigm(word[: len(word) - dropped], endings(forms))
    return fixed(word)
