"""One run at a time over the dépêches: a collection or a moderation, of one circonscription."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from gazette.errors import BusyError
from gazette.model.depeche import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def held(content: Path) -> Iterator[None]:
    """Hold the folder of dépêches; ``BusyError`` while another run does. The system lets go however a run ends.

    The folder itself is locked: a file would be one more that git sees.
    """
    import fcntl  # noqa: PLC0415  # POSIX only

    folder = content / FOLDER
    folder.mkdir(exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(
                f"{folder} : une collecte ou une modération est en cours ; attendez qu’elle finisse"
            ) from error
        yield
    finally:
        os.close(descriptor)
