"""Parts of names as running text is searched for them: how alike two are, and which say little alone."""

from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from nlp.names.forms import Part

# Given names and surnames that very many people have say little alone.
COMMON = frozenset(
    [
        "muhammad",
        "mohammed",
        "mohammad",
        "mohamed",
        "ahmed",
        "ahmad",
        "ali",
        "hassan",
        "hasan",
        "hussein",
        "hussain",
        "abdul",
        "abd",
        "allah",
        "khan",
        "ibrahim",
        "yusuf",
        "omar",
        "mahmoud",
        "mustafa",
        "ivan",
        "ivanov",
        "aleksandr",
        "alexander",
        "sergey",
        "sergei",
        "vladimir",
        "andrey",
        "dmitry",
        "mikhail",
        "nikolay",
        "kim",
        "lee",
        "li",
        "ri",
        "pak",
        "park",
        "wang",
        "zhang",
        "chen",
        "liu",
        "jose",
        "juan",
        "maria",
        "garcia",
        "john",
        "david",
        "michael",
        "international",
        "trading",
        "company",
        "general",
    ]
)


@lru_cache(200_000)
def alike(one: Part, other: Part) -> float:
    """Return how alike two parts are, 0 to 1: in letters within a script, in consonants across scripts."""
    if one.written == other.written or one.latin == other.latin:
        return 1.0
    if len(one.latin) == 1 or len(other.latin) == 1:
        return 0.75 if one.latin[:1] == other.latin[:1] else 0.0
    letters = 0.5 * JaroWinkler.similarity(one.latin, other.latin) + 0.5 * Levenshtein.normalized_similarity(
        one.latin, other.latin
    )
    if one.han != other.han:
        sound = Levenshtein.normalized_similarity(one.coarse, other.coarse)
        return max(letters, 0.94 * sound if min(len(one.coarse), len(other.coarse)) > 1 else 0.7 * sound)
    sound = Levenshtein.normalized_similarity(one.skeleton, other.skeleton)
    short = min(len(one.skeleton), len(other.skeleton))
    certain = 0.95 if short > 2 else 0.86 if short == 2 else 0.7
    return max(
        letters, certain * sound if one.written.isascii() != other.written.isascii() else 0.5 * letters + 0.48 * sound
    )
