"""The formats by name: what each is called, its media type, and the function that writes it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from watchword.errors import UsageError
from watchword.export.atom import write_atom
from watchword.export.bundle import write_bundle
from watchword.export.csv_table import write_csv
from watchword.export.followthemoney import write_ftm
from watchword.export.json_lines import write_jsonl
from watchword.export.selection import Selection
from watchword.export.stix import write_stix
from watchword.export.warc import write_warc

Write = Callable[[Selection], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """A format: `suffix` is what its files end in, `binary` says that it is not for a terminal."""

    title: str
    media_type: str
    suffix: str
    write: Write
    binary: bool = False


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", "text/csv; charset=utf-8", ".csv", write_csv),
    "jsonl": Format("JSON Lines", "application/x-ndjson", ".jsonl", write_jsonl),
    "ftm": Format("FollowTheMoney", "application/x-ndjson", ".ftm.json", write_ftm),
    "stix": Format("STIX 2.1", "application/stix+json;version=2.1", ".stix.json", write_stix),
    "warc": Format("WARC", "application/warc", ".warc.gz", write_warc, binary=True),
    "bundle": Format("evidence bundle", "application/zip", ".bundle.zip", write_bundle, binary=True),
    "atom": Format("Atom feed", "application/atom+xml", ".atom", write_atom),
}


def known_format(name: str) -> Format:
    """Return the format *name*; raise UsageError where there is none."""
    if name not in FORMATS:
        raise UsageError(f"There is no format {name!r}; possible are {', '.join(FORMATS)}.")
    return FORMATS[name]


def exported(selection: Selection, name: str) -> Iterator[bytes]:
    """Return everything of *selection* in the format *name*, in pieces.

    What is wrong with the question, the index, the runs or the key is raised here, before the first piece is given out.
    """
    form = known_format(name)
    selection.count()
    pieces = form.write(selection)
    return chain([next(pieces, b"")], pieces)
