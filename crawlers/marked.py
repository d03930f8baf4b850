"""YAML that remembers where each value stands, so that an error names its line."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

Key = tuple[int | str, ...]
# A publisher's file has a few pages; a longer one is not a source file.
MAX_FILE_BYTES = 2**20
# A source's fields lie four deep.
MAX_DEPTH = 10


class MarkedError(ValueError):
    """A file is not YAML that can be used; the message names file and line."""


@dataclass(frozen=True)
class Place:
    """A line of a file, counted from one."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}"


@dataclass(frozen=True)
class Marked:
    """The content of a YAML file and the line of each part."""

    path: Path
    value: Any
    lines: dict[Key, int]

    def place(self, key: Key) -> Place:
        """Return where *key* stands, or where the nearest part around it does."""
        while key not in self.lines:
            key = key[:-1]
        return Place(self.path, self.lines[key])


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases, which could unfold into more than memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse aliases, compose everything else."""
        if self.check_event(yaml.AliasEvent):
            mark = self.get_mark()
            raise yaml.composer.ComposerError(None, None, "aliases (`*name`) are not used in source files", mark)
        return super().compose_node(parent, index)


def read_marked(path: Path) -> Marked:
    """Read the YAML file *path*; raise MarkedError where it cannot be read, or says a field twice."""
    try:
        data = path.read_bytes()
        if len(data) > MAX_FILE_BYTES:
            raise MarkedError(f"{path}: the file has {len(data)} bytes; a source file has at most {MAX_FILE_BYTES}.")
        loader = _PlainLoader(data.decode("utf-8"))
        node = loader.get_single_node()
        lines: dict[Key, int] = {(): 1}
        if node is not None:
            _mark(path, node, (), lines)
        return Marked(path, loader.construct_document(node) if node else None, lines)
    except (OSError, UnicodeDecodeError) as error:
        raise MarkedError(f"{path}: the file cannot be read as UTF-8 text: {error}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MarkedError(f"{Place(path, line)}: this is not YAML: {error.problem}.") from None
    except yaml.YAMLError as error:
        raise MarkedError(f"{path}: this is not YAML: {error}.") from None


def near(word: str, known: Sequence[str]) -> str:
    """Return the end of a sentence that says what was possible in place of *word*."""
    if not known:
        return "."
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; possible are {', '.join(known)}."


def _mark(path: Path, node: yaml.Node, key: Key, lines: dict[Key, int]) -> None:
    if len(key) > MAX_DEPTH:
        raise MarkedError(f"{Place(path, node.start_mark.line + 1)}: the blocks lie more than {MAX_DEPTH} deep.")
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for name, value in node.value:
            line = name.start_mark.line + 1
            if name.value in seen:
                raise MarkedError(f"{Place(path, line)}: the field {name.value!r} stands here a second time; keep one.")
            seen.add(name.value)
            lines[(*key, name.value)] = line
            _mark(path, value, (*key, name.value), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            lines[(*key, index)] = value.start_mark.line + 1
            _mark(path, value, (*key, index), lines)
