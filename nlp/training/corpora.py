"""Corpora with names marked by hand, as texts with spans of coarse types.

A corpus is a folder as its publisher gives it. Of nested names the outermost is kept, as reading keeps it. One text in
`HELD_OUT_EVERY` is never trained on: chosen by a hash of its name, so that the choice stays the same on every machine.
"""

import hashlib
import json
import lzma
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nlp.mention import ORGANISATION, PERSON, PLACE, SITE

HELD_OUT_EVERY = 8
RE3D_TYPES = {"Person": PERSON, "Organisation": ORGANISATION, "Location": PLACE}
ND_NER_TYPES = {"P": PERSON, "O": ORGANISATION, "C": PLACE, "L": PLACE, "F": SITE}
NEREL_TYPES = {
    "PERSON": PERSON,
    "ORGANIZATION": ORGANISATION,
    "COUNTRY": PLACE,
    "CITY": PLACE,
    "STATE_OR_PROVINCE": PLACE,
    "DISTRICT": PLACE,
    "LOCATION": PLACE,
    "FACILITY": SITE,
}
ND_NER_FILES = ("train.txt", "dev.txt", "test.txt")
# Sentences of one post stand together; a hold-out by blocks keeps most posts on one side.
ND_NER_BLOCK = 20


@dataclass(frozen=True, slots=True)
class Span:
    """A name in a text: characters from `start` to `end`, and its coarse type."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text of a corpus with its names, none inside another; `name` says which text it is."""

    name: str
    text: str
    spans: tuple[Span, ...]

    @property
    def held_out(self) -> bool:
        """Whether the text is for measuring only."""
        return int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % HELD_OUT_EVERY == 0


def outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return *spans* in text order without those that a longer one overlaps."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda s: s.start))


def read_re3d(folder: Path) -> Iterator[Annotated]:
    """Yield the documents of re3d: English defence reports, a folder a publisher."""
    for file in sorted(folder.glob("*/documents.jsonl")):
        marked: dict[str, list[Span]] = {}
        for line in file.with_name("entities.jsonl").read_text("utf-8").splitlines():
            entity = json.loads(line)
            if coarse := RE3D_TYPES.get(entity["type"]):
                marked.setdefault(entity["documentId"], []).append(Span(entity["begin"], entity["end"], coarse))
        for line in file.read_text("utf-8").splitlines():
            document = json.loads(line)
            yield Annotated(document["_id"], document["text"], outermost(marked.get(document["_id"], ())))


def read_nd_ner(folder: Path) -> Iterator[Annotated]:
    """Yield the sentences of ND-NER: Chinese defence posts, a character and its tag a line."""
    for file in (folder / name for name in ND_NER_FILES if (folder / name).is_file()):
        sentences = file.read_text("utf-8-sig").replace("\r\n", "\n").split("\n\n")
        for number, sentence in enumerate(sentences):
            rows = [line.rsplit(" ", 1) for line in sentence.split("\n") if " " in line.strip()]
            if rows:
                yield _tagged(f"{file.stem}-{number // ND_NER_BLOCK}", rows)


def _tagged(name: str, rows: list[list[str]]) -> Annotated:
    spans: list[Span] = []
    position = 0
    for written, tag in rows:
        end = position + len(written)
        coarse = ND_NER_TYPES.get(tag[2:])
        if coarse and tag.startswith("I-") and spans and spans[-1].end == position and spans[-1].type == coarse:
            spans[-1] = Span(spans[-1].start, end, coarse)
        elif coarse:
            spans.append(Span(position, end, coarse))
        position = end
    return Annotated(name, "".join(written for written, _ in rows), tuple(spans))


def read_nerel(folder: Path) -> Iterator[Annotated]:
    """Yield the documents of NEREL: Russian news in the format of brat, unpacked or in a `.tar.xz`."""
    texts, marks = dict[str, str](), dict[str, str]()
    for name, content in sorted(_nerel_files(folder)):
        stem, _, suffix = name.rpartition(".")
        if suffix in ("txt", "ann"):
            (texts if suffix == "txt" else marks)[stem] = content
    for stem, text in texts.items():
        yield Annotated(stem.rpartition("/")[2], text, outermost(_brat(marks.get(stem, ""))))


def _nerel_files(folder: Path) -> Iterator[tuple[str, str]]:
    for file in folder.rglob("*.*"):
        if file.suffix in (".txt", ".ann"):
            yield str(file.relative_to(folder)), file.read_bytes().decode("utf-8")
    for archive in folder.glob("*.tar.xz"):
        with lzma.open(archive) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as members:
            for member in members:
                content = members.extractfile(member) if member.isfile() else None
                if content and member.name.endswith((".txt", ".ann")):
                    yield member.name, content.read().decode("utf-8")


def _brat(marks: str) -> Iterator[Span]:
    for line in marks.splitlines():
        if line.startswith("T") and line.count("\t") >= 2:
            kind, start, *_, end = line.split("\t")[1].replace(";", " ").split()
            if kind in NEREL_TYPES:
                yield Span(int(start), int(end), NEREL_TYPES[kind])


@dataclass(frozen=True)
class Corpus:
    """A corpus: its folder's name, its reader, its licence, and whether what it trains may be passed on."""

    folder: str
    read: Callable[[Path], Iterator[Annotated]]
    licence: str
    may_ship: bool


CORPORA: Mapping[str, Corpus] = {
    "en": Corpus("re3d-en", read_re3d, "CC BY-SA 3.0 and freer, by publisher", may_ship=True),
    "zh": Corpus("nd-ner-zh", read_nd_ner, "CC BY-SA 4.0", may_ship=True),
    "ru": Corpus("nerel-ru", read_nerel, "none stated", may_ship=False),
}
