"""Containers: ZIP, tar and compressed files, each member read as a payload of its own."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from watchword.extract.readers import extract
from watchword.extract.values import Extracted, Hint, SetAside
from watchword.extract.zipped import MAX_MEMBER_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, SMALL_BYTES, open_zip

# The name of a member, and what gives its content or raises SetAside.
Member = tuple[str, Callable[[], bytes]]
# A ZIP file in a mail in a ZIP file happens; deeper nesting is an attack.
MAX_DEPTH = 4
# Members that are read of one container; a larger collection belongs unpacked.
MAX_MEMBERS = 1000
TAR = "application/x-tar"
# Members that packers add for their own use.
IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def read_members(members: Iterable[Member], hint: Hint, media_type: str) -> Extracted:
    """Return what the *members* of a container say, those that cannot be read as remarks."""
    if hint.depth >= MAX_DEPTH:
        raise SetAside(f"containers are nested deeper than {MAX_DEPTH}")
    parts: list[Extracted] = []
    remarks: list[str] = []
    for number, (name, take) in enumerate(members):
        if number >= MAX_MEMBERS:
            remarks.append(f"members after number {MAX_MEMBERS} not read")
            break
        try:
            parts.append(extract(take(), hint.inside(name)))
        except SetAside as reason:
            remarks.append(f"{name} set aside: {reason.reason}")
    if not parts:
        raise SetAside("no member can be read: " + ("; ".join(remarks[:3]) or "the container is empty"))
    return Extracted(media_type, hint.title or "", remarks=tuple(remarks), parts=tuple(parts))


def read_zip(payload: bytes, hint: Hint) -> Extracted:
    """Return what the members of the ZIP file *payload* say."""
    archive = open_zip(payload)
    names = [n for n in archive.names if not any(i in n for i in IGNORED)]
    return read_members(((n, partial(archive.read, n)) for n in names), hint, "application/zip")


def tar_members(payload: bytes) -> Iterator[Member]:
    """Give the files in the tar file *payload*; links and devices are passed over."""
    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(payload), mode="r:") as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.isfile() else None
                if stream is None:
                    continue
                content = stream.read(MAX_MEMBER_BYTES)
                total += len(content)
                if total > MAX_TOTAL_BYTES:
                    raise SetAside(f"unpacking gives more than {MAX_TOTAL_BYTES >> 20} MB")
                yield member.name, partial(bytes, content)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise SetAside(f"the tar file is damaged: {error}") from error


def read_tar(payload: bytes, hint: Hint) -> Extracted:
    """Return what the files in the tar file *payload* say."""
    return read_members(tar_members(payload), hint, TAR)


def read_gzip(payload: bytes, hint: Hint) -> Extracted:
    """Return what the gzip file *payload* holds."""
    return read_compressed(gzip.GzipFile(fileobj=io.BytesIO(payload)), len(payload), hint)  # type: ignore[arg-type]


def read_bzip2(payload: bytes, hint: Hint) -> Extracted:
    """Return what the bzip2 file *payload* holds."""
    return read_compressed(bz2.BZ2File(io.BytesIO(payload)), len(payload), hint)  # type: ignore[arg-type]


def read_xz(payload: bytes, hint: Hint) -> Extracted:
    """Return what the xz file *payload* holds."""
    return read_compressed(lzma.LZMAFile(io.BytesIO(payload)), len(payload), hint)  # type: ignore[arg-type]


def read_compressed(stream: BinaryIO, size: int, hint: Hint) -> Extracted:
    """Return what the one file in *stream* says, which is compressed to *size* bytes."""
    if hint.depth >= MAX_DEPTH:
        raise SetAside(f"containers are nested deeper than {MAX_DEPTH}")
    try:
        content = stream.read(min(MAX_MEMBER_BYTES, max(SMALL_BYTES, size * MAX_RATIO)) + 1)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise SetAside(f"the compressed file is damaged: {error}") from error
    if len(content) > min(MAX_MEMBER_BYTES, max(SMALL_BYTES, size * MAX_RATIO)):
        raise SetAside(f"a bomb: {size} bytes, and unpacking gives more than {len(content)} bytes")
    name = PurePosixPath(hint.name or "content")
    inner = str(name.with_suffix("")) if name.suffix.lower() in (".gz", ".bz2", ".xz") else str(name)
    return extract(content, hint.inside(inner))
