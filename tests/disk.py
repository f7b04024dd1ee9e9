"""Where tests write: in memory where there is room, and what all workers of a run share."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

SHARED = Path("/dev/shm")
ROOM = 6 * 1024**3
"""Bytes that a whole run may hold at once, with room to spare."""


def _memory() -> str | None:
    """Return a folder in memory with room for a whole run, whose files may be run, as tests do; None where none is."""
    if not SHARED.is_dir() or shutil.disk_usage(SHARED).free < ROOM:
        return None
    return None if os.statvfs(SHARED).f_flag & os.ST_NOEXEC else str(SHARED)


MEMORY = _memory()
"""None: the system's own temporary folder."""


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that one worker of the run makes for all: nobody changes it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done = folder.with_suffix(".fait")
    with folder.with_suffix(".verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
