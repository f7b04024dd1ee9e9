"""What publishing would do: the manifest of the build against that of the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.model.sheet import Manifest


@dataclass(frozen=True, slots=True)
class Plan:
    """What to send, keep and delete in one edition of a target."""

    audience: str
    uploads: tuple[str, ...]
    keeps: tuple[str, ...]
    deletes: tuple[str, ...]
    size: int
    """Bytes to send."""
    unknown: tuple[str, ...] = ()
    """Paths that do not stand there as they were put there, or that nobody knows to have been put there."""

    @property
    def is_empty(self) -> bool:
        """Tell whether the target already holds the build."""
        return not self.uploads and not self.deletes

    def as_json(self) -> dict[str, int]:
        """Return the counts of the report."""
        return {
            "envoyes": len(self.uploads),
            "gardes": len(self.keeps),
            "supprimes": len(self.deletes),
            "octets": self.size,
        }


def plan(build: Manifest, live: Manifest) -> Plan:
    """Return how ``live`` becomes ``build``."""
    uploads: list[str] = []
    keeps: list[str] = []
    for path, printed in sorted(build.files.items()):
        known = live.files.get(path)
        (keeps if known and known.digest == printed.digest else uploads).append(path)
    deletes = tuple(p for p in sorted(live.files) if p not in build.files)
    unknown = tuple(p for p in sorted(live.files) if not live.files[p].digest)
    size = sum(build.files[p].size for p in uploads)
    return Plan(build.audience, tuple(uploads), tuple(keeps), deletes, size, unknown)
