"""Reading shared among processes: the segments of a large run, each read by one process, as heavy as one another."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from watchword.errors import UnavailableError
from watchword.settings import Settings

# A reading process needs about two seconds to start; archives smaller than this, in bytes, are read before that.
WORTH_SHARING = 4 * 2**20
SET_ASIDE_EXIT = 3


def shares(segments: Sequence[Path], processes: int) -> list[list[Path]]:
    """Part *segments* among *processes* by size; one share where sharing is not worth its start."""
    sizes = {segment: segment.stat().st_size for segment in segments}
    if processes < 2 or len(sizes) < 2 or sum(sizes.values()) < WORTH_SHARING:
        return [list(segments)]
    parts: list[list[Path]] = [[] for _ in range(min(processes, len(sizes)))]
    for segment in sorted(segments, key=lambda s: -sizes[s]):
        min(parts, key=lambda part: sum(sizes[s] for s in part)).append(segment)
    return parts


def read_in_processes(settings: Settings, run: str, parts: Sequence[Sequence[Path]]) -> None:
    """Read each of *parts* in a process of its own; raise UnavailableError when one could not go on."""
    running = [_start(settings, run, part) for part in parts]
    try:
        problems = [_ended(process) for process in running]
    finally:
        for process in running:
            process.terminate()
            process.wait()
    said = [problem for problem in problems if problem]
    if said:
        raise UnavailableError(f"{said[0]} The run {run} can be taken up again with the same command.")


def _start(settings: Settings, run: str, part: Sequence[Path]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-P", "-m", "watchword", "extract", run, *(f"--segment={s.name}" for s in part)]
    environment = {**os.environ, **settings.environment, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _ended(process: "subprocess.Popen[str]") -> str:
    """Wait for *process* and return what stopped it; nothing where it read its share."""
    _, messages = process.communicate()
    if process.returncode in (0, SET_ASIDE_EXIT):
        return ""
    lines = [line for line in messages.splitlines() if line.strip()]
    return lines[-1].removeprefix("watchword: ") if lines else "A reading process ended without a word."
