"""Stories and events measured: copies made of real pages, notices by one template, articles cut into parts.

    python -m benchmarks.stories [DATA]

DATA is `../shared/data` beside the checkout by default. A copy is found when it folds with its page. Of the EU's
reasons for listing somebody, mostly written by template, it is counted how many fold with another. The parts of an
article share no sentence; they stand for reports of one event in other words, and are measured pairwise against TF-IDF
with complete linkage at the threshold that is best for it.
"""

import argparse
import json
import math
import random
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy

from nlp.events import events_of
from nlp.stories import StoryText, fold_copies, near_copies, sketch

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED = 3
MIN_CHARACTERS = 600
EVENTS = 69
MIN_SENTENCES = 8
THRESHOLDS = [step / 50 for step in range(1, 20)]


def pages(archive: Path, count: int) -> list[str]:
    """Return the main texts of *count* pages of DAnIEL, the same ones each time."""
    with tarfile.open(archive) as members:
        texts = [_text(members, member) for member in members if member.name.startswith("text/") and member.isfile()]
    long = sorted(text for text in texts if len(text) >= MIN_CHARACTERS)
    return random.Random(SEED).sample(long, min(count, len(long)))


def _text(members: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    content = members.extractfile(member)
    return re.sub(r"<[^>]+>", "", content.read().decode("utf-8", "replace")) if content else ""


def _units(text: str) -> list[str]:
    return re.findall(r"\S+\s*", text) if " " in text[:200] else list(text)


def edited(text: str, share: float) -> str:
    """Return *text* with a share of its words taken out, replaced or followed by others, a third each."""
    chance = random.Random(SEED)
    units = _units(text)
    out: list[str] = []
    for unit in units:
        drawn = chance.random() / share * 3
        if drawn >= 1:
            out.append(f"{chance.choice(units)} " if drawn < 2 else unit)
        if 2 <= drawn < 3:
            out.append(f"{chance.choice(units)} ")
    return "".join(out)


def cut(text: str, first: float, last: float) -> str:
    """Return the part of *text* between two shares of it."""
    units = _units(text)
    return "".join(units[int(len(units) * first) : int(len(units) * last)])


def framed(text: str, share: float, other: str) -> str:
    """Return *text* between two pieces of another that together are a share of its length."""
    units, size = _units(other), int(len(_units(text)) * share / 2)
    return f"{''.join(units[:size])}\n{text}\n{''.join(units[-size:])}"


def changes(other: str) -> Mapping[str, Callable[[str], str]]:
    """Return what is done to a page to make a copy of it; *other* is a page that frames it."""
    return {
        "edited 5 %": lambda text: edited(text, 0.05),
        "edited 10 %": lambda text: edited(text, 0.10),
        "edited 20 %": lambda text: edited(text, 0.20),
        "first 70 %": lambda text: cut(text, 0, 0.7),
        "first 50 %": lambda text: cut(text, 0, 0.5),
        "first 30 %": lambda text: cut(text, 0, 0.3),
        "middle 50 %": lambda text: cut(text, 0.25, 0.75),
        "framed by half as much": lambda text: framed(text, 0.5, other),
        "framed by as much": lambda text: framed(text, 1, other),
        "cut and edited": lambda text: edited(cut(text, 0, 0.6), 0.05),
    }


def found_copies(texts: Sequence[str], change: str) -> float:
    """Return the share of *texts* whose copy is a candidate for them and folds with them."""
    found = 0
    for index, text in enumerate(texts):
        one, other = sketch(text), sketch(changes(texts[index - 1])[change](text))
        found += bool(set(one.bands) & set(other.bands)) and near_copies(one, other)
    return found / len(texts)


def templates(file: Path, count: int) -> float:
    """Return the share of notices by template that fold with another."""
    texts = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()[:count]]
    sizes = Counter(fold_copies({f"{i:05}": sketch(text) for i, text in enumerate(texts)}).values())
    return sum(size for size in sizes.values() if size > 1) / len(texts)


def parts(articles: Iterable[str], chance: random.Random) -> list[tuple[int, str]]:
    """Return articles in parts of every second, third, ... sentence, each with the number of its article."""
    made: list[tuple[int, str]] = []
    for number, article in enumerate(articles):
        sentences = [s for s in re.split(r"(?<=[.!?。])\s+|\n+", article) if len(s) > 20]
        if number >= EVENTS or len(sentences) < MIN_SENTENCES:
            continue
        count = min(chance.choice((2, 2, 3, 4, 5, 6, 8)), len(sentences) // 4)
        made += [(number, " ".join(sentences[part::count])) for part in range(count)]
    return made


def benchmark_articles(archive: Path) -> list[str]:
    """Return the labelled English articles of article-extraction-benchmark."""
    with tarfile.open(archive) as members:
        member = next(m for m in members if m.name.endswith("ground-truth.json"))
        content = members.extractfile(member)
        truth = json.loads(content.read()) if content else {}
    return [article["articleBody"] for _, article in sorted(truth.items())]


def pairwise_f1(labels: Sequence[int], found: Sequence[object]) -> float:
    """Return the F1 of the pairs of texts that are put together."""

    def pairs(values: Iterable[object]) -> int:
        return sum(size * (size - 1) // 2 for size in Counter(values).values())

    both = pairs(zip(labels, found, strict=True))
    return 2 * both / (pairs(labels) + pairs(found))


def by_watchword(texts: Sequence[str]) -> list[str]:
    """Return the event of each of *texts*."""
    events = events_of({f"{i:05}": StoryText(f"{i:05}", text) for i, text in enumerate(texts)})
    return [events[f"{i:05}"] for i in range(len(texts))]


def by_tf_idf(texts: Sequence[str], labels: Sequence[int]) -> float:
    """Return the best pairwise F1 of TF-IDF with complete linkage over all thresholds."""
    counts = [Counter(re.findall(r"\w\w+", text.lower())) for text in texts]
    seen = Counter(word for count in counts for word in count)
    places = {word: place for place, word in enumerate(seen)}
    vectors = numpy.zeros((len(texts), len(places)), dtype=numpy.float32)
    for row, count in enumerate(counts):
        for word, number in count.items():
            vectors[row, places[word]] = number * (math.log((1 + len(texts)) / (1 + seen[word])) + 1)
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    return max(pairwise_f1(labels, complete_linkage(vectors @ vectors.T, least)) for least in THRESHOLDS)


def complete_linkage(likeness: Any, least: float) -> list[int]:
    """Return the group of each text where every pair of a group is at least this alike."""
    alike = numpy.array(likeness)
    numpy.fill_diagonal(alike, -numpy.inf)
    groups = list(range(len(alike)))
    while (best := alike.max()) >= least:
        first, second = (int(place) for place in numpy.argwhere(alike == best)[0])
        alike[first] = alike[:, first] = numpy.minimum(alike[first], alike[second])
        alike[first, first] = alike[second] = alike[:, second] = -numpy.inf
        groups = [groups[first] if group == groups[second] else group for group in groups]
    return groups


def main() -> None:
    """Print what is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    data = parser.parse_args().data
    texts = pages(data / "pages" / "daniel.tar.xz", 150)
    for change in changes(""):
        print(f"copies, {change:24}{found_copies(texts, change):6.3f}")
    notices = data / "documents" / "eu-statements-of-reasons.jsonl"
    print(f"notices by template that fold  {templates(notices, 2_600):6.3f}")
    made = parts(benchmark_articles(data / "pages" / "article-extraction-benchmark.tar.xz"), random.Random(SEED))
    labels, told = [label for label, _ in made], [text for _, text in made]
    print(f"events, {len(told)} parts of {len(set(labels))} articles: {pairwise_f1(labels, by_watchword(told)):.3f}")
    print(f"TF-IDF with complete linkage at its best: {by_tf_idf(told, labels):.3f}")


if __name__ == "__main__":
    main()
