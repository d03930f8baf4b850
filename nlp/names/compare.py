"""Is this name that name? Parts are paired by likeness in letters and in sound, and weighed by how rare they are."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from nlp.names.forms import Part, parts, variants

MATCH = 0.62
# Parts that are less alike than this are different.
PART_ALIKE = 0.62
# What a part of the longer name that the shorter one lacks costs, against one that disagrees.
MISSING = 0.35
# An acronym stands for its name, and for many others.
ACRONYM = 0.7
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
COMMON_WEIGHT = 0.45
# Words that are translated, such as `technology`, agree often and differ for no reason.
GENERIC_WEIGHT = 0.3
CHINESE_NAME_PARTS = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are, 0 to 1, whether they match, and why."""

    score: float
    match: bool
    reason: str


def compare(a: str, b: str, *, type: str | None = None) -> Comparison:
    """Compare the names *a* and *b*; of entries that state several names, the two that are most alike."""
    pairs = ((one, other) for one in variants(a) for other in variants(b))
    return max((_compare(one, other) for one, other in pairs), key=lambda found: found.score)


def _compare(a: str, b: str) -> Comparison:
    one, other = parts(a), parts(b)
    if not one or not other:
        return Comparison(0.0, False, "a name without letters matches nothing")
    if [p.written for p in one] == [p.written for p in other]:
        return _verdict(1.0, one, "the same parts in the same order")
    pairs = _paired(one, other)
    score = _score(one, other, pairs)
    joined = _joined(one, other)
    reason = _reason(one, other, pairs)
    if _is_acronym(one, b) or _is_acronym(other, a):
        score, reason = max(score, ACRONYM), "the first letters of the other's words"
    if joined > score:
        score, reason = joined, "alike when written as one word"
    return _verdict(score, one if len(one) <= len(other) else other, reason)


def _is_acronym(found: list[Part], short: str) -> bool:
    """Say whether *short* is written as the first letters of the other name's parts."""
    letters = short.strip(" \"'.()")
    return len(found) > 2 and letters.isupper() and letters.lower() == "".join(p.written[0] for p in found)


def _verdict(score: float, shorter: list[Part], reason: str) -> Comparison:
    if all(p.latin in COMMON for p in shorter) and len(shorter) == 1:
        return Comparison(min(score, 0.6), False, f"{reason}; a common name alone does not match")
    return Comparison(round(min(score, 1.0), 4), score >= MATCH, reason)


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


def _weight(part: Part) -> float:
    length = min(len(part.latin), 10) ** 0.5
    return length * (GENERIC_WEIGHT if part.generic else COMMON_WEIGHT if part.latin in COMMON else 1.0)


def _paired(one: list[Part], other: list[Part]) -> list[tuple[int, int, float]]:
    """Return the best pairs of parts, each part once, those in the same place first among equals."""
    ways = sorted(
        ((alike(p, q), -abs(i - j), i, j) for i, p in enumerate(one) for j, q in enumerate(other)), reverse=True
    )
    pairs: list[tuple[int, int, float]] = []
    for likeness, _, i, j in ways:
        if likeness < PART_ALIKE:
            break
        if all(i != x and j != y for x, y, _ in pairs):
            pairs.append((i, j, likeness))
    return pairs


def _score(one: list[Part], other: list[Part], pairs: list[tuple[int, int, float]]) -> float:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    side = 0 if shorter is one else 1
    met = {pair[side]: pair[2] for pair in pairs}
    met_longer = {pair[1 - side]: pair[2] for pair in pairs}
    gained = sum(_weight(p) * met.get(i, 0.0) for i, p in enumerate(shorter))
    full = sum(map(_weight, shorter))
    spare = sum(_weight(p) for i, p in enumerate(longer) if i not in met_longer)
    paired_only = gained / (full + MISSING * max(0.0, spare - (full - sum(_weight(shorter[i]) for i in met))))
    if len(shorter) == 1 < len(longer):
        paired_only *= 0.85
    return paired_only


def _joined(one: list[Part], other: list[Part]) -> float:
    """Return how alike the names are when their parts are written together."""
    first, second = ("".join(p.latin for p in names) for names in (one, other))
    letters = Levenshtein.normalized_similarity(first, second)
    if any(p.han for p in one) == any(p.han for p in other):
        return letters
    bones = ["".join(p.coarse for p in names) for names in (one, other)]
    shortest = min(map(len, bones))
    if shortest < 3:
        return letters
    return max(letters, (0.92 if shortest > 3 else 0.85) * Levenshtein.normalized_similarity(*bones))


def _reason(one: list[Part], other: list[Part], pairs: list[tuple[int, int, float]]) -> str:
    if not pairs:
        return "no part is alike"
    said = [f"{one[i].written} ~ {other[j].written}" for i, j, _ in sorted(pairs)]
    crossed = any(one[i].written.isascii() != other[j].written.isascii() for i, j, _ in pairs)
    order = [j for _, j, _ in sorted(pairs)]
    rules = ["across scripts"] if crossed else []
    rules += ["in another order"] if order != sorted(order) else []
    rules += ["parts missing"] if len(one) != len(other) else []
    return ", ".join(said) + (f" ({', '.join(rules)})" if rules else "")
