"""Reading shared among processes: each takes the next segment of a large run when it has read its last one.

A reading process is told the names of segments on its standard input, a line each, and says each name when it has read
it. What a segment costs is not known before, so none is dealt out in advance. A process whose parent was killed finds
its input at an end and stops.
"""

import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from watchword.errors import UnavailableError
from watchword.settings import Settings

# A reading process needs about two seconds to start; archives smaller than this, in bytes, are read before that.
WORTH_SHARING = 4 * 2**20
SET_ASIDE_EXIT = 3
# In place of the name of a segment: the names stand on standard input.
TOLD = "-"


def readers_for(segments: Sequence[Path], processes: int) -> int:
    """Return how many of *processes* shall read *segments*: one where sharing is not worth its start."""
    worth = sum(segment.stat().st_size for segment in segments) >= WORTH_SHARING
    return min(processes, len(segments)) if worth else min(1, len(segments))


def read_in_processes(settings: Settings, run: str, segments: Sequence[Path], processes: int) -> None:
    """Read *segments* in so many *processes*, the largest first; raise UnavailableError when one could not go on."""
    waiting = deque(sorted(segments, key=lambda segment: -segment.stat().st_size))
    with ThreadPoolExecutor(processes, thread_name_prefix="reading") as threads:
        told = threads.map(lambda _: _read_what_waits(settings, run, waiting), range(processes))
        said = [problem for problem in told if problem]
    if said:
        raise UnavailableError(f"{said[0]} The run {run} can be taken up again with the same command.")


def _read_what_waits(settings: Settings, run: str, waiting: "deque[Path]") -> str:
    """Let one process read segments until none waits; return what stopped it before, or nothing."""
    with ReadingProcess(settings, run) as process:
        for segment in _taken(waiting):
            if not process.read(segment.name):
                break
        return process.ended()


def _taken(waiting: "deque[Path]") -> Iterator[Path]:
    while waiting:
        try:
            yield waiting.popleft()
        except IndexError:
            return


class ReadingProcess:
    """A process that reads one segment after another; use it in a `with` statement."""

    def __init__(self, settings: Settings, run: str) -> None:
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when the process has ended
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "watchword", "extract", run, f"--segment={TOLD}"],
            env={**os.environ, **settings.environment, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._messages,
        )

    def __enter__(self) -> Self:
        """Return the process, which has been started."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process; what it has written is whole."""
        self._process.terminate()
        self._process.communicate()
        self._messages.close()

    def read(self, name: str) -> bool:
        """Have the segment *name* read; say whether it was."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{name}\n".encode())
            self._process.stdin.flush()
        except OSError:
            return False
        return self._process.stdout.readline().decode().strip() == name

    def ended(self) -> str:
        """Tell the process that nothing follows, wait for its end, and return what stopped it, or nothing."""
        self._process.communicate()
        if self._process.returncode in (0, SET_ASIDE_EXIT):
            return ""
        self._messages.seek(0)
        lines = [line for line in self._messages.read().decode("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1].removeprefix("watchword: ") if lines else "A reading process ended without a word."
