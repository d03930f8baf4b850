"""Export: everything that a question finds, in the formats that the next tool reads; in a stream, with no ceiling.

    selection = Selection(desk, Question("list:un AND type:item"))
    for piece in exported(selection, "stix"): ...
    write_file(Path("hits.stix.json"), exported(selection, "stix"))

`docs/export.md` states each format. `verify_bundle` checks an evidence bundle offline.
"""

from watchword.export.formats import FORMATS, Format, exported, known_format
from watchword.export.output import write_file
from watchword.export.selection import Selection

__all__ = ["FORMATS", "Format", "Selection", "exported", "known_format", "write_file"]
