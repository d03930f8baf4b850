"""JSON Lines: a document a line, with its text, mentions and relations, as the run folders hold it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from watchword.export.selection import Selection


def line(record: Mapping[str, Any]) -> bytes:
    """Return *record* as a line of JSON in UTF-8; half a character, which UTF-8 cannot hold, is escaped."""
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def write_jsonl(selection: Selection) -> Iterator[bytes]:
    """Yield the documents of *selection*."""
    return (line(document.as_json()) for document in selection.documents())
