"""Where tests write: in memory where there is room, since what a build owes to its disk is no time of ours."""

import os
import shutil
from pathlib import Path

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
