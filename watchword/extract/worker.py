"""Worker: a process that extracts one payload after another, under limits, and talks in frames over its pipes.

A request is a frame with the hint as JSON and a frame with the payload; the answer is a frame of JSON. A frame is its
length in eight bytes and its content. JSON and not pickle: what comes back was made from hostile input.
"""

import json
import math
import resource
import struct
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from watchword.extract.values import Extracted, Hint, SetAside

LENGTH = struct.Struct("!Q")
# One file gets 1 GB; more is a bomb, and two workers of this size fit on any machine.
ADDRESS_SPACE_BYTES = 2**30


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Write *content* with its length to *stream*."""
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)


def read_frame(stream: BinaryIO) -> bytes:
    """Return the next frame of *stream*; raise EOFError where the other side is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def hint_to_json(hint: Hint) -> bytes:
    """Return *hint* as the worker reads it."""
    record = asdict(hint)
    record["captured"] = hint.captured.isoformat() if hint.captured else None
    return json.dumps(record).encode()


def hint_from_json(frame: bytes) -> Hint:
    """Return the hint that `hint_to_json` wrote."""
    record = json.loads(frame)
    captured = record.pop("captured")
    return Hint(**record, captured=datetime.fromisoformat(captured) if captured else None)


def result_to_json(result: Extracted | SetAside) -> bytes:
    """Return *result* as the pool reads it."""
    record = {"set_aside": result.reason} if isinstance(result, SetAside) else asdict(result)
    return json.dumps(record).encode()


def result_from_json(frame: bytes) -> Extracted | SetAside:
    """Return the result that `result_to_json` wrote; raise ValueError or TypeError where it is something else."""
    record = json.loads(frame)
    return SetAside(record["set_aside"]) if "set_aside" in record else extracted_from(record)


def extracted_from(record: dict[str, Any]) -> Extracted:
    """Return the value that `dataclasses.asdict` made *record* of."""
    return Extracted(
        **{
            **record,
            "authors": tuple(record["authors"]),
            "remarks": tuple(record["remarks"]),
            "parts": tuple(extracted_from(part) for part in record["parts"]),
            "facts": tuple((name, value) for name, value in record["facts"]),
        }
    )


def answer(payload: bytes, hint: Hint) -> Extracted | SetAside:
    """Return what *payload* says, or why it cannot be read."""
    from watchword.extract.readers import extract

    try:
        return extract(payload, hint)
    except SetAside as reason:
        return reason
    except MemoryError:
        return SetAside(f"reading it needs more than {ADDRESS_SPACE_BYTES >> 20} MB of memory")
    except Exception as error:  # noqa: BLE001  a reader that fails on one document must not end the harvest
        return SetAside(f"the reader failed: {type(error).__name__}: {str(error)[:200]}")


def limit_processor(seconds: float) -> None:
    """Let the kernel end this process when the next payload takes more than *seconds* of processor time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime + seconds), hard))


def main(seconds: float) -> None:
    """Serve requests from standard input until it ends, each in at most so many *seconds* of processor time."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while True:
        try:
            hint = hint_from_json(read_frame(requests))
            payload = read_frame(requests)
        except EOFError:
            return
        limit_processor(seconds)
        write_frame(answers, result_to_json(answer(payload, hint)))
        answers.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]))
