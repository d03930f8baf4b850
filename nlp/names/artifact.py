"""The matcher as a file: names compiled once, opened by every process through the page cache, and named by its content.

A folder holds the file of names under their keys, `written.marisa` (names as they are written, for the longest that a
text begins with), and `names.jsonl` and `parties.jsonl` with the offsets of their lines. Beside those for screening,
keys are

    s<word>    a name of one part, in Latin letters
    h<letters> a name in Chinese or Korean letters, as written
    n<words>   the words of a name as written, its legal form with them
"""

import hashlib
import json
import os
import re
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import marisa_trie
import numpy

from nlp.folding import folded
from nlp.names.drafts import drafted
from nlp.names.filing import Filed, Filer
from nlp.names.keys import screening_keys
from nlp.names.leads import Leads
from nlp.names.listed_words import WordFiler
from nlp.names.neighbours import NeighbourFiler
from nlp.names.parts import Part
from nlp.names.words import part_of_word, parts_of
from nlp.party import Party
from nlp.uncollected import uncollected

FORMAT = "13"
NEEDED = frozenset(field.name for field in fields(Party) if field.default is MISSING)
PARTY_FIELDS = tuple(field.name for field in fields(Party))
EAST_ASIAN = re.compile(r"[㐀-鿿\uf900-\ufaff가-힣]")
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# Kinds of keys that hold a name as it is written.
WRITTEN = "nh"
WRITTEN_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# A key that more names share than this says nothing; another key of the name finds it.
MAX_NAMES_PER_KEY = 4_000


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a party: `kind` is `name`, `alias` or `weak alias`; `type` is the party's; `words` are its parts'."""

    text: str
    kind: str
    party: int
    type: str | None
    words: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the name, as `parts_of` takes it apart."""
        return tuple(map(part_of_word, self.words.split()))


def build(parties: Iterable[Party], folder: Path) -> str:
    """Compile *parties* into *folder*, in one step; return the digest of what was compiled."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with drafted(folder) as draft, uncollected():
        return _compile(parties, draft)


def _compile(parties: Iterable[Party], draft: Path) -> str:
    digest = hashlib.sha256(FORMAT.encode())
    number = 0
    filer, words = Filer(), WordFiler()
    pairs = NeighbourFiler(words)
    as_written: set[str] = set()
    small_starts: set[str] = set()
    with _Lines(draft, "parties") as told, _Lines(draft, "names") as names:
        for index, party in enumerate(parties):
            facts = ((field, getattr(party, field)) for field in PARTY_FIELDS)
            line = told.add({field: value for field, value in facts if value or field in NEEDED})
            digest.update(line)
            for text, kind in _names(party):
                names.add([text, kind, index, party.type, _words(text)])
                keys = name_keys(text)
                as_written.update(key for key in keys if key[0] in WRITTEN)
                if text[:1].islower():
                    small_starts.add(written_words(text).partition(" ")[0])
                filer.add(number, keys)
                filer.add(number, screening_keys(text))
                pairs.add(number, text, party.type)
                number += 1
    marisa_trie.Trie(as_written).save(str(draft / "written.marisa"))
    (draft / "small-starts.txt").write_text(" ".join(sorted(small_starts)), "utf-8")
    filer.write(draft)
    words.write(draft)
    pairs.write(draft)
    (draft / "digest").write_text(digest.hexdigest())
    return digest.hexdigest()


class _Lines:
    """JSON lines and the offsets at which they begin."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = (folder / f"{name}.jsonl").open("wb")
        self._path = folder / f"{name}.npy"
        self._offsets = [0]

    def add(self, record: Any) -> bytes:
        """Append *record*; return its line."""
        line = ENCODER.encode(record).encode() + b"\n"
        self._file.write(line)
        self._offsets.append(self._offsets[-1] + len(line))
        return line

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write the offsets."""
        self._file.close()
        numpy.save(self._path, numpy.array(self._offsets, dtype=numpy.uint64))


def _names(party: Party) -> Iterator[tuple[str, str]]:
    yield party.name, "name"
    seen = {folded(party.name)}
    for kind, listed in (("alias", party.aliases), ("weak alias", party.weak_aliases)):
        for text in listed:
            if folded(text) not in seen:
                seen.add(folded(text))
                yield text, kind


def _words(name: str) -> str:
    """Return the words of the parts of *name*: a text leads to thousands of names, and none is taken apart again."""
    return " ".join(part.written for part in parts_of(name))


def name_keys(name: str) -> set[str]:
    """Return the keys under which *name* is found in a text as it is written."""
    keys = set()
    found = parts_of(name)
    if len(found) == 1:
        keys.add(f"s{found[0].latin}")
    if words := written_words(name):
        keys.add(f"n{words}")
    if not name.isascii():
        plain = folded(name).replace(" ", "")
        if EAST_ASIAN.search(plain):
            keys.add(f"h{plain}")
    return keys


def written_words(name: str) -> str:
    """Return the folded words of *name*, each with a space behind it; nothing for a name of one word."""
    found = WRITTEN_WORD.findall(folded(name))
    return "".join(f"{word} " for word in found) if len(found) > 1 else ""


class Artifact:
    """An opened matcher; what it holds stays in the file and is read where it is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digest = (folder / "digest").read_text()
        # All files are opened at once: another process may compile anew and remove the folder.
        self._trie = marisa_trie.Trie().mmap(str(folder / "written.marisa"))
        self._names, self._parties = _Opened(folder, "names"), _Opened(folder, "parties")
        self.filed = Filed(folder, self._names.size)
        self.leads = Leads(folder)
        # First words of the few names that begin with a small letter.
        self.small_starts = frozenset((folder / "small-starts.txt").read_text("utf-8").split())

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the matcher in *folder*."""
        return cls(folder)

    @lru_cache(20_000)  # noqa: B019 (an artifact lives as long as its process)
    def names_of(self, key: str) -> tuple[int, ...]:
        """Return the numbers of the names under *key*; none where too many share it."""
        found = self.filed.under(key, MAX_NAMES_PER_KEY)
        return () if found is None else tuple(found.tolist())

    def longest_written(self, words: str) -> tuple[int, tuple[int, ...]]:
        """Return how many of *words*, each with a space behind it, begin a name as written, and the names' numbers."""
        keys = self._trie.prefixes(f"n{words}")
        return (keys[-1].count(" "), self.names_of(keys[-1])) if keys else (0, ())

    def longest(self, text: str) -> tuple[str, tuple[int, ...]]:
        """Return the longest East Asian name that *text* begins with, and the numbers of the names."""
        keys = self._trie.prefixes(f"h{text}")
        return (keys[-1][1:], self.names_of(keys[-1])) if keys else ("", ())

    @lru_cache(20_000)  # noqa: B019 (an artifact lives as long as its process)
    def name(self, number: int) -> Name:
        """Return the name *number*."""
        return Name(*self._names.line(number))

    def party(self, index: int) -> Party:
        """Return the party *index*."""
        record = self._parties.line(index)
        facts: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in record.items()}
        return Party(**facts)


class _Opened:
    """Lines of a file, read where they are needed: mapped, a large list's would fill the memory of each process."""

    def __init__(self, folder: Path, name: str) -> None:
        self._offsets = numpy.asarray(numpy.load(folder / f"{name}.npy", mmap_mode="r"))
        self._file = os.open(folder / f"{name}.jsonl", os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)

    @property
    def size(self) -> int:
        """The number of lines."""
        return len(self._offsets) - 1

    def line(self, number: int) -> Any:
        """Return the record of line *number*."""
        start, end = int(self._offsets[number]), int(self._offsets[number + 1])
        return json.loads(os.pread(self._file, end - start, start))
