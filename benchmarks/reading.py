"""How fast texts are read on one core: whole (language, mentions, story signature), with a pipeline, and by finder.

And the processor time of `watchword read` of one page, extraction in a process of its own included.

Documents have 700 words (1,400 characters of Chinese). `labelled` ones are made of the texts of `tests/quality/items`,
in which nearly every sentence names goods; `news` ones of the pages in `../shared/data/pages`, where these are at hand.

    python benchmarks/reading.py [--documents 20]
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nlp.coordinates import find_coordinates
from nlp.identifiers import find_identifiers
from nlp.items import find_items
from nlp.models import shipped_pipelines
from nlp.organisations import find_organisations
from nlp.passage import Passage
from nlp.places import find_places
from nlp.reading import Reader
from nlp.sites import find_sites
from nlp.stories import sketch

ROOT = Path(__file__).resolve().parents[1]
LABELLED = ROOT / "tests" / "quality" / "items"
NEWS = ROOT.parent / "shared" / "data" / "pages" / "daniel.tar.xz"
MARK = re.compile(r"\[[^|\]]*\|([^\]]+)\]")
CODES = {"Greek": "el", "Polish": "pl", "Russian": "ru", "Chinese": "zh", "English": "en"}
WORDS = 700
CHINESE_CHARACTERS = 1_400
FINDERS: dict[str, Callable[[Passage], object]] = {
    "items": find_items,
    "sites": lambda passage: list(find_sites(passage)),
    "identifiers": lambda passage: list(find_identifiers(passage)),
    "coordinates": lambda passage: list(find_coordinates(passage)),
    "places": lambda passage: list(find_places(passage)),
    "organisations": lambda passage: list(find_organisations(passage)),
}


def labelled(language: str) -> Iterator[str]:
    for line in (LABELLED / f"{language}.jsonl").read_text("utf-8").splitlines():
        yield MARK.sub(r"\1", json.loads(line)["marked"])


def news() -> dict[str, list[str]]:
    if not NEWS.exists():
        return {}
    found: dict[str, list[str]] = {}
    with tarfile.open(NEWS) as archive:
        files = {m.name: archive.extractfile(m) for m in archive if m.isfile()}
        contents = {name: stream.read().decode("utf-8", "replace") for name, stream in files.items() if stream}
    languages = json.loads(next(text for name, text in contents.items() if name.endswith("languages.json")))
    for name, text in contents.items():
        page = Path(name).name.removesuffix(".txt")
        if "text/" in name and page in languages:
            found.setdefault(CODES[languages[page]], []).append(re.sub(r"</?p>", "\n", text))
    return found


def documents(texts: Iterable[str], language: str, count: int) -> list[str]:
    """Return *count* documents made of *texts*, again from the beginning where they end."""
    whole = "\n\n".join(texts)
    if language == "zh":
        size = CHINESE_CHARACTERS
        whole *= 1 + count * size // max(1, len(whole))
        return [whole[start : start + size] for start in range(0, count * size, size)]
    words = re.findall(r"\S+\s*", whole)
    words *= 1 + count * WORDS // max(1, len(words))
    return ["".join(words[start : start + WORDS]) for start in range(0, count * WORDS, WORDS)]


def milliseconds(task: Callable[[], object], documents_read: int) -> float:
    task()
    started = time.process_time()
    task()
    return 1000 * (time.process_time() - started) / documents_read


def read_whole(reader: Reader, text: str) -> None:
    """Do all that a harvest does with a text: language, mentions, and the signature by which stories are told."""
    reader.read(text)
    sketch(text)


def measure(name: str, language: str, texts: list[str]) -> None:
    reader, named = Reader(), Reader(pipelines=shipped_pipelines())
    whole = milliseconds(lambda: [read_whole(reader, text) for text in texts], len(texts))
    with_pipeline = milliseconds(lambda: [read_whole(named, text) for text in texts], len(texts))
    shares = [milliseconds(lambda f=f: [f(Passage(t, language)) for t in texts], len(texts)) for f in FINDERS.values()]
    row = "".join(f"{share:>14.1f}" for share in shares)
    print(f"{name:<16}{1000 / whole:>12.0f}{whole:>10.1f}{with_pipeline:>10.1f}{row}")


def start_up() -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.txt")
        page.write_text(next(labelled("en")), "utf-8")
        command = [sys.executable, "-m", "watchword", "read", str(page)]
        for models in ("none", "auto"):
            environment = {"WATCHWORD_HOME": folder, "WATCHWORD_MODELS": models, "PATH": ""}
            for label in ("first start", "next start"):
                started = processor_seconds()
                subprocess.run(command, check=True, capture_output=True, env=environment)
                print(
                    f"{label}, pipelines {models:<6}{processor_seconds() - started:>8.2f} s of a processor for one page"
                )


def processor_seconds() -> float:
    """Return the processor time of the processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=20)
    count = parser.parse_args().documents
    print(f"{'texts':<16}{'a second':>12}{'ms':>10}{'pipeline':>10}" + "".join(f"{name:>14}" for name in FINDERS))
    for language in ("en", "fr", "es", "ru", "ar", "zh"):
        measure(f"labelled {language}", language, documents(labelled(language), language, count))
    for language, texts in news().items():
        measure(f"news {language}", language, documents(texts, language, count))
    start_up()


if __name__ == "__main__":
    main()
