"""The folder of the embedded index: generations behind a pointer, one writer under a lock, atomic commits."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy
from tantivy import PreTokenizedString, TextAnalyzerBuilder, Token, Tokenizer

from index_mappings.fields import (
    APART,
    DATES,
    FOLDED,
    HIDDEN,
    KEYWORDS,
    MENTION_MARK,
    NUMBERS,
    ORDER,
    STATE,
    STORY_NUMBER,
    STREAMS,
    VERSION,
    folded_field,
)
from watchword.document import Document
from watchword.errors import DamagedError, UnavailableError
from watchword.index.streams import Streams, packed, streams_of

# The writer's buffer; larger ones write fewer and larger segments.
WRITER_BYTES = 128 * 2**20
# Streams that hold mentions among their words: the first that a document has.
AMONG = ("stem", "exact")
POSITIONS = 2**32
POINTER = "current"
LOCK = "writer.lock"


def schema() -> Any:
    """Return the schema of the indexed fields."""
    builder = tantivy.SchemaBuilder()
    for name in STREAMS:
        builder.add_text_field(name, tokenizer_name="finished", index_option="position")
    for name in KEYWORDS:
        builder.add_text_field(name, stored=name == "id", fast=True, tokenizer_name="raw", index_option="basic")
    for name in (*map(folded_field, FOLDED), *HIDDEN):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in DATES:
        builder.add_date_field(name, indexed=True, fast=True)
    for name in (*NUMBERS, ORDER, STORY_NUMBER, STATE):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


def opened(path: Path) -> Any:
    """Return the index in *path*, made where nothing is; raise DamagedError where it cannot be read."""
    try:
        index = tantivy.Index(schema(), path=str(path))
    except (OSError, ValueError) as error:
        raise DamagedError(
            f"The index in {path} cannot be opened ({error}); 'watchword index rebuild' makes it anew."
        ) from error
    return prepared(index)


def prepared(index: Any) -> Any:
    """Return *index* with the analysis of finished streams: split at spaces."""
    index.register_tokenizer("finished", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def generation(folder: Path) -> str | None:
    """Return the generation in force: its version, then a number; None where there is no index."""
    try:
        return (folder / POINTER).read_text("ascii").strip()
    except FileNotFoundError:
        return None


def is_stale(name: str) -> bool:
    """Say whether the generation *name* was made with other fields."""
    return not name.startswith(f"v{VERSION}-")


def next_generation(name: str | None) -> str:
    """Return the name of the generation after *name*."""
    number = int(name.rpartition("-")[2]) + 1 if name else 1
    return f"v{VERSION}-{number:06d}"


def point_to(folder: Path, name: str) -> None:
    """Put the generation *name* in force in one step, and remove the others."""
    draft = folder / f"{POINTER}.new"
    draft.write_text(f"{name}\n", "ascii")
    draft.replace(folder / POINTER)
    for path in folder.iterdir():
        if path.is_dir() and path.name != name:
            shutil.rmtree(path, ignore_errors=True)


def emptied(path: Path) -> Path:
    """Return the folder *path* with nothing in it: an interrupted rebuild may have left something."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


@contextmanager
def filling(path: Path) -> Iterator[None]:
    """Remove the new generation *path* where filling it breaks off: half an index only takes room."""
    try:
        yield
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the only writer's lock; it goes with its process, so a killed owner does not hold it."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def writing(path: Path) -> Iterator[Any]:
    """Yield the writer of the index in *path*, and wait at the end until it has merged what it merges."""
    index = opened(path)
    try:
        writer = index.writer(WRITER_BYTES, 1)
    except ValueError as error:
        raise UnavailableError(f"The index in {path} cannot be written: {error}.") from error
    yield writer
    with _told():
        writer.wait_merging_threads()


@contextmanager
def committing(writer: Any) -> Iterator[None]:
    """Commit what the block gives to *writer*, or roll back where an error comes."""
    try:
        yield
    except BaseException:
        # A writer whose disk is full is dead, and has nothing to take back.
        with suppress(ValueError):
            writer.rollback()
        raise
    with _told():
        writer.commit()


@contextmanager
def _told() -> Iterator[None]:
    """Turn the engine's errors, a full disk above all, into one of Watchword."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise UnavailableError(
            f"The index cannot be written ({error}); see whether its disk is full. What was committed is whole."
        ) from error


def put(writer: Any, document: Document) -> None:
    """Give *document* to *writer*; raise UnavailableError where it cannot write."""
    made = as_indexed(document)
    with _told():
        writer.add_document(made)


def as_indexed(document: Document) -> Any:
    """Return *document* as the writer takes it."""
    return built(streams_of(document), packed(document))


def built(streams: Streams, stored: bytes) -> Any:
    """Return finished streams and a packed document as the writer takes them."""
    made = tantivy.Document()
    for name, stream in streams.streams.items():
        # The engine itself leaves a position free between two values of a field.
        for value in stream.split(APART) if stream else ():
            made.add_text(name, value)
    for name, values in streams.keywords.items():
        for value in values:
            made.add_text(name, value)
    for name, moment in streams.dates.items():
        made.add_date(name, moment)
    for name, number in streams.numbers.items():
        made.add_integer(name, number)
    if streams.mentions:
        name = next((name for name in AMONG if streams.streams[name]), AMONG[-1])
        made.add_pre_tokenized_text(name, _placed(streams.mentions, streams.streams[name]))
    made.add_bytes("document", stored)
    return made


def _placed(mentions: Mapping[int, tuple[str, ...]], stream: str) -> Any:
    """Return the tokens of *mentions* as a further value of the field that holds *stream*, at the words they name."""
    # The engine counts the positions of a value from the end of the one before, in 32 bits: the tokens go back there.
    back = POSITIONS - (stream.count(" ") + 2 if stream else 0)
    tokens = [
        Token(f"{MENTION_MARK}{token}", (place + back) % POSITIONS, 0, 0)
        for place, told in mentions.items()
        for token in told
    ]
    return PreTokenizedString("", tokens)
