"""Listed names in running text against millions of names: how long to compile and open them, how fast, how much memory.

    python -m benchmarks.names_at_scale [--names 2000000] [--matcher FOLDER] [--documents 40]

The names are those of the US consolidated screening list in `../shared/data/lists`, and others made of their parts:
a person's surname with another's given names, the beginning of a firm's name with the end of another's. Documents have
700 words (1,400 characters of Chinese) of news in `../shared/data/pages`, and of the Declaration of Human Rights in
Arabic; each also names two of the parties, one misspelt. The first documents, which warm the caches, are not counted.
Seconds are of the processor. `--matcher` keeps the compiled names, or takes those that are kept there.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.reading import documents, news
from nlp.names import Artifact, build, find_parties
from nlp.party import Party
from nlp.passage import Passage

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LISTED = DATA / "lists" / "us-consolidated-screening-list-2026-07-31.json"
DECLARATION = DATA / "language" / "udhr2.zip"
WARM_UP = 10


def listed() -> list[Party]:
    """Return the parties of the list."""
    entries = json.loads(LISTED.read_text("utf-8"))["entries"]
    types = ["person" if entry.get("t") == "Individual" else "organisation" for entry in entries]
    return [
        Party(f"us:{place}", entry["n"], "us", tuple(entry.get("a", ())), type=kind)
        for place, (entry, kind) in enumerate(zip(entries, types, strict=True))
    ]


def parties(known: Sequence[Party], number: int) -> Iterator[Party]:
    """Yield the *known* parties, and others made of their names until there are *number* names."""
    yield from known
    draw = random.Random(1)
    names = {kind: [n for p in known if p.type == kind for n in (p.name, *p.aliases)] for kind in known_types(known)}
    for place in range(max(0, number - sum(map(len, names.values())))):
        kind = ("organisation", "person")[place % 2]
        first, second = draw.choice(names[kind]), draw.choice(names[kind])
        yield Party(f"made:{place}", _made(first, second), "made", type=kind)


def known_types(known: Sequence[Party]) -> set[str]:
    """Return the types of the *known* parties."""
    return {party.type for party in known if party.type}


def _made(first: str, second: str) -> str:
    if "," in first and "," in second:
        return f"{first.partition(',')[0]},{second.partition(',')[2]}"
    one, other = first.split(), second.split()
    return " ".join(one[: max(1, len(one) // 2)] + other[len(other) // 2 :])


def texts(count: int) -> dict[str, list[str]]:
    """Return *count* documents a language."""
    found = {language: documents(those, language, count) for language, those in news().items()}
    if DECLARATION.exists():
        with zipfile.ZipFile(DECLARATION) as archive:
            arabic = [archive.read(name).decode() for name in archive.namelist() if "arb" in name]
        found["ar"] = documents([re.sub("<[^>]+>", "", text) for text in arabic], "ar", count)
    return found


def naming(text: str, known: Sequence[Party], draw: random.Random) -> tuple[str, list[str]]:
    """Return *text* with two of the parties behind it, the second with a vowel misspelt, and their ids."""
    persons = [party for party in draw.sample(known, 60) if party.type == "person" and len(party.name) > 16]
    one, other = persons[:2]
    misspelt = re.sub(r"(?<=[A-Z]{3})[AEIOU](?=[A-Z]{2})", "Y", other.name, count=1)
    return f"{text}\n\n{one.name}\n\n{misspelt}\n", [one.id, other.id]


def private_megabytes() -> tuple[float, float]:
    """Return the private memory of this process that it wrote to, and with the pages of files that it alone reads."""
    lines = (line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    sizes = {key.strip(":"): int(size) / 1024 for key, size, *_ in lines}
    return sizes["Private_Dirty"], sizes["Private_Dirty"] + sizes["Private_Clean"]


def read(matcher: Path, written: Path) -> None:
    """Open the names as a new process does, read the documents that are *written*, and print a table."""
    started = time.perf_counter()
    artifact = Artifact.open(matcher)
    list(find_parties(Passage("Tarek Halimi met Mohammed Ali in Geneva.", "en"), artifact))
    print(f"opened, and a first sentence read, in {time.perf_counter() - started:.3f} s of the clock")
    print(f"{'language':10}{'ms a document':>15}{'found':>8}{'MB written':>12}{'MB private':>12}")
    with written.open() as lines:
        for language, group in groupby(map(json.loads, lines), key=lambda line: str(line["language"])):
            spent, share = _read(artifact, group)
            print(f"{language:10}{spent:15.1f}{share:8.2f}" + "".join(f"{mb:12.0f}" for mb in private_megabytes()))


def _read(artifact: Artifact, lines: Iterable[dict[str, Any]]) -> tuple[float, float]:
    """Return milliseconds a document, and the share of the named parties that were found."""
    spent: list[float] = []
    found: list[bool] = []
    for line in lines:
        started = time.process_time()
        mentions = list(find_parties(Passage(line["text"], None), artifact))
        spent.append(1000 * (time.process_time() - started))
        found += [party in {mention.entity for mention in mentions} for party in line["parties"]]
    return mean(spent[WARM_UP:] or spent), mean(found)


def write(texts: dict[str, list[str]], known: Sequence[Party], path: Path) -> None:
    """Write the documents, each with what it names, as JSON Lines."""
    draw = random.Random(3)
    with path.open("w") as file:
        for language, those in texts.items():
            for text in those:
                whole, ids = naming(text, known, draw)
                file.write(json.dumps({"language": language, "text": whole, "parties": ids}) + "\n")


def compiled(folder: Path, known: Sequence[Party], names: int) -> None:
    """Compile *names* names into *folder* and print how long that took."""
    started = time.process_time()
    build(parties(known, names), folder)
    print(f"compiled {names} names in {time.process_time() - started:.0f} s of the processor")


def main() -> None:
    """Compile, open, read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=2_000_000)
    parser.add_argument("--documents", type=int, default=40, help="documents a language, the first of them to warm up")
    parser.add_argument("--matcher", type=Path, help="where the compiled names are, or are put")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.matcher, options.read)
        return
    known = listed()
    with tempfile.TemporaryDirectory() as folder:
        matcher, written = options.matcher or Path(folder) / "matcher", Path(folder) / "documents.jsonl"
        if not matcher.exists():
            compiled(matcher, known, options.names)
        write(texts(options.documents), known, written)
        command = [sys.executable, "-m", "benchmarks.names_at_scale", "--matcher", matcher, "--read", written]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
