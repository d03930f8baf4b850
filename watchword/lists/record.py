"""Strict reading, after zavod: each field is taken out of the record, and what is left is complained about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

TEXT = "#text"
# What publishers write where they have nothing to say. Case counts: NA is Namibia, and Na and Nan are names.
EMPTY = frozenset({"", "-", "-0-", "na", "n/a", "N/A", "none", "None", "null", "NULL", "nan", "NaN"})


def clean(value: object) -> str:
    """Return *value* as text with single spaces; empty where it says nothing."""
    text = " ".join(str(value).split()) if value is not None else ""
    return "" if text in EMPTY else text


class Record:
    """Fields by name, each with its values: texts, or records of their own."""

    def __init__(self, fields: Mapping[str, list["str | Record"]]) -> None:
        self._fields = dict(fields)

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the record of a JSON object."""
        return cls({name: list(_json_values(held)) for name, held in value.items()})

    @classmethod
    def of_row(cls, row: Mapping[str, str | None]) -> Self:
        """Return the record of a line of a table."""
        return cls({name: [value] for name, value in row.items() if name and value})

    @classmethod
    def of_cells(cls, names: Sequence[str], cells: Sequence[str]) -> Self:
        """Return the record of a line of a table whose columns may share a name."""
        fields: dict[str, list[str | Record]] = {}
        for name, cell in zip(names, cells, strict=False):
            fields.setdefault(name, []).append(cell)
        return cls(fields)

    @classmethod
    def of_xml(cls, element: Any) -> Self:
        """Return the record of an lxml element: attributes as `@name`, children by their local name."""
        fields: dict[str, list[str | Record]] = {f"@{_local(k)}": [v] for k, v in element.attrib.items()}
        if text := _text(element).strip():
            fields[TEXT] = [text]
        for child in element:
            if isinstance(child.tag, str):
                simple = not child.attrib and not any(isinstance(inner.tag, str) for inner in child)
                fields.setdefault(_local(child.tag), []).append(_text(child) if simple else Record.of_xml(child))
        return cls(fields)

    def take(self, *names: str) -> tuple[str, ...]:
        """Take out the fields *names*; return their texts, each once, without those that say nothing."""
        held = [value for name in names for value in self._fields.pop(name, ())]
        texts = [text for value in held if (text := clean(value if isinstance(value, str) else value.one(TEXT)))]
        return tuple(dict.fromkeys(texts) if len(texts) > 1 else texts)

    def one(self, *names: str) -> str:
        """Take out the fields *names*; return their first text, or an empty one."""
        return next(iter(self.take(*names)), "")

    def records(self, *names: str) -> Iterator["Record"]:
        """Yield the records in the fields *names*; the fields stay, so that what is left in them shows."""
        for name in names:
            yield from (value for value in self._fields.get(name, []) if isinstance(value, Record))

    def every(self, *names: str) -> tuple[str, ...]:
        """Take out the fields *names* here and in all records below; return their texts, each once."""
        here = self.take(*names)
        below = (value for held in self._fields.values() for value in held if isinstance(value, Record))
        return tuple(dict.fromkeys((*here, *(text for record in below for text in record.every(*names)))))

    def left(self) -> Iterator[str]:
        """Yield the path of each field that holds something and was not taken."""
        for name, values in self._fields.items():
            for value in values:
                if isinstance(value, Record):
                    yield from (f"{name}/{path}" for path in value.left())
                elif clean(value):
                    yield name


class Audit:
    """Counts what was left in records, and what could not be read."""

    def __init__(self) -> None:
        self._left: Counter[str] = Counter()
        self._said: list[str] = []
        self._aside: Counter[str] = Counter()

    def close(self, record: Record) -> None:
        """Count what is left in *record*."""
        self._left.update(set(record.left()))

    def left(self, names: Iterable[str]) -> None:
        """Count the fields *names* of a record, which hold something and were not taken."""
        self._left.update(set(names))

    def say(self, remark: str) -> None:
        """Add a remark."""
        self._said.append(remark)

    def set_aside(self, reason: str, count: int = 1) -> None:
        """Count *count* entries that were not read for *reason*."""
        self._aside[reason] += count

    @property
    def aside(self) -> int:
        """How many entries were set aside."""
        return self._aside.total()

    @property
    def remarks(self) -> tuple[str, ...]:
        """A sentence a kind of thing that was not read."""
        aside = (f"{count} set aside: {reason}" for reason, count in self._aside.most_common() if count)
        left = (f"field {name!r} is not read; {count} records have it" for name, count in self._left.most_common())
        return (*self._said, *aside, *left)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _text(element: Any) -> str:
    """Return the element's own text, also where a comment stands in it."""
    return "".join([element.text or "", *(child.tail or "" for child in element)])


def _json_values(held: Any) -> Iterator[str | Record]:
    for value in held if isinstance(held, list) else [held]:
        if isinstance(value, dict):
            yield Record.of_json(value)
        elif value is not None:
            yield clean(value)
