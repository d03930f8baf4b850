"""Drafts: a folder that is written beside its place and put there in one step, when it is whole."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUFFIX = ".draft"
# Its lock is the kernel's, and goes with the process that writes the draft, however that ends.
LOCK = "lock"
# Seconds in which a process surely has locked the draft that it began.
LOCKED_AFTER = 60.0


@contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """Yield a draft of *folder*, and put it in its place; drafts beside it of processes that were killed are removed.

    Where another process puts the same folder there first, that stays.
    """
    _remove_left(folder.parent)
    draft = folder.with_name(f"{folder.name}.{os.getpid()}{SUFFIX}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    with (draft / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield draft
            _place(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _place(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError:
        if not folder.exists():
            raise


def _remove_left(folder: Path) -> None:
    for draft in folder.glob(f"*{SUFFIX}"):
        if _is_left(draft / LOCK):
            shutil.rmtree(draft, ignore_errors=True)


def _is_left(path: Path) -> bool:
    """Say whether the draft with the lock at *path* was begun a while ago, and no process holds it any more."""
    if not path.exists():
        return False
    with path.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return time.time() - os.fstat(lock.fileno()).st_mtime > LOCKED_AFTER
