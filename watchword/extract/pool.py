"""Pool: extraction in worker processes that can be killed, so that no document stops or starves a run."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from watchword.extract.readers import MAX_PAYLOAD_BYTES
from watchword.extract.values import Extracted, Hint, SetAside
from watchword.extract.worker import hint_to_json, read_frame, result_from_json, write_frame

Key = TypeVar("Key")
# One file gets ten seconds of a processor; a page takes a hundredth of one, and a treaty of 3,000 pages nine.
SECONDS_PER_FILE = 10.0
# A busy machine gives a worker a sixth of a processor at times; longer waits are of a worker that stands still.
PATIENCE = 6
# Libraries leak; a fresh worker costs a tenth of a second.
FILES_PER_WORKER = 500
# A worker may be killed by chance from outside; a document that it happens to twice is the cause.
ATTEMPTS = 2
# Payloads that wait for a worker, in number and in bytes, beside the one that is handed in next.
WAITING_PER_WORKER = 4
WAITING_BYTES = 64 * 2**20


class Worker:
    """One worker process; it is started when first needed and again after it died."""

    def __init__(self, seconds: float) -> None:
        """Give each file *seconds* of processor time, and `PATIENCE` times as many by the clock."""
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None
        self.served = 0

    def start(self) -> subprocess.Popen[bytes]:
        """Return the running process, a fresh one where it is due."""
        if self.process is not None and (self.served >= FILES_PER_WORKER or self.process.poll() is not None):
            self.stop()
        if self.process is None:
            # -P keeps the folder that a user happens to work in out of the worker's imports.
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "watchword.extract.worker", str(self.seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"},
            )
            self.served = 0
        return self.process

    def stop(self) -> None:
        """Kill the process and wait for its end."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self.process = None

    def extract(self, payload: bytes, hint: Hint) -> Extracted | SetAside:
        """Return what *payload* says; a payload that ends its process twice is set aside."""
        reasons: list[str] = []
        for _ in range(ATTEMPTS):
            result = self.attempt(payload, hint)
            if not isinstance(result, str):
                return result
            reasons.append(result)
        return SetAside(f"set aside after {ATTEMPTS} attempts: {reasons[-1]}")

    def attempt(self, payload: bytes, hint: Hint) -> Extracted | SetAside | str:
        """Return the result of one attempt, or how its process ended."""
        process = self.start()
        assert process.stdin is not None
        assert process.stdout is not None
        expired = threading.Event()

        def expire() -> None:
            """End the process, and note that it was for its time."""
            expired.set()
            process.kill()

        watchdog = threading.Timer(self.seconds * PATIENCE, expire)
        watchdog.start()
        try:
            write_frame(process.stdin, hint_to_json(hint))  # type: ignore[arg-type]
            write_frame(process.stdin, payload)  # type: ignore[arg-type]
            process.stdin.flush()
            result = result_from_json(read_frame(process.stdout))  # type: ignore[arg-type]
        except (OSError, EOFError, ValueError, TypeError):
            self.stop()
            late = expired.is_set() or process.returncode == -signal.SIGXCPU
            return f"took longer than {self.seconds:g} s" if late else "the reader crashed"
        finally:
            watchdog.cancel()
        self.served += 1
        return result


class ExtractionPool:
    """Workers that extract side by side; use it in a `with` statement."""

    def __init__(self, workers: int = 2, seconds: float = SECONDS_PER_FILE) -> None:
        """Keep *workers* processes, each of which gives a file *seconds* of processor time."""
        self.workers = [Worker(seconds) for _ in range(workers)]
        self.idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self.threads = ThreadPoolExecutor(workers, thread_name_prefix="extraction")

    def __enter__(self) -> Self:
        """Make all workers available; each process starts with its first file."""
        for worker in self.workers:
            self.idle.put(worker)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill all processes."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        for worker in self.workers:
            worker.stop()
        self.threads.shutdown(wait=True)
        for worker in self.workers:
            worker.stop()

    def extract(self, payload: bytes, hint: Hint) -> Extracted | SetAside:
        """Return what *payload* says, or why it was set aside."""
        if len(payload) > MAX_PAYLOAD_BYTES:
            return SetAside(f"the file has {len(payload)} bytes; at most {MAX_PAYLOAD_BYTES} are read")
        worker = self.idle.get()
        try:
            return worker.extract(payload, hint)
        finally:
            self.idle.put(worker)

    def map(self, payloads: Iterable[tuple[Key, bytes, Hint]]) -> Iterator[tuple[Key, Extracted | SetAside]]:
        """Give key and result of each of *payloads*, in their order; no more are taken than can soon be worked on."""
        waiting: deque[tuple[Key, int, Future[Extracted | SetAside]]] = deque()
        size = 0
        for key, payload, hint in payloads:
            while waiting and (len(waiting) >= WAITING_PER_WORKER * len(self.workers) or size > WAITING_BYTES):
                first, length, future = waiting.popleft()
                size -= length
                yield first, future.result()
            waiting.append((key, len(payload), self.threads.submit(self.extract, payload, hint)))
            size += len(payload)
        for first, _, future in waiting:
            yield first, future.result()
