"""The quarantine: pictures that came from a source, out of git until somebody says whom they show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "GAZETTE_QUARANTAINE"


def quarantine(circonscription: str, environment: Mapping[str, str]) -> Path:
    """Return the folder of a circonscription's quarantine, outside any checkout; it may not exist yet."""
    if told := environment.get(VARIABLE):
        return Path(told).absolute()
    home = environment.get("XDG_DATA_HOME") or str(Path(environment.get("HOME") or Path.home()) / ".local" / "share")
    return Path(home) / "gazette" / circonscription / "quarantaine"
