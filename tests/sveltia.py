"""Where the tests' Sveltia CMS is, and how to get it: as an author does, once for all the tests of a machine."""

import fcntl
import tempfile
from pathlib import Path

from gazette.admin.bundle import folder, install, is_installed
from tests.samples import ROOT


def sveltia() -> Path:
    """Return the folder of the silenced editor, installed through npm if it is not there; it fails without."""
    with (Path(tempfile.gettempdir()) / "gazette-sveltia.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test workers start together
        return folder(ROOT) if is_installed(ROOT) else install(ROOT)
