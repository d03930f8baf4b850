"""Trains the tables of sounds: what each letter or syllable of a script is written as in Latin letters, and how often.

    python -m nlp.names.training FOLDER

FOLDER holds `arabic.txt`, `chinese.txt`, `hebrew.txt`, `korean.txt` and `russian.txt`: a Latin name, a tab, the name in
its script with its characters spaced, a tab, a count (names of Wikidata, CC0). Alignments are found by expectation
maximisation over one unit to a few Latin letters (Jiampojamarn et al. 2007); `letters.txt` is the prior.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from nlp.folding import folded
from nlp.names.readings import spelling, units
from nlp.names.scripts import ARABIC, CYRILLIC, GREEK, HAN, HANGUL, HEBREW, KANA

FILES: Final = {ARABIC: "arabic", HAN: "chinese", HEBREW: "hebrew", HANGUL: "korean", CYRILLIC: "russian"}
# Latin letters that one unit may stand for.
LONGEST: Final = {ARABIC: 3, HEBREW: 3, CYRILLIC: 4, HANGUL: 3, HAN: 6, GREEK: 3, KANA: 3}
ROUNDS: Final = 8
# After these rounds the pairs that fit worst, which are mostly wrong pairs, are left out.
PURGES: Final = (3, 5)
PURGED_SHARE: Final = 0.04
# How much of a letter's table comes from `letters.txt`.
PRIOR: Final = 0.35
# The token tables hold foreign names; those on lists are mostly native in scripts whose native names differ more.
NATIVE_PRIOR: Final = {HANGUL: 0.6, ARABIC: 0.5, HEBREW: 0.5, HAN: 0.5}
RAREST: Final = 0.004
DISCOUNT: Final = 1.5
UNSEEN: Final = 1e-6
MAX_LATIN: Final = 14
# Scripts that write few vowels: these may follow a consonant.
VOWELLESS: Final = frozenset({ARABIC, HEBREW})
VOWELS: Final = {"": 0.42, "a": 0.22, "e": 0.11, "i": 0.09, "o": 0.06, "u": 0.06, "ou": 0.02, "ai": 0.02}
SILENT: Final = "-"

Table = dict[str, dict[str, float]]
Pair = tuple[str, tuple[str, ...], float]


def pairs(path: Path, script: str) -> Iterator[Pair]:
    """Yield Latin spelling, units and weight of each line of *path* that can be used."""
    for line in path.read_text("utf-8").splitlines():
        latin, native, count = line.split("\t")
        sounded, spelt = units(folded(native.replace(" ", ""))), spelling(latin, script)
        if all(sounded) and sounded and 1 < len(spelt) <= MAX_LATIN:
            yield spelt, sounded, 1 + math.log(int(count))


def train(examples: list[Pair], longest: int) -> Table:
    """Return the probabilities of Latin letters for each unit, learned from *examples*."""
    table: Table = {}
    for turn in range(ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        fits = [_expect(example, table, longest, counts) for example in examples]
        last = turn == ROUNDS - 1
        table = {unit: discounted(chunks) if last else _normalised(chunks) for unit, chunks in counts.items()}
        if turn in PURGES:
            limit = sorted(fits)[int(len(fits) * PURGED_SHARE)]
            examples = [example for example, fit in zip(examples, fits, strict=True) if fit > limit]
    return table


def _normalised(chunks: dict[str, float]) -> dict[str, float]:
    total = sum(chunks.values()) + 1
    return {chunk: count / total for chunk, count in chunks.items()}


def discounted(chunks: dict[str, float]) -> dict[str, float]:
    """Return counts as probabilities, each less what one wrong pair may have given."""
    return _normalised({chunk: count - DISCOUNT for chunk, count in chunks.items() if count > DISCOUNT})


def _probability(table: Table, unit: str, chunk: str, expected: float) -> float:
    if not table:  # the first round knows only that units share the letters evenly
        return 1 / (1 + abs(len(chunk) - expected)) ** 2
    return table.get(unit, {}).get(chunk, UNSEEN * 0.1 ** len(chunk))


def _expect(example: Pair, table: Table, longest: int, counts: dict[str, dict[str, float]]) -> float:
    """Add the expected counts of *example*; return its log likelihood a letter."""
    latin, sounded, weight = example
    size, letters = len(sounded), len(latin)
    steps = [
        (i, j, n, _probability(table, sounded[i], latin[j : j + n], letters / size))
        for i in range(size)
        for j in range(letters + 1)
        for n in range(min(longest, letters - j) + 1)
    ]
    forward = [[0.0] * (letters + 1) for _ in range(size + 1)]
    backward = [[0.0] * (letters + 1) for _ in range(size + 1)]
    forward[0][0] = backward[size][letters] = 1.0
    for i, j, n, chance in steps:
        forward[i + 1][j + n] += forward[i][j] * chance
    for i, j, n, chance in reversed(steps):
        backward[i][j] += chance * backward[i + 1][j + n]
    whole = forward[size][letters]
    if whole <= 0:
        return -math.inf
    for i, j, n, chance in steps:
        share = forward[i][j] * chance * backward[i + 1][j + n] / whole
        if share > UNSEEN:
            counts[sounded[i]][latin[j : j + n]] += weight * share
    return math.log(whole) / (letters + 1)


def priors(folder: Path) -> dict[str, Table]:
    """Return script to table, after `letters.txt`: the first spelling of a letter is likeliest."""
    tables: dict[str, Table] = defaultdict(dict)
    script = ""
    for line in (folder / "letters.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            script = line.strip("[]")
        elif line and line[0] != "#":
            unit, _, listed = line.partition(": ")
            chunks = ["" if chunk == SILENT else chunk for chunk in listed.split()]
            spread: dict[str, float] = defaultdict(float)
            for place, chunk in enumerate(chunks):
                for vowel, share in VOWELS.items() if _takes_vowel(script, chunk) else (("", 1.0),):
                    spread[chunk + vowel] += share / (place + 1)
            tables[script][unit] = _normalised(spread)
    return tables


def _takes_vowel(script: str, chunk: str) -> bool:
    return script in VOWELLESS and chunk[:1] not in {"", "a", "e", "i", "o", "u"}


def mixed(learned: Table, prior: Table, share: float) -> Table:
    """Return *learned* with *share* of *prior* where a unit has both."""
    table = {}
    for unit in learned.keys() | prior.keys():
        one, other = learned.get(unit, {}), prior.get(unit, {})
        part = share if one and other else 1.0 if other else 0.0
        chunks = {c: (1 - part) * one.get(c, 0.0) + part * other.get(c, 0.0) for c in one.keys() | other.keys()}
        table[unit] = {chunk: chance for chunk, chance in chunks.items() if chance > RAREST}
    return table


def write(table: Table, path: Path) -> None:
    """Write *table* as lines of unit, Latin letters and cost (negative logarithm of the probability)."""
    lines = [
        f"{unit}\t{chunk}\t{-math.log(chance):.2f}"
        for unit, chunks in sorted(table.items())
        for chunk, chance in sorted(chunks.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main(source: Path, target: Path) -> None:
    """Train a table a script from the files in *source* and write it to *target*."""
    from nlp.names.romanisation import kana_table, pinyin_table

    known = priors(target)
    known[KANA] = {**kana_table(), **known[KANA]}
    for script, longest in LONGEST.items():
        learned = train(list(pairs(source / f"{FILES[script]}.txt", script)), longest) if script in FILES else {}
        prior = pinyin_table() if script == HAN else known[script]
        write(mixed(learned, prior, NATIVE_PRIOR.get(script, PRIOR)), target / f"{script}.tsv")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent / "sounds")
