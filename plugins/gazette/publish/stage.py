"""``target()``: what a name in ``publishconf.py`` stands for; every target takes ``Proofed`` and nothing else."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gazette.errors import ConfigurationError
from gazette.publish.local import Local

if TYPE_CHECKING:
    from gazette.model.sheet import Proofed
    from gazette.publish.plan import Plan


class Target(Protocol):
    """Where editions go on line."""

    def plan(self, proofed: Proofed) -> Plan:
        """Return what publishing the edition would do."""
        ...

    def publish(self, editions: tuple[Proofed, ...]) -> tuple[Plan, ...]:
        """Put the editions on line and return what was done."""
        ...


def target(settings: Path, name: str, folder: str) -> Target:
    """Return the target of that name; ``ConfigurationError`` when there is none, or when it lacks something."""
    targets = runpy.run_path(str(settings)).get("TARGETS", {})
    if name not in targets:
        raise ConfigurationError(f"cible inconnue « {name} » ; publishconf.py déclare : {', '.join(targets)}")
    kind = targets[name].get("type")
    if kind != "local":
        raise ConfigurationError(f"cible {name} : type inconnu « {kind} » ; types : local")
    place = folder or targets[name].get("dossier", "")
    if not place:
        raise ConfigurationError(f"cible {name} : dites où publier, avec --vers DOSSIER")
    return Local(Path(place).resolve())
