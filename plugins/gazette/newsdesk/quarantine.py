"""The quarantine: pictures that came from a source, out of git until somebody says whom they show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VARIABLE = "GAZETTE_QUARANTAINE"
PICTURE = re.compile(r"\b[0-9a-f]{32}\.jpg\b")
"""The name of a picture there: the digest of its pixels."""


def quarantine(circonscription: str, environment: Mapping[str, str]) -> Path:
    """Return the folder of a circonscription's quarantine, outside any checkout; it may not exist yet."""
    if told := environment.get(VARIABLE):
        return Path(told).absolute()
    home = environment.get("XDG_DATA_HOME") or str(Path(environment.get("HOME") or Path.home()) / ".local" / "share")
    return Path(home) / "gazette" / circonscription / "quarantaine"


def release(folder: Path, names: set[str], waiting: Iterable[Path]) -> None:
    """Remove pictures that nothing waiting shows any more."""
    for file in waiting if names else ():
        names = names - set(PICTURE.findall(file.read_text("utf-8", "replace")))
    for name in names:
        (folder / name).unlink(missing_ok=True)
