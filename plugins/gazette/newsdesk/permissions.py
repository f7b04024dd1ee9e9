"""What this machine allows the newsdesk: ``SOURCES`` in ``publishconf.py``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gazette.settings import only, settings_of

KEYS = ("dossiers", "boucle_locale", "cle_ssh", "hotes_connus")


@dataclass(frozen=True, slots=True)
class Permissions:
    """What may be reached from here."""

    roots: tuple[Path, ...] | None = None
    """Folders in which a local source may stand; None: not said."""
    has_loopback: bool = False
    """Sources of this very machine may be asked: for tests, or a forge of one's own."""
    ssh_key: str = ""
    known_hosts: str = ""


def permissions(settings: Path) -> Permissions:
    """Return what ``SOURCES`` says; nothing is allowed where it says nothing."""
    told = settings_of(settings).get("SOURCES") or {} if settings.is_file() else {}
    only(told, KEYS, "SOURCES")
    roots = told.get("dossiers")
    return Permissions(
        None if roots is None else tuple(Path(r) for r in roots),
        told.get("boucle_locale", False) is True,
        str(told.get("cle_ssh", "")),
        str(told.get("hotes_connus", "")),
    )
