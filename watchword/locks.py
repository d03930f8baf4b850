"""Locks between processes of one home: a lock goes with the process that holds it, however that ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from watchword.settings import Settings


@contextmanager
def locked(settings: Settings, name: str, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock *name* of the home, alone or *shared* with others who share it; wait for whoever holds it."""
    folder = settings.folder / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / f"{name}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_free(settings: Settings, name: str) -> bool:
    """Say whether nobody holds the lock *name* of the home, alone or shared."""
    path = settings.folder / "locks" / f"{name}.lock"
    if not path.exists():
        return True
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
