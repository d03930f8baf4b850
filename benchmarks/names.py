"""Names compared with anyascii and sorted words, on official aliases and across scripts.

    python -m benchmarks.names [FOLDER] [--sample 2000] [--fit]

FOLDER holds `un-alias-pairs.tsv`, `ofac-aka-pairs.tsv` and `eu-cross-script-pairs.tsv`; by default it is
`../shared/data/names` beside the checkout. The first table has F1 on alias pairs, with as many pairs of other parties
drawn at random and as many that share a word; the baseline has its best threshold. The second has, by script, how often
the right name of all is found first. `--fit` learns the weights of evidence from these pairs, prints F1 on fifths that
were held out, and writes `nlp/names/weights.json`.
"""

import argparse
import csv
import json
import random
import re
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy
from anyascii import anyascii
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from nlp.names import Artifact, build, compare, screen
from nlp.names.compare import MATCH
from nlp.names.evidence import evidence
from nlp.names.pairing import pair
from nlp.names.told import told
from nlp.party import Party

NAMES = Path(__file__).resolve().parents[2] / "shared" / "data" / "names"
WEIGHTS = Path(__file__).resolve().parents[1] / "nlp" / "names" / "weights.json"
FOLDS = 5
SMOOTHING = 2.0
STEPS = 1500
# What speaks for one party may not count against it, nor the other way round.
FOR, AGAINST = ("met", "of ", "institution of"), ("conflict", "missing", "single")
# Names that are held against others they are likely to be taken for, and how many of those are looked at.
HELD_AGAINST, LIKELY = 2500, 15
# Log odds from which a pair may be taken as a match.
LIMITS = [place / 10 for place in range(-20, 11)]
# No fact outweighs all others: a number that differs comes close.
HEAVIEST = 12.0
Pair = tuple[str, str]
Figures = NDArray[numpy.float64]


@dataclass(frozen=True)
class Aliases:
    """Pairs of names of one party, and pairs of names of two."""

    same: list[Pair]
    other: list[Pair]


@dataclass(frozen=True)
class Across:
    """A name in Latin letters, the same in another script, and that script."""

    latin: str
    other: str
    script: str
    party: str


def rows(path: Path, quoting: int = csv.QUOTE_NONE) -> list[dict[str, str]]:
    """Return the lines of a table that is separated by tabs."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=quoting))


def across(folder: Path) -> list[Across]:
    """Return the EU's names in Latin and other scripts."""
    found = rows(folder / "eu-cross-script-pairs.tsv", csv.QUOTE_MINIMAL)
    return [
        Across(r["latin_primary"], r["other_script_name"], r["script"], f"{r['celex']}/{r['record']}") for r in found
    ]


def aliases(folder: Path, sample: int) -> dict[str, Aliases]:
    """Return *sample* alias pairs of each list, with pairs of other parties."""
    listed = {
        "UN": [(r["primary"], r["alias"], r["ref"]) for r in rows(folder / "un-alias-pairs.tsv")],
        "OFAC": [(r["primary"], r["aka"], r["ent_num"]) for r in rows(folder / "ofac-aka-pairs.tsv")],
        "EU across scripts": [(a.latin, a.other, a.party) for a in across(folder)],
    }
    return {name: _aliases(random.Random(7).sample(found, min(sample, len(found)))) for name, found in listed.items()}


def _aliases(found: list[tuple[str, str, str]]) -> Aliases:
    """Draw for each pair a name of another party at random, and one that shares a word with the first name."""
    draw = random.Random(1)
    seconds = sorted({(other, party) for _, other, party in found})
    sharing: dict[str, list[int]] = defaultdict(list)
    for place, (first, other, _) in enumerate(found):
        for word in _words(first) | _words(other):
            sharing[word].append(place)
    others: list[Pair] = []
    for first, _, party in found:
        others.append((first, draw.choice([name for name, of in draw.sample(seconds, 5) if of != party] or [""])))
        hard = [place for word in sorted(_words(first)) for place in sharing[word] if found[place][2] != party]
        if hard:
            others.append((first, found[draw.choice(hard)][1]))
    return Aliases([(a, b) for a, b, _ in found], others)


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", anyascii(name).lower()) if len(word) > 2}


def f1(found: Iterable[bool], false: Iterable[bool], size: int) -> float:
    """Return F1 of what matched among *size* pairs of one party and among pairs of two."""
    right, wrong = sum(found), sum(false)
    return 2 * right / (right + wrong + size)


def own_f1(pairs: Aliases) -> float:
    """Return F1 of Watchword's verdicts."""
    same, other = ([compare(a, b).match for a, b in group] for group in (pairs.same, pairs.other))
    return f1(same, other, len(pairs.same))


def baseline_f1(pairs: Aliases) -> float:
    """Return F1 of sorted words in ASCII at the threshold that suits these pairs best."""
    same, other = ([fuzz.ratio(_sorted(a), _sorted(b)) for a, b in group] for group in (pairs.same, pairs.other))
    return max(f1((s >= t for s in same), (o >= t for o in other), len(same)) for t in range(20, 100, 2))


def _sorted(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", anyascii(name).lower())))


def found_first(names: Sequence[Across], asked: Sequence[Across]) -> dict[str, float]:
    """Return by script the share of *asked* whose Latin name is the first candidate of all of *names*."""
    latin = list(dict.fromkeys(name.latin for name in names))
    with tempfile.TemporaryDirectory() as folder:
        build((Party(str(i), name, "eu") for i, name in enumerate(latin)), Path(folder) / "matcher")
        artifact = Artifact.open(Path(folder) / "matcher")
        first = [next((c.name for c in screen(name.other, artifact, 1)), "") for name in asked]
    return _shares(asked, first)


def baseline_first(names: Sequence[Across], asked: Sequence[Across]) -> dict[str, float]:
    """Return the same of sorted words in ASCII."""
    latin = list(dict.fromkeys(name.latin for name in names))
    likeness = process.cdist([_sorted(a.other) for a in asked], [_sorted(n) for n in latin], scorer=fuzz.ratio)
    return _shares(asked, [latin[place] for place in likeness.argmax(axis=1)])


def _shares(asked: Sequence[Across], first: Sequence[str]) -> dict[str, float]:
    right: Counter[str] = Counter()
    for name, found in zip(asked, first, strict=True):
        right[name.script] += found == name.latin
    return {script: right[script] / number for script, number in Counter(a.script for a in asked).items()}


def fit(folder: Path) -> None:
    """Learn the weights of evidence from all pairs, print F1 on fifths that were held out, and write them."""
    groups = aliases(folder, sample=10**9)
    labelled = [(n, *p, y) for n, g in groups.items() for y, group in ((1, g.same), (0, g.other)) for p in group]
    labelled += [("likely", *p, 0) for group in groups.values() for p in _likely(group.same)]
    told_as = [_evidence(a, b) for _, a, b, _ in labelled]
    names = list(next(e[0] for e in told_as if e))
    facts = [numpy.array([[d[n] for n in names] for d in e]) if e else numpy.zeros((1, len(names))) for e in told_as]
    wanted = numpy.array([y for *_, y in labelled], dtype=numpy.float64)
    folds = numpy.array([zlib.crc32(a.encode()) % FOLDS for _, a, _, _ in labelled])
    odds = numpy.zeros(len(wanted))
    for fold in range(FOLDS):
        odds[folds == fold] = _best(facts, _learn(facts, wanted, folds != fold, names))[folds == fold]
    of_group = {name: numpy.array([n == name for n, *_ in labelled]) for name in groups}
    limit = max(LIMITS, key=lambda odd: sum(_f1(odds[of] >= odd, wanted[of] == 1) for of in of_group.values()))
    for name, of in of_group.items():
        print(f"{name:20} F1 held out {_f1(odds[of] >= limit, wanted[of] == 1):.3f}")
    weights = _learn(facts, wanted, numpy.ones(len(wanted), dtype=bool), names)
    weights[0] += log(MATCH / (1 - MATCH)) - limit  # the score that matches
    told_weights = {n: round(float(w), 3) for n, w in zip(["bias", *names], weights, strict=True)}
    WEIGHTS.write_text(json.dumps(told_weights, indent=1) + "\n", "utf-8")


def _f1(match: NDArray[numpy.bool_], same: NDArray[numpy.bool_]) -> float:
    return f1(match & same, match & ~same, int(same.sum()))


def _likely(pairs: Sequence[Pair]) -> list[Pair]:
    """Return names with those of other parties that screening holds them against, which a ranking must tell apart."""
    same = defaultdict(set)
    for first, second in pairs:
        same[second].add(first)
    listed = sorted({first for first, _ in pairs})
    draw = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        build((Party(str(i), name, "") for i, name in enumerate(listed)), Path(folder) / "matcher")
        filed = Artifact.open(Path(folder) / "matcher").filed
        asked = draw.sample(sorted(same), min(HELD_AGAINST, len(same)))
        likely = (
            (name, [listed[n] for n in filed.likely(name, LIKELY) if listed[n] not in same[name]]) for name in asked
        )
        return [(other, name) for name, others in likely for other in draw.sample(others, min(2, len(others)))]


def _evidence(a: str, b: str) -> list[dict[str, float]]:
    return [evidence(one, other, pair(one, other)) for one in told(a) for other in told(b)]


def _best(facts: list[Figures], weights: Figures) -> Figures:
    return numpy.array([(each @ weights[1:] + weights[0]).max() for each in facts])


def _learn(facts: list[Figures], wanted: Figures, chosen: NDArray[numpy.bool_], names: list[str]) -> Figures:
    """Learn from the best variants of each pair, which the weights themselves tell: three rounds settle it."""
    weights = numpy.zeros(len(names) + 1)
    for turn in range(3):
        best = [each[0 if turn == 0 else (each @ weights[1:]).argmax()] for each in facts]
        weights = _logistic(numpy.array(best)[chosen], wanted[chosen], names)
    return weights


def _logistic(facts: Figures, wanted: Figures, names: list[str]) -> Figures:
    """Return the weights of a logistic regression with signs, by accelerated projected gradient descent."""
    spread = facts.std(axis=0) + 1e-9
    known = numpy.c_[numpy.ones(len(facts)), facts / spread]
    low = numpy.r_[-HEAVIEST, [0.0 if n.startswith(FOR) else -HEAVIEST for n in names] * spread]
    high = numpy.r_[HEAVIEST, [0.0 if n.startswith(AGAINST) else HEAVIEST for n in names] * spread]
    step = 4 / (numpy.linalg.norm(known, 2) ** 2 + SMOOTHING)
    weights = ahead = numpy.zeros(known.shape[1])
    for turn in range(STEPS):
        chance = 1 / (1 + numpy.exp(-known @ ahead))
        slope = known.T @ (chance - wanted) + SMOOTHING * numpy.r_[0.0, ahead[1:]]
        moved = numpy.clip(ahead - step * slope, low, high)
        ahead = moved + turn / (turn + 3) * (moved - weights)
        weights = moved
    return numpy.r_[weights[0], weights[1:] / spread]


def table(title: str, columns: Sequence[str], lines: Iterable[tuple[str, Sequence[float]]]) -> None:
    """Print a table of figures."""
    print(f"{title:22}" + "".join(f"{column:>14}" for column in columns))
    for name, figures in lines:
        print(f"{name:22}" + "".join(f"{figure:14.3f}" for figure in figures))


def main() -> None:
    """Measure, or learn the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=NAMES)
    parser.add_argument("--sample", type=int, default=2000, help="alias pairs of a list that are compared")
    parser.add_argument("--fit", action="store_true", help="learn the weights of evidence")
    options = parser.parse_args()
    if options.fit:
        fit(options.folder)
        return
    both: Sequence[Callable[[Aliases], float]] = (own_f1, baseline_f1)
    pairs = aliases(options.folder, options.sample)
    table("F1", ["watchword", "baseline"], ((n, [measure(p) for measure in both]) for n, p in pairs.items()))
    names = across(options.folder)
    own, base = found_first(names, names), baseline_first(names, names)
    table("hit@1 of all names", ["watchword", "baseline"], ((script, [own[script], base[script]]) for script in own))


if __name__ == "__main__":
    main()
