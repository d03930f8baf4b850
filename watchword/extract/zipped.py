"""Zipped: members of ZIP files, read within bounds."""

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from watchword.extract.values import SetAside

# One member of a document: a spreadsheet of a million rows takes so much.
MAX_MEMBER_BYTES = 128 * 2**20
# All members together; more is a bomb, or a collection that belongs unpacked.
MAX_TOTAL_BYTES = 256 * 2**20
# Text shrinks to a fifth, a table of one repeated line to a fiftieth; what shrinks more is a bomb.
MAX_RATIO = 200
SMALL_BYTES = 2**20
ENCRYPTED = 0x1


@dataclass
class Zipped:
    """A ZIP file that gives its members until their sizes sum to more than is read."""

    archive: zipfile.ZipFile
    read_bytes: int = field(default=0)

    @property
    def names(self) -> list[str]:
        """The names of the members that are files, in the order of the directory."""
        return [info.filename for info in self.archive.infolist() if not info.is_dir()]

    def read(self, name: str) -> bytes:
        """Return the member *name*; raise SetAside where it is encrypted, damaged or too large."""
        try:
            info = self.archive.getinfo(name)
            if info.flag_bits & ENCRYPTED:
                raise SetAside(f"{name} is encrypted")
            if info.file_size > max(SMALL_BYTES, info.compress_size * MAX_RATIO):
                raise SetAside(f"{name} is a bomb: {info.compress_size} bytes that unpack to {info.file_size}")
            with self.archive.open(info) as member:
                content = member.read(MAX_MEMBER_BYTES + 1)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise SetAside(f"{name} cannot be unpacked: {error}") from error
        self.read_bytes += len(content)
        if len(content) > MAX_MEMBER_BYTES or self.read_bytes > MAX_TOTAL_BYTES:
            raise SetAside(
                f"unpacking gives more than {MAX_MEMBER_BYTES >> 20} MB a member or {MAX_TOTAL_BYTES >> 20} MB"
            )
        return content

    def find(self, name: str) -> bytes | None:
        """Return the member *name*, or None where there is none."""
        return self.read(name) if name in self.archive.NameToInfo else None


def open_zip(payload: bytes) -> Zipped:
    """Return the ZIP file *payload*; raise SetAside where it is damaged."""
    try:
        return Zipped(zipfile.ZipFile(io.BytesIO(payload)))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SetAside(f"the ZIP file is damaged: {error}") from error
